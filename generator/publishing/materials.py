"""What a site is built from on a server: files taken out of a commit, and a new configuration.

Whoever checks a published site builds from the same, so it is made in one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import configuration, skeleton
from generator.publishing import gate
from generator.publishing.repository import Entry, Repository, clean_environment
from generator.publishing.settings import Settings
from generator.reading.recorded import COMMIT


def lay_out(
    folder: Path,
    repository: Repository,
    settings: Settings,
    commit: str,
    entries: Sequence[Entry],
    words: skeleton.SiteTexts,
) -> None:
    """Make a folder like a publisher's own, made of harmless things, that knows its history.

    Args:
        folder: Where; it must not be there yet.
        repository: Holds the commit.
        settings: What the owner of the server lets a push bring.
        commit: The commit's full name.
        entries: Everything in its tree, judged by the gate.
        words: What its mkdocs.yml says that counts.
    """
    for name in gate.SOURCES:
        (folder / name).mkdir(parents=True)
    wanted = gate.sources(entries, settings)
    repository.copy((entry.object, folder / entry.path) for entry in wanted)
    (folder / configuration.FILE_NAME).write_text(skeleton.mkdocs_yml(words), "utf-8")
    repository.lend(folder, commit)


def environment(commit: str) -> dict[str, str]:
    """What a build of a commit is given: nothing that could steer it but the commit's name."""
    # Python looks for modules in its own folders alone, not where it is started.
    return {**clean_environment(), "PYTHONSAFEPATH": "1", COMMIT: commit}
