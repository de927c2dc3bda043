"""All indicators of a project in one cell: `1、1-产出指标；11-数量指标；…；指标值：≥5次。2、…`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from disclosure.forms import capturing
from disclosure.forms.grid import FilledCell
from disclosure.intake.learning import field_labels
from disclosure.intake.learning.cell_map import Leaf
from disclosure.model import indicator_levels as levels
from disclosure.model.whitespace import squeezed

_FIRST = re.compile(r"1(?P<mark>[、.．)）])")
_PARTS = re.compile(r"[；;]")
_ENDS = re.compile(r"[；;\n]")
_NUMBER = re.compile(r"^\s*[（(]?[0-9]{1,3}[、.．)）]")
_LABELLED = re.compile(r"(?P<label>[^：:；;]{2,12}[：:])(?P<value>.*)", re.DOTALL)
_NUMBERED = re.compile(r"(?P<number>[0-9]{1,3}[-—.、])(?P<name>\D.*)", re.DOTALL)
#: Levels and name in one text: `产出指标-数量指标-会议次数`, the value behind a colon or nowhere.
_LINKED = re.compile(
    r"(?P<level1>[^-—－:：;；\s]+)(?P<first>[-—－]{1,2})(?P<level2>[^-—－:：;；\s]+)"
    r"(?P<second>[-—－]{1,2})(?P<level3>[^:：;；\n]+)(?:(?P<colon>[:：])(?P<target>[^\n]+))?"
)
_LEVELS = ("level1", "level2", "level3")


def template(cells: Sequence[FilledCell]) -> str | None:
    """How such cells are printed; None where they hold something else."""
    texts = [cell.text for cell in cells if cell.text.strip()]
    begun = _FIRST.match(texts[0].strip()) if texts else None
    if begun is None:
        return None
    mark = begun["mark"]
    first = re.split(rf"(?<=[。；;\n]){2}{re.escape(mark)}".replace("{2}", "2"), texts[0])[0]
    made = _template(first.strip()[begun.end() :].strip(), mark)
    numbers = re.compile(rf"(?:^|[\n。；;])\s*[0-9]{{1,3}}{re.escape(mark)}")
    if made and all(
        len(capturing.joined(made, text) or ()) == len(numbers.findall(text)) for text in texts
    ):
        return in_lines(made, texts)
    return None


def lists_indicators(leaf: Leaf, made: str) -> bool:
    """Whether what a cell counts are indicators: below 目标 sentences are counted as well."""
    is_goal = field_labels.label(leaf.head) in {"goals", "term_goals"}
    return not is_goal or "{target}" in made or "{level1}" in made


def _template(first: str, mark: str) -> str | None:
    """The same from what is said of the first indicator."""
    end = first[-1] if first[-1:] in {"。", "；", ";"} else ""
    if found := linked(first.removesuffix(end)):
        return f"{{place}}{mark}{found}{end}" if "{target}" in found else None
    parts = _PARTS.split(first.removesuffix(end))
    names = iter(_LEVELS if len(parts) > 2 else ("level3",))
    made: list[str] = []
    for part in parts:
        labelled = _LABELLED.fullmatch(part.strip())
        path = field_labels.column(labelled["label"]) if labelled else None
        if labelled and path:
            made.append(f"{labelled['label']}{{{path}}}")
            continue
        name = next(names, None)
        if name is None:
            return None
        made.append(f"{{{name}}}")
    separator = _PARTS.findall(first)[0] if len(parts) > 1 else ""
    return f"{{place}}{mark}{separator.join(made)}{end}"


def linked(text: str) -> str | None:
    """How levels are printed in one text with the name of their indicator; None where none are."""
    found = _LINKED.fullmatch(text.strip())
    if found is None or levels.first_level(squeezed(found["level1"])) is None:
        return None
    value = f"{found['colon']}{{target}}" if found["colon"] else ""
    return f"{{level1}}{found['first']}{{level2}}{found['second']}{{level3}}{value}"


def linked_column(cells: Sequence[FilledCell], leaves: Iterable[Leaf]) -> str | None:
    """How all cells of a column print levels and names in one text, if no column has levels."""
    if any(field_labels.column(leaf.head) in _LEVELS[:2] for leaf in leaves):
        return None
    made = {linked(cell.text) for cell in cells if cell.text.strip()}
    return made.pop() if len(made) == 1 else None


def states_target(text: str) -> bool:
    """Whether a name of an indicator is more than that: levels, name and value in one text."""
    parts = (_NUMBER.sub("", part) for part in _ENDS.split(text))
    return any("{target}" in (linked(part) or "") for part in parts)


def in_lines(made: str, texts: Sequence[str]) -> str:
    """The same with a line for each indicator, where every cell has more than one line."""
    lines = [text.strip().count("\n") + 1 for text in texts]
    numbers = [len(capturing.joined(made, text) or ()) for text in texts]
    return f"\n{made}" if lines == numbers and max(lines) > 1 else made


def items(made: str, text: str) -> list[dict[str, str]]:
    """The indicators that a cell holds."""
    return capturing.joined(made, text) or []


def numbered_levels(items: Iterable[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """How levels are printed where each has a number before its name: `1-产出指标`."""
    found: dict[str, dict[str, str]] = {}
    for item in items:
        for path in _LEVELS[:2]:
            match = _NUMBERED.fullmatch(item.get(path, ""))
            if match:
                known = found.setdefault(path, {})
                if known.setdefault(match["name"], item[path]) != item[path]:
                    known.pop(match["name"])
    return found
