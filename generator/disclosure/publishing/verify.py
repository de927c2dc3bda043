"""Whether a published site is what the data gives, byte for byte.

First every file is compared with the site's own `manifest.json`; then the commit that it names is
taken from the repository and built again, and both lists are compared. A site that was made by
another version of this program may differ for that reason alone, so nothing is said of it then.

The manifest and its lists are the site's own word and may be hostile: they are bounded, and a path
in them is only ever joined to the site's root after it was found harmless.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from pathlib import Path

import yaml
from msgspec import Struct
from msgspec.structs import replace

from disclosure.config import mkdocs_yml
from disclosure.engine import git
from disclosure.engine.git import GitError
from disclosure.publishing import checkout, gate
from disclosure.publishing.published_site import Folder, PublishedSite, UnreachableError
from disclosure.publishing.repository import Repository, TreeEntry
from disclosure.publishing.settings import FILE_NAME, ServerSettings, load
from disclosure.site import manifest, mkdocs_process
from disclosure.site.build_protocol import BuildOrder
from disclosure.site.manifest import FolderListing, ListedFile, Listing, ListingT, Manifest

#: What a manifest may list, so that a hostile one does not keep us busy for ever. A site of 150,000
#: project pages has 1.4 million files.
MAX_FILES, MAX_FILE_BYTES, MAX_LIST_BYTES = 2_000_000, 200_000_000, 20_000_000

_AT_ONCE, _TOGETHER = 8, 1_000  # files read at the same time, and until it is said how many are
_FILES = frozenset({"100644", "100755"})
_NOWHERE = frozenset({"", ".", "..", ".git"})  # what git, too, never writes to a disk
_PATH = re.compile(r"(?!/)(?!.*//)(?!(.*/)?\.\.?(/|$))[^\\\x00-\x1f\x7f]{1,1000}(?<!/)")


class VerifyOutcome(Enum):
    """The result of a comparison."""

    SAME = auto()
    DIFFERENT = auto()
    UNDECIDED = auto()


class VerifyResult(Struct, frozen=True):
    """Whether a site is what the data gives.

    Attributes:
        outcome: Whether it is, is not, or could not be found out.
        commit: Of which commit the site says it is; "" when it does not.
        reason: Why it could not be found out, in Chinese; else "".
        altered: Files that are not as the site's own manifest says.
        missing: Files of the manifest that are not there.
        extra: Files that are there and not in the manifest.
        unlike: Files that the commit gives with other bytes, or that only one of both has.
        closed: Files and folders that the user of a web server cannot read.
    """

    outcome: VerifyOutcome
    commit: str = ""
    reason: str = ""
    altered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


class CommitSource(Struct, frozen=True):
    """Where commits are taken from.

    Attributes:
        repository: Holds them.
        settings: What the site's server lets a push bring.
        prefix: The project's folder in the commit, "" or ending in `/`.
        trusted: Whether a commit's own mkdocs.yml may be used, with the plugins and hooks it
            names, as `disclosure build` does in one's own clone.
        shallow: Whether earlier commits are missing.
    """

    repository: Repository
    settings: ServerSettings
    prefix: str
    trusted: bool
    shallow: bool


class _UndecidedError(Exception):
    """It cannot be found out; the text says why, in Chinese."""


def source_in(folder: Path) -> CommitSource | None:
    """The repository in or around a folder: a clone, or a bare one; None when there is none.

    Raises:
        GitError: Git is not installed.
        settings.SettingsError: It is a server's, and its settings are wrong.
    """
    questions = ("--git-common-dir", "--show-prefix", "--is-shallow-repository")
    done = git.in_folder(folder).run("rev-parse", "--path-format=absolute", *questions)
    if done.returncode:
        return None
    place, prefix, shallow = done.stdout.decode("utf-8", "replace").split("\n")[:3]
    is_server = Path(place, FILE_NAME).is_file()
    return CommitSource(
        repository=Repository(Path(place)),
        settings=load(Path(place)) if is_server else ServerSettings(www=Path()),
        prefix=prefix,
        trusted=not is_server,
        shallow=shallow == "true",
    )


def verify(site: PublishedSite, source: CommitSource, say: Callable[[str], None]) -> VerifyResult:
    """Compare a published site with what its commit gives; `say` is told what is being done.

    Raises:
        OSError: This machine cannot write what is built.
    """
    commit = ""
    try:
        say("正在读取网站的文件清单")
        listed = _listed(site)
        commit = listed.manifest.commit or ""
        found = _compared(site, listed, say)
        shut = site.closed()
        if found.outcome is VerifyOutcome.DIFFERENT:
            return replace(found, closed=shut)
        _judge(listed.manifest, source)
        say(f"正在从仓库重新生成提交 {commit[:10]} 的网站")
        return replace(_against(listed, _rebuilt(listed.manifest, source)), closed=shut)
    except (UnreachableError, _UndecidedError, GitError) as error:
        return VerifyResult(VerifyOutcome.UNDECIDED, commit, str(error))


class _Listed(Struct, frozen=True):
    """A site's manifest, and every file that it and its lists name, those lists among them."""

    manifest: Manifest
    files: tuple[ListedFile, ...]


