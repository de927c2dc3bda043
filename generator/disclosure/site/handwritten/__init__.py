"""The hand-written pages: what they may hold, and what is wrong with those in a folder.

Authors of pages are trusted with texts and pictures, not with programs in readers' browsers.
Nothing is taken out behind a writer's back: what a page may not hold is a finding, and with it
no site is built.

- front_matter: what stands between `---` above a page
- markup: the HTML that a page becomes
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from disclosure.config.file_kinds import KINDS
from disclosure.model.diagnostics import Diagnostic, Span, in_reading_order
from disclosure.pages.escaping import escape
from disclosure.reading import rules
from disclosure.reading.conflicts import conflicts
from disclosure.reading.foreign import is_pointer, pointer
from disclosure.reading.source import SourceText, hidden_characters, load
from disclosure.site.handwritten.front_matter import KEYS, front_matter
from disclosure.site.handwritten.markup import Cleaned, HtmlItem, clean, findings, forbidden

__all__ = ["Cleaned", "clean", "examine", "files", "harmless", "unclean"]


def examine(pages: Path) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the hand-written pages and their pictures."""
    if not pages.is_dir():
        hint = "请建立这个文件夹，或检查 mkdocs.yml 里的 docs_dir 写得对不对。"
        return (rules.NO_PAGES.at(Span(pages.name), "找不到手写页面的文件夹。", hint),)
    return in_reading_order(found for file in files(pages) for found in _file(file, pages))


def harmless(meta: Mapping[str, object]) -> dict[str, object]:
    """A page's settings as MkDocs read them, with texts that the theme may print as they are."""
    known = {key: value for key, value in meta.items() if key in KEYS}
    texts = [key for key in ("title", "description") if key in known]
    return known | {key: str(escape(known[key])) for key in texts}


def unclean(path: str, removed: tuple[HtmlItem, ...]) -> Iterator[Diagnostic]:
    """Findings about a page that, as it was built, still held what `clean` removed."""
    for thing in removed:
        yield forbidden(Span(path), thing)


def files(pages: Path) -> Iterator[Path]:
    """Every file and link that MkDocs would see, not following links; none without a folder."""
    for folder, folders, names in os.walk(pages, onerror=_raise):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (here / name for name in folders if (here / name).is_symlink())
        yield from (here / name for name in sorted(names) if not name.startswith("."))


def _raise(error: OSError) -> None:
    """A folder that cannot be read was not looked at: the command says so and ends."""
    raise error


def _file(file: Path, pages: Path) -> Iterator[Diagnostic]:
    path = f"{pages.resolve().name}/{file.relative_to(pages).as_posix()}"
    kinds = "、".join(KINDS)
    if file.is_symlink():
        message = "这是符号链接（快捷方式）。"
        yield rules.SYMLINK.at(Span(path), message, "请删除它，换成真正的文件或文件夹。")
    elif not file.is_file():
        yield rules.NO_REGULAR_FILE.at(Span(path), "这不是普通文件。", "请把它移走。")
    elif file.suffix not in KINDS:
        message = "这种文件不能放到网站上。"
        hint = f"可以放的有 {kinds}，扩展名用小写。SVG 图片里可以藏程序，请另存为 PNG。"
        yield rules.PAGE_FILE.at(Span(path), message, hint)
    elif file.suffix == ".md":
        source = load(file, path)
        yield from _page(source) if isinstance(source, SourceText) else (source,)
    else:
        yield from _picture(file, path)


def _picture(file: Path, path: str) -> Iterator[Diagnostic]:
    """A picture or document that is something else than its name says."""
    with file.open("rb") as stream:
        beginning = stream.read(100)
    if is_pointer(beginning):
        yield pointer(beginning, path)
    elif not beginning.startswith(KINDS[file.suffix]):
        message = f"文件的内容不是 {file.suffix[1:].upper()}。"
        hint = "请不要用改名的办法更换扩展名；请在看图软件里另存为需要的格式。"
        yield rules.NOT_WHAT_IT_SAYS.at(Span(path), message, hint)


def _page(source: SourceText) -> Iterator[Diagnostic]:
    """What is wrong with a page: its characters, then what stands above it, then its text."""
    unfinished = [*conflicts(source, is_data=False)]
    if unfinished:
        yield from unfinished
        return
    found = list(hidden_characters(source))
    body, above = front_matter(source)
    yield from found
    yield from above
    if not found:
        yield from findings(source, body)
