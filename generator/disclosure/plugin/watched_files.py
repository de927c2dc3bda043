"""What a preview watches: mkdocs.yml, the data and the pages written by hand."""

from __future__ import annotations

from pathlib import Path

from disclosure.engine import listing


class WatchedFiles:
    """All that a site is made of, and what it looked like at the last look.

    The first look is when this is made, before the first build: what is saved while that goes on,
    which takes a minute for a large district, is a change too.

    Attributes:
        configuration: The file mkdocs.yml.
        data: The data folder.
        pages: The folder of the pages written by hand.
    """

    def __init__(self, configuration: Path, data: Path, pages: Path) -> None:
        self.configuration, self.data, self.pages = configuration, data, pages
        self._seen = self._look()

    def have_changed(self) -> bool:
        """Whether anything has changed, gone or come back since the last look."""
        before, self._seen = self._seen, self._look()
        return self._seen != before

    def _look(self) -> list[object]:
        folders = (self.data, self.pages)
        return [listing.state_of(self.configuration), *map(listing.states_below, folders)]
