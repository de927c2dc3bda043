"""What happens during a push, in the order in which it happens.

`pre_receive` runs before the branch moves, while the new commits are in quarantine: whatever is
wrong is found there, and the site is finished there, so that the branch only moves when it can be
served. `post_receive` runs when the branch has moved, and switches.

Of what was pushed, nothing is run and nothing configures anything: files are taken out one by
one, only those that the site is made of, and the configuration is written anew.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator import building, configuration, report
from generator.diagnostics import Diagnostic, has_errors
from generator.publishing import difference, gate, materials, summary
from generator.publishing.release import Release, Releases, alone
from generator.publishing.repository import Entry, Repository
from generator.publishing.settings import Settings
from generator.report.common import visible

Say = Callable[[str], None]

#: Where the log of a build stands that failed for no fault of the data.
LOG = "disclosure-failed.log"

_UNCHANGED = "没有发布，网站没有改动。"
_DISK_FULL = "[Errno 28]"
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Push:
    """What a push is about.

    Attributes:
        repository: The bare repository, as its hooks see it.
        settings: What the owner of the server has decided.
        releases: What was published before.
        say: Tells whoever pushes.
    """

    repository: Repository
    settings: Settings
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
    def kept(self) -> Path:
        """The folder of what builds keep for the next one; it may be removed at any time."""
        return self.repository.path / "disclosure-kept"


def push(folder: Path, settings: Settings, say: Say) -> Push:
    """A push to the repository in `folder`, whose hook we are."""
    return Push(Repository(folder, os.environ), settings, Releases(settings.www), say)


def pre_receive(this: Push, lines: Iterable[str]) -> bool:
    """Whether git may go on: the push may be made, its data is good, and its site is finished.

    Raises:
        release.BusyError: Another push is being published and does not come to an end.
        OSError: The machine is out of order, such as a full disk. The site is as it was.
    """
    started = time.monotonic()
    updates = gate.updates(lines)
    refused = [f for one in updates for f in gate.of_update(one, this.repository, this.settings)]
    if refused:
        return _refuse(this, refused)
    (update,) = updates  # git names each branch once, and only one is ours
    this.say("正在检查推送的内容……")
    with alone(this.repository.path, this.settings.seconds):
        if this.repository.tip(this.settings.branch) != ("" if update.creates else update.old):
            return _refuse(this, [gate.outrun(this.settings.branch)])
        this.releases.sweep()
        if not _finish(this, update):
            return False
    this.say(f"检查和生成用了 {time.monotonic() - started:.1f} 秒。")
    return True


def post_receive(this: Push) -> Release | None:
    """Serve the newest commit of the branch; None when its site could not be finished.

    Its site is ready, unless another push swept it away or the machine stopped in between.

    Raises:
        release.BusyError: Another push is being published and does not come to an end.
        OSError: The site cannot be switched; it is as it was.
    """
    with alone(this.repository.path, this.settings.seconds):
        commit = this.repository.tip(this.settings.branch)
        live = this.releases.live()
        if live is not None and live.commit == commit:
            return live
        if this.releases.ready(commit) is None:
            this.releases.sweep()
            if not _finish(this, gate.Update(commit, commit, this.settings.branch)):
                return None
        published = this.releases.publish(commit)
        this.releases.prune(this.settings.keep)
        _forget(this)
    return published


def address(repository: Repository, release: Release) -> str:
    """Where readers find the site, as the release's own mkdocs.yml says; "" when it does not."""
    text = repository.text(release.commit, configuration.FILE_NAME)
    words = gate.words(text)[0] if text is not None else None
    return words.url if words else ""


