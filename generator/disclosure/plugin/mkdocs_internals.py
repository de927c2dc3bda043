"""The private parts of MkDocs that this program uses, all of them.

MkDocs renders every page before it writes the first one, in one process, and has no public way to
make a single page; its preview shows nothing before a build has ended. What is used here may change
in any version, so pyproject.toml has an upper bound and `tests/plugin/test_mkdocs_internals.py`
says in one sentence which part has changed.
"""

# ruff: noqa: SLF001 - that is what it is for

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jinja2
from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

#: What `Page.render` sets, beside what plugins set.
RENDERED_ATTRIBUTES = (
    "content",
    "toc",
    "_title_from_render",
    "present_anchor_ids",
    "links_to_anchors",
)

#: What MkDocs warns of at every build with `--dirty`.
DIRTY_WARNING = "A 'dirty' build is being performed"


def read_page(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Read a page and render its Markdown, with the events of all plugins."""
    mkdocs_build._populate_page(page, config, files)


def write_page(
    page: Page,
    config: MkDocsConfig,
    pages: Sequence[File],
    nav: Navigation,
    env: jinja2.Environment,
) -> None:
    """Put the theme around a page that was read and write it, with the events of all plugins."""
    mkdocs_build._build_page(page, config, pages, nav, env)


def rendered(page: Page) -> Mapping[str, Any]:
    """What rendering has given a page: two pages with the same Markdown are given the same."""
    return {name: vars(page)[name] for name in RENDERED_ATTRIBUTES}


def set_rendered(page: Page, values: Mapping[str, Any]) -> None:
    """Give a page what another one with the same Markdown was given."""
    vars(page).update(values)


def always_build(file: File) -> None:
    """Let MkDocs make a file's page in every `--dirty` build, though the source has not changed."""
    vars(file)["is_modified"] = lambda: True


def silence_dirty_warning() -> None:
    """Leave out the warning that a `--dirty` build may be stale: in a new folder it cannot be.

    With `--strict` it would make every build fail. A logger takes the same filter only once.
    """
    mkdocs_build.log.addFilter(_is_no_dirty_warning)


def _is_no_dirty_warning(record: logging.LogRecord) -> bool:
    return DIRTY_WARNING not in str(record.msg)


def ask_for_build(server: LiveReloadServer) -> None:
    """Let a preview build again, as soon as it has time to."""
    with server._rebuild_cond:
        server._want_rebuild = True
        server._rebuild_cond.notify_all()


def let_browsers_ask_again(server: LiveReloadServer) -> None:
    """While a preview builds: browsers ask for their page again, once, and who waits looks again.

    Until the build ends the two numbers differ by one, so that all else waits as before.
    """
    with server._epoch_cond:
        if server._visible_epoch != server._wanted_epoch - 1:
            server._visible_epoch = server._wanted_epoch
            server._wanted_epoch += 1
        server._epoch_cond.notify_all()


def begin_again(server: LiveReloadServer) -> None:
    """While a preview builds: take up at once what has been asked for meanwhile."""
    with server._rebuild_cond:
        while server._rebuild_cond.wait(timeout=server.build_delay):
            pass  # more is changing
        server._want_rebuild = False
    with server._epoch_cond:
        server._wanted_epoch += 1


def wait_for_build(server: LiveReloadServer, is_ready: Callable[[], bool]) -> None:
    """Wait as long as a preview builds, or until what is asked for is ready all the same."""
    with server._epoch_cond:
        server._epoch_cond.wait_for(
            lambda: server._visible_epoch == server._wanted_epoch or is_ready()
        )


def reloading(server: LiveReloadServer, page: bytes) -> bytes:
    """A page that reloads itself after the next build, and not after the one that goes on."""
    inject: Callable[[bytes, int], bytes] = server._inject_js_into_html
    return inject(page, server._wanted_epoch)
