"""What a push may bring, judged before any of it is written to a disk or read as data.

A refusal is a finding like those of `disclosure check` and reads like them. Git has already
refused what is no well-formed commit (`receive.fsckObjects`); here is judged what git allows.
"""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

import yaml
from msgspec import Struct

from disclosure.config import mkdocs_yml, site_texts
from disclosure.config.file_kinds import KINDS
from disclosure.model.conflict_marks import may_have_conflict
from disclosure.model.diagnostics import Diagnostic, Span
from disclosure.model.safe_text import is_safe
from disclosure.publishing import rules
from disclosure.publishing.repository import Repository, TreeEntry
from disclosure.publishing.settings import ServerSettings

#: What a push may change. Scripts, styles, HTML and SVG are not among it: browsers run them.
ALLOWED = (
    "data/*",
    *(f"site_src/*{kind}" for kind in KINDS),
    mkdocs_yml.FILE_NAME,
)
#: The folders whose files the site is made of.
SOURCES = ("data/", "site_src/")

_MAX_NAME = 200  # bytes; a page becomes a folder, and file systems take 255
_MAX_PATH = 1000  # bytes
_MAX_CONFIGURATION = 100_000  # characters
_FORBIDDEN = frozenset('\\:*?"<>|')
_RESERVED = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
_MODES = frozenset({"100644", "100755", "100664", "040000"})


class Update(Struct, frozen=True):
    """A line that git tells its hooks: where a branch or tag stood, and where it is to stand."""

    old: str
    new: str
    name: str

    @property
    def deletes(self) -> bool:
        """Whether nothing is to be left."""
        return not self.new.strip("0")

    @property
    def creates(self) -> bool:
        """Whether there was nothing."""
        return not self.old.strip("0")


def updates(lines: Iterable[str]) -> tuple[Update, ...]:
    """The lines that git writes to a hook."""
    return tuple(Update(*line.rstrip("\n").split(" ", 2)) for line in lines)


def of_updates(
    updates: Sequence[Update], repository: Repository, settings: ServerSettings
) -> Iterator[Diagnostic]:
    """Whether a push may move these branches and tags at all."""
    wanted = f"refs/heads/{settings.branch}"
    has_wanted = any(update.name == wanted for update in updates)
    for update in updates:
        if update.name == wanted:
            yield from _of_update(update, repository, settings)
        else:
            yield rules.OTHER_BRANCH.at(
                Span(update.name.removeprefix("refs/")),
                f"这台服务器只接收 {settings.branch} 分支，不接收其他分支和标签。",
                _what_to_push(update, settings.branch, has_wanted),
            )


def _what_to_push(update: Update, branch: str, has_wanted: bool) -> str:
    """The command that publishes what was pushed to another branch or to a tag.

    The clone need not have a branch of the published one's name. `HEAD` is what is checked out
    there, whether that is a branch or not; without one, git must be told that a branch is meant.
    """
    head = f"git push origin HEAD:refs/heads/{branch}"
    kind, _, name = update.name.removeprefix("refs/").partition("/")
    if has_wanted:
        alone = f"git push --no-follow-tags origin {branch}"
        return f"请只推送 {branch} 这一个分支：{alone}"
    if update.deletes:
        return f"这里不能删除，也不需要删除。要公开现在检出的提交，请运行：{head}"
    if kind != "heads" or not all(map(is_safe, name)):
        return f"要公开现在检出的提交，请运行：{head}"
    command = f"git push origin {shlex.quote(f'{name}:{branch}')}"
    return (
        f"要公开 {name} 的内容，请运行：{command}\n"
        f"提示 {name} 不存在的（src refspec），请先检出要公开的提交，再运行：{head}"
    )


def _of_update(
    update: Update, repository: Repository, settings: ServerSettings
) -> Iterator[Diagnostic]:
    """Whether a push may move the published branch this way."""
    if update.deletes:
        yield rules.DELETION.at(
            Span(settings.branch),
            "不能删除已经公开的分支。",
            "要退回以前的版本，请让管理员在服务器上运行 disclosure publish rollback。",
        )
    elif not repository.is_commit(update.new):
        yield rules.NO_COMMIT.at(Span(settings.branch), "推送的不是提交。", "请推送提交。")
    elif not update.creates and not repository.is_ancestor(update.old, update.new):
        yield rules.REWRITTEN.at(
            Span(settings.branch),
            "这次推送会抹去已经公开的提交，公开过的内容必须留下记录。",
            "请不要用 --force。先 git pull，再改正并推送；要撤回一次提交，用 git revert。",
        )


