"""Checks a pushed commit, builds its site, and tells the author of the push about both."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from disclosure.config import mkdocs_yml
from disclosure.model.diagnostics import Diagnostic, has_errors
from disclosure.model.safe_text import visible
from disclosure.publishing import checkout, gate, release_changes, release_summary, serving
from disclosure.publishing.push import Push
from disclosure.publishing.repository import TreeEntry
from disclosure.reports import finding_report
from disclosure.site import mkdocs_process
from disclosure.site.build_protocol import BuildOrder

#: Where the log of a build stands that failed for no fault of the data.
LOG = "disclosure-failed.log"

_UNCHANGED = "没有发布，网站没有改动。"
_DISK_FULL = "[Errno 28]"
_MAX_NAMED = 20


def finish(this: Push, update: gate.Update) -> bool:
    """Judge a commit and finish its site; say what is wrong or what changes for readers."""
    commit = update.new
    entries = _judged(this, update)
    if entries is None:
        return False
    text = this.repository.text(commit, mkdocs_yml.FILE_NAME)
    words, wrong = (
        gate.site_texts_of(text) if text is not None else (None, (gate.no_configuration(),))
    )
    if words is None:
        return refuse(this, wrong)
    with this.releases.context() as context:
        checkout.lay_out(this.source, this.repository, this.settings, commit, entries, words)
        built = _built(this, context / "site", commit)
        if built is None:
            return False
        release_changes.remember(this.note / commit, built.diagnostics)
        _tell_changes(this, context / "site", commit, built.diagnostics)
        this.releases.finish(context / "site", commit)
    return True


def _judged(this: Push, update: gate.Update) -> Sequence[TreeEntry] | None:
    """Everything in the commit's tree; None when the gate refuses it."""
    entries: list[TreeEntry] = []
    tree = this.repository.entries(update.new)
    refused = [*gate.of_tree(_kept(tree, entries), this.settings)]
    if not refused and not update.creates:
        changed = this.repository.changed(update.old, update.new)
        refused = [*gate.of_changes(changed, this.settings)]
        if mkdocs_yml.FILE_NAME in changed:
            old, new = (
                this.repository.text(commit, mkdocs_yml.FILE_NAME) or ""
                for commit in (update.old, update.new)
            )
            refused += gate.of_configuration(old, new, this.settings)
    if refused:
        refuse(this, refused)
        return None
    return entries


def _kept(tree: Iterable[TreeEntry], entries: list[TreeEntry]) -> Iterable[TreeEntry]:
    """The tree as it comes, and in `entries` what of it was asked for."""
    for entry in tree:
        entries.append(entry)
        yield entry


def _built(this: Push, site: Path, commit: str) -> mkdocs_process.BuildResult | None:
    """The site, built by the installed program; None when it was not, and why is said."""
    live = this.releases.live()
    order = BuildOrder(
        cache_folder=this.cache.resolve(),
        previous_site=live.folder.resolve() if live else None,
        copy_suffix=serving.COPY,
        retired_site=this.releases.spare.resolve(),
        seconds=this.settings.seconds,
    )
    try:
        result = mkdocs_process.build(
            this.source,
            site,
            strict=False,
            progress=lambda text: this.say(f"{text}……"),
            order=order,
            environment=checkout.environment(commit),
        )
    except subprocess.TimeoutExpired:
        this.say(f"生成网站超过了 {this.settings.seconds} 秒，已经停止。{_UNCHANGED}")
        this.say("请再推送一次；仍然这样，请联系管理员。")
        return None
    if result.ok:
        return result
    if has_errors(result.diagnostics):
        refuse(this, result.diagnostics)
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
    new = release_changes.unknown(before, diagnostics)
    found = release_changes.site_difference(live.folder if live else None, site, paths, new)
    this.say(release_summary.as_text(found.summary).rstrip())
    if found.others:
        this.say(f"改动的其他文件 {len(found.others)} 个：")
        for path in found.others[:_MAX_NAMED]:
            this.say(f"  {visible(path)}")


def refuse(this: Push, findings: Sequence[Diagnostic]) -> bool:
    """Say what was found, as `disclosure check` says it, and that nothing has changed."""
    this.say(finding_report.render_text(findings).rstrip())
    this.say(_UNCHANGED)
    return False
