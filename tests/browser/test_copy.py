"""Buttons that copy what readers cite."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.support.browser import SIZES, Visit
from tests.support.browser_kinds import KINDS

VERSION = KINDS["earlier version"]


@pytest.mark.parametrize("size", SIZES)
def test_citation_and_address_are_copied(example_site: str, look: Visit, size: str) -> None:
    """The keyboard copies the citation as it stands, and the whole address; both are said."""
    visitor = look(size)
    page = visitor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(example_site + VERSION)
    citation = page.locator("dd.citation[data-copy]").inner_text()
    for name, wanted in (("引用格式", citation), ("永久地址", example_site + VERSION)):
        button = page.get_by_role("button", name=f"复制{name}")
        expect(button).to_have_text("复制")
        button.press("Enter")
        expect(button.locator("+ [role=status]")).to_have_text("已复制")
        assert page.evaluate("navigator.clipboard.readText()") == wanted
    assert visitor.violations() == []
    assert visitor.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def test_without_https_the_old_command_copies(example_site: str, look: Visit) -> None:
    """Where a browser gives pages no clipboard, what is copied is the same."""
    page = look().page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(example_site + VERSION)
    page.evaluate(NO_CLIPBOARD)
    page.get_by_role("button", name="复制永久地址").click()
    expect(page.locator(".copy [role=status]").last).to_have_text("已复制")
    page.goto(example_site)
    assert page.evaluate("navigator.clipboard.readText()") == example_site + VERSION


def test_a_refusal_is_said(example_site: str, look: Visit) -> None:
    """What could not be copied is not said to be."""
    page = look().page
    page.goto(example_site + VERSION)
    page.evaluate(f"{NO_CLIPBOARD}; document.execCommand = () => false")
    page.get_by_role("button", name="复制永久地址").click()
    expect(page.locator(".copy [role=status]").last).to_have_text("没有复制成功，请手工选取")
