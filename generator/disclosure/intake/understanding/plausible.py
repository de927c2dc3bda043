"""Finds values that cannot be right: a head or label as a value, a text where an amount belongs.

A learned form gives its table back whatever the fields mean, so a head whose words nobody knows may
stand where a value should. What looks like that is said, and the clerk compares it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from disclosure.forms import divided_goals
from disclosure.forms.filling import IS_SUM
from disclosure.forms.form import Form
from disclosure.forms.values import INDICATOR_LISTS, Values
from disclosure.intake.learning import (
    coded_names,
    column_meanings,
    field_labels,
    money_times,
    value_fields,
)
from disclosure.intake.understanding import (
    blank_levels,
    crowded_rows,
    ellipses,
    fund_doubts,
    goal_doubts,
    list_doubts,
    unit_doubts,
)
from disclosure.intake.understanding.reading_tables import ReadTable, holds_several
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed

_AMOUNTS = {"initial", "budget", "spent", "points", "rate", "score"}
_SAID = ("target", "sign", "value", "actual", "description", "term_target")
#: A label that may name the project in words that nobody knows.
_NAMES = re.compile(
    r"facts\.(?!一级|上级|所属)[^：:]*(?:项目|专项|政策)[^：:单位部门人]*名称[0-9]*"
)
#: What names no project: an amount, or the money of a year.
_NO_NAME = re.compile(r"[0-9.,%]+|(?:19|20)[0-9]{2}年度?(?:预算|资金|金额|安排|执行|支出).{0,4}")
#: What follows a name in the same line: another label with its colon.
_STATEMENT = re.compile(r"[^：:]{3,}(?:单位|年度|时间|日期|金额|预算|部门|编码|负责人)[：:]")
#: Of whom the forms are, as the title of a table without a name says before 绩效目标表.
_OF_BODIES = re.compile(r"(?:[省市区县]|[省市区县本]级|部门|单位|年度?|预算)+")
#: The fields of which a label has one, by what it announces.
_ASKED = {
    "name": ("name",),
    "code": ("code",),
    "goals": ("goals", "term_goals"),
    "budget.total": ("budget.",),
}
_IN_EVALUATIONS = ("funds", "goals_actual")
_SENTENCE = re.compile(r"。|；.*；")
#: Money that may be all of a project's: no part of it, and not of another time.
_MAY_BE_ALL = re.compile(
    r"^(?!.*(?:其中|财政|公共|基金|上级|自筹|单位|中央|省|市|县|上年|支出|收入|结转|结余|采购))"
    r".*(?:资金|经费|预算|金额|投资|规模|总|合计|费|款|投入|造价)"
)
#: What an amount of money looks like under a label that does not say that it is one.
_SUM = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{1,6}")
#: The same, of more than points and scores.
_EXACT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]{2}")
#: The same with its unit, which no form prints of its own.
_STATED = re.compile(
    rf"(?<![0-9.,])(?:{_EXACT.pattern})$|[0-9](?:万元|元)(?![)）])|^(?:大?约|近|超过?|不超过)[0-9.,]+万?$"
)
#: What a label does not begin with, but the value of an indicator.
_STATES_TARGET = re.compile(r"[≥≤＞＜><＝=]")
#: What is a head wherever it stands, and never the value beside a label.
_HEADS = re.compile(
    r"项目|金额|占比|合计|小计|总计|(?:收入|支出|资金)(?:构成|来源)|(?:收入|支出)预算|预算数|执行数"
    r"|第?[一二三四]季度|[上下]半年|(?:任务|工作|活动)名称|(?:主要|工作)内容|[^0-9]{2,10}[（(](?:万元|元)[)）]"
    r"|(?:19|20)[0-9]{2}年度?(?:预算|执行|决算|支出|收入)(?:数|金额|合计)?"
)
#: The field of an amount whose label stands beside another one as well.
_SECOND = re.compile(r"(?:facts|budget\.parts)\.(?P<label>.*[^0-9])[2-9]")
#: The name of a fact that no label names.
_NO_WORDS = re.compile(r"[0-9.,，%％-]+")
#: What a row between the indicators is called that adds up their weights.
_SUM_OF_ROWS = re.compile(r".*(?:小计|合计)")
#: What speaks of goals and is none.
_NO_GOAL = re.compile(r"值|完成|实现|依据|分解|说明|编号|类")
_MIN_GOAL = 4
_CODE = re.compile(r"[0-9A-Za-z]")
#: What stands for the text above it.
_DITTOS = frozenset({"〃", "″", '"', "同上", "同左", "…", "……"})
#: A name of an indicator that says more: the kind of it, or the next one.
_SEVERAL = re.compile(
    r"(?:数量|质量|时效|成本|效益|满意度)(?:指标)?[0-9]?[：:]|(?:^|\s)1[.．、](?:.|\n)*[；;。\n]\s*2[.．、]"
)
_MAY_BE_TARGET = re.compile(r"目标|指标值|计划|预期")
#: What a form says to the person who fills it in.
_ADVICE = re.compile(r"^[(（]?(?:注|备注|说明|填[报写表])|填[报写列]|字以内|不得|应当|根据实际")
#: What stands for an amount where there is none.
_NONE = re.compile(r"[-—–－/／*×]*|无|不适用|没有|N/?A|是|否", re.IGNORECASE)


def doubts(table: ReadTable) -> Iterator[str]:
    """What a table's fields say that such fields do not say, in Chinese."""
    if not table.is_blank:
        yield from dict.fromkeys(_of_item(table.values))
        yield from table.shared
        listed = table.values.lists.get("projects", ())
        if table.form.kind == "projects" and all(one.texts.get(IS_SUM) for one in listed):
            yield "没有读到项目"
    yield from unit_doubts.doubts(table)
    yield from dict.fromkeys(_unanswered(table.form) if table.is_learned else ())
    for text in _literals(table.form) if table.is_learned else ():
        if _STATED.search(squeezed(text)):
            yield f"“{text.strip()}”读成了表样里的字，但像是金额"
        if _SENTENCE.search(text) and not _ADVICE.search(text):
            yield f"“{text}”读成了表样里的字，但像是填的内容"


