"""Whatever a Word document is made of: what it shows is read, what it does not is listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from disclosure.intake.formats import reader
from disclosure.model.whitespace import squeezed
from tests.support import word

_NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1）"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
)
_STYLES = (
    '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Power"><w:rPr><w:vertAlign w:val="superscript"/>'
    "</w:rPr></w:style>"
)


class Bit(Struct, frozen=True):
    """A piece of a paragraph: how Word writes it, and what of it is shown, or why it is not."""

    xml: str
    shown: str = ""
    why: str = ""
    unseen: str = ""


class Paragraph(Struct, frozen=True):
    """A paragraph: its pieces, and whether Word numbers it."""

    bits: list[Bit]
    numbered: bool


class Cell(Struct, frozen=True):
    """A cell: its paragraphs, how many columns it covers, and whether it covers the one below."""

    paragraphs: list[Paragraph]
    columns: int
    covers: bool


class Row(Struct, frozen=True):
    """A row of a table, and whether it is hidden."""

    cells: list[Cell]
    hidden: bool


WORDS = st.text("目标值公里≥≤%0123456789.万元", min_size=1, max_size=6)
DIGITS = st.text("0123456789", min_size=1, max_size=3)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _hidden(properties: str, why: str) -> st.SearchStrategy[Bit]:
    return WORDS.map(lambda text: Bit(word.run(text, properties), why=why, unseen=text))


def _marked(tag: str, why: str = "") -> st.SearchStrategy[Bit]:
    def bit(text: str) -> Bit:
        xml = f'<w:{tag} w:id="1" w:author="a">{word.run(text)}</w:{tag}>'
        return Bit(xml, why=why, unseen=text) if why else Bit(xml, text)

    return WORDS.map(bit)


def _fraction(parts: tuple[str, str]) -> Bit:
    above, below = (f"<m:r><m:t>{part}</m:t></m:r>" for part in parts)
    inner = f"<m:f><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"
    return Bit(f"<m:oMath>{inner}</m:oMath>{word.run('例')}", f"{parts[0]}/{parts[1]}例")


def _ruby(text: str) -> Bit:
    parts = f"<w:rt>{word.run('pīn')}</w:rt><w:rubyBase>{word.run(text)}</w:rubyBase>"
    return Bit(f"<w:r><w:ruby>{parts}</w:ruby></w:r>", text)


BITS = st.one_of(
    WORDS.map(lambda content: Bit(word.run(content), content)),
    _hidden("<w:vanish/>", "文件中隐藏的文字"),
    _hidden('<w:rStyle w:val="Secret"/>', "文件中隐藏的文字"),
    _hidden("<w:strike/>", "加了删除线的文字"),
    _hidden('<w:color w:val="FFFFFF"/>', "与底色相同、看不见的文字"),
    _marked("ins"),
    _marked("moveTo"),
    _marked("del", "修订中删去的文字"),
    _marked("moveFrom", "修订中移走的文字"),
    DIGITS.map(lambda content: Bit(word.run(content, '<w:rStyle w:val="Power"/>'),
                                content.translate(_RAISED))),
    st.sampled_from([("Symbol", "F0B3", "≥"), ("Wingdings", "F0FE", "☑"), ("宋体", "2264", "≤")])
    .map(lambda one: Bit(f'<w:r><w:sym w:font="{one[0]}" w:char="{one[1]}"/></w:r>', one[2])),
    st.tuples(DIGITS, DIGITS).map(_fraction),
    WORDS.map(_ruby),
)  # fmt: skip
PARAGRAPHS = st.builds(Paragraph, st.lists(BITS, max_size=5), st.booleans())
CELLS = st.builds(Cell, st.lists(PARAGRAPHS, min_size=1, max_size=2), st.integers(1, 2),
                  st.booleans())  # fmt: skip
ROWS = st.builds(Row, st.lists(CELLS, min_size=1, max_size=3),
                 st.sampled_from([False, False, True]))  # fmt: skip
BLOCKS = st.one_of(PARAGRAPHS, st.lists(ROWS, min_size=1, max_size=3))


class _Expected:
    """What a document shows and what it does not, found from what it was made of."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.unseen: dict[str, str] = defaultdict(str)
        self._number = 0

    def lines(self, paragraphs: list[Paragraph], row_hidden: bool) -> str:
        """What some paragraphs show."""
        text = ""
        for each in paragraphs:
            if each.numbered and not row_hidden:
                self._number += 1
                text += f"{self._number}）"
            for bit in each.bits:
                text += bit.shown if not row_hidden else ""
                why, unseen = (("隐藏的表格行里的文字", bit.shown or bit.unseen) if row_hidden
                               else (bit.why, bit.unseen))  # fmt: skip
                self.unseen[why] += unseen
        return text


def _xml(block: Paragraph | list[Row]) -> Iterator[str]:
    if isinstance(block, Paragraph):
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
        inner = "".join(bit.xml for bit in block.bits)
        yield word.paragraph(inner, number if block.numbered else "")
        return
    yield "<w:tbl><w:tblPr/>"
    for row in block:
        yield f"<w:tr><w:trPr>{'<w:hidden/>' if row.hidden else ''}</w:trPr>"
        for cell in row.cells:
            merge = '<w:vMerge w:val="restart"/>' if cell.covers else ""
            yield f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.columns}"/>{merge}</w:tcPr>'
            yield from (part for each in cell.paragraphs for part in _xml(each))
            yield "</w:tc>"
        yield "</w:tr>"
        if any(cell.covers for cell in row.cells):
            yield "<w:tr>"
            for cell in row.cells:
                merge = "<w:vMerge/>" if cell.covers else ""
                yield f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.columns}"/>{merge}</w:tcPr><w:p/>'
                yield "</w:tc>"
            yield "</w:tr>"
    yield "</w:tbl>"


@given(st.lists(BLOCKS, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_what_is_shown_is_read(blocks: list[Paragraph | list[Row]]) -> None:
    """Every text that is shown comes in order, every other one is listed under its reason."""
    expected = _Expected()
    for block in blocks:
        if isinstance(block, Paragraph):
            expected.shown.append(expected.lines([block], row_hidden=False))
            continue
        for row in block:
            content = [expected.lines(cell.paragraphs, row.hidden) for cell in row.cells]
            expected.shown += [] if row.hidden else content
    with TemporaryDirectory() as folder:
        body = "".join(part for block in blocks for part in _xml(block))
        parts = {"numbering": _NUMBERING, "styles": _STYLES}
        found = reader.document(word.document(Path(folder) / "a.docx", body, parts), lambda _: None)
    unseen: dict[str, str] = defaultdict(str)
    for text in found.texts():
        if text.out_of_flow:
            unseen[text.place.partition("，")[2]] += text.bare
    assert [text.bare for text in found.texts() if text.bare and not text.out_of_flow] == [
        squeezed(content) for content in expected.shown if content
    ]
    assert unseen == {why: content for why, content in expected.unseen.items() if content}
    assert found.remarks == ()
    assert found.held() == found.visible
