"""A digest of everything that decides what stands around a page's own content.

Together with the digest of a page group it is the key under which the group's files are cached.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation

from disclosure.engine.cache import digest, program_digest

#: Plugins that see only the data and the configuration. What another one reads cannot be known.
KNOWN_PLUGINS = frozenset({"disclosure", "material/search", "materialx/search", "search"})

#: Options that differ from build to build and stand on no page.
_NOT_ON_PAGES = frozenset({"config_file", "site_dir"})


def page_fingerprint(config: MkDocsConfig, nav: Navigation) -> str:
    """The digest; "" where another plugin or a hook may change pages: then it cannot be known."""
    if config.hooks or not KNOWN_PLUGINS.issuperset(config.plugins):
        return ""
    options = [
        {key: value for key, value in each.items() if key not in _NOT_ON_PAGES}
        for each in config.user_configs
    ]
    titles = repr([(item.title, _address(item)) for item in _all(nav.items)])
    own = _files(Path(config.theme.custom_dir)) if config.theme.custom_dir else ()
    return digest(
        program_digest(), repr((options, config.site_url, dict(config.extra))), titles, *own
    )


def _all(items: list[StructureItem]) -> Iterator[StructureItem]:
    for item in items:
        yield item
        yield from _all(getattr(item, "children", None) or [])


def _address(item: StructureItem) -> str:
    return str(getattr(item, "url", ""))


def _files(folder: Path) -> Iterator[str | bytes]:
    """The files of the project's own part of the theme; the others belong to the program."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix()
            yield path.read_bytes()
