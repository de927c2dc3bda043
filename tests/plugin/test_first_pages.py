"""Pages of a preview that are made before the others are the same; a build that was left, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from disclosure.plugin.first_pages import first_pages
from disclosure.plugin.plugin import DisclosurePlugin
from disclosure.plugin.preview import OutdatedError, Preview
from disclosure.plugin.workers import RenderContext
from tests.support.folders import contents

#: MkDocs' own program leaves it out.
pytestmark = pytest.mark.filterwarnings("ignore:user_configs is never used")

URL = "http://127.0.0.1:8000/"
YEAR = "130803-322/2024/"
PROJECT = "13080324P00514110001Y"
OTHER = "13080324P00514190001Y"


class Watched(Preview):
    """What a build asks a preview, without a server.

    Attributes:
        asked: The pages to be made before the others.
        made: Those pages.
        is_left: Whether to leave the build when all pages are made.
    """

    def __init__(self, asked: list[str]) -> None:
        self.asked, self.made, self.is_left = asked, dict[str, bytes](), False

    def show_first(self, context: RenderContext) -> None:
        """Keep the pages."""
        self.made = first_pages(context, self.asked)

    def go_on(self, done: int, total: int) -> None:
        """Leave it at the end."""
        if self.is_left and done == total:
            raise OutdatedError


def preview_of(project: Path, watched: Watched) -> None:
    """Build a project as `disclosure serve` does, again and again in the same folder."""
    config = load_config(str(project / "mkdocs.yml"), site_dir=str(project / "preview"))
    config.site_url = URL
    plugin = config.plugins["disclosure"]
    assert isinstance(plugin, DisclosurePlugin)
    if plugin._preview is not watched:  # MkDocs' server would give it
        config.plugins.on_startup(command="serve", dirty=True)
        plugin._preview = watched
    build(config, serve_url=URL, dirty=True)


def test_they_are_the_pages_of_the_site(project: Path) -> None:
    """Each kind of page is byte for byte the one that is written later, with sizes of files."""
    kinds = ["", "about/", "changes/", "guide/", "guide/rules/C101/", "130803-322/", YEAR]
    kinds += [f"{YEAR}{PROJECT}/", f"{YEAR}print/", f"130803-322/projects/{PROJECT}/"]
    left_out = ["downloads/", "none/", "130803-322/none/", "search/index.json"]
    watched = Watched([*kinds, *left_out])
    preview_of(project, watched)
    site = contents(project / "preview")
    assert [*watched.made] == kinds
    for address, page in watched.made.items():
        assert page == site[f"{address}index.html"], address
    assert "file-size" in watched.made[f"{YEAR}{PROJECT}/"].decode()
    plain = Watched([])
    preview_of(project, plain)
    assert contents(project / "preview") == site, "search and all else know nothing of it"


def test_what_a_build_that_was_left_has_written_goes(project: Path) -> None:
    """A project that was there for a moment, while a build was left, is nowhere in the site."""
    watched = Watched([f"{YEAR}{PROJECT}/"])
    preview_of(project, watched)
    before = contents(project / "preview")
    folder = project / "data" / YEAR / "projects"
    text = (folder / f"{PROJECT}.yml").read_text("utf-8")
    text = text.replace(PROJECT, OTHER).replace("name: ", "name: 短", 1)
    text = text.replace("number: 2\n", "number: 9\n")
    (folder / f"{OTHER}.yml").write_text(text, "utf-8")
    watched.is_left = True
    with pytest.raises(OutdatedError):
        preview_of(project, watched)
    assert (project / "preview" / YEAR / f"{OTHER}/index.html").exists()
    (folder / f"{OTHER}.yml").unlink()
    (project / "site_src/more.md").write_text("# 新的一页\n", "utf-8")
    watched.is_left = False
    preview_of(project, watched)
    assert (project / "preview/more/index.html").exists()
    (project / "site_src/more.md").unlink()
    after = contents(project / "preview")
    assert {name for name in after if name not in before} == {"more/index.html"}
    assert {name for name in before if name not in after} == set()
