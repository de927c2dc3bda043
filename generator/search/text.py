"""The text of a page, as search has it."""

from __future__ import annotations

from collections.abc import Iterator

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


def text_of(html: str) -> str:
    """The text of a page's HTML: white space collapsed, one line for each block or cell."""
    options = {"remove_comments": True, "remove_pis": True, "huge_tree": True}
    parser = etree.HTMLParser(encoding="utf-8", **options)
    page = etree.fromstring(f"<body>{html.replace(chr(0), ' ')}</body>".encode(), parser)
    lines = (" ".join(line.split()) for line in "".join(_pieces(page)).split("\0"))
    return "\n".join(line for line in lines if line)


def _pieces(page: etree._Element) -> Iterator[str]:
    """Text, with NUL between blocks: HTML text itself can never hold a NUL."""
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, element in walk:
        if element.tag not in INLINE:
            yield "\0"
        if event == "start":
            if _is_skipped(element):
                walk.skip_subtree()
            else:
                yield element.text or ""
        else:
            yield element.tail or ""


def _is_skipped(element: etree._Element) -> bool:
    """Whether an element is not the page's own text."""
    classes = (element.get("class") or "").split()
    return element.tag in SKIPPED or not SKIPPED_CLASSES.isdisjoint(classes)