def _listed(site: PublishedSite) -> _Listed:
    """What a site lists, harmless."""
    contents = site.read(manifest.NAME, MAX_LIST_BYTES)
    if not contents:
        raise _UndecidedError(f"网站上没有 {manifest.NAME}，不是本程序生成的，或版本太旧。")
    head = _understood(Manifest, manifest.NAME, contents)
    files: dict[str, ListedFile] = {}
    waiting: list[Listing] = [head]
    while waiting:
        listing = waiting.pop()
        named = [*listing.lists, *listing.files]
        if not all(map(_is_harmless, named)):
            raise _UndecidedError("网站的文件清单里有不允许的路径或过大的文件。")
        expected = len(files) + len(named)
        files.update((file.path, file) for file in named)
        if len(files) != expected or expected > MAX_FILES:
            raise _UndecidedError("网站的文件清单列出的文件太多或有重复。")
        for file in listing.lists:
            contents = site.read(file.path, MAX_LIST_BYTES)
            if _sums(contents) == {file.sha256}:  # a list that fails it is reported later
                waiting.append(_understood(FolderListing, file.path, contents))
    return _Listed(head, tuple(files.values()))


def _understood(kind: type[ListingT], path: str, contents: Sequence[bytes]) -> ListingT:
    """A list of files as it was served."""
    found = manifest.parse(kind, contents[0]) if len(contents[0]) <= MAX_LIST_BYTES else None
    if found is None or len(set(contents)) > 1:
        raise _UndecidedError(f"网站上的 {path} 读不懂，可能被改动过。")
    return found


def _is_harmless(file: ListedFile) -> bool:
    is_path = _PATH.fullmatch(file.path) is not None and file.path != manifest.NAME
    return is_path and file.size <= MAX_FILE_BYTES


def _compared(site: PublishedSite, listed: _Listed, say: Callable[[str], None]) -> VerifyResult:
    """The site beside its own lists."""
    altered, missing = [], []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        try:
            for start in range(0, len(listed.files), _TOGETHER):
                say(f"正在核对校验值：{len(listed.files)} 个文件，已核对 {start} 个")
                files = listed.files[start : start + _TOGETHER]
                served = pool.map(lambda file: _sums(site.read(file.path, file.size)), files)
                for file, sums in zip(files, served, strict=True):
                    if not sums:
                        missing.append(file.path)
                    elif sums != {file.sha256}:
                        altered.append(file.path)
        except UnreachableError:
            pool.shutdown(cancel_futures=True)  # one file without an answer is enough
            raise
    extra = site.others(frozenset(file.path for file in listed.files) | {manifest.NAME})
    outcome = VerifyOutcome.DIFFERENT if altered or missing or extra else VerifyOutcome.SAME
    commit = listed.manifest.commit or ""
    return VerifyResult(outcome, commit, "", tuple(sorted(altered)), tuple(sorted(missing)), extra)


def _sums(contents: Iterable[bytes]) -> set[str]:
    return {hashlib.sha256(content).hexdigest() for content in contents}


