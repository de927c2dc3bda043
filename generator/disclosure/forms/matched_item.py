"""An item of a list while the fields of a table are found, and the items around it."""

from __future__ import annotations

from msgspec import Struct, field

from disclosure.forms import paths
from disclosure.forms.values import Values

_WITH_OTHER = frozenset({"funds", "tasks", "indicators", "term_indicators"})
#: What is the same for all projects of a list.
_OF_TABLE = frozenset({"money", "year", "department", "plan_heading"})


class MatchedItem(Struct, eq=False):
    """An item of a list while its fields are found; the table itself is the outermost."""

    name: str
    place: int
    around: MatchedItem | None
    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[MatchedItem]] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)

    def owner(self, path: str) -> MatchedItem:
        """The item, this one or one around it, that a field belongs to."""
        item = self
        while item.around is not None and not item.owns(path):
            item = item.around
        return item

    def owns(self, path: str) -> bool:
        """Whether a field belongs to such an item, and not to one around it."""
        if self.name == "projects":
            return path not in _OF_TABLE
        if self.name == "tasks" and path.startswith("budget."):
            return True
        if self.name in _WITH_OTHER and path.startswith("other."):
            return True
        return path in paths.ITEMS.get(self.name, ())  # type: ignore[call-overload]

    def places(self) -> tuple[tuple[str, int], ...]:
        """Which item of each list it is, outermost first."""
        return (*self.around.places(), (self.name, self.place)) if self.around else ()

    def key(self, path: str, *, begun: bool = False) -> object:
        """What must be equal for two rows to share a cell merged by `path`, as filling has it."""
        item: MatchedItem | None = self
        while item is not None:
            if item.name == path:
                return item.places()
            if path in item.texts:
                text = item.texts[path]
                apart = path in item.apart and not begun
                return (*item.places()[:-1], text) if text and not apart else None
            item = item.around
        return None

    @property
    def has_indicators(self) -> bool:
        """Whether a row of indicators says anything; a project without them has an empty one."""
        rows = self.lists.get("indicators", ())
        return any(text.strip() for row in rows for text in row.texts.values())

    @property
    def has_own_indicators(self) -> bool:
        """Whether a row of indicators says more than levels, which an empty one may go on with."""
        rows = self.lists.get("indicators", ())
        said = (path for row in rows for path, text in row.texts.items() if text.strip())
        return any(path not in {"level1", "level2"} for path in said)

    def values(self) -> Values:
        """What was found in it and in its items."""
        lists = {name: tuple(item.values() for item in items) for name, items in self.lists.items()}
        if self.name == "projects" and not self.has_indicators:
            lists["indicators"] = ()
        return Values(self.texts, lists, frozenset(self.apart))
