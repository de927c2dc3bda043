"""Rules explained on a terminal: one with its page, or all by code and title."""

from __future__ import annotations

from collections.abc import Iterable

from disclosure.checks.explanation import Explanation
from disclosure.reports.finding_report.common import NAMES

_WITHOUT_PAGE = "报告会指出每一处的位置、问题和改法。这类问题只能改正。"


def render_explanation(page: Explanation) -> str:
    """A rule's page as text."""
    rule = page.rule
    parts = [f"{rule.code} {rule.title}（{NAMES[rule.severity]}）"]
    parts += (f"{part.heading}：{chr(10).join(part.paragraphs)}" for part in page.sections)
    if not page.sections:
        parts.append(_WITHOUT_PAGE)
    return "\n\n".join(parts) + "\n"


def render_titles(pages: Iterable[Explanation]) -> str:
    """One line for each rule."""
    return "".join(
        f"{page.rule.code} {NAMES[page.rule.severity]} {page.rule.title}\n" for page in pages
    )
