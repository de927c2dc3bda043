"""The text of a page, as search has it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Elements inside a line: their borders do not separate words.
INLINE = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
]  # fmt: skip
#: What is not the page's own text; at last a heading's own link, the number of a
#: note, the size of a file, which no number of the text is, and where a feed is.
SKIPPED = (
    "button, nav, noscript, script, style, svg, template, .headerlink, .note-ref, .file-size, .feed"
)

#: A cell that holds a target; the row that it stands in is what a result shows.
TARGET = "td.target"

#: Stands between the cells of such a row, and before the first: a row of text that begins with it
#: is a target with its indicator. While the text is made another character stands for it.
TAB, _TAB = "\t", "\1"


def text_of(html: str) -> str:
    """The text of a page's HTML: white space collapsed, one line for each block or cell.

    The cells of a row with a target are one line, with a tab before each.
    """
    page = LexborHTMLParser(html.replace("\0", " ").replace(_TAB, " "))
    for node in reversed(page.css(SKIPPED)):  # what is inside another before that
        node.inner_html = ""
    page.unwrap_tags(INLINE, delete_empty=True)
    assert page.body is not None  # as in any browser
    page.body.merge_text_nodes()
    rows = {row.mem_id: row for row in (cell.parent for cell in page.css(TARGET)) if row}
    for row in rows.values():
        row.replace_with("".join(_TAB + cell for cell in _cells(row) if cell))
    # NUL between blocks: HTML text itself can never hold one.
    text = " ".join(page.body.text(separator="\0").split())
    return "\n".join(filter(None, map(str.strip, text.split("\0")))).replace(_TAB, TAB)


def _cells(row: LexborNode) -> list[str]:
    cells = (cell.text(separator=" ") for cell in row.iter())
    return [" ".join(cell.split()) for cell in cells]
