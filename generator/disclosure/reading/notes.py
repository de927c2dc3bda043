"""Whether each public note of a file is about something that the file has."""

from __future__ import annotations

from collections.abc import Mapping

from disclosure.reading import rules, tree
from disclosure.reading.datafile import DataFile
from disclosure.reading.quoting import meant, quote

#: The way to something in a file; `*` stands for each item of a sequence.
_Way = tuple[str, ...]

_OF_RESULTS = {
    "published": "公开日期", "budget": "全年预算数", "spent": "全年执行数", "score": "总分",
    "goals": "预期目标",
}  # fmt: skip
#: What a note may be about, besides a row; with the Chinese title for guessing.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "disclosure/1": {
        "approved": "批复日期", "published": "公开日期", "source": "来源文件",
        "overall_goal": "总体绩效目标", "objectives": "分项绩效目标", "safeguards": "工作保障措施",
    },
    "project/1": {
        "name": "项目名称", "budget": "预算规模", "purpose": "资金用途",
        "spending_plan": "资金支出计划", "goals": "绩效目标", "term_goals": "实施期目标",
    },
    "result/1": _OF_RESULTS,
    "department-result/1": _OF_RESULTS,
}  # fmt: skip
LEVEL3: _Way = ("indicators", "*", "level3")
_TERM: _Way = ("term_indicators", "*", "level3")
_TASKS: _Way = ("tasks", "*", "name")
#: The rows that a note may name.
_ROWS: Mapping[str, tuple[_Way, ...]] = {
    "disclosure/1": (("objectives", "*", "name"),),
    "project/1": (LEVEL3, _TERM),
    "result/1": (LEVEL3,),
    "department-result/1": (LEVEL3, _TASKS),
}
#: The department's table in a year's part one has notes of its own.
TABLE = "department_table"
_TABLE_FIELDS = {"budget": "部门预算", "goals": "年度总体目标", "term_goals": "中长期目标"}
_TABLE_ROWS: tuple[_Way, ...] = (LEVEL3, _TERM, _TASKS)


def notes(file: DataFile) -> None:
    """Add to a file what is wrong with the places that its notes name."""
    kind = file.place.kind
    if kind not in _FIELDS or file.root is None:
        return
    row = "分项名称" if kind == "disclosure/1" else "三级指标的名称"
    _notes(file, (), _FIELDS[kind], _ROWS[kind], row)
    if kind == "disclosure/1":
        _notes(file, (TABLE,), _TABLE_FIELDS, _TABLE_ROWS, "三级指标的名称")


def _notes(
    file: DataFile, within: _Way, fields: Mapping[str, str], ways: tuple[_Way, ...], row: str
) -> None:
    """The notes within a part of a file are about one of its fields, its rows or its facts."""
    rows = {name: name for way in ways for name in names(file, (*within, *way))}
    facts = tree.keys(file.root, *within, "facts") if file.root else ()
    rows |= {key.text or "": key.text or "" for key in facts}
    for at in file.scalars(*within, "notes", "*", "at"):
        if at.text in fields or at.text in rows:
            continue
        titles = {title: field for field, title in fields.items()}
        guess = meant(at.text or "", rows | {field: field for field in fields} | titles)
        known = "、".join(f"{field}（{title}）" for field, title in fields.items())
        hint = f"是不是想写{quote(guess)}？" if guess else f"可以写 {known}，或{row}；"
        hint += "" if guess else "针对整个文件时不写 at。"
        message = f"注释所注的{quote(at.text or '')}不存在，注释将无处显示。"
        file.report(rules.UNKNOWN_PLACE, at, message, hint)


def names(file: DataFile, way: _Way) -> dict[str, str]:
    """The names under a way, each for itself; lines with other mistakes included."""
    found = tree.texts(file.root, *way) if file.root else []
    return {scalar.text or "": scalar.text or "" for scalar in found}
