"""Whether the first row of a page is what did not fit into the last row of the page before.

A page cuts a row at its lines: what stands below a line stands overleaf, and a text that keeps its
lines together moves as a whole. So a text goes on overleaf only where its last line was full or
another item of a list follows, and a row of its own has what every row has.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from itertools import chain

from msgspec import Struct

from disclosure.forms import library
from disclosure.forms.form import FormBlock, Row
from disclosure.intake.formats import joining
from disclosure.intake.formats.pieces import GridCell
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding import side_labels
from disclosure.model import indicator_levels as levels
from disclosure.model.whitespace import squeezed

Place = tuple[int, int]
"""The column a cell begins in, and how many it takes."""

_MAX_CATEGORY, _MIN_NAME, _MAX_HALF = 18, 3, 4  # characters
_LATIN = 0.7  # of a character
_NEARLY = 0.35  # of a character: so much more than there is room for still does not fit
#: What is not parted at the end of a line, and what may not begin one.
_BEGIN = re.compile(
    r"[(（“《〈【]*(?:[!-~≥≤＝＞＜±]+|.)(?:[:;,.!?)%，。；：、！？）”》〉】％]+[!-~≥≤＝＞＜±]*)?",
    re.DOTALL,
)
#: What may be left of a name, and is none by itself.
_FRAGMENT = re.compile(r"标|指标|目标|[(（][^()（）]*[)）]")
_GOES_ON = frozenset("及与、")  # what begins no text
#: What is the first line of a label, which a form breaks there whatever room there is.
_BEGINNINGS = frozenset({"年度", "当年", "整体", "总体", "绩效", "实施期", "中期", "长期"})
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_SIGNED = re.compile(r"[≥≤＞＜＝=<>]")
_CODED = re.compile(r"[0-9]{6,}[0-9A-Z]*[-—].+", re.DOTALL)
_PROSE = re.compile(r"[。；;，]")
_ENDED = re.compile(r"[。；;！!？?：:]$")
_LONG = 30  # characters: a text that is longer is no label
_ITEM = re.compile(r"(?P<before>\D{0,4}?)(?P<number>[0-9]{1,2})(?P<behind>[.．、:：)）])")


class Cut(Enum):
    """What the first row overleaf is: a row of its own or the rest of one, in doubt or not."""

    NONE = "none"
    UNLIKELY = "unlikely"
    LIKELY = "likely"
    CERTAIN = "certain"

    @property
    def is_rest(self) -> bool:
        """Whether it is taken for the rest of a row."""
        return self in {Cut.LIKELY, Cut.CERTAIN}


class LastRow(Struct, frozen=True):
    """The last row of a page.

    Attributes:
        cells: The cells that end with the page, by their place.
        tall: The places of cells that are merged over rows.
        filled: The places in which nearly every row of the table has a text.
        keys: The columns of the names of projects and indicators, and of values.
        paged: Whether it is known where lines end; only pages cut rows.
        heads: The rows in which heads of columns stand.
    """

    cells: Mapping[Place, GridCell]
    tall: Collection[Place]
    filled: Collection[Place]
    keys: Collection[int]
    paged: bool
    heads: Collection[int]

    def says_label_again(self, above: GridCell, below: GridCell) -> bool:
        """Whether a page prints once more the label beside the heads and all rows."""
        return above.row in self.heads and side_labels.repeats(above, below)

    def cut(self, row: Sequence[GridCell]) -> Cut:
        """Whether a row overleaf is what did not fit into this one."""
        if not self.paged or any(place(cell) not in self.cells for cell in row):
            return Cut.NONE
        pairs = [(self.cells[place(cell)], cell) for cell in row]
        merged = [pair for pair in pairs if place(pair[1]) in self.tall]
        own = [pair for pair in pairs if place(pair[1]) not in self.tall]
        others = [pair for pair in merged
                  if begins_another(*pair) and not self.says_label_again(*pair)]  # fmt: skip
        if not own or others:
            halved = own and all(_halves(*pair) for pair in others)
            return self._halved(own) if halved else Cut.NONE
        if all(above.ended for above, _ in own):
            return Cut.NONE
        if not any(below.bare for _, below in own):
            going = [pair for pair in merged if pair[1].bare and not breaks_a_name(*pair)]
            prose = any(_is_prose(above.bare) for above, _ in going)
            begun = any(above.bare for above, _ in own) and all(
                above.rows == 1 < below.rows for above, below in going
            )  # labels of this row, of which the rest would have no row of its own
            fits = not going or ((prose or begun) and all(may_go_on(*pair) for pair in going))
            return Cut.CERTAIN if fits else Cut.NONE
        if len(own) == 1:
            return self._single(*own[0], merged)
        return self._row(own, merged)

    def _halved(self, own: Sequence[tuple[GridCell, GridCell]]) -> Cut:
        """The same where the names beside the row may be the halves of one, or two."""
        full = all(_fits(*pair) for pair in own if all(cell.bare for cell in pair))
        return Cut.LIKELY if full and self._row(own, ()).is_rest else Cut.NONE

    def _single(
        self, above: GridCell, below: GridCell, merged: Sequence[tuple[GridCell, GridCell]]
    ) -> Cut:
        """The same for the one text beside a label, which has no second row for another."""
        labels = [one for one, other in merged if one.bare and not other.bare]
        drawn = {one for one, _ in merged}  # of the others nothing is drawn overleaf
        labels += [cell for cell in self.cells.values() if cell.bare and cell not in drawn
                   and cell.column + cell.columns <= below.column]  # fmt: skip
        text = above.bare and not field_labels.is_label(above.text.text)
        alone = any(one.rows == 1 for one in labels) or (labels and _breaks_off(above, below))
        return Cut.CERTAIN if text and alone and below.rows == 1 else Cut.NONE

    def _row(
        self,
        own: Sequence[tuple[GridCell, GridCell]],
        merged: Sequence[tuple[GridCell, GridCell]],
    ) -> Cut:
        both = [(above, below) for above, below in own if above.bare and below.bare]
        if any(_are_two(*pair) for pair in both):
            return Cut.NONE
        if not all(may_go_on(*pair) for pair in both):
            lacking = any(bool(above.bare) != bool(below.bare) and above.column in self.keys
                          for above, below in own)  # fmt: skip
            return Cut.UNLIKELY if lacking else Cut.NONE
        left = [above for above, below in own if above.bare and not below.bare]
        moved = [below for above, below in own if below.bare and not above.bare]
        if left:
            known = any(place(cell) in self.filled or cell.column in self.keys for cell in left)
            return Cut.CERTAIN if known else Cut.LIKELY
        if moved and any(_fits(*pair) for pair in both):
            return Cut.CERTAIN
        if moved:  # nothing of the row stands before the page but what is merged
            goes_on = all(not below.bare for above, below in merged if above.bare)
            return Cut.CERTAIN if goes_on and merged else Cut.NONE
        pairs = [(above, below) for above, below in (*both, *merged) if below.bare]
        broken = any(breaks_a_name(*pair) for pair in pairs)
        return Cut.CERTAIN if broken else Cut.LIKELY


def below_heads(
    cells: Mapping[Place, GridCell], heads: Collection[int], row: Sequence[GridCell]
) -> dict[Place, GridCell]:
    """What of a row of heads, the last of its page, may go on overleaf, where no row was begun.

    All of it where no head has anything below it, or no more than its own end: that is the rest of
    the heads. Otherwise the label at their left, unless something stands below that as well.
    """
    pairs = [(one, cell) for cell in row if (one := cells.get(place(cell)))]
    below = [pair for pair in pairs if pair[1].bare and pair[1].column in heads]
    if len(pairs) == len(row) and all(_ends_head(*pair) for pair in below):
        return dict(cells)
    beside = {at: cell for at, cell in cells.items() if cell.column < min(heads)}
    left = [pair for pair in pairs if pair[1].column < min(heads)]
    said = any(cell.bare and not breaks_a_name(above, cell) for above, cell in left)
    return {} if said else beside


def _ends_head(above: GridCell, below: GridCell) -> bool:
    """Whether a text is the end of the head of a column, and nothing by itself."""
    whole = field_labels.is_label(above.bare + below.bare)
    return whole and len(below.bare) <= _MAX_HALF and not _is_name(below.bare)


def place(cell: GridCell) -> Place:
    """Where a cell stands in its row."""
    return cell.column, cell.columns


def may_go_on(above: GridCell, below: GridCell) -> bool:
    """Whether a text overleaf may be the rest of another: no more of it fitted, or an item ends."""
    return _fits(above, below) or _is_next_item(above.bare, below.bare)


def _fits(above: GridCell, below: GridCell) -> bool:
    """Whether a text had no more room for what stands overleaf."""
    if above.free_characters is None or not below.bare:
        return True
    begin = _BEGIN.match(below.bare)
    return sum(map(_width, begin.group() if begin else "一")) > above.free_characters - _NEARLY


def _width(char: str) -> float:
    """How wide a character is at most, with the gap between Latin and Chinese ones."""
    return 1.0 if joining.is_wide(char) else _LATIN


def _is_next_item(above: str, below: str) -> bool:
    """Whether a text begins with the number that follows one of another, which is a list."""
    found = _ITEM.match(below)
    if found is None or not _is_prose(above):
        return False
    return f"{found['before']}{int(found['number']) - 1}{found['behind']}" in above


def _breaks_off(above: GridCell, below: GridCell) -> bool:
    """Whether sentences end in the middle of one, at the end of a full line."""
    ended = bool(_ENDED.search(above.bare)) or _ITEM.match(below.bare)
    return bool(above.free_characters is not None and not ended
                and _is_prose(above.bare) and _fits(above, below))  # fmt: skip


def is_unfinished(above: GridCell, below: GridCell) -> bool:
    """Whether a text may go on in another: it had no more room, or ends within a sentence."""
    within = _is_prose(above.bare) and not _ENDED.search(above.bare)
    return may_go_on(above, below) or within


def _is_prose(text: str) -> bool:
    return bool(_PROSE.search(text)) or len(text) > _LONG


def _are_two(above: GridCell, below: GridCell) -> bool:
    """Whether each is an indicator's kind, a value, an amount or a list, so that both are whole."""
    if (above.bare == below.bare and len(above.bare) > 1) or is_another(above, below):
        return True
    kinds = above.bare.endswith("指标") and begins_another(above, below)
    signed = _SIGNED.match(above.bare) and _SIGNED.match(below.bare)
    return kinds or bool(signed) or _begin_lists(above.bare, below.bare)


