"""The context of a push: the repository, the server's settings, and what was published before."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from disclosure.publishing.release import Releases
from disclosure.publishing.repository import Repository
from disclosure.publishing.settings import ServerSettings

Say = Callable[[str], None]


class Push(Struct, frozen=True):
    """What a push is about.

    Attributes:
        repository: The bare repository, as its hooks see it.
        settings: What the owner of the server has decided.
        releases: What was published before.
        say: Tells the author of the push.
    """

    repository: Repository
    settings: ServerSettings
    releases: Releases
    say: Say

    @property
    def note(self) -> Path:
        """The folder of the notes on what the checks found in each release."""
        return self.repository.path / "disclosure-findings"

    @property
    def source(self) -> Path:
        """The folder that sites are built from; it may be removed at any time."""
        return self.repository.path / "disclosure-source"

    @property
    def cache(self) -> Path:
        """The folder where builds cache their results; losing it is harmless."""
        return self.repository.path / "disclosure-cache"


def push(folder: Path, settings: ServerSettings, say: Say) -> Push:
    """The push for which git runs this hook, in the repository in `folder`."""
    return Push(Repository(folder, os.environ), settings, Releases(settings.www), say)
