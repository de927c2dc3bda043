"""The built site behind a web server on this machine, and Chromium to look at it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.support.browser import (
    CHROMIUM_NAMES,
    FLAGS,
    INVESTMENT,
    SIZES,
    WATCH_POLICY,
    SearchBox,
    Visit,
    Visitor,
    served,
)

#: The files that take longest, the longest first; each is one process's.
LONGEST = tuple(
    f"test_{name}.py"
    for name in (
        *("access", "valid", "import", "hostile", "preview", "forms", "requests", "light"),
        *("phone", "words"),
    )
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process works alone at the end."""
    items.sort(key=lambda item: (*LONGEST, item.path.name).index(item.path.name))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without one the tests are skipped, or fail when it is required."""
    found = next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)
    if not found:
        reason = f"no browser: none of {', '.join(CHROMIUM_NAMES)} is installed"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    expect.set_options(timeout=60_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser, built_site: Path) -> Iterator[str]:
    """The address of the built site, below a path, as on a server with several sites.

    It needs Chromium first, so that without one no site is built in vain.
    """
    assert chromium.is_connected()
    with served(built_site.parent) as address:
        yield f"{address}{built_site.name}/"


@pytest.fixture(scope="session")
def example_site(chromium: Browser, built_examples: Path) -> Iterator[str]:
    """The address of the site of the invented district, which has several years."""
    assert chromium.is_connected()
    with served(built_examples) as address:
        yield address


@contextmanager
def visitors(chromium: Browser) -> Iterator[Visit]:
    """Makes new visitors, each with an empty cache and no memory of earlier visits."""
    contexts: list[BrowserContext] = []

    def make(size: str = "desktop", **options: object) -> Visitor:
        width, height = SIZES[size]
        viewport = {"width": width, "height": height}
        context = chromium.new_context(viewport=viewport, **options)  # type: ignore[arg-type]
        context.set_default_timeout(60_000)
        context.add_init_script(WATCH_POLICY)
        contexts.append(context)
        visitor = Visitor(context.new_page())
        visitor.watch()
        return visitor

    yield make
    for context in contexts:
        # Chromium never answers when a context is closed in the middle of a navigation, such as
        # one that a last click began; going elsewhere ends it.
        for page in context.pages:
            page.goto("about:blank")
        context.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """A new visitor, with an empty cache and no memory of earlier visits."""
    with visitors(chromium) as make:
        yield make


@pytest.fixture(scope="module")
def look(chromium: Browser) -> Iterator[Visit]:
    """A visitor for tests that only look; the same for the same options.

    A new one takes three times as long as the page: Chromium starts a process for it, and loads
    again what every page has.
    """
    with visitors(chromium) as make:
        known: dict[str, Visitor] = {}

        def again(size: str = "desktop", **options: object) -> Visitor:
            key = f"{size} {sorted(options.items())}"
            if key not in known:
                known[key] = make(size, **options)
            visitor = known[key]
            visitor.page.goto("about:blank")
            width, height = SIZES[size]
            visitor.page.set_viewport_size({"width": width, "height": height})
            visitor.complaints.clear()
            return visitor

        yield again


@pytest.fixture(scope="module")
def box_at(chromium: Browser) -> Iterator[Callable[[str], SearchBox]]:
    """The search box of a page, for tests that only type into it; the same for the same page."""
    with visitors(chromium) as make:
        known: dict[str, SearchBox] = {}

        def again(address: str) -> SearchBox:
            if address not in known:
                known[address] = SearchBox(make().page)
                known[address].page.goto(address)
                known[address].open()
            return known[address]

        yield again


@pytest.fixture
def box(site: str, visit: Visit) -> SearchBox:
    """The search box, opened on a page of its own."""
    page = visit().page
    page.goto(site + INVESTMENT)
    opened = SearchBox(page)
    opened.open()
    return opened