def _unanswered(form: Form) -> Iterator[str]:
    """The labels of a project's main fields in a form that has no such field."""
    fields = {path for cell in form.cells() for path in cell.fields}
    for text in _literals(form):
        name = field_labels.core(text)
        asked = _ASKED.get(field_labels.label(text) or "", ())
        asked = asked and (*asked, f"facts.{name}", f"budget.parts.{name}")
        others = _IN_EVALUATIONS if "evaluation" in form.kind else ()
        if asked and not any(path.startswith((*asked, *others)) for path in fields):
            yield f"“{squeezed(text)}”旁边没有读到内容"


def _literals(form: Form) -> Iterator[str]:
    """The words of a form's cells that hold nothing else."""
    yield from (cell.text for cell in form.cells() if cell.text and not cell.fields)


def _of_item(item: Values) -> Iterator[str]:
    texts = dict(item.texts)
    if IS_SUM in texts and texts.get("name", "").isdecimal():
        # It is called by the code of the body whose sum it is, with the body's name beside it.
        texts = {path: text for path, text in texts.items() if not _NAMES.fullmatch(path)}
        texts.pop("name")
    for path, text in texts.items():
        if what := _doubt(path, squeezed(text)):
            yield f"“{text.strip()}”{what}"
    yield from filter(None, (_unread_total(item), _unread_goal(item), _amount_again(item)))
    for fund in item.lists.get("funds", ()):
        yield from _of_fund(fund.texts)
    yield from fund_doubts.doubts(item)
    yield from list_doubts.doubts(item)
    for listed in INDICATOR_LISTS:
        yield from _of_rows([row.texts for row in item.lists.get(listed, ())])
    for project in item.lists.get("projects", ()):
        yield from _of_item(project)