def _begin_lists(above: str, below: str) -> bool:
    """Whether each begins with the number 1 of a list."""
    found = [_ITEM.match(text) for text in (above, below)]
    begun = {(one["before"], one["behind"]) for one in found if one and one["number"] == "1"}
    return all(one and one["number"] == "1" for one in found) and len(begun) == 1


def breaks_a_name(above: GridCell, below: GridCell) -> bool:
    """Whether two texts are the halves of a category or label, or the other begins with “及”."""
    whole = above.bare + below.bare
    if side_labels.is_said_twice(whole) and above.bare != below.bare:
        return True
    if not (above.bare and below.bare):
        return bool(above.bare) and _is_name(whole) and whole.count("指标") <= 1
    if below.bare[0] in _GOES_ON and _fits(above, below):
        return True
    if not (_is_name(whole) or whole in _printed_labels()) or whole.count("指标") > 1:
        return False
    if _FRAGMENT.fullmatch(below.bare) or len(below.bare) < _MIN_NAME or len(above.bare) == 1:
        return True
    full = above.bare in _BEGINNINGS or _fits(above, below)
    return below.bare[0] in "及和与、" or (full and not _are_names(above, below))


@cache
def _printed_labels() -> frozenset[str]:
    """The labels that the forms print that ship with the program."""
    forms = map(library.shipped, library.known())
    texts = chain.from_iterable(_labels(form.rows) for form in forms)
    return frozenset(text for text in texts if len(text) > _MAX_HALF)


