"""Which pages of a large group are taken over from the last build."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from disclosure.engine.cache import Cache
from disclosure.engine.site_folder import SiteFolder
from disclosure.pages.glossary import glossary_view
from disclosure.plugin.made_pages import MIN_PAGES, LastPages, MadePage, OfferedFiles
from disclosure.site.page_group import SharedPages

ADDRESSES = tuple(f"terms/{number}/" for number in range(MIN_PAGES))
#: Of another page, but each names its size.
SHARED_FILE = "terms/all.pdf"


def group(size: int, title: str = "术语") -> SharedPages:
    """Pages that know the size of the file; the first one has a title of its own."""
    view = glossary_view()
    first = replace(view, address=ADDRESSES[0], title=title)
    made = SharedPages((first, *(replace(view, address=one) for one in ADDRESSES[1:])))
    made.sizes = {SHARED_FILE: size}
    return made


def last_pages(root: Path, site: str, pages: SharedPages, around: str = "theme") -> LastPages:
    """What is known when a build begins that replaces `site`."""
    output = SiteFolder(root / "next", root / site, Cache(root / "cache"))
    found = LastPages(output, pages, around, "")
    found.compare()
    for address in ADDRESSES:
        found.offered(address)
    return found


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the site of a build, which has stored its pages."""
    pages = group(size=10)
    found = last_pages(tmp_path, "none", pages)
    output = SiteFolder(tmp_path / "site")
    offered = OfferedFiles((), ())
    found.store(
        {
            address: MadePage(
                found.key(address),
                offered,
                output.write([(f"{address}index.html", address.encode())]),
                {SHARED_FILE: 10},
                None,
            )
            for address in ADDRESSES
        }
    )
    return tmp_path


def test_pages_made_of_the_same_are_taken_over(root: Path) -> None:
    """Only the page with another title must be made again."""
    found = last_pages(root, "site", group(size=10, title="另一个标题"))
    assert [*found.taken_over()] == [*ADDRESSES[1:]]
    assert (root / "next" / ADDRESSES[1] / "index.html").samefile(
        root / "site" / ADDRESSES[1] / "index.html"
    )
    assert not (root / "next" / ADDRESSES[0]).exists()


def test_a_page_that_names_another_size_is_made_again(root: Path) -> None:
    """Each page names the size of a file that belongs to none of them."""
    assert not last_pages(root, "site", group(size=11)).taken_over()


def test_another_theme_makes_all_again(root: Path) -> None:
    """What stands around the pages is part of what they are made from."""
    assert not last_pages(root, "site", group(size=10), "another").taken_over()


def test_a_page_that_is_missing_is_made_again(root: Path) -> None:
    """The site before has lost a file."""
    (root / "site" / ADDRESSES[2] / "index.html").unlink()
    found = last_pages(root, "site", group(size=10)).taken_over()
    assert found.keys() == {*ADDRESSES} - {ADDRESSES[2]}


def test_small_groups_are_not_stored(root: Path) -> None:
    """Of a group with fewer pages nothing is known, and nothing is stored."""
    few = SharedPages(group(size=10).views[1:])
    found = last_pages(root, "site", few)
    assert (found.key(ADDRESSES[1]), found.taken_over()) == ("", {})
