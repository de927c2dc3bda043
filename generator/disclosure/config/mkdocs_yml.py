"""What this program itself needs of mkdocs.yml: where things are, and what the site is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from disclosure.config.settings import Settings

FILE_NAME = "mkdocs.yml"


class _Loader(yaml.SafeLoader):
    """Reads MkDocs' own tags (`!ENV`, `!!python/name:…`) as nothing: they are not for us."""


def _ignore_tag(loader: yaml.Loader, suffix: str, node: yaml.Node) -> None:
    """Stand in for any tag."""


_Loader.add_multi_constructor("!", _ignore_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with mkdocs.yml.

    Attributes:
        root: The folder.
        data: The data folder.
        pages: The folder of the hand-written pages (`docs_dir`).
        site: Where MkDocs puts the site (`site_dir`).
        said: All that mkdocs.yml says.
    """

    root: Path
    data: Path
    pages: Path
    site: Path
    said: Mapping[str, Any]

    @property
    def cache(self) -> Path:
        """Where results are kept from one build to the next; it may be removed at any time."""
        return self.root / ".cache" / "disclosure"

    @property
    def settings(self) -> Settings:
        """What the pages say about the site."""
        from disclosure.config import government  # noqa: PLC0415 - who waits for MkDocs need not load it

        return Settings(
            str(self.said.get("site_name", "")),
            str(self.said.get("site_description") or ""),
            _address(str(self.said.get("site_url") or "")),
            government=government.read(self.root / FILE_NAME).government,
        )


def load(root: Path) -> Project:
    """Read `root`/mkdocs.yml.

    Raises:
        OSError: There is no such file, or it cannot be read.
        yaml.YAMLError: It is not YAML.
    """
    config = _read(root / FILE_NAME)
    return Project(
        root=root,
        data=root / plugin_options(config).get("data_dir", "data"),
        pages=root / config.get("docs_dir", "docs"),
        site=root / config.get("site_dir", "site"),
        said=config,
    )


def parse(text: str) -> dict[str, Any]:
    """The keys of an mkdocs.yml; tags stand for nothing, so that reading runs no code.

    Raises:
        yaml.YAMLError: It is not YAML, or no mapping.
    """
    config = yaml.load(text, _Loader) or {}  # noqa: S506 - a SafeLoader
    if not isinstance(config, dict):
        raise yaml.YAMLError("not a mapping")
    return config


def plugin_options(config: Mapping[str, Any]) -> dict[str, Any]:
    """The options of our plugin; MkDocs writes plugins as a list of names and mappings."""
    plugins = config.get("plugins")
    for plugin in plugins if isinstance(plugins, list) else ():
        options = plugin.get("disclosure") if isinstance(plugin, dict) else None
        if isinstance(options, dict):
            return options
    return {}


def files(file: Path) -> tuple[Path, ...]:
    """A configuration file, and those that it inherits from."""
    config: dict[str, Any] = yaml.load(file.read_text("utf-8"), _Loader) or {}  # noqa: S506
    parent = config.get("INHERIT")
    return (file, *(files(file.parent / parent) if parent else ()))


def _address(url: str) -> str:
    """The site's address as MkDocs understands it: a folder, whether written with `/` or not."""
    return url if not url or url.endswith("/") else f"{url}/"


def _read(file: Path) -> dict[str, Any]:
    """The file's settings over those of the file that it inherits from, as in MkDocs."""
    config = parse(file.read_text("utf-8"))
    parent = config.get("INHERIT")
    return {**_read(file.parent / parent), **config} if parent else config
