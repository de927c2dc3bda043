"""The text of a page, as search has it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

#: Elements inside a line: their borders do not separate words.
INLINE = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
]  # fmt: skip
#: What is not the page's own text; at last a heading's own link, and the number of a note.
SKIPPED = "button, nav, noscript, script, style, svg, template, .headerlink, .note-ref"


def text_of(html: str) -> str:
    """The text of a page's HTML: white space collapsed, one line for each block or cell."""
    page = LexborHTMLParser(html.replace("\0", " "))
    for node in reversed(page.css(SKIPPED)):  # what is inside another before that
        node.inner_html = ""
    page.unwrap_tags(INLINE, delete_empty=True)
    assert page.body is not None  # as in any browser
    page.body.merge_text_nodes()
    # NUL between blocks: HTML text itself can never hold one.
    text = " ".join(page.body.text(separator="\0").split())
    return "\n".join(filter(None, map(str.strip, text.split("\0"))))
