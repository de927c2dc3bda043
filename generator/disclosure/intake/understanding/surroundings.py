"""What of a document is not about targets: other chapters and tables, named and accounted for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise, takewhile

from msgspec import Struct

from disclosure.intake.formats import labels
from disclosure.intake.formats.page_ranges import page_ranges
from disclosure.intake.formats.pieces import Document, Piece, TablePiece, TextPiece
from disclosure.intake.understanding import table_lines
from disclosure.intake.understanding.ledger import Ledger
from disclosure.intake.understanding.part_one import numeral
from disclosure.intake.understanding.target_table import TargetTable
from disclosure.intake.understanding.target_tables import FoundTables
from disclosure.model.departments import Department
from disclosure.model.whitespace import squeezed

#: How many paragraphs above a table of targets, and below it, may belong to it.
_NEAR_ABOVE, _NEAR_BELOW = 8, 4
_CHAPTER = re.compile(r"第[一二三四五六七八九十]+部分.{0,24}(?<![0-9])")
#: The name of a body or of what is printed, at the edge of every page.
_RUNNING_HEAD = re.compile(
    r"[^：:，。；;]{2,40}(?:预算|决算|公开|说明|报告|文件|材料|[局委办厅]|中心|委员会)"
)
_DIGITS = re.compile(r"[0-9]+")
#: What a budget book, or a part of one, is called on a page of its own.
_BOOK = re.compile(
    r"[^0-9。；，：:]{0,30}(?:19|20)[0-9]{2}年度?[^0-9。；，：:]{0,16}(?:预算|决算)[^0-9。；，：:]{0,8}"
)
_CALLED = "(?:部门|单位)?(?:预算|决算)(?:信息)?(?:公开)?(?:情况)?(?:说明|报告|文件)?"
_MONTH = re.compile(
    r"(?:[0-9]{4}|[〇○零一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月.{0,4}"
)
_ABOUT_TARGETS = re.compile(r"绩效|目标|指标|自评")
#: What begins an item of a list in Chinese numerals, which is how headings begin as well.
_ITEM = re.compile(r"[（(]?(?P<number>[一二三四五六七八九十]{1,3})(?:、|[）)])")
#: The heading above the table of a project: its number, its name, what the table is.
_OF_PROJECT = re.compile(
    r"[（(]?(?:[0-9一二三四五六七八九十]{1,3}[)）.．、])?(?P<name>.+?)"
    r"(?:项目)?(?:(?:支出)?绩效目标(?:情况)?表?)?[:：]?"
)
#: A heading that says no more than that targets follow.
_HEADING = re.compile(
    r"(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])?"
    r"(?:(?:19|20)[0-9]{2}年度?)?(?:本|部门|单位|预算|项目|支出|整体|财政|重点|专项|资金)*"
    r"绩效目标(?:管理|设置|编制|公开|情况|说明|如下)*[:：]?"
)
#: What ends a book, behind its tables.
_LAST = re.compile(r"(?:专业性?)?名词解释|附[件表录].{0,20}")
_TABLE_TITLE = re.compile(r"(?!公开[0-9]+表$)[^。；，]{3,40}表(?:[（(][^）)]{1,12}[）)])?")
#: A goal of the whole department within a sentence, which only a person can cut out.
_SAYS_GOAL = re.compile(r"(?:整体|总体)(?:支出)?绩效目标(?:[为是][:：]?|[:：]).")
#: What says that a chapter has nothing to say, and the heading above it.
_NONE = re.compile(
    r"(?:本|我)?(?:部门|单位|局|委|办)?(?:20[0-9]{2}年度?)?(?:没有|无|暂无)(?:其[他它])?"
    r"(?:需要?|应当?)?(?:特别)?说明的?(?:其[他它])?(?:部门|单位|预算|项目)?(?:绩效)?(?:目标)?(?:情况|事项|问题|内容)?。?"
)
_HEADING_OF_NONE = re.compile(r".{0,6}(?:有关|其[他它]|相关)(?:情况|事项)?的?说明.{0,6}")
_MAX_NAMED = 12
_MAX_TITLE = 80
_MAX_NAME = 30


class UnrelatedPart(Struct, frozen=True):
    """A table or chapter that is not about targets.

    Attributes:
        title: Its title, for a table also the heading above it; "" where there is none.
        page: The page, 0 where the format knows none.
    """

    title: str
    page: int


def set_aside(
    document: Document,
    found: FoundTables,
    ledger: Ledger,
    skipped: Iterable[TablePiece],
    department: str,
) -> None:
    """Account for tables and chapters that are not about targets.

    A line near a table of targets stays open, but for sentences and headings of chapters, and so
    does whatever may have fallen out of the table. So does everything in a document that has no
    other tables, where whatever is left may have been meant.

    Args:
        document: The document.
        found: Its tables.
        ledger: Its accounts.
        skipped: The tables that are not about targets.
        department: Whose document it is.
    """
    others = [*skipped]
    for table in others:
        for cell in table.cells:
            ledger.set_aside(cell.text)
    unrelated = [text for text in document.texts() if text.unrelated]
    lines = (piece for piece in document.pieces if isinstance(piece, TextPiece))
    headings = [line for line in lines if _HEADING.fullmatch(line.bare) and not line.out_of_flow]
    for text in (*unrelated, *headings):
        ledger.set_aside(text)
    if others or unrelated:
        covers = _covers(document, department)
        near = {*_near(document.pieces, found.targets)} - covers
        for piece in document.pieces:
            if not isinstance(piece, TextPiece) or piece.out_of_flow or piece in near:
                continue
            if not _SAYS_GOAL.search(piece.bare):
                ledger.set_aside(piece)


def _covers(document: Document, department: str) -> set[TextPiece]:
    """The lines of title pages: what the book is called, the department by itself, the month.

    A book's name that is printed once may be the rest of a cell; so may any above other texts.
    """
    texts = [text for text in document.texts() if not (text.edge or text.out_of_flow)]
    titles = [text for text in texts if _BOOK.fullmatch(text.bare)]
    again = [text for text in titles if any(_is_other_of(text, one) for one in titles)]
    lines = {*again, *(text for text in texts if text.bare == squeezed(department)),
             *(text for text in texts if _MONTH.fullmatch(text.bare))}  # fmt: skip
    mixed = {text.page for text in texts if text.page and text not in lines}
    pages = {text.page for text in again} - mixed
    return {text for text in lines if text.page in pages}


def is_book_of(text: TextPiece, department: Department, year: int) -> bool:
    """Whether a line is no more than what a department's book of a year is called."""
    name = squeezed(department.name)
    return text.bare.startswith(name) and bool(
        re.fullmatch(rf"{year}年度?{_CALLED}", text.bare.removeprefix(name))
    )