def outrun(branch: str) -> Diagnostic:
    """The branch moved while this push was waiting for its turn."""
    message, hint = "别人刚刚先推送了新的内容。", "请先 git pull，确认无误后再推送。"
    return rules.OUTRUN.at(Span(branch), message, hint)


def of_tree(entries: Iterable[TreeEntry], settings: ServerSettings) -> Iterator[Diagnostic]:
    """Whether everything in a commit is a plain file with a plain name and of bearable size."""
    seen: dict[str, str] = {}
    for count, entry in enumerate(entries, start=1):
        if count > settings.max_files:
            message = f"文件和文件夹超过 {settings.max_files} 个。"
            yield rules.TOO_MANY.at(Span("."), message, "请移走与公开无关的文件，或联系管理员。")
            return
        yield from _of_entry(entry, settings)
        key = unicodedata.normalize("NFKC", entry.path).casefold()
        if key in seen:
            message = f"与“{seen[key]}”只差大小写或字符的写法，在有的电脑上是同一个文件。"
            yield rules.SAME_NAME.at(Span(entry.path), message, "请改名，或只保留一个。")
        seen[key] = entry.path


def of_changes(paths: Iterable[str], settings: ServerSettings) -> Iterator[Diagnostic]:
    """Whether a push may change these files."""
    for path in paths:
        if not is_allowed(path, settings):
            yield rules.NOT_ALLOWED.at(
                Span(path),
                "推送只能改动 data 里的数据、site_src 里的页面和图片、mkdocs.yml 里的文字。",
                "请撤销对这个文件的改动；确实需要的，请管理员在服务器的 disclosure.toml 里允许。",
            )


def of_configuration(old: str, new: str, settings: ServerSettings) -> Iterator[Diagnostic]:
    """Whether a later push changes more of mkdocs.yml than its texts."""
    if any(fnmatchcase(mkdocs_yml.FILE_NAME, pattern) for pattern in settings.allow):
        return
    if _unreadable(new):
        return  # `site_texts_of` says so
    before, after = _settings_of(old), _settings_of(new)
    for key in sorted(before.keys() | after.keys(), key=str):
        if (key in before, before.get(key)) != (key in after, after.get(key)):
            yield rules.CONFIGURATION.at(
                Span(mkdocs_yml.FILE_NAME),
                f"推送不能改动其中的 {key}。"
                "可以改的是网站的名称、说明、网址、页脚、横幅、主办单位等信息、导航和 PDF 开关。",
                "请撤销这处改动；插件、扩展和主题用的是服务器上的，由管理员维护。",
            )


def site_texts_of(text: str) -> tuple[site_texts.SiteTexts | None, tuple[Diagnostic, ...]]:
    """What mkdocs.yml says that counts, or why it cannot be taken."""
    unreadable = _unreadable(text)
    found, problems = (None, (unreadable,)) if unreadable else site_texts.harmless(text)
    hint = "请改好后再推送。"
    return found, tuple(
        rules.CONFIGURATION.at(Span(mkdocs_yml.FILE_NAME), p, hint) for p in problems
    )


def no_configuration() -> Diagnostic:
    """There is no mkdocs.yml."""
    message = "没有 mkdocs.yml，不知道网站叫什么。"
    hint = "请在最外层文件夹里写一个，至少有一行：site_name: 网站的名称"
    return rules.CONFIGURATION.at(Span(mkdocs_yml.FILE_NAME), message, hint)


def is_allowed(path: str, settings: ServerSettings) -> bool:
    """Whether a push may change this file."""
    hidden = any(part.startswith(".") for part in path.split("/")) and path.startswith(SOURCES)
    patterns = settings.allow if hidden else (*ALLOWED, *settings.allow)
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def sources(entries: Iterable[TreeEntry], settings: ServerSettings) -> Sequence[TreeEntry]:
    """The files that the site is made of; whatever else the first push brought is left alone."""
    return [
        entry
        for entry in entries
        if entry.kind == "blob"
        and entry.path.startswith(SOURCES)
        and is_allowed(entry.path, settings)
    ]