def _judge(listed: Manifest, source: CommitSource) -> None:
    """Whether building again can tell anything."""
    installed = manifest.generator_version()
    if listed.generator != installed:
        raise _UndecidedError(
            f"网站是用本程序 {listed.generator} 版生成的，这里安装的是 {installed} 版，"
            "两个版本生成的网页可能不同，无法判断。请安装同一版本再核对。"
        )
    if listed.commit is None:
        raise _UndecidedError(
            "网站生成时数据不在 git 仓库里，或有未提交的修改，没有可以核对的提交。"
        )
    if not listed.complete_history or source.shallow:
        where = "这里的仓库" if source.shallow else "网站生成时所用的仓库"
        raise _UndecidedError(f"{where}只有部分历史（浅克隆），网页上的版本会不同，无法判断。")
    if not source.repository.is_commit(listed.commit):
        raise _UndecidedError(f"仓库里没有提交 {listed.commit[:10]}。请先 git fetch 再核对。")


def _rebuilt(listed: Manifest, source: CommitSource) -> _Listed:
    """What the site that the commit gives lists."""
    assert listed.commit is not None, "judged before"
    with tempfile.TemporaryDirectory() as scratch:
        root = _laid_out(listed, listed.commit, source, Path(scratch))
        site = Path(scratch, "site")
        try:
            result = mkdocs_process.build(
                root,
                site,
                strict=False,
                progress=lambda _: None,
                order=BuildOrder(seconds=source.settings.seconds),
                environment=checkout.environment(listed.commit),
            )
        except subprocess.TimeoutExpired:
            raise _UndecidedError("重新生成网站用的时间太长，已经停止。") from None
        if not result.ok:
            raise _UndecidedError(f"提交 {listed.commit[:10]} 的数据在这里不能生成网站。")
        return _listed(Folder(site))


def _laid_out(listed: Manifest, commit: str, source: CommitSource, scratch: Path) -> Path:
    """The project's folder of a commit: with its own configuration where the site had that."""
    entries: list[TreeEntry] = []
    for entry in source.repository.entries(commit):
        entries.append(entry)
        if len(entries) > source.settings.max_files:
            break
    if source.trusted:
        root = _own(source, commit, entries, scratch / "own")
        if _has_configuration(root, listed):
            return root
    if any(True for _ in gate.of_tree(entries, source.settings)):
        raise _UndecidedError(
            f"提交 {commit[:10]} 里有服务器不接收的文件（链接、怪文件名或过大）。"
        )
    text = source.repository.text(commit, mkdocs_yml.FILE_NAME)
    words = gate.site_texts_of(text)[0] if text is not None else None
    if words is None:
        raise _UndecidedError(f"提交 {commit[:10]} 的 {mkdocs_yml.FILE_NAME} 不能使用。")
    folder = scratch / "source"
    checkout.lay_out(folder, source.repository, source.settings, commit, entries, words)
    return folder


def _own(source: CommitSource, commit: str, entries: Sequence[TreeEntry], folder: Path) -> Path:
    """All files of a commit but links, as in a clone; the project's folder among them."""
    wanted = [e for e in entries if e.mode in _FILES and not _NOWHERE & {*e.path.split("/")}]
    source.repository.copy((entry.object, folder / entry.path) for entry in wanted)
    source.repository.lend(folder, commit)
    return folder / source.prefix


def _has_configuration(root: Path, listed: Manifest) -> bool:
    """Whether the site was made with this folder's own mkdocs.yml."""
    try:
        files = mkdocs_yml.files(root / mkdocs_yml.FILE_NAME)
        return manifest.of_configuration(files) == listed.configuration
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        return False


def _against(listed: _Listed, made: _Listed) -> VerifyResult:
    """The published list beside the one that was made here."""
    here = {(file.path, file.sha256) for file in made.files}
    there = {(file.path, file.sha256) for file in listed.files}
    unlike = {path for path, _ in here ^ there}
    apart = {"lists", "files", "tools"}
    if made.manifest.model_dump(exclude=apart) != listed.manifest.model_dump(exclude=apart):
        unlike.add(manifest.NAME)
    if unlike and made.manifest.tools != listed.manifest.tools:
        tools = made.manifest.tools.items() ^ listed.manifest.tools.items()
        differing = sorted({name for name, _ in tools})
        raise _UndecidedError(
            f"有 {len(unlike)} 个文件不同，但网站生成时所用的 {'、'.join(differing)} "
            "版本与这里的不同，无法判断。"
        )
    outcome = VerifyOutcome.DIFFERENT if unlike else VerifyOutcome.SAME
    return VerifyResult(outcome, made.manifest.commit or "", unlike=tuple(sorted(unlike)))