def _of_rows(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    has_names = any(squeezed(row.get("level3", "")) for row in rows)
    if what := _unstated(rows):
        yield what
    yield from blank_levels.doubts(rows)
    yield from crowded_rows.doubts(rows)
    for row in rows:
        yield from _of_indicator(row, is_named=has_names)


def _unread_total(item: Values) -> str:
    """What may be the sum of a project that has none: words, a line, or money of other names."""
    sums = ("budget.total", "funds.")
    if _is_evaluated(item) or any(path.startswith(sums) for path in item.texts):
        return ""
    if any(path.startswith("budget.term") for path in item.texts):
        of_year = any(map(money_times.says_money_of_year, item.texts))
        return "只有几年合计的金额，没有当年的" if of_year else ""
    for path, text in item.texts.items():
        name = path.removeprefix("facts.")
        said = path != name and any(one.isdigit() for one in text)
        label = name.partition("：")[0]  # a head above the amount may stand behind it
        is_all = field_labels.label(label) == "budget.total" or value_fields.is_all_money(label)
        if said and is_all:
            return f"“{name}”（“{text.strip()}”）没有读成金额"
    for path, text in item.texts.items():
        name = path.removeprefix("budget.parts.").removeprefix("facts.")
        is_part = path.startswith("budget.parts.") and bool(text.strip())
        is_sum = is_part or bool(_SUM.fullmatch(text.strip()))
        of_whole = "name" in item.texts or name.startswith(("部门", "整体"))
        if path != name and is_sum and _MAY_BE_ALL.search(name) and of_whole:
            return f"没有总的金额，“{name}”（“{text.strip()}”）可能就是"
    parts = [path for path, text in item.texts.items() if path.startswith("budget.parts.") and text]
    if parts and "name" in item.texts:
        return f"没有总的金额，只有“{parts[0].removeprefix('budget.parts.')}”等"
    return ""


def _is_evaluated(item: Values) -> bool:
    """Whether values are those of an evaluation."""
    has_results = any("actual" in row.texts for row in item.lists.get("indicators", ()))
    said = {"score", "goals_actual"}.intersection(item.texts)
    return bool(item.lists.get("funds") or said or has_results)


def _amount_again(item: Values) -> str:
    """An amount beside a label that has another one already, so that one is something else's.

    The same amount once more is no other one.
    """
    times = Counter(map(squeezed, item.texts.values()))
    for path, text in item.texts.items():
        found = _SECOND.fullmatch(path)
        if found is not None and _EXACT.fullmatch(text.strip()) and times[squeezed(text)] == 1:
            return f"“{found['label']}”旁边不止一个数，“{text.strip()}”可能是别的内容"
    return ""


def _unread_goal(item: Values) -> str:
    """What may be the goal of a project that has none, by the last word of its label."""
    listed = {(divided_goals.list_and_index(path) or (path,))[0] for path in item.texts}
    if _is_evaluated(item) and "goals_actual" not in listed and (text := goal_doubts.told(item)):
        return f"“{text}”读成了目标，但像是完成情况"
    if listed.intersection(divided_goals.LISTS) - {"goals_actual"}:
        return _goal_again(item)
    for path, text in item.texts.items():
        name = path.removeprefix("facts.").rstrip("0123456789")
        is_goal = "目标" in name and not _NO_GOAL.search(name)
        if path.startswith("facts.") and is_goal and len(squeezed(text)) > _MIN_GOAL:
            return f"没有绩效目标，“{name}”（“{text.strip()}”）可能就是"
    return ""


def _goal_again(item: Values) -> str:
    """A goal under another label than the one that has some already."""
    for path, text in item.texts.items():
        found = _SECOND.fullmatch(path)
        is_goal = found is not None and field_labels.label(found["label"]) in divided_goals.LISTS
        if found is not None and is_goal and text.strip():
            return f"不止一处绩效目标，“{found['label']}”（“{text.strip()}”）没有读成目标"
    return ""


def _doubt(path: str, text: str) -> str:
    """Why a single field is not likely to say such a text; "" where it may."""
    listed = divided_goals.list_and_index(path)
    if (listed[0] if listed else path) in divided_goals.LISTS:
        return goal_doubts.of_text(text)
    if path == "name":
        return _doubt_of_name(text)
    if path == "code" and text and not _CODE.search(text):
        return "读成了项目编码，但不像是编码"
    is_number = re.fullmatch(MONEY, text, re.ASCII) or _NONE.fullmatch(text)
    amount = path.startswith("funds.") and path.rpartition(".")[2] in _AMOUNTS
    is_none = (amount or path == "score") and not _holds_figure_or_none(text)
    if is_none or (path.startswith("budget.") and not is_number):
        return "读成了资金数或者得分，但不是数"
    if _NAMES.fullmatch(path) and text:
        return f"读成了“{path.removeprefix('facts.')}”的内容，但可能是项目名称"
    return _doubt_of_fact(path.removeprefix("facts."), text) if path.startswith("facts.") else ""


def _doubt_of_name(text: str) -> str:
    if text and (_is_no_name(text) or _OF_BODIES.fullmatch(text)):
        return "读成了项目名称，但像是栏目名称"
    if coded_names.has_code(text):
        return "读成了项目名称，但里面像是有项目编码"
    return "读成了项目名称，但里面像是还有别的栏目" if _STATEMENT.search(text) else ""


def _doubt_of_fact(name: str, text: str) -> str:
    if text and _NO_WORDS.fullmatch(name):
        return "没有读到栏目名称，旁边只有另一个数"
    if _HEADS.fullmatch(text) or field_labels.column(text) or field_labels.fund(text):
        return f"读成了“{name}”的内容，但像是栏目名称"
    is_row = column_meanings.is_category(text) or column_meanings.is_second(text)
    if is_row or _STATES_TARGET.match(name):
        return f"读成了“{name}”的内容，但像是一行指标"
    if text and (column_meanings.is_category(name) or column_meanings.is_second(name)):
        return f"在“{name}”之下，像是指标，但没有读成指标"
    return ""


def _is_no_name(text: str) -> bool:
    """Whether a text is a label or an amount; a sum in a list is called 合计."""
    is_label = field_labels.is_label(text) and not field_labels.SUMS.fullmatch(text)
    return is_label or bool(_NO_NAME.fullmatch(text))


def _of_fund(fund: Mapping[str, str]) -> Iterator[str]:
    name = squeezed(fund.get("name", ""))
    if name and (field_labels.is_amount(name) or name[0].isdigit()):
        yield f"“{name}”读成了资金的名称，但像是一个数"
    for path, text in fund.items():
        if path in _AMOUNTS and not _holds_figure_or_none(squeezed(text)):
            yield f"“{text.strip()}”读成了资金数或者得分，但不是数"


def _unstated(rows: Sequence[Mapping[str, str]]) -> str:
    """What may be the targets of rows that have none: numbers below a head that nobody knows."""
    if any(squeezed(row.get(path, "")) for row in rows for path in ("target", "value")):
        return ""
    evaluated = any(squeezed(row.get("actual", "")) for row in rows)
    others = ((path, text) for row in rows for path, text in row.items()
              if path.startswith("other.") and any(one.isdigit() for one in text))  # fmt: skip
    heads = ((path.removeprefix("other."), text) for path, text in others)
    unknown = ((head, text) for head, text in heads
               if field_labels.column(column_meanings.without_level(head)) is None)  # fmt: skip
    likely = (one for one in unknown if not evaluated or _MAY_BE_TARGET.search(one[0]))
    head, text = next(likely, ("", ""))
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
    if any(squeezed(row.get(level, "")) in _DITTOS for level in ("level1", "level2")):
        yield "指标的级别只写了同上"
    stated = any(squeezed(row.get(path, "")) for path in ("target", "value"))
    levels = (squeezed(row.get(level, "")) for level in ("level1", "level2", "level3"))
    if not stated and (text := next(filter(_SUM_OF_ROWS.fullmatch, levels), "")):
        yield f"“{text}”读成了一行指标，但像是合计"
    several = _SEVERAL.search(row.get("level3", "")) and not stated
    if several or holds_several(row.get("level3", "")):
        yield f"“{row['level3'].strip()}”像是几行指标写在一格里"
    if ellipses.are_dots(row.get("level3", "")):
        yield f"“{row['level3'].strip()}”读成了指标名称，但只是省略号"
    if text := fund_doubts.label_of_row(row):
        yield f"“{text}”读成了一行指标，但像是项目的资金"
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


def _holds_figure_or_none(text: str) -> bool:
    return any(one.isdigit() for one in text) or _NONE.fullmatch(text) is not None