def _is_other_of(title: TextPiece, other: TextPiece) -> bool:
    """Whether another line says the same, or more or less of it."""
    return other is not title and (title.bare in other.bare or other.bare in title.bare)


def _near(pieces: Sequence[Piece], targets: Sequence[TargetTable]) -> Iterator[TextPiece]:
    """The paragraphs next to tables of targets, with no other table between."""
    tables = {target.piece: target for target in targets}
    for at, piece in enumerate(pieces):
        if isinstance(piece, TablePiece) and piece in tables:
            above, below = [*reversed(pieces[:at])], pieces[at + 1 :]
            yield from _lines(above, _NEAR_ABOVE)
            yield from _lines([*takewhile(lambda piece: not _is_other(piece), below)], _NEAR_BELOW)
            yield from _under_title(above)
            yield from _fallen_out(below, piece, tables[piece].pages)


def _lines(pieces: Iterable[Piece], most: int) -> Iterator[TextPiece]:
    for number, piece in enumerate(pieces):
        if not isinstance(piece, TextPiece) or number == most:
            return
        if table_lines.is_line(piece.text) and not table_lines.is_heading(piece.text):
            yield piece


def _is_other(piece: Piece) -> bool:
    """Whether the number or title of a table about something else stands there."""
    if not isinstance(piece, TextPiece):
        return False
    is_title = table_lines.is_title(piece.text) and not _ABOUT_TARGETS.search(piece.bare)
    return is_title or bool(table_lines.NUMBER.fullmatch(piece.bare))


