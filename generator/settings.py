"""What the pages need to know of the site itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """What the pages need to know of the site itself.

    Attributes:
        name: The site's name.
        description: What the site is, in one sentence.
        url: Its public address ending in `/`, or "" when none is configured.
    """

    name: str
    description: str = ""
    url: str = ""
