"""Checks files out of a commit into a folder to build in, with a configuration made for it.

`publish verify` builds a published site again from the same, so it is made in one place.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from disclosure.config import mkdocs_yml, site_texts
from disclosure.engine.git import clean_environment
from disclosure.publishing import gate
from disclosure.publishing.repository import Repository, TreeEntry
from disclosure.publishing.settings import ServerSettings
from disclosure.reading.git_history import COMMIT

#: Beside the files: what each of them holds, once all are there.
_LIST = "files.json"


def lay_out(
    folder: Path,
    repository: Repository,
    settings: ServerSettings,
    commit: str,
    entries: Sequence[TreeEntry],
    words: site_texts.SiteTexts,
) -> None:
    """Make a folder like a publisher's own, made of harmless things, that knows its history.

    What stands there from another commit is used again: a commit changes few files.

    Args:
        folder: Where; nobody else writes there.
        repository: Holds the commit.
        settings: What the owner of the server lets a push bring.
        commit: The commit's full name.
        entries: Everything in its tree, judged by the gate.
        words: What its mkdocs.yml says that counts.
    """
    wanted = {entry.path: entry.object for entry in gate.sources(entries, settings)}
    there = _there(folder)
    for name in gate.SOURCES:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in there.keys() - wanted.keys():
        _remove(folder, path)
    changed = sorted(path for path, object_ in wanted.items() if there.get(path) != object_)
    repository.copy((wanted[path], folder / path) for path in changed)
    (folder / mkdocs_yml.FILE_NAME).write_text(site_texts.mkdocs_configuration(words), "utf-8")
    repository.lend(folder, commit)
    (folder / _LIST).write_text(json.dumps(wanted), "utf-8")


def _remove(folder: Path, path: str) -> None:
    """Remove a file, and the folders that are empty without it: git knows none of those."""
    (folder / path).unlink()
    for parent in (folder / path).relative_to(folder).parents[:-1]:
        if any((folder / parent).iterdir()):
            return
        (folder / parent).rmdir()


def _there(folder: Path) -> dict[str, str]:
    """The files that an earlier commit left in the folder, with the objects they hold.

    The list of them is removed first: a process that is killed from here on leaves a folder
    without one, and such a folder is emptied.
    """
    try:
        found: dict[str, str] = json.loads((folder / _LIST).read_bytes())
    except (OSError, ValueError):
        shutil.rmtree(folder, ignore_errors=True)
        return {}
    (folder / _LIST).unlink()
    shutil.rmtree(folder / ".git")
    return found


def environment(commit: str) -> dict[str, str]:
    """What a build of a commit is given: nothing that could steer it but the commit's name."""
    # Python looks for modules in its own folders alone, not where it is started.
    return {**clean_environment(), "PYTHONSAFEPATH": "1", COMMIT: commit}