def _under_title(above: Sequence[Piece]) -> Iterator[TextPiece]:
    """What stands between a table and its title, from bottom to top."""
    texts = [*takewhile(lambda piece: not _begins(piece), above[:_NEAR_ABOVE])]
    end = above[len(texts)] if len(texts) < len(above) else None
    if isinstance(end, TextPiece) and table_lines.is_title(end.text):
        yield from (piece for piece in texts if isinstance(piece, TextPiece))


def _fallen_out(
    below: Sequence[Piece], table: TablePiece, pages: Sequence[int]
) -> Iterator[TextPiece]:
    """What stands below a table, up to what begins something else.

    That is all on its last page, or all overleaf where the table ends its page; and all overleaf
    that comes with words about indicators. A page that has no more than a part of a row draws no
    lines that make a table.
    """
    texts = [piece for piece in takewhile(lambda piece: not _parts(piece, table), below)
             if isinstance(piece, TextPiece)]  # fmt: skip
    goes_on = any("指标" in text.bare for text in texts)
    next_to = next((text.page for text in texts if not text.edge and text.bare), 0)
    near = {next_to} & {page for last in pages[-1:] for page in (last, last + 1)}
    yield from (text for text in texts if goes_on or text.page in near)


def _parts(piece: Piece, table: TablePiece) -> bool:
    """Whether something else than the rest of a table begins; its last row may hold a list."""
    if not isinstance(piece, TextPiece) or not (item := _ITEM.match(piece.bare)):
        return _begins(piece)
    end = max(cell.row + cell.rows for cell in table.cells)
    lists = [cell.bare for cell in table.cells if cell.row + cell.rows == end]
    numbers = {numeral(one["number"]) for text in lists for one in _ITEM.finditer(text)}
    if any(text.endswith(("：", ":", "。")) for text in lists):
        numbers.add(0)
    return numeral(item["number"]) - 1 not in numbers


def _begins(piece: Piece) -> bool:
    """Whether something else than the table beside it begins: a table, a chapter."""
    if isinstance(piece, TablePiece):
        return True
    known = table_lines.is_title(piece.text) or table_lines.is_heading(piece.text)
    known = known or bool(table_lines.NUMBER.fullmatch(piece.bare))
    return known or bool(_LAST.fullmatch(piece.bare))


def others(
    document: Document, found: FoundTables, skipped: Iterable[TablePiece]
) -> tuple[UnrelatedPart, ...]:
    """The tables that are not about targets, by title and page."""
    taken = {*skipped}
    seen = [_other(table, above) for table, above in found.others if table in taken]
    return tuple(sorted([*seen, *_by_title(document)], key=lambda one: one.page))


def _by_title(document: Document) -> Iterator[UnrelatedPart]:
    """The tables on pages without a sign of targets, which were not looked for: one a page."""
    unrelated = (text for text in document.texts() if text.unrelated)
    for page, texts in groupby(unrelated, key=lambda text: text.page):
        titles = (text.bare for text in texts if _TABLE_TITLE.fullmatch(text.bare))
        if title := next(titles, ""):
            yield UnrelatedPart(title[:_MAX_NAME], page)


def _other(table: TablePiece, above: TextPiece | None) -> UnrelatedPart:
    page = next((cell.text.page for cell in table.cells if cell.text.page), 0)
    return UnrelatedPart((above.bare if above else _first_line(table))[:_MAX_NAME], page)


def _first_line(table: TablePiece) -> str:
    """What a sheet says alone in its first row; "" for a table that is no sheet."""
    rows = table.rows() if table.sheet else ()
    first = next(([cell.bare for cell in row if cell.bare] for row in rows), [])
    return first[0] if len(first) == 1 else ""


def pages(numbers: Iterable[int]) -> str:
    """Pages as a report names them: `第3页、第5—7页`; "" for none."""
    return "、".join(f"第{one}页" for one in page_ranges({*numbers} - {0}))


