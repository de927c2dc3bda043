"""Public notes: known faults of the source, accepted findings; and what is to be proofread."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from disclosure.model.fields import NonEmptyText, Record

#: What a note may say of a change: that the department does not regard it as a lowering.
NOT_LOWERED = "not-lowered"

#: In each file that holds what a document prints.
UNPROOFREAD: Any = Field(
    (),
    title="尚未校对",
    description=(
        "由机器从扫描件识别、还没有与原件核对的栏目，写法与公开注释的“所注位置”相同；"
        "核对一处，删去一处，全部核对后删去本栏。"
    ),
)


class Note(Record):
    """A public note: a known fault of the source, or an accepted finding."""

    at: NonEmptyText | None = Field(
        None,
        title="所注位置",
        description=(
            "注释对应的栏目：name、budget、purpose、spending_plan、goals，"
            "或某一行的三级指标名称；留空表示针对整个文件。"
        ),
    )
    rule: NonEmptyText | None = Field(
        None, title="规则编号", description="本注释所说明的检查规则编号（如有）。"
    )
    note: NonEmptyText = Field(title="说明", description="公开显示的说明文字。")
    says: Literal["not-lowered"] | None = Field(
        None,
        title="对变化的说明",
        description=(
            "not-lowered：本部门认为这项指标的变化不属于降低要求，理由写在 note 里；"
            "只用于对某项指标的注释，可以不填。"
        ),
    )
