"""What was read into a field that such a field does not say: a head, a label, a text for an amount.

A learned form gives its table back whatever the fields mean, so a head whose words nobody knows may
stand where a value should. What looks like that is said, and the clerk compares it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from disclosure.forms import divided_goals
from disclosure.forms.form import FormBlock, Row
from disclosure.forms.values import Values
from disclosure.intake.learning import column_meanings, field_labels, goal_cells
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.whitespace import squeezed

_AMOUNTS = {"initial", "budget", "spent", "points", "rate", "score"}
_SAID = ("target", "sign", "value", "actual", "description", "term_target")
#: A label that may name the project in words that nobody knows.
_NAMES = re.compile(r"facts\.[^：:]*(?:项目|专项|政策)[^：:单位部门人]*名称[0-9]*")
_SENTENCE = re.compile(r"。|；.*；")
#: What a form says to whoever fills it in.
_ADVICE = re.compile(r"^[(（]?(?:注|备注|说明|填[报写表])|填[报写列]|字以内|不得|应当|根据实际")
#: What stands for an amount where there is none.
_NONE = re.compile(r"[-—–－/／*×]*|无|不适用|没有|N/?A|是|否", re.IGNORECASE)


def doubts(table: ReadTable) -> Iterator[str]:
    """What a table's fields say that such fields do not say, in Chinese."""
    if not table.is_blank:
        yield from dict.fromkeys(_of_item(table.values))
    for text in _literals(table.form.rows) if table.is_learned else ():
        if _SENTENCE.search(text) and not _ADVICE.search(text):
            yield f"“{text}”读成了表样里的字，但像是填的内容"


def _literals(rows: Iterable[Row | FormBlock]) -> Iterator[str]:
    """The words of a form's cells that hold nothing else."""
    for row in rows:
        if isinstance(row, FormBlock):
            yield from _literals(row.rows)
        else:
            yield from (cell.text for cell in row if cell.text and not cell.fields)


def _of_item(item: Values) -> Iterator[str]:
    for path, text in item.texts.items():
        if what := _doubt(path, squeezed(text)):
            yield f"“{text.strip()}”{what}"
    for fund in item.lists.get("funds", ()):
        yield from _of_fund(fund.texts)
    for listed in ("indicators", "term_indicators"):
        yield from _of_rows([row.texts for row in item.lists.get(listed, ())])
    for project in item.lists.get("projects", ()):
        yield from _of_item(project)


def _of_rows(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    has_names = any(squeezed(row.get("level3", "")) for row in rows)
    if what := _unstated(rows):
        yield what
    for row in rows:
        yield from _of_indicator(row, is_named=has_names)


def _doubt(path: str, text: str) -> str:
    """Why a single field is not likely to say such a text; "" where it may."""
    listed = divided_goals.parted(path)
    if (listed[0] if listed else path) in divided_goals.LISTS and goal_cells.is_no_goal(text):
        return "读成了目标，但像是栏目名称"
    if path == "name" and (field_labels.column(text) or field_labels.label(text)):
        return "读成了项目名称，但像是栏目名称"
    amount = path.startswith("funds.") and path.rpartition(".")[2] in _AMOUNTS
    if (amount or path == "score") and not _may_be_amount(text):
        return "读成了资金数或者得分，但不是数"
    if _NAMES.fullmatch(path) and text:
        return f"读成了“{path.removeprefix('facts.')}”的内容，但可能是项目名称"
    if path.startswith("facts.") and (field_labels.column(text) or field_labels.fund(text)):
        return f"读成了“{path.removeprefix('facts.')}”的内容，但像是栏目名称"
    return ""


def _of_fund(fund: Mapping[str, str]) -> Iterator[str]:
    name = squeezed(fund.get("name", ""))
    if name and (field_labels.is_amount(name) or name[0].isdigit()):
        yield f"“{name}”读成了资金的名称，但像是一个数"
    for path, text in fund.items():
        if path in _AMOUNTS and not _may_be_amount(squeezed(text)):
            yield f"“{text.strip()}”读成了资金数或者得分，但不是数"


def _unstated(rows: Sequence[Mapping[str, str]]) -> str:
    """What may be the targets of rows that have none: numbers below a head that nobody knows."""
    if any(squeezed(row.get(path, "")) for row in rows for path in ("target", "value", "actual")):
        return ""
    others = ((path, text) for row in rows for path, text in row.items()
              if path.startswith("other.") and any(one.isdigit() for one in text))  # fmt: skip
    heads = ((path.removeprefix("other."), text) for path, text in others)
    unknown = ((head, text) for head, text in heads if field_labels.column(head) is None)
    head, text = next(unknown, ("", ""))
    return f"各行都没有指标值，“{head}”（如“{text}”）可能就是" if head else ""


def _of_indicator(row: Mapping[str, str], *, is_named: bool) -> Iterator[str]:
    """The doubts about a row; where no row has a name, it may stand below a head nobody knows."""
    said = (
        text
        for path, text in row.items()
        if path in _SAID or (not is_named and path.startswith("other."))
    )
    first = next((text for text in said if squeezed(text)), None)
    if first is not None and not squeezed(row.get("level3", "")):
        yield f"“{first.strip()}”所在的一行指标没有名称"
    for path in ("level3", "target", "value", "actual"):
        text = squeezed(row.get(path, ""))
        if text and (_is_head(text) or (text.endswith("指标") and _is_category(text, row, path))):
            yield f"“{text}”读成了指标的内容，但像是栏目名称"


def _is_head(text: str) -> bool:
    return field_labels.column(text) is not None and text.endswith(("指标", "值", "得分", "分值"))


def _is_category(text: str, row: Mapping[str, str], path: str) -> bool:
    """Whether a text is the name of a level that its row does not have anyway."""
    levels = {squeezed(row.get(level, "")) for level in ("level1", "level2")}
    return column_meanings.is_category(text) and not (path == "level3" and text in levels)


def _may_be_amount(text: str) -> bool:
    return any(one.isdigit() for one in text) or _NONE.fullmatch(text) is not None
