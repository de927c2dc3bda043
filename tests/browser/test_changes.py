"""The page of changes and its feed in a real browser."""

from __future__ import annotations

import pytest

from tests.support.browser import SIZES, Visit


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("address", ["", "changes/"])
def test_the_feed_asks_for_nothing(example_site: str, look: Visit, size: str, address: str) -> None:
    """A page that names a feed loads without a complaint, and readers still find the feed."""
    visitor = look(size)
    visitor.open(example_site + address)
    assert visitor.violations() == []
    assert visitor.complaints == []
    link = visitor.page.locator("head link[type='application/atom+xml']")
    assert "alternate" in (link.get_attribute("rel") or "").split()
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


def test_a_change_leads_to_its_page(example_site: str, look: Visit) -> None:
    """From the newest on the first page to all changes, and from a change to the old version."""
    page = look().page
    page.goto(example_site)
    page.get_by_role("link", name="全部公开动态").click()
    row = page.get_by_role("row").filter(has_text="预算调整").first
    row.get_by_role("link", name="改动前的版本").click()
    page.wait_for_url("**/2025-06-18/")  # the newest adjustment follows a correction
    assert page.locator(".notice").inner_text().startswith("本页是历史版本，已被后来的版本取代")
