"""Which themes a project is about.

It is about a theme if its name, or the name of one of its indicators, holds one of the theme's
words in any version that was published; so no list loses a project that was adjusted or withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from disclosure.model.dataset import ProjectYear
from disclosure.model.words import Theme


class ThemeMatch(Struct, frozen=True):
    """What puts a project under a theme: a word, and the indicator that has it; "" for the name."""

    theme: str
    word: str
    indicator: str


def theme_matches(project: ProjectYear, themes: Sequence[Theme]) -> Iterator[ThemeMatch]:
    """The themes that a project is about, each with the first thing that says so."""
    versions = [version.project for version in reversed(project.versions)]
    names = [(version.name, "") for version in versions]
    rows = [(row.name, row.name) for version in versions for row in version.indicators]
    texts = dict.fromkeys([*names, *rows])
    for theme in themes:
        found = (
            ThemeMatch(theme.id, word, indicator)
            for text, indicator in texts
            for word in theme.words
            if word in text
        )
        if match := next(found, None):
            yield match