def _finish(this: Push, update: gate.Update) -> bool:
    """Judge a commit and finish its site; whoever pushes is told what was wrong or what changes."""
    commit = update.new
    entries = _judged(this, update)
    if entries is None:
        return False
    text = this.repository.text(commit, configuration.FILE_NAME)
    words, wrong = gate.words(text) if text is not None else (None, (gate.no_configuration(),))
    if words is None:
        return _refuse(this, wrong)
    with this.releases.workshop() as workshop:
        materials.lay_out(this.source, this.repository, this.settings, commit, entries, words)
        built = _built(this, workshop / "site", commit)
        if built is None:
            return False
        difference.remember(this.note / commit, built.diagnostics)
        _tell_changes(this, workshop / "site", commit, built.diagnostics)
        this.releases.finish(workshop / "site", commit)
    return True


def _judged(this: Push, update: gate.Update) -> Sequence[Entry] | None:
    """Everything in the commit's tree; None when the gate refuses it."""
    entries: list[Entry] = []
    tree = this.repository.entries(update.new)
    refused = [*gate.of_tree(_kept(tree, entries), this.settings)]
    if not refused and not update.creates:
        changed = this.repository.changed(update.old, update.new)
        refused = [*gate.of_changes(changed, this.settings)]
        if configuration.FILE_NAME in changed:
            old, new = (
                this.repository.text(commit, configuration.FILE_NAME) or ""
                for commit in (update.old, update.new)
            )
            refused += gate.of_configuration(old, new, this.settings)
    if refused:
        _refuse(this, refused)
        return None
    return entries


def _kept(tree: Iterable[Entry], entries: list[Entry]) -> Iterable[Entry]:
    """The tree as it comes, and in `entries` what of it was asked for."""
    for entry in tree:
        entries.append(entry)
        yield entry


def _built(this: Push, site: Path, commit: str) -> building.BuildResult | None:
    """The site, built by the installed program; None when it was not, and why is said."""
    live = this.releases.live()
    environment = {**materials.environment(commit), building.KEPT: str(this.kept.resolve())}
    environment[building.SPARE] = str(this.releases.spare.resolve())
    if live:
        environment[building.BEFORE] = str(live.folder.resolve())
    try:
        result = building.build(
            this.source,
            site,
            strict=False,
            progress=lambda text: this.say(f"{text}……"),
            environment=environment,
            seconds=this.settings.seconds,
        )
    except subprocess.TimeoutExpired:
        this.say(f"生成网站超过了 {this.settings.seconds} 秒，已经停止。{_UNCHANGED}")
        this.say("请再推送一次；仍然这样，请联系管理员。")
        return None
    if result.ok:
        return result
    if has_errors(result.diagnostics):
        _refuse(this, result.diagnostics)
    elif _DISK_FULL in result.log:
        this.say(f"服务器的磁盘已满。{_UNCHANGED}请联系管理员。")
    else:
        log = this.repository.path / LOG
        log.write_text(result.log, "utf-8")
        this.say(f"服务器没能生成网站。{_UNCHANGED}请联系管理员，原因在服务器上：{log}")
    return None


def _tell_changes(this: Push, site: Path, commit: str, diagnostics: Sequence[Diagnostic]) -> None:
    """Say what will be different for readers once this site is served."""
    live = this.releases.live()
    paths = this.repository.changed(live.commit, commit) if live else ()
    before = this.note / live.commit if live else None
    new = difference.unknown(before, diagnostics)
    found = difference.difference(live.folder if live else None, site, paths, new)
    this.say(summary.as_text(found.summary).rstrip())
    if found.others:
        this.say(f"改动的其他文件 {len(found.others)} 个：")
        for path in found.others[:_SHOWN]:
            this.say(f"  {visible(path)}")


def _forget(this: Push) -> None:
    """Remove the notes on commits of which there is no release any more."""
    commits = {release.commit for release in this.releases.all()}
    for note in this.note.iterdir():
        if note.name not in commits:
            note.unlink()


def _refuse(this: Push, findings: Sequence[Diagnostic]) -> bool:
    """Say what was found, as `disclosure check` says it, and that nothing has changed."""
    this.say(report.render_text(findings).rstrip())
    this.say(_UNCHANGED)
    return False
