"""The text of a page, as search has it."""

from __future__ import annotations

from html.parser import HTMLParser

#: Elements inside a line: their borders do not separate words.
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
#: Elements that are not the page's own text.
SKIPPED = frozenset({"button", "nav", "noscript", "script", "style", "svg", "template"})
#: Marks beside the text: a heading's own link, and the number of a note.
SKIPPED_CLASSES = frozenset({"headerlink", "note-ref"})
#: Elements without an end tag, which must not be counted as open.
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
))  # fmt: skip


def text_of(html: str) -> str:
    """The text of a page's HTML: white space collapsed, one line for each block or cell."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\0"))
    return "\n".join(line for line in lines if line)


class _TextReader(HTMLParser):
    """Collects text, with NUL between blocks: HTML text itself can never hold a NUL."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.parts.append("\0")
        if tag in VOID:
            return
        classes = (dict(attrs).get("class") or "").split()
        if self._skipping or tag in SKIPPED or not SKIPPED_CLASSES.isdisjoint(classes):
            self._skipping.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.parts.append("\0")
        if tag in self._skipping:  # an end tag also closes what was left open inside
            while self._skipping.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.parts.append(data.replace("\0", " "))
