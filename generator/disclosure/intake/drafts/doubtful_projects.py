"""Projects of a document that may be no projects of their own: without a name, or named twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from disclosure.forms.values import Values
from disclosure.intake.drafts import table_records
from disclosure.intake.understanding import surroundings
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.whitespace import squeezed

#: So many projects are named in one remark.
_MAX_NAMED = 5
_OF_PROJECTS = {"project", "projects", "evaluation"}
#: Who does a project: several may each have one of the same name.
_DOING = re.compile(r"facts\.[^：:]*(?:单位|部门)(?:名称)?")


def remarks(tables: Sequence[ReadTable]) -> Iterator[str]:
    """What to say of projects that may be the rest of others, or the same once more.

    Of several in one table that is said once.
    """
    seen = _Seen()
    for table in tables:
        kind = table.form.kind
        items = _by_body(table) if kind == "projects" else [(table.values, "")]
        said: dict[str, list[str]] = {}
        for item, body in items if kind in _OF_PROJECTS and not table.is_blank else ():
            if why := seen.doubt(table, item, body):
                said.setdefault(why, []).append(f"“{squeezed(item.texts.get('name', ''))}”")
        for why, names in said.items():
            number = f" {len(names)} 个" if len(names) > 1 else "一个"
            yield f"{place_of(table)}里{why.format(_listed(names), number=number)}"


def _listed(names: Sequence[str]) -> str:
    """Some names, and how many there are where these are not all."""
    first = "、".join(names[:_MAX_NAMED])
    return first if len(names) <= _MAX_NAMED else f"{first}等{len(names)}个"


def place_of(table: ReadTable) -> str:
    """Where a table is, and what it is called."""
    return f"{surroundings.pages(table.pages)}表“{table.called}”"


def listed(table: ReadTable) -> list[Values]:
    """The projects of a list, without its sums."""
    items = table.values.lists.get("projects", ())
    return [item for item in items if not table_records.is_sum(item)]


def _by_body(table: ReadTable) -> Iterator[tuple[Values, str]]:
    """The projects of a list, each with the name of the sum above it, which may be of a body."""
    body = ""
    for item in table.values.lists.get("projects", ()):
        if table_records.is_sum(item):
            body = squeezed(item.texts.get("name", ""))
        else:
            yield item, body


class _Seen(Struct):
    """The projects so far.

    Attributes:
        money: Their names, money and who does them, apart for targets and evaluations.
        kinds: The kinds of the tables that name each.
        lists: The lists that name each, by their number, and who does it there.
    """

    money: set[tuple[bool, str, str, str]] = field(default_factory=set)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    lists: dict[str, set[tuple[int, str]]] = field(default_factory=dict)

    def doubt(self, table: ReadTable, item: Values, body: str) -> str:
        """What to say of the next one with `{}` for its name, "" for nothing.

        One with a code is known by that.
        """
        kind, name = table.form.kind, squeezed(item.texts.get("name", ""))
        doing = body + _doing(item)
        same = kind == "evaluation", name, _money(item), doing
        is_again, kinds = same in self.money, self.kinds.get(name, set())
        self.money.add(same)
        if not name:
            return "有{number}项目没有名称，请核对是不是别的项目没有印完的部分。"
        if kind != "evaluation":  # which may be that of a project in the same document
            self.kinds.setdefault(name, set()).add(kind)
        again = "又有项目{}，"
        if item.texts.get("code"):
            return ""
        if is_again:
            return f"{again}请核对是不是同一个项目没有印完的部分。"
        if kind != "evaluation" and kinds and "调整" in table.called:
            return f"{again}而且是调整过的，请核对；同一个项目的，请写成它的调整，不要另立项目。"
        in_other = kind == "projects" and self._is_in_another_list(table, name, doing)
        if in_other or (kind != "evaluation" and kinds and kinds != {kind}):
            return f"{again}请核对与另一张表里的是不是同一个项目；是的，请合并成一个文件。"
        return ""

    def _is_in_another_list(self, table: ReadTable, name: str, doing: str) -> bool:
        """Whether another list names a project, and not as that of another body."""
        known = self.lists.setdefault(name, set())
        again = any(
            number != table.number and (not (doing and other) or doing == other)
            for number, other in known
        )
        known.add((table.number, doing))
        return again


def _doing(item: Values) -> str:
    """Who does a project, as its table says it."""
    return squeezed("".join(text for path, text in item.texts.items() if _DOING.fullmatch(path)))


def _money(item: Values) -> str:
    """All the money of a project, or the first amount of its evaluation."""
    if total := item.texts.get("budget.total"):
        return total
    funds = [*item.texts.items(), *(pair for one in item.lists.get("funds", ())
                                    for pair in one.texts.items())]  # fmt: skip
    amounts = (text for path, text in funds if path.rpartition(".")[2] in {"initial", "budget"})
    return next(filter(None, amounts), "")
