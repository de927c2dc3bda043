"""The HTML of hand-written pages: what it may hold, and what else there is in one.

nh3 is the judge: what it leaves out of a page is what the page must not hold. Where that stands
in the Markdown is looked for afterwards, so a place can be missing, but never a finding.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urlsplit

import markdown
import nh3
from msgspec import Struct

from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.reading import rules
from disclosure.reading.source import SourceText

TAGS = frozenset((
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "time", "tr", "u", "ul", "var",
))  # fmt: skip
ATTRIBUTES = {
    "*": {"class", "id", "lang", "title"},
    "a": {"href"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
    "time": {"datetime"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

#: As in mkdocs.yml and by MkDocs itself. With others, a finding may come only when building.
EXTENSIONS = ("admonition", "fenced_code", "tables", "toc")

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)|(?P<tick>`+)[^`].*?(?P=tick)", re.MULTILINE | re.DOTALL
)
_SPACE = re.compile(r"[\s;]+")


class HtmlItem(Struct, frozen=True, order=True):
    """Something that a page's HTML holds.

    Attributes:
        kind: `element`, `attribute` or `address`.
        name: The element's or the attribute's name, or the address.
        value: What a style says; "" of all else.
    """

    kind: str
    name: str
    value: str = ""


class Cleaned(Struct, frozen=True):
    """A page's HTML as it may be published, and what had to be left out for that."""

    html: str
    removed: tuple[HtmlItem, ...]


def clean(html: str) -> Cleaned:
    """Take out of a page's HTML what is not on the lists above."""
    cleaned = _cleaner().clean(html)
    before, after = _HtmlCounter(html).things, _HtmlCounter(cleaned).things
    return Cleaned(cleaned, tuple(sorted((before - after).elements())))


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_own_pictures,
        filter_style_properties={"text-align"},  # Markdown's aligned columns
        url_schemes=SCHEMES,
        link_rel=None,
    )


def _own_pictures(tag: str, attribute: str, value: str) -> str | None:
    """Pictures come from the site itself: no other site learns of a reader's visit."""
    foreign = urlsplit(value.replace("\\", "/").strip())
    if (tag, attribute) == ("img", "src") and (foreign.scheme or foreign.netloc):
        return None
    return value


class _HtmlCounter(HTMLParser):
    """Counts what a page's HTML holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.things: Counter[HtmlItem] = Counter()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.things[HtmlItem("element", tag)] += 1
        if tag in TAGS:  # otherwise its attributes go with it
            self.things.update(_attribute(name, value or "") for name, value in attrs)


def _attribute(name: str, value: str) -> HtmlItem:
    if name in {"href", "src"}:
        return HtmlItem("address", value)
    # A style is written again, with other spaces.
    return HtmlItem("attribute", name, _SPACE.sub("", value) if name == "style" else "")


def findings(source: SourceText, body: int) -> Iterator[Diagnostic]:
    """What a page's Markdown, which begins at the index `body`, must not hold."""
    html = markdown.markdown(source.text[body:], extensions=EXTENSIONS)
    text = " " * body + source.text[body:]
    prose = _CODE.sub(lambda code: " " * len(code.group()), text)  # code only shows what it says
    for thing, count in Counter(clean(html).removed).items():
        places = [*_places(thing, prose), *_places(thing, text)]
        for number in range(count):
            span = source.span(*places[number]) if number < len(places) else Span(source.path)
            yield forbidden(span, thing)


def _places(thing: HtmlItem, text: str) -> Iterator[tuple[int, int]]:
    """Where something may stand in Markdown."""
    name = re.escape(thing.name)
    if thing.kind == "address":
        exact = [found.span() for found in re.finditer(name, text)]
        # Otherwise it is written with character references, and the line must do.
        lines = re.finditer(r"\S.*", text)
        yield from exact or (line.span() for line in lines if thing.name in unescape(line.group()))
    else:
        pattern = rf"<{name}\b" if thing.kind == "element" else rf"\b{name}\s*="
        yield from (found.span() for found in re.finditer(pattern, text, re.IGNORECASE))


def forbidden(span: Span, thing: HtmlItem) -> Diagnostic:
    """The finding that a page holds something that it must not hold."""
    if thing.kind == "element":
        message = f"手写页面里不能这样用 <{thing.name}>。"
        hint = "请删去它，改用 Markdown 的写法；要举例说明时，用 ` 括起来。"
    elif thing.kind == "attribute":
        message = f"手写页面里不能这样用 {thing.name} 属性。"
        hint = "请删去它。"
    else:
        message = f"手写页面里不能用这个网址：{thing.name}"
        hint = "链接可以指向本站页面、http、https、mailto 和 tel；图片只能用本站的文件。"
    return rules.PAGE_MARKUP.at(span, message, hint)
