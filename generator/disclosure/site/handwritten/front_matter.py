"""What stands between two lines `---` above a hand-written page: its title, and the like.

MkDocs and the theme read many more keys there; one picks another template for the page, and the
theme prints others as they are. So a page may use only those that are listed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.model.diagnostics import Diagnostic
from disclosure.reading import rules
from disclosure.reading.scalars import parse
from disclosure.reading.source import SourceText
from disclosure.reading.tree import Mapping, Node, Refused, Scalar, Sequence

#: What each key is for.
KEYS = {
    "title": "页面的标题",
    "description": "给搜索引擎的一句说明",
    "search": "在站内搜索里怎样归类",
    "hide": "不显示的部分",
}
#: What can be hidden.
PARTS = ("navigation", "toc", "footer")
#: How search files a page.
FACETS = ("kind", "year", "department")

_BLOCK = re.compile(
    r"-{3}[ \t]*\n(?P<inside>.*?)^(?:\.{3}|-{3})[ \t]*(?:\n|\Z)", re.MULTILINE | re.DOTALL
)
_BARE = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):")


def front_matter(source: SourceText) -> tuple[int, list[Diagnostic]]:
    """The index at which the page itself begins, and what is wrong with what stands above it."""
    # MkDocs takes any line break for one; of the same length, so that every place is right.
    text = source.text.replace("\r\n", " \n").replace("\r", "\n")
    block = _BLOCK.match(text)
    if block is None:
        return 0, list(_without_lines(source))
    # Not the first line `---`, which would mean something to YAML as well.
    yaml = " " * 3 + text[3 : block.end("inside")]
    root, found = parse(SourceText(source.path, yaml))
    if isinstance(root, Mapping):
        found = [*found, *_entries(source, root)]
    elif not found and isinstance(root, Scalar | Sequence):
        hint = "请一行写一个“设置: 内容”，如 title: 关于本站。"
        span = source.span(root.start, root.end)
        found = [rules.NO_MAPPING.at(span, "这里应由几行“设置: 内容”组成。", hint)]
    return block.end(), found


def _without_lines(source: SourceText) -> Iterator[Diagnostic]:
    """A page that begins like `title: …`: MkDocs reads that as settings and does not show it."""
    bare = _BARE.match(source.text)
    if bare:
        span = source.span(bare.start("key"), bare.end("key"))
        message = f"页面以“{bare['key']}:”开头，会被当作设置，不会显示出来。"
        hint = "如果是设置，请在它的前后各加一行 ---；如果是正文，请在它前面加一个标题。"
        yield rules.PAGE_SETTING.at(span, message, hint)


def _entries(source: SourceText, root: Mapping) -> Iterator[Diagnostic]:
    for name, (key, value) in root.entries.items():
        if name not in KEYS:
            known = "、".join(f"{key}（{what}）" for key, what in KEYS.items())
            message = f"手写页面不能用“{name}”这个设置。"
            span = source.span(key.start, key.end)
            yield rules.PAGE_SETTING.at(span, message, f"请删去它。可以用的有：{known}。")
        elif not isinstance(value, Refused):
            yield from _value(source, name, key, value)


def _value(source: SourceText, name: str, key: Scalar, value: Node) -> Iterator[Diagnostic]:
    """Whether a key's value is of its kind."""
    if name in {"title", "description"}:
        right = isinstance(value, Scalar) and bool(value.text)
        hint = f"{name} 后面应写一句文字。"
    elif name == "hide":
        right = isinstance(value, Sequence) and all(_text(item) in PARTS for item in value.items)
        hint = f"应写成一列，可以写的有：{'、'.join(PARTS)}，如 hide: [toc]。"
    else:
        right = isinstance(value, Mapping) and all(
            facet in FACETS and _text(what) for facet, (_, what) in value.entries.items()
        )
        hint = "应写成 search: {kind: 指南}，还可以写 year 和 department。"
    if not right:
        span = source.span(value.start, value.end) if isinstance(value, Scalar) else None
        span = span or source.span(key.start, key.end)
        yield rules.PAGE_SETTING_VALUE.at(span, f"“{name}”的内容不对。", hint)


def _text(node: Node) -> str | None:
    return node.text if isinstance(node, Scalar) else None
