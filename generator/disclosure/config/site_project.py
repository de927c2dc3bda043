"""A project: a folder with mkdocs.yml, and where that says its data, pages and site are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from disclosure.config import government, mkdocs_yml
from disclosure.config.settings import Settings


class SiteProject(Struct, frozen=True):
    """A folder with mkdocs.yml.

    Attributes:
        root: The folder.
        data: The data folder.
        pages: The folder of the hand-written pages (`docs_dir`).
        site: Where MkDocs puts the site (`site_dir`).
        files: The configuration file and those it inherits from, the nearest first.
        values: All that they say.
    """

    root: Path
    data: Path
    pages: Path
    site: Path
    files: tuple[mkdocs_yml.ConfigFile, ...]
    values: Mapping[str, Any]

    @property
    def cache(self) -> Path:
        """Where builds cache their results; losing it is harmless."""
        return self.root / ".cache" / "disclosure"

    @property
    def settings(self) -> Settings:
        """What the pages say about the site."""
        return Settings(
            str(self.values.get("site_name", "")),
            str(self.values.get("site_description") or ""),
            _address(str(self.values.get("site_url") or "")),
            government=government.of_files(self.files).government,
        )


def load_project(root: Path) -> SiteProject:
    """Read `root`/mkdocs.yml.

    Raises:
        OSError: There is no such file, or it cannot be read.
        yaml.YAMLError: It is not YAML.
    """
    files = mkdocs_yml.inherited(root / mkdocs_yml.FILE_NAME)
    values = mkdocs_yml.merged(files)
    return SiteProject(
        root=root,
        data=root / str(mkdocs_yml.plugin_options(values).get("data_dir") or "data"),
        pages=root / str(values.get("docs_dir") or "docs"),
        site=root / str(values.get("site_dir") or "site"),
        files=files,
        values=values,
    )


def _address(url: str) -> str:
    """The site's address as MkDocs understands it: a folder, whether written with `/` or not."""
    return url if not url or url.endswith("/") else f"{url}/"