def _of_entry(entry: TreeEntry, settings: ServerSettings) -> Iterator[Diagnostic]:
    """What is wrong with one entry: what it is, what it is called, how large it is."""
    where = Span(entry.path)
    if entry.mode == "120000":
        yield rules.LINK.at(where, "这是符号链接（快捷方式）。", "请删除它，换成真正的文件。")
    elif entry.kind == "commit":
        yield rules.SUBMODULE.at(where, "这是子模块，内容在别的仓库里。", "请换成真正的文件。")
    elif entry.mode not in _MODES:
        yield rules.LINK.at(where, "这不是普通文件。", "请换成真正的文件。")
    trouble = _trouble(entry)
    if trouble:
        hint = "请改名：只用文字、数字、短横线、下划线和点。"
        yield rules.ODD_NAME.at(where, f"文件名{trouble}。", hint)
    if entry.size > settings.max_megabytes * 1_000_000:
        size = f"{entry.size / 1_000_000:.1f} MB"
        message = f"文件有 {size}，超过 {settings.max_megabytes} MB。"
        yield rules.TOO_LARGE.at(where, message, "请压缩图片或拆分文件，或联系管理员。")


def _trouble(entry: TreeEntry) -> str:
    """What is wrong with a path on this system, on another, or for its readers; "" nothing."""
    try:
        path = entry.raw.decode("utf-8")
    except UnicodeDecodeError:
        return "不是 UTF-8 编码"
    name = path.rpartition("/")[2]  # the folders above have had their own turn
    stem = name.partition(".")[0].rstrip()
    troubles = (
        (len(entry.raw) > _MAX_PATH or len(name.encode()) > _MAX_NAME, "太长"),
        (not all(map(is_safe, name)), "含有看不见的字符或控制字符"),
        (bool(_FORBIDDEN & set(name)), '含有 \\ : * ? " < > | 中的一个'),
        (name != name.strip() or name.endswith("."), "以空格开头，或以空格或点结尾"),
        (stem.casefold() in _RESERVED, "是 Windows 保留的名称"),
    )
    return next((text for found, text in troubles if found), "")


def _unreadable(text: str) -> str:
    """Why an mkdocs.yml is not even looked into; "" when it may be.

    A few lines of aliases unfold to more than any machine can hold.
    """
    if len(text) > _MAX_CONFIGURATION:
        return f"mkdocs.yml 太长，最多 {_MAX_CONFIGURATION} 个字符。"
    if may_have_conflict(text):
        # Loaded only now: with it comes all that reads data, half of what git's second hook takes.
        from disclosure.reading.conflicts import conflicts  # noqa: PLC0415
        from disclosure.reading.source import SourceText  # noqa: PLC0415

        for found in conflicts(SourceText(mkdocs_yml.FILE_NAME, text), is_data=True):
            return f"mkdocs.yml 第 {found.span.line} 行：{found.message}{found.hint}"
    try:
        aliases = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text))
    except yaml.YAMLError:
        return ""  # `site_texts` says where
    return "mkdocs.yml 不能用 & 和 * 引用。" if aliases else ""


#: What a push may change at the top of mkdocs.yml, and of `extra`; `site_texts` judges it.
_TEXTS = ("site_name", "site_description", "site_url", "copyright", "nav")
_TEXTS_OF_EXTRA = ("banner", "government")


def _settings_of(text: str) -> Mapping[str, object]:
    """The keys of mkdocs.yml that a push may not change; none when it cannot be read."""
    try:
        found = mkdocs_yml.parse(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    mkdocs_yml.plugin_options(found).pop("pdf", None)
    extra = found.get("extra")
    if isinstance(extra, dict):
        rest = {key: value for key, value in extra.items() if key not in _TEXTS_OF_EXTRA}
        found["extra"] = rest or None
    # No `extra` is the same as an empty one; any other key without a value is still a key.
    return {
        key: value
        for key, value in found.items()
        if key not in _TEXTS and (key, value) != ("extra", None)
    }