def _labels(rows: Iterable[Row | FormBlock]) -> Iterator[str]:
    for row in rows:
        if isinstance(row, FormBlock):
            yield from _labels(row.rows)
        else:
            yield from (squeezed(cell.text) for cell in row if cell.text and not cell.fields)


def _are_names(above: GridCell, below: GridCell) -> bool:
    """Whether two texts are whole names, or the second is one and the first too long for none."""
    if field_labels.is_label(above.text.text) and is_category(below.bare):
        return True
    known = levels.first_level(below.bare) is not None or field_labels.is_label(below.text.text)
    return known and (_is_name(above.bare) or len(above.bare) > _MAX_HALF)


def _halves(above: GridCell, below: GridCell) -> bool:
    """Whether two names make one, such as 社会 and 效益指标, the first on a full line."""
    whole = above.bare + below.bare
    return _fits(above, below) and is_category(whole) and whole.count("指标") == 1


def begins_another(above: GridCell, below: GridCell) -> bool:
    """Whether a merged cell overleaf says something else than the one before the page."""
    if not (above.bare and below.bare) or breaks_a_name(above, below):
        return False
    if not may_go_on(above, below) or is_another(above, below):
        return True
    end = len(below.bare) < _MIN_NAME and not _is_name(above.bare)  # of a name: “经费”
    return _is_name(below.bare) and not end


def is_another(above: GridCell, below: GridCell) -> bool:
    """Whether two texts are whole amounts that make none together, or names with their codes."""
    return not _NUMBER.fullmatch(above.bare + below.bare) and any(
        pattern.fullmatch(above.bare) and pattern.fullmatch(below.bare)
        for pattern in (_NUMBER, _CODED)
    )


def are_numbers(above: GridCell, below: GridCell) -> bool:
    """Whether each is a number in one row, such as the weights of two indicators."""
    return above.rows == below.rows == 1 and all(
        _NUMBER.fullmatch(cell.bare) for cell in (above, below)
    )


def _is_name(text: str) -> bool:
    return not _FRAGMENT.fullmatch(text) and (is_category(text) or field_labels.is_label(text))


def is_category(text: str) -> bool:
    """Whether a text names a category of indicators."""
    return len(text) <= _MAX_CATEGORY and (
        levels.first_level(text) is not None or text.endswith("指标")
    )
