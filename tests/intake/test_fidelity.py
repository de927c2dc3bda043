"""Official forms of other places: how much of each document comes through, known form or not.

Each folder of `tests/cases/documents` holds documents with the same tables, `grid.json` cell by
cell and `meaning.json` field by field. A document is taken in, its drafts are read as they are,
and the forms are filled with them. Once with all forms that ship, once without those of the case,
so that its tables give forms of their own.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure.forms import library
from tests.support import fidelity

DOCUMENTS = sorted(
    (folder.name, file.name)
    for folder in fidelity.CASES.iterdir()
    for file in folder.iterdir()
    if file.suffix != ".json"
)
#: Recall, precision, cells and spans in tenths of a percent, where they are not all 1000.
#: A figure may be raised here and never lowered.
FLOORS: dict[tuple[str, str, str], tuple[int, int, int, int]] = {}


@pytest.mark.parametrize("forms", ["known", "learned"])
@pytest.mark.parametrize(("case", "file"), DOCUMENTS)
def test_what_a_document_says_and_how_it_is_printed_come_through(
    case: str, file: str, forms: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fields, cells and spans are those of the document, and no character is left over."""
    if forms == "learned":
        others = tuple(one for one in library.known() if not one.startswith(case))
        monkeypatch.setattr(library, "known", lambda: others)
    found = fidelity.score(case, file, tmp_path / "data")
    floor = FLOORS.get((case, file, forms), (1000, 1000, 1000, 1000))
    assert all(one >= least for one, least in zip(found.figures(), floor, strict=True)), (
        found.figures(),
        found.missing,
        found.wrong,
    )
    assert found.unplaced == 0
