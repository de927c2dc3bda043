"""A second count: whether all that was read of the target tables stands in the drafts.

The ledger says which field a text went into. Whatever was lost between there and the files is
found here, by what the files say and not by how they were made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from disclosure.intake.drafts.drafting import Draft
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.intake.understanding.ledger import PlacedText
from disclosure.model.whitespace import squeezed

#: What the data says of the department and the year themselves; a table repeats it.
_OF_YEAR = frozenset({"department", "year"})


def fallen(placed: Iterable[PlacedText], drafts: Sequence[Draft]) -> Iterator[PlacedText]:
    """The texts of tables that no draft has in any field."""
    drafted = {"万元"}  # the unit of every file that states none
    for draft in drafts:
        drafted.update(_texts(draft.record))
    longer = "\n".join(sorted(drafted))
    for one in placed:
        if one.where[0] != "table" or one.where[-1] in _OF_YEAR:
            continue
        if one.part not in drafted and one.part not in longer:
            yield one


def _texts(value: YamlValue) -> Iterator[str]:
    """Every text of a file, the names of fields among them, without white space."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield squeezed(str(key))
            yield from _texts(inner)
    elif isinstance(value, str):
        yield squeezed(value)
    else:
        for inner in value or ():
            yield from _texts(inner)
