"""What the conventions for government sites ask of a page that MkDocs has read."""

from __future__ import annotations

import html

from mkdocs.structure.pages import Page

from disclosure.config.settings import Settings
from disclosure.pages.addresses import full_address
from disclosure.plugin import page_tags
from disclosure.plugin.page_tags import Conventions, PageFacts


def conventions(page: Page | None, settings: Settings) -> Conventions:
    """Those of a page, and with None those of the page that says that there is none."""
    facts = _facts(page, settings) if page else PageFacts("没有这个页面")
    stands_for_site = page is None or page.is_homepage
    return Conventions(
        facts=facts,
        government=settings.government,
        tags=page_tags.tags(None if stands_for_site else facts, settings),
        report=page_tags.report_link(facts, settings),
    )


def _facts(page: Page, settings: Settings) -> PageFacts:
    """What is known of a page; its version is what it shows, and the commit of that."""
    meta = page.meta
    origin = {key: html.unescape(text) for key, text in meta.get("origin", {}).items()}
    revision = meta.get("version", {})
    if revision.get("commit"):
        state = f"数据提交 {revision['commit']}（{revision['day']}）"
        origin["version"] = "；".join(filter(None, (origin.get("version"), state)))
    origin.setdefault("column", meta.get("search", {}).get("kind", ""))
    return PageFacts(
        title=html.unescape(str(meta.get("title") or page.title)),
        description=html.unescape(meta.get("description", "")),
        address=full_address(page.url, settings),
        **origin,
    )