def remarks(found: Sequence[UnrelatedPart], chapters: Sequence[UnrelatedPart]) -> tuple[str, ...]:
    """A line about tables and one about chapters that are not about targets; none for none."""
    lines = []
    if found:
        where = pages(one.page for one in found)
        lines.append(
            f"{where + '：' if where else ''}{len(found)} 张表与绩效目标无关，没有导入"
            f"{_named(found)}"
        )
    if chapters:
        lines.append(f"与绩效目标无关、没有导入的章节{_named(chapters)}")
    return tuple(lines)


def _named(found: Sequence[UnrelatedPart]) -> str:
    """Titles with their pages; of many the first."""
    by_title: dict[str, list[int]] = {}
    for one in found:
        if one.title:
            by_title.setdefault(one.title, []).append(one.page)
    names = [name + (f" {where}" if (where := pages(numbers)) else "")
             for name, numbers in by_title.items()]  # fmt: skip
    more = " 等" if len(names) > _MAX_NAMED else ""
    return f"（{'；'.join(names[:_MAX_NAMED])}{more}）" if names else ""


def chapters(
    document: Document, ledger: Ledger, skipped: Sequence[TablePiece]
) -> tuple[UnrelatedPart, ...]:
    """The chapters that nothing was taken from: no text up to the next one is about targets."""
    if not skipped and not any(text.unrelated for text in document.texts()):
        return ()
    begun: list[tuple[TextPiece, bool]] = []
    for text in document.texts():
        if _CHAPTER.fullmatch(text.bare):
            begun.append((text, False))
        elif begun and ledger.is_placed(text):
            begun[-1] = begun[-1][0], True
    last = {text.bare: (text, taken) for text, taken in begun}  # the contents name each before
    return tuple(UnrelatedPart(text.bare, text.page) for text, taken in last.values() if not taken)


def headings(ledger: Ledger, texts: Sequence[TextPiece], names: Collection[str]) -> None:
    """Account for running heads, and for the headings of the projects of those names."""
    _running_heads(ledger, texts)
    _headings_of_projects(ledger, texts, names)
    _nothing_to_say(ledger, texts)


def _nothing_to_say(ledger: Ledger, texts: Sequence[TextPiece]) -> None:
    """Account for sentences that say there is nothing to say, each with the heading above it."""
    for above, text in pairwise(one for one in texts if one.bare and not one.edge):
        if _NONE.fullmatch(text.bare) and ledger.is_open(text):
            ledger.mark_boilerplate(text)
            if _HEADING_OF_NONE.fullmatch(above.bare):
                ledger.mark_boilerplate(above)


def _headings_of_projects(
    ledger: Ledger, texts: Sequence[TextPiece], names: Collection[str]
) -> None:
    """A line that has no more than the name of a project, and a number, is its heading."""
    for text in texts:
        found = _OF_PROJECT.fullmatch(text.bare)
        if found is None or not ledger.is_open(text):
            continue
        if {found["name"], f"{found['name']}项目"} & {*names}:
            ledger.mark_boilerplate(text)
    for text, below in pairwise(texts):
        whole = text.bare + below.bare
        titled = len(whole) <= _MAX_TITLE and labels.TITLE.fullmatch(below.bare)
        named = any(name in whole and name not in below.bare for name in names)
        if titled and named and ledger.is_open(text):
            ledger.mark_boilerplate(text)  # the first line of its title


def _running_heads(ledger: Ledger, texts: Iterable[TextPiece]) -> None:
    """What stands at the edge of several pages, but for its numbers, is a running head.

    So is what a format without pages says of all of them, if that is no more than a name.
    """
    edges = [text for text in texts if text.edge and text.bare]
    pages: dict[str, set[int]] = {}
    for text in edges:
        pages.setdefault(_DIGITS.sub("#", text.bare), set()).add(text.page)
    for text in edges:
        of_all = not text.page and _RUNNING_HEAD.fullmatch(text.bare)
        if of_all or len(pages[_DIGITS.sub("#", text.bare)]) > 1:
            ledger.mark_boilerplate(text)
