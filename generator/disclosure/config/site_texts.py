"""What a site may say of itself in mkdocs.yml, and the mkdocs.yml made from those texts alone.

One template of mkdocs.yml serves a new site and the server that builds a pushed one: plugins,
theme and extensions are always those of the template, and only the texts that `SiteTexts` holds
come from a publisher.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nh3
import yaml
from msgspec import Struct, field
from msgspec.structs import asdict, replace

from disclosure.config import government, mkdocs_yml
from disclosure.config.settings import Government
from disclosure.config.yaml_templates import environment

#: A navigation entry as MkDocs writes it: a page, or a title with a page or with more entries.
NavItem = str | Mapping[str, Any]

NAV: tuple[NavItem, ...] = (
    {"首页": "index.md"},
    {"各年度": "years/index.md"},
    {"年度比较": "compare/index.md"},
    {"全部指标": "targets/index.md"},
    {"公开动态": "changes/index.md"},
    {"数据说明": "notes/index.md"},
    {"数据下载": "downloads/index.md"},
    {"术语": "glossary/index.md"},
    {"填报指南": "guide.md"},
    {"关于本站": "about.md"},
)

MAX_TEXT = 2000  # characters; a page repeats these words, so a long one makes every page large
MAX_ENTRIES = 100  # of the navigation, which stands on every page
MAX_DEPTH = 3  # levels of the navigation

# These words are printed by a theme that escapes some of them and not others.
_MARKUP = re.compile(r"[<>&\"\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?")
_PAGE = re.compile(r"(?!/|.*(^|/)\.)[^\\:*?\"<>|&\x00-\x1f\x7f]+\.md")


class SiteTexts(Struct, frozen=True):
    """What a site may say of itself in mkdocs.yml; all of it is harmless.

    Attributes:
        name: `site_name`, plain text.
        description: `site_description`, plain text.
        url: `site_url`, an address without user, query or fragment.
        copyright: `copyright`, the foot's last line: text with links and nothing else.
        banner: `extra.banner`, plain text above every page.
        pdf: Our plugin's `pdf`, whether the forms are offered as PDF.
        government: `extra.government`, every entry of the shape it must have.
        nav: `nav`, titles as plain text and pages below `site_src`.
    """

    name: str
    description: str = ""
    url: str = ""
    copyright: str = ""
    banner: str = ""
    pdf: bool = False
    government: Government = field(default_factory=Government)
    nav: tuple[NavItem, ...] = NAV


_TEMPLATES = environment("config")


def mkdocs_configuration(site: SiteTexts) -> str:
    """The mkdocs.yml of a site, whole: everything but `site`'s texts is fixed."""
    entries = {key: text for key, text in asdict(site.government).items() if text}
    return _TEMPLATES.get_template("mkdocs.yml.j2").render(site=site, government=entries)


def harmless(text: str) -> tuple[SiteTexts | None, tuple[str, ...]]:
    """The harmless texts in a publisher's mkdocs.yml, or why they cannot be used (in Chinese).

    Every other key is passed over: plugins, hooks, extensions and theme are never theirs; of our
    own plugin they say whether there are PDFs.
    """
    try:
        file = mkdocs_yml.config_file(text, Path(mkdocs_yml.FILE_NAME))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None, ("mkdocs.yml 不是正确的 YAML，无法读取。",)
    config = file.values
    extra = config.get("extra")
    banner = extra.get("banner") if isinstance(extra, dict) else None
    nav = config.get("nav")
    stated = government.of_files([file])
    found = SiteTexts(  # of whatever types: `problems` judges
        name=config.get("site_name") or "",
        description=config.get("site_description") or "",
        url=config.get("site_url") or "",
        copyright=config.get("copyright") or "",
        banner=banner or "",
        pdf=mkdocs_yml.plugin_options(config).get("pdf", False),
        government=stated.government,
        nav=NAV if nav is None else nav,
    )
    wrong = (
        *problems(found),
        *(f"mkdocs.yml 第 {one.span.line} 行：{one.message}。" for one in stated.diagnostics),
    )
    if wrong:
        return None, wrong
    return replace(found, copyright=with_links(found.copyright), nav=tuple(found.nav)), ()


def problems(site: SiteTexts) -> tuple[str, ...]:
    """Why these texts are not harmless, or not texts at all; in Chinese, empty when they are."""
    return (
        *_plain("site_name", site.name, needed=True),
        *_plain("site_description", site.description),
        *_plain("extra.banner", site.banner),
        *_address(site.url),
        *_flag("disclosure.pdf", site.pdf),
        *_short("copyright", site.copyright),
        *_navigation(site.nav),
    )


def with_links(text: str) -> str:
    """A line of HTML in which only links to web addresses are left, as for a filing number."""
    return nh3.clean(
        text,
        tags={"a"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def _short(key: str, value: object) -> Iterator[str]:
    """What is wrong with a text besides its characters."""
    if not isinstance(value, str):
        yield f"mkdocs.yml 的 {key} 应当是一段文字。"
    elif len(value) > MAX_TEXT:
        yield f"mkdocs.yml 的 {key} 太长，最多 {MAX_TEXT} 个字。"


def _plain(key: str, value: object, *, needed: bool = False) -> Iterator[str]:
    """What is wrong with a text that must be plain."""
    yield from _short(key, value)
    if needed and value == "":
        yield f"mkdocs.yml 没有写 {key}。"
    elif isinstance(value, str) and _MARKUP.search(value):
        yield f'mkdocs.yml 的 {key} 只能是一行普通文字，不能含有 < > & " 或换行。'


def _flag(key: str, value: object) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"mkdocs.yml 的 {key} 只能是 true 或 false。"


def _address(value: object) -> Iterator[str]:
    if value == "":
        return
    if not isinstance(value, str) or len(value) > MAX_TEXT or not _ADDRESS.fullmatch(value):
        yield "mkdocs.yml 的 site_url 应当是网址，如 https://example.gov.cn/。"


def _navigation(nav: object) -> Iterator[str]:
    """What is wrong with the navigation; the first fault is enough to say."""
    if not isinstance(nav, (list, tuple)) or not nav:
        yield "mkdocs.yml 的 nav 应当是一个列表。"
        return
    for count, (depth, title, page) in enumerate(_entries(nav, 1), 1):
        if count > MAX_ENTRIES or depth > MAX_DEPTH:  # before going on: aliases may never end
            yield f"mkdocs.yml 的 nav 最多 {MAX_ENTRIES} 项、{MAX_DEPTH} 层。"
            return
        if title != "":
            yield from _plain("nav 标题", title, needed=True)
        if not isinstance(page, list) and not (isinstance(page, str) and _PAGE.fullmatch(page)):
            yield "mkdocs.yml 的 nav 只能列出 site_src 里的页面，如 guide.md。"
            return


def _entries(nav: Sequence[object], depth: int) -> Iterator[tuple[int, object, object]]:
    """Each entry with its level, its title ("" without one) and its page or entries."""
    for item in nav:
        # A mapping that is not one title with one page is no entry of MkDocs.
        pairs = item.items() if isinstance(item, dict) and len(item) == 1 else [("", item)]
        for title, page in pairs:
            yield depth, title, page
            if isinstance(page, list):
                yield from _entries(page, depth + 1)
