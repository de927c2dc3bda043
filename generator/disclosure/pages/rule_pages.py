"""Pages about the rules that check the data: one for each rule, and a list of all.

They stay out of the search index: a reader who looks for 满意度 wants projects, not rules about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import ClassVar

from msgspec import Struct

from disclosure import checks
from disclosure.checks.explanation import Explanation, Section
from disclosure.model.dataset import SETTINGS_FILE
from disclosure.model.diagnostics import Severity
from disclosure.model.records import CheckSettings
from disclosure.pages.addresses import GUIDE, HOME, RULES, rule_address
from disclosure.pages.view import Link, View

#: What the rules are about, by how their codes begin.
GROUPS: Mapping[str, str] = {
    "C1": "金额",
    "C2": "项目编码",
    "C3": "指标值",
    "C4": "是否完整",
    "C5": "照抄",
    "C6": "日期和版本",
    "C7": "与上年相比",
    "C8": "个人信息",
    "C9": "注释和设置",
}
SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.ERROR: ("错误", "改正或用注释说明以前，网站不会更新。"),
    Severity.WARNING: ("警告", "很可能有差错，不妨碍公开，请核对。"),
    Severity.HINT: ("提示", "也许没有问题，请看一眼。"),
}


class RuleLine(Struct, frozen=True):
    """A rule in the list: its title leads to its page."""

    link: Link
    code: str
    severity: str
    switched_off: bool


class RuleGroup(Struct, frozen=True):
    """The rules about one thing."""

    title: str
    lines: tuple[RuleLine, ...]


class RulesView(View, frozen=True, kw_only=True):
    """All rules, by what they are about."""

    kind: ClassVar[str] = "rules"
    groups: tuple[RuleGroup, ...]
    severities: tuple[tuple[str, str], ...]


class RuleView(View, frozen=True, kw_only=True):
    """One rule, explained."""

    kind: ClassVar[str] = "rule"
    severity: str
    consequence: str
    switched_off: bool
    sections: tuple[Section, ...]


def rules_views(settings: CheckSettings) -> Iterator[View]:
    """The list of all rules, and the page of each."""
    pages = [page for page in checks.explanations() if page.sections]
    off = frozenset(settings.switched_off) & checks.CAN_BE_SWITCHED_OFF.keys()
    yield RulesView(
        address=RULES.address,
        title=RULES.text,
        description="本站发布数据以前检查什么、为什么检查、发现问题怎么改，每条规则一页。",
        crumbs=(HOME, GUIDE),
        data_paths=(SETTINGS_FILE,),
        groups=tuple(
            RuleGroup(GROUPS[start], tuple(_line(page, off) for page in members))
            for start, members in groupby(pages, key=lambda page: page.rule.code[:2])
        ),
        severities=tuple(SEVERITIES.values()),
    )
    yield from (_view(page, off) for page in pages)


def _line(page: Explanation, off: frozenset[str]) -> RuleLine:
    rule = page.rule
    link = Link(rule.title, rule_address(rule.code))
    return RuleLine(link, rule.code, SEVERITIES[rule.severity][0], rule.code in off)


def _view(page: Explanation, off: frozenset[str]) -> RuleView:
    rule = page.rule
    severity, consequence = SEVERITIES[rule.severity]
    return RuleView(
        address=rule_address(rule.code),
        title=f"{rule.code} {rule.title}",
        description=f"检查规则 {rule.code}：{rule.title}。检查什么、为什么、怎么改。",
        crumbs=(HOME, GUIDE, RULES),
        data_paths=(SETTINGS_FILE,),
        severity=severity,
        consequence=consequence,
        switched_off=rule.code in off,
        sections=page.sections,
    )
