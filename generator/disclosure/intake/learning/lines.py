"""The lines around a table as templates: what differs from table to table is a field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from disclosure.forms import templates
from disclosure.intake.formats import labels
from disclosure.intake.learning import field_labels
from disclosure.model.whitespace import squeezed

#: The number of a table or attachment: 附件3, 公开表10, 预算05-2表.
NUMBER = (
    r"(?:附|部门|单位)?(?:预算|决算)?(?:公开|批复)?[表件][0-9一二三四五六七八九十]{1,4}(?:-[0-9]+)?"
    r"|(?=\D)(?:部门|单位)?(?:预算|决算|财[决政预])?(?:公开|批复|绩效)?[0-9]{1,2}(?:-[0-9]+)?表"
)
_NUMBER = re.compile(rf"(?:{NUMBER})[:：]?")
#: The template of a line that is the number of a table.
TABLE_NUMBER = "{facts.表号}"
_LABELLED = re.compile(r"(?P<label>[^：:]{2,14})(?P<colon>[：:])(?P<value>.+)", re.DOTALL)
_UNIT = re.compile(
    r"(?P<label>[^0-9：:]{2,8}[：:])?(?P<code>[0-9]{3,20})(?P<gap>[\s_-]*)(?P<name>[^0-9\s].*)"
)
#: What parts statements that one line makes side by side.
SIDE_BY_SIDE = re.compile(
    r"(\s{2,}|　+|(?<=\S)\s(?=[^\s：:]{2,10}[：:])"
    # what a page sets apart has lost its gap in a PDF
    r"|(?<=[^\s：:（(])(?=(?:填[报表]|编[报制]|申报)(?:日期|时间|人)[：:]"
    r"|项目(?:名称|编[码号]|代码)[：:]|(?:预算|自评|评价)年度[：:]))"
)
#: A Chinese number before a name in a title: `（一）甲项目绩效目标表`.
_COUNTED = re.compile(
    r"(?P<before>[（(]?)(?P<number>[一二三四五六七八九十]{1,3})(?P<behind>(?<=[（(].)[）)]"
    r"|(?<=[（(]..)[）)]|[、.．])"
)
_ORDINAL = re.compile(r"(?P<number>[1-9][0-9]{0,3})(?=[.．、])")
#: What announces the name of a project that is one of several.
NUMBERED = re.compile(
    r"(?P<before>项目)(?P<number>[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?P<behind>[：:]\s*)"
    r"(?P<name>\S.*)",
    re.DOTALL,
)
#: The heading of a project by its name alone, which says by its last word that it is one.
HEADED = re.compile(
    r"(?P<before>[（(]?)(?P<number>[一二三四五六七八九十]{1,3})(?P<behind>[）)]|[、.．])\s*"
    r"(?P<name>(?!.*(?:绩效|目标|支出|预算|部门|单位|类|情况|说明|重[点大]|主要|转移支付|各项|其[他它]))[^。；，：:\s]{2,38}"
    r"(?:项目|经费|工程|专项|资金|补助))"
)
#: What states a day, whose year is no other than it says.
_IS_DAY = re.compile(r"日期|时间$")
_MIN_NAME = 3  # of a name that is looked for within a longer text


def template(text: str, known: Mapping[str, str]) -> str:
    """A title or a cell that may hold a name: the known texts in it become fields.

    Args:
        text: The printed words.
        known: What stands in fields, such as the project's name and the year, by path.
    """
    made = templates.literal(text)
    for path, value in known.items():
        if path == "year":
            made = re.sub(
                rf"(?<![0-9{{}}]){re.escape(value)}(?=年|[)）]|$)", "{year}", made, count=1
            )
        elif len(value) >= _MIN_NAME and value in made:
            made = made.replace(value, f"{{{path}}}", 1)
    return made


def title(
    text: str, known: Mapping[str, str], *, names: bool = False
) -> tuple[str, dict[str, str]]:
    """A title as a template, and what stands in the field before it: the number of a project.

    Args:
        text: The title.
        known: What stands in fields, by path.
        names: Whether nothing else than the title names the project.
    """
    counted = _COUNTED.match(text) if names else None
    if counted is not None and "name" in known:
        rest = template(text[counted.end() :], known)
        made = f"{counted['before']}{{facts.项目序号}}{counted['behind']}{rest}"
        return made, {"facts.项目序号": counted["number"]}
    found = _ORDINAL.match(text)
    if found is None or "name" not in known:
        return template(text, known), {}
    rest = template(text[found.end("number") :], known)
    return f"{{number}}{rest}", {"number": found["number"]}


def line(
    text: str, known: Mapping[str, str], units: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """A line above or below a table, and what stands in the fields that are its own.

    Args:
        text: The line.
        known: What stands in fields, by path.
        units: The names of the department's units, by code.
    """
    bare = squeezed(text)
    headed = HEADED.fullmatch(text.strip()) if "name" not in known else None
    if named := NUMBERED.fullmatch(text.strip()) or headed:
        template_ = f"{named['before']}{{facts.项目序号}}{named['behind']}{{name}}"
        return template_, {"facts.项目序号": named["number"], "name": named["name"]}
    unit = _UNIT.fullmatch(text.strip())
    if unit and unit["code"] in units:
        same = squeezed(unit["name"]) == squeezed(units[unit["code"]])
        name = "unit_name" if same else "facts.预算单位"
        label = templates.literal(unit["label"] or "")
        return f"{label}{{unit}}{unit['gap']}{{{name}}}", {"unit": unit["code"], name: unit["name"]}
    if is_number(text):
        return TABLE_NUMBER, {"facts.表号": text}
    if labels.MONEY_LINE.fullmatch(bare) or labels.YEAR_LINE.fullmatch(bare):
        return template(text, {path: value for path, value in known.items() if path == "year"}), {}
    if len(parts := SIDE_BY_SIDE.split(text)) > 1 and all(map(_LABELLED.fullmatch, parts[::2])):
        made_parts = [line(part, known, units) for part in parts[::2]]
        gaps = [*parts[1::2], ""]
        together = "".join(one + gap for (one, _), gap in zip(made_parts, gaps, strict=True))
        return together, {path: text for _, said in made_parts for path, text in said.items()}
    return _stated(text, known)


def _stated(text: str, known: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A line that may be a label with what it states."""
    found = _LABELLED.fullmatch(text)
    others = {"name", "year"} if found and _IS_DAY.search(found["label"]) else {"name"}
    made = template(text, {path: value for path, value in known.items() if path not in others})
    if made == templates.literal(text) and found and "。" not in text and _is_label(found["label"]):
        meaning = field_labels.label(found["label"])
        is_own = meaning in {"name", "code"}
        path = str(meaning) if is_own else f"facts.{squeezed(found['label'])}"
        return f"{templates.literal(found['label'] + found['colon'])}{{{path}}}", {
            path: found["value"]
        }
    return made, {}


def is_number(text: str) -> bool:
    """Whether a line is the number of a table or attachment."""
    return bool(_NUMBER.fullmatch(squeezed(text)))


def name_in(text: str) -> str:
    """A name in a title without the number before it."""
    return text[found.end() :] if (found := _COUNTED.match(text)) else text


def _is_label(text: str) -> bool:
    return squeezed(text) not in {"备注", "注", "说明"}
