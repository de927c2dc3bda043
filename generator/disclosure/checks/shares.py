"""Rows whose target is a part of a whole, and so cannot be more than 100%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from disclosure.checks.subject import ProjectSubject
from disclosure.model.target import Kind, Sign
from disclosure.model.target_table import Indicator

SHARE_OF_ALL = Decimal(100)

_PART_OF_A_WHOLE = re.compile(
    "(?:合格|满意|完成|参保|覆盖|准确|正确|达标|知晓|普及|入学|毕业|巩固|出勤|到位|及格|优良|优秀|"
    "通过|办结|结案|落实|发放|兑付|拨付|支付|到账|到岗|入库|验收|接种|免疫|建档|签约|规范管理|"
    "检出|抽检|整改|修复|开通|完好|发布|公开|上报|参与|参训|结业|符合|保障|及时|执行|应答|响应)率"
    "|满意度|占比|比例|比重|密度|知晓度|合格程度"
)
# Names that end so ask for as much as there can be; 检出率 and 占比 may ask for little.
_BETTER_WHEN_HIGHER = re.compile(
    "(?:合格|满意|完成|参保|覆盖|准确|正确|达标|知晓|普及|入学|毕业|巩固|到位|及格|优良|优秀|通过|办结|"
    "落实|及时|接种|完好|规范管理|验收)率$|满意度$"
)
# 提高群众满意度 behind another name says what that is good for, not what is measured.
_GOOD_FOR = re.compile("提高|提升|增强|促进|保证|确保|保障|扩大|改善|推动|实现")
_COUNT = re.compile("(?:数|数量|次数|人次|件数|户数|面积|里程|金额|时间|时限|天数)$")
# A plan, an income or a target can be done more than in full; growth and turnover know no end.
_MAY_BE_MORE = re.compile(
    "增长|增幅|增速|增加|提高|提升|上升|同比|环比|比上年|较上年|超额|任务|计划|目标|指标|收入|税收|"
    "投资|产值|产量|营业额|销售|效益|回报|收益|征收|贡献|周转|负债|床位|使用率|利用率|产能|达产|"
    "替代|倍|利润|产出|债|资本|准备金|拨备|偿付|人口比例|师生比|配比|相当于|折合"
)


class Share(Struct, frozen=True):
    """A row with a share of a whole.

    Attributes:
        position: Which indicator it is, from 0.
        name: Its third level.
        printed: Its target as printed.
        percent: The number in %.
        sign: As printed.
    """

    position: int
    name: str
    printed: str
    percent: Decimal
    sign: Sign | None


def rate_named(row: Indicator) -> str:
    """The name, or else the description, that calls the row a rate that should be high.

    Empty if there is none: a description behind a count may name what the count is good for.
    """
    if _BETTER_WHEN_HIGHER.search(row.name):
        return row.name
    text = row.description or ""
    named = _BETTER_WHEN_HIGHER.search(text) and not _GOOD_FOR.search(text)
    return text if named and not _COUNT.search(row.name) else ""


def share_rows(subject: ProjectSubject) -> Iterator[Share]:
    """The rows with a share that cannot be more than the whole, none with suspected damage."""
    for position, row, target in subject.rows():
        if target.kind is not Kind.NUMBER or target.high is None or target.doubt:
            continue
        if target.unit is None or target.unit.quantity != "share":
            continue
        text = f"{row.name} {row.description or ''} {target.before}{target.words}"
        if _PART_OF_A_WHOLE.search(text) and not _MAY_BE_MORE.search(text):
            percent = target.high * target.unit.factor
            yield Share(position, row.name, target.printed, percent, target.sign)
