"""Canaries: what we use of MkDocs without being promised it is still there and means the same."""

from __future__ import annotations

import inspect
import logging
from pathlib import Path

import pytest
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page

from disclosure.plugin import mkdocs_internals

CHANGED = "MkDocs has changed: adapt plugin/mkdocs_internals.py, where {} is used."


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("_populate_page", ["page", "config", "files"]),
        ("_build_page", ["page", "config", "doc_files", "nav", "env"]),
    ],
)
def test_functions_take_what_we_give_them(name: str, arguments: list[str]) -> None:
    """The two functions that make a page take the same arguments, and need no others."""
    function = getattr(mkdocs_build, name, None)
    assert function is not None, CHANGED.format(name)
    needed = [
        key
        for key, parameter in inspect.signature(function).parameters.items()
        if parameter.default is parameter.empty
    ]
    assert needed == arguments, CHANGED.format(name)


@pytest.fixture
def one_page(tmp_path: Path) -> tuple[MkDocsConfig, Files, File]:
    """A project of one page: its configuration, its files and that page's file."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.md").write_text("# 标题\n\n[同一页](#标题)\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))
    files = get_files(config)
    file = files.src_uris["a.md"]
    Page(None, file, config)
    return config, files, file


def test_a_page_is_rendered_into_the_attributes_we_copy(
    one_page: tuple[MkDocsConfig, Files, File],
) -> None:
    """`Page.render` sets what we give to pages with the same Markdown, and nothing else."""
    config, files, file = one_page
    page = file.page
    assert page is not None
    page.read_source(config)
    before = dict(vars(page))
    page.render(config, files)
    changed = {name for name, value in vars(page).items() if before.get(name, page) is not value}
    assert changed <= {*mkdocs_internals.RENDERED_ATTRIBUTES}, CHANGED.format(changed)
    other = Page(None, file, config)
    other.markdown = page.markdown
    mkdocs_internals.set_rendered(other, mkdocs_internals.rendered(page))
    assert (other.title, other.content) == ("标题", page.content), CHANGED.format("rendered")


def test_a_dirty_build_asks_the_file(one_page: tuple[MkDocsConfig, Files, File]) -> None:
    """In a `--dirty` build a page is made only if its file says that it is modified."""
    config, files, file = one_page
    page = file.page
    assert page is not None
    vars(file)["is_modified"] = lambda: False
    mkdocs_build._populate_page(page, config, files, dirty=True)
    assert page.content is None, CHANGED.format("is_modified")
    mkdocs_internals.always_build(file)
    mkdocs_build._populate_page(page, config, files, dirty=True)
    assert page.content, CHANGED.format("is_modified")


def test_the_warning_of_a_dirty_build_is_left_out_once() -> None:
    """However often a build starts there is one filter, and it knows MkDocs' own words."""
    for _ in range(3):
        mkdocs_internals.silence_dirty_warning()
    filters = mkdocs_build.log.filters
    assert filters.count(mkdocs_internals._is_no_dirty_warning) == 1
    assert mkdocs_internals.DIRTY_WARNING in inspect.getsource(mkdocs_build.build), CHANGED.format(
        "DIRTY_WARNING"
    )
    record = logging.makeLogRecord({"msg": f"{mkdocs_internals.DIRTY_WARNING}, this will"})
    assert not mkdocs_build.log.filter(record)
    assert mkdocs_build.log.filter(logging.makeLogRecord({"msg": "another"}))


def test_a_preview_has_what_we_change(tmp_path: Path) -> None:
    """MkDocs' server builds when it is asked to, and waits as long as two numbers differ."""
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    server.server_close()
    own = vars(server)
    assert own["_want_rebuild"] is False, CHANGED.format("_want_rebuild")
    assert own["_visible_epoch"] == own["_wanted_epoch"], CHANGED.format("_wanted_epoch")
    for name in ("_rebuild_cond", "_epoch_cond"):
        assert hasattr(own[name], "wait_for"), CHANGED.format(name)
    mkdocs_internals.ask_for_build(server)
    assert own["_want_rebuild"] is True, CHANGED.format("_want_rebuild")
    mkdocs_internals.begin_again(server)
    assert own["_want_rebuild"] is False, CHANGED.format("_want_rebuild")
    mkdocs_internals.let_browsers_ask_again(server)
    assert own["_wanted_epoch"] == own["_visible_epoch"] + 1, CHANGED.format("_wanted_epoch")
    page = mkdocs_internals.reloading(server, b"<body>x</body>").decode()
    assert f"livereload({own['_wanted_epoch']}," in page, CHANGED.format("_inject_js_into_html")
