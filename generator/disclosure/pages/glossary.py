"""The glossary: every official term of the site in plain words."""

from __future__ import annotations

from typing import ClassVar

from disclosure.pages.addresses import GLOSSARY, HOME
from disclosure.pages.terms import GROUPS, TermGroup
from disclosure.pages.view import Facets, View


class GlossaryView(View, frozen=True, kw_only=True):
    """All terms, by what they are about."""

    kind: ClassVar[str] = "glossary"
    groups: tuple[TermGroup, ...]


def glossary_view() -> GlossaryView:
    """The page of all terms."""
    return GlossaryView(
        address=GLOSSARY.address,
        title=GLOSSARY.text,
        description="预算绩效目标表里的词是什么意思：预算数、绩效目标、产出指标、指标值、执行率等。",
        crumbs=(HOME,),
        facets=Facets("指南"),
        groups=GROUPS,
    )
