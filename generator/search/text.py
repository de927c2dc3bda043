"""The text of a page, as search has it."""

from __future__ import annotations

from lxml import etree

#: Elements inside a line: their borders do not separate words.
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
#: Elements that are not the page's own text.
SKIPPED = frozenset({"button", "nav", "noscript", "script", "style", "svg", "template"})
#: Marks beside the text: a heading's own link, and the number of a note.
SKIPPED_CLASSES = frozenset({"headerlink", "note-ref"})

#: What has one of these classes. From an attribute up to its element, which is much faster than
#: asking every element for its attribute.
_MARKS = etree.XPath(
    "//@class[{}]/..".format(
        " or ".join(
            f"contains(concat(' ', normalize-space(.), ' '), ' {name} ')"
            for name in sorted(SKIPPED_CLASSES)
        )
    )
)


def text_of(html: str) -> str:
    """The text of a page's HTML: white space collapsed, one line for each block or cell."""
    options = {"remove_comments": True, "remove_pis": True, "huge_tree": True}
    parser = etree.HTMLParser(encoding="utf-8", **options)
    page = etree.fromstring(f"<body>{html.replace(chr(0), ' ')}</body>".encode(), parser)
    for element in (*page.iter(*SKIPPED), *_MARKS(page)):
        element.clear(keep_tail=True)
    etree.strip_tags(page, *INLINE)
    # NUL between blocks: HTML text itself can never hold one.
    text = " ".join("\0".join(page.itertext()).split())
    return "\n".join(filter(None, map(str.strip, text.split("\0"))))
