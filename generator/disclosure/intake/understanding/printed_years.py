"""Which years a document says its targets are of, and which may be no part of a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from disclosure.intake.formats.pieces import Document, TextPiece
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.whitespace import squeezed

_YEAR = "(?:19|20)[0-9]{2}"
#: In a title each year counts, but for those of a date.
_IN_TITLE = re.compile(rf"{_YEAR}(?=年(?![0-9]{{1,2}}月)|[-—－~～至到]{_YEAR}年)")
#: In a line above or below a table stand dates and documents as well.
_IN_LINE = re.compile(rf"{_YEAR}(?=年度|[-—－~～至到]{_YEAR}年度|年?[)）]?$)")
_YEAR_AND_NAME = re.compile(rf"{_YEAR}年度?.+")
_LABEL = re.compile(r"facts\.(?:预算|申报|填报|所属|项目|绩效|评价)?年[度份]")
_STATED = re.compile(rf"({_YEAR})年?度?")
#: On a cover, or above a chapter.
_OF_DOCUMENT = re.compile(
    rf"[^，。；：]{{0,40}}?({_YEAR})年度?(?:[^，。；：0-9]{{0,20}}(?:预算|决算|绩效|目标|自评|公开)[^，。；：]{{0,20}})?"
)


def remarks(document: Document, tables: Sequence[ReadTable]) -> Iterator[str]:
    """What to say of tables of another year, of a document like that, and of years in names."""
    own = next((table.values.texts.get("year", "") for table in tables), "")
    said = [(f"表“{table.called}”", _of_table(table, own)) for table in tables]
    if not any(year for _, year in said):
        said = [("从标题看，这个文件", _of_document(document, own))]
    for (what, year), count in Counter(said).items():
        if own and year:
            every = f"{count} 张" if count > 1 else ""
            yield f"{every}{what}是{year}年的，导入的是{own}年，请核对是不是要导入的表。"
    yield from filter(None, map(_of_name, tables))


def _of_name(table: ReadTable) -> str:
    """What to say of a name that stands in the title alone, behind a year; "" for nothing."""
    name = table.values.texts.get("name", "")
    is_in_cell = any("name" in cell.fields for cell in table.form.cells())
    if is_in_cell or not _YEAR_AND_NAME.fullmatch(squeezed(name)):
        return ""
    return f"项目名称“{name}”取自表名，前面的年份不一定是名称里的，请对照原文核对。"


def _of_table(table: ReadTable, own: str) -> str:
    """The year that a table says it is of; "" where that is the year of the import, or none.

    A line that says the year of the import is a place for it in the form, and no year here.
    """
    years = [*_years(table)]
    return years[0] if years and not (table.is_blank or min(years) <= own <= max(years)) else ""


def _of_document(document: Document, own: str) -> str:
    """The year in its titles, where that of the import is in none of them; else ""."""
    lines = (piece for piece in document.pieces if isinstance(piece, TextPiece))
    years = [found[1] for line in lines if (found := _OF_DOCUMENT.fullmatch(line.bare))]
    return years[0] if years and own not in years else ""


def _years(table: ReadTable) -> Iterator[str]:
    yield from _IN_TITLE.findall(squeezed(table.heading))
    for line in (*table.form.above, *table.form.below):
        yield from _IN_LINE.findall(squeezed(line))
    for path, text in table.values.texts.items():
        if _LABEL.fullmatch(path) and (stated := _STATED.fullmatch(squeezed(text))):
            yield stated[1]
