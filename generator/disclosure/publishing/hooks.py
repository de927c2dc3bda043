"""What happens during a push, in the order in which it happens.

`pre_receive` runs before the branch moves, while the new commits are in quarantine: whatever is
wrong is found there, and the site is finished there, so that the branch only moves when it can be
served. `post_receive` runs when the branch has moved, and switches.

Of what was pushed, nothing is run and nothing configures anything: files are taken out one by
one, only those that the site is made of, and mkdocs.yml is written from a template.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from disclosure.config import mkdocs_yml
from disclosure.publishing import gate
from disclosure.publishing.push import Push
from disclosure.publishing.release import Release, locked
from disclosure.publishing.repository import Repository


def pre_receive(this: Push, lines: Iterable[str]) -> bool:
    """Whether git may go on: the push may be made, its data is good, and its site is finished.

    Raises:
        release.LockedError: Another push is being published and does not come to an end.
        OSError: The machine is out of order, such as a full disk. The site is as it was.
    """
    from disclosure.publishing.commit_build import finish, refuse  # noqa: PLC0415 - see `post_receive`

    started = time.monotonic()
    updates = gate.updates(lines)
    refused = [*gate.of_updates(updates, this.repository, this.settings)]
    if refused:
        return refuse(this, refused)
    (update,) = updates  # git names each branch once, and only one is ours
    this.say("正在检查推送的内容……")
    with locked(this.repository.path, this.settings.seconds):
        if this.repository.tip(this.settings.branch) != ("" if update.creates else update.old):
            return refuse(this, [gate.outrun(this.settings.branch)])
        this.releases.sweep()
        if not finish(this, update):
            return False
    this.say(f"检查和生成用了 {time.monotonic() - started:.1f} 秒。")
    return True


def post_receive(this: Push) -> Release | None:
    """Serve the newest commit of the branch; None when its site could not be finished.

    Its site is ready, unless another push swept it away or the machine stopped in between.

    Raises:
        release.LockedError: Another push is being published and does not come to an end.
        OSError: The site cannot be switched; it is as it was.
    """
    with locked(this.repository.path, this.settings.seconds):
        commit = this.repository.tip(this.settings.branch)
        live = this.releases.live()
        if live is not None and live.commit == commit:
            return live
        if this.releases.ready(commit) is None:
            # Loaded only now, because most often all that is left is to switch.
            from disclosure.publishing.commit_build import finish  # noqa: PLC0415

            this.releases.sweep()
            if not finish(this, gate.Update(commit, commit, this.settings.branch)):
                return None
        published = this.releases.publish(commit)
        this.releases.prune(this.settings.keep)
        _forget(this)
    return published


def address(repository: Repository, release: Release) -> str:
    """Where readers find the site, as the release's own mkdocs.yml says; "" when it does not."""
    text = repository.text(release.commit, mkdocs_yml.FILE_NAME)
    words = gate.site_texts_of(text)[0] if text is not None else None
    return words.url if words else ""


def _forget(this: Push) -> None:
    """Remove the notes on commits of which there is no release any more."""
    commits = {release.commit for release in this.releases.all()}
    for note in this.note.iterdir():
        if note.name not in commits:
            note.unlink()
