"""Lines and words as a page shows them, put together to the text that was meant.

Chinese is written without spaces and broken anywhere, so a break or a gap beside a Chinese
character is the page's, not the author's. Between two words of Latin letters it is a space.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from disclosure.intake.formats import labels
from disclosure.intake.formats.pieces import Recognised
from disclosure.model.whitespace import squeezed

_WORD = re.compile(r"[a-z]")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")
_SHORT_TITLE = 0.7  # the same for a centred line, which leaves as much room on its left
_NOTE = re.compile(r"注[0-9]+(?:\s*·|\s)")
#: What begins a paragraph of its own wherever it stands.
BEGINS = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
    rf"|绩效目标[：:]|绩效指标[：:]|{_NOTE.pattern}|目录$"
    r"|(?:来源|版本|网址)\s|(?:填[表报写]|编制|情况|指标)?(?:说明|备注|附注)[：:]$"
)
#: What is a paragraph of its own: what stands between a title and its table, an entry of the
#: contents with its page.
ALONE = re.compile(
    r"[（(](?:19|20)[0-9]{2}年度?[）)]|(?:金额)?单位[:：](?:万元|元)|.*[.．…·]{4,}\s*[0-9]+"
)
#: What ends a title: the line below it may state something though the title seems full.
_TITLE_ENDS = re.compile(r"[^，。；：:]*(?:绩效|目标|自评|申报|审批|批复)[^，。；：:]{0,6}表")
#: What begins a line of its own within a cell.
_ITEM = re.compile(rf"{labels.ITEM}.")
_SHORT = 0.85  # of a full line: a shorter one ends its paragraph


@lru_cache(maxsize=8192)
def is_wide(char: str) -> bool:
    """Whether a character is as wide as a Chinese one."""
    return unicodedata.east_asian_width(char) in "WFA" and not char.isspace()


def width(text: str) -> float:
    """How wide a line is, in Chinese characters."""
    return sum(1.0 if is_wide(char) else 0.5 for char in text)


def inline(text: str) -> str:
    """A line without the gaps that layout put beside Chinese characters."""
    parts = [part for part in _SPACES.split(text) if part]
    joined = ""
    for part in parts:
        apart = joined and not (is_wide(joined[-1]) or is_wide(part[0]))
        joined += f" {part}" if apart else part
    return joined


def lines(parts: Iterable[str]) -> str:
    """The lines of one cell or paragraph as one text.

    Figures and codes go on where they were cut; two Latin words get their space back, and a
    numbered item its line.
    """
    return rejoined(filter(None, map(inline, parts)))


def rejoined(parts: Iterable[str]) -> str:
    """The same for lines whose own spaces are the author's."""
    joined = ""
    for part in parts:
        words = joined and _WORD.match(joined[-1]) and _WORD.match(part[0])
        between = "\n" if joined and _ITEM.match(part) else " " if words else ""
        joined += between + part
    return joined


class Line(Struct, frozen=True):
    """A line of running text on a page.

    Attributes:
        text: What it says.
        place: Where it stands, in Chinese.
        page: The page, from 1.
        wide: How far it reaches to the right, from where the text of the document begins.
        edge: Whether it stands at the upper or lower edge of its page.
        alone: Whether it has gaps as between columns, and so stands alone.
        centred: Whether it begins far in, as a title does.
        size: The size of its letters, in points; 0 where none is known.
        recognised: How it was read, if that was in a picture.
        box: A box around it that is no part of a table: left, top, right, bottom; None for none.
        unrelated: Whether its page shows no sign of targets.
    """

    text: str
    place: str
    page: int
    wide: float
    edge: bool = False
    alone: bool = False
    centred: bool = False
    size: float = 0.0
    recognised: tuple[Recognised, ...] = ()
    box: tuple[float, float, float, float] | None = None
    unrelated: bool = False


def widest(found: Iterable[Line]) -> float:
    """How far the line reaches that reaches farthest."""
    return max((line.wide for line in found if not line.edge), default=0.0)


def paragraphs(found: Iterable[Line], full: float) -> list[list[Line]]:
    """The lines that belong together; `full` is how far a full line of the document reaches.

    A paragraph ends with a line that leaves room, and before what always begins one: a heading,
    a numbered item. Running heads stand alone, so that a paragraph goes on behind them.
    """
    done: list[list[Line]] = []
    open_: list[Line] | None = None
    for line in filter(lambda line: line.text.strip(), found):
        if line.edge:
            done.append([line])
            continue
        if open_ is None or _is_apart(open_, line):
            open_ = []
            done.append(open_)
        open_.append(line)
        short = line.wide < full * (_SHORT_TITLE if line.centred else _SHORT)
        text = line.text.strip()
        if line.alone or short or ALONE.fullmatch(text) or _TITLE_ENDS.fullmatch(text):
            open_ = None
    return done


def _is_apart(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line begins a paragraph whatever stands above it; notes go on farther in."""
    above = paragraph[-1]
    other_size = abs(above.size - line.size) > 0.1 * line.size
    title = line.centred and not above.centred and not _NOTE.match(paragraph[0].text)
    title = title and not _ends_title(paragraph, line)
    text = line.text.strip()
    begins = BEGINS.match(text) or ALONE.fullmatch(text)
    if above.text.rstrip().endswith("。"):  # though its last line is full
        begins = begins or labels.TITLE.fullmatch(text)
    return other_size or title or line.alone or bool(begins)


def _ends_title(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line is the end of a title of which the first line is full."""
    whole = squeezed(paragraph[0].text + line.text)
    return len(paragraph) == 1 and bool(_TITLE_ENDS.fullmatch(whole))
