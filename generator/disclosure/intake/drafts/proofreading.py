"""What of the drafts a machine recognised: marked in each file, and listed to be proofread.

A file says by field, or by the name of a row, what nobody has held against the document yet; the
list has every value beside its picture, the least certain first.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from disclosure.forms.values import INDICATOR_LISTS
from disclosure.intake.drafts.drafting import Draft
from disclosure.intake.understanding.interpreting import Interpreted
from disclosure.intake.understanding.ledger import PlacedText, Where


class Proof(Struct, frozen=True):
    """A value to be proofread.

    Attributes:
        path: The draft, below the year's folder.
        at: The field or the row of it, as the mark in the file names it.
        place: Where it stands in the document.
        text: What was recognised, without white space.
        certain: How certain each of its characters is, from 0 to 1.
        pictures: What the document shows there, as PNG.
    """

    path: str
    at: str
    place: str
    text: str
    certain: tuple[float, ...]
    pictures: tuple[bytes, ...]

    @property
    def least(self) -> float:
        """How certain the least certain character is."""
        return min(self.certain, default=0.0)


def marked(
    drafts: Sequence[Draft], found: Sequence[Interpreted]
) -> tuple[tuple[Draft, ...], tuple[Proof, ...]]:
    """The drafts with what is to be proofread in each, and all of that, least certain first."""
    others = {(draft.document, draft.origin) for draft in drafts if draft.origin}
    documents = {one.name for one in found
                 if any(text.recognised for text in one.ledger.document.texts())}  # fmt: skip
    made: list[Draft] = []
    proofs: list[Proof] = []
    for draft in drafts:
        own = [_proof(draft, one) for one in _recognised(draft, found, others)]
        proofs += own
        made.append(_marked(draft, own, documents))
    return tuple(made), tuple(sorted(proofs, key=lambda one: one.least))


def _recognised(
    draft: Draft, found: Sequence[Interpreted], others: Container[tuple[str, Where]]
) -> Iterator[PlacedText]:
    """The texts that were recognised and stand in a draft."""
    for one in found:
        for placed in one.ledger.placed:
            if placed.text.recognised and _origin(one.name, placed.where, others) == (
                (draft.document, draft.origin) if draft.origin else None
            ):
                yield placed


def _origin(
    document: str, where: Where, others: Container[tuple[str, Where]]
) -> tuple[str, Where] | None:
    """The draft of its own in which a text stands; None for the year's file."""
    return next(((document, where[:length]) for length in (4, 2)
                 if (document, where[:length]) in others), None)  # fmt: skip


def _proof(draft: Draft, placed: PlacedText) -> Proof:
    """A text as what is to be proofread: how certain its own characters are."""
    read = placed.text.recognised
    certain = tuple(part for one in read for part in one.certain)
    begin = "".join(one.text for one in read).find(placed.part)
    own = certain[begin : begin + len(placed.part)] if begin >= 0 else certain
    at = _named(draft, placed.where[len(draft.origin) :])
    pictures = tuple(one.picture for one in read)
    return Proof(draft.path, at, placed.text.place, placed.part, own, pictures)


def _named(draft: Draft, tail: Where) -> str:
    """A place in a file as notes name it: a field, or a row of indicators by its name."""
    if not draft.origin:
        return str(tail[1] if tail[0] == "disclosure" else _of_year(draft)).partition(".")[0]
    listed = str(tail[0])
    rows = draft.record.get(listed)
    is_row = listed in INDICATOR_LISTS
    if is_row and len(tail) > 1 and not isinstance(rows, str):
        row = [*(rows or ())][int(tail[1])]
        name = row.get("level3") if isinstance(row, Mapping) else None
        return name if isinstance(name, str) else str(tail[0])
    return str(tail[0]).partition(".")[0]


def _of_year(draft: Draft) -> str:
    """Where the year's file has what a table says that gives no file of its own."""
    return "department_table" if "department_table" in draft.record else "project_lists"


def _marked(draft: Draft, proofs: Sequence[Proof], documents: Container[str]) -> Draft:
    """A draft that says what of it is to be proofread, and that its document was recognised."""
    record = dict(draft.record)
    source = record.get("source")
    if isinstance(source, Mapping) and source.get("file") in documents:
        record["source"] = {**source, "text": "recognised"}
    if proofs:
        record["unproofread"] = [*dict.fromkeys(proof.at for proof in proofs)]
    return replace(draft, record=record)
