"""What a government site says of itself, from `extra.government` in mkdocs.yml.

Read here and not from MkDocs' own configuration, because a finding needs its line. Each entry
is taken from the nearest file that has it.

The shapes are those of real sites: ten digits for a 网站标识码, or `bm` and eight digits, which
the ministries' sites carry; fourteen digits in a 公安备案号; eight or ten in an ICP备案号. No rule
with these lengths was at hand, so only the shape is checked, never whether a number exists.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from msgspec import Struct
from msgspec.structs import replace

from disclosure.config import mkdocs_yml
from disclosure.config.mkdocs_yml import ConfigFile, members
from disclosure.config.rules import NOT_SAID, SETTING_SHAPE, UNKNOWN_SETTING
from disclosure.config.settings import Government
from disclosure.model.diagnostics import Diagnostic, Rule, Span


class FieldShape(Struct, frozen=True):
    """One setting: its official name, the shape it must have, and an example of it."""

    title: str
    shape: re.Pattern[str]
    example: str


_WORDS = re.compile(r"\S[^\n]{0,99}")

FIELDS: Mapping[str, FieldShape] = {
    "sponsor": FieldShape("主办单位", _WORDS, "示例区财政局"),
    "operator": FieldShape("承办单位", _WORDS, "示例区财政信息中心"),
    "site_code": FieldShape("网站标识码", re.compile(r"([0-9]{2}|bm)[0-9]{8}"), '"1308030001"'),
    "icp": FieldShape(
        "ICP备案号",
        re.compile(r"[\u4e00-\u9fff]ICP备([0-9]{8}|[0-9]{10})号(-[0-9]{1,4})?"),
        "冀ICP备12345678号-1",
    ),
    "police": FieldShape(
        "公安备案号",
        re.compile(r"[\u4e00-\u9fff]公网安备[0-9]{14}号"),
        "冀公网安备13080302000001号",
    ),
    "contact": FieldShape("联系方式", _WORDS, "0314-1234567"),
    "licence": FieldShape(
        "使用许可", re.compile(r"\S[^\n]{0,299}"), "任何人都可以免费使用，请注明来源。"
    ),
    "report": FieldShape(
        "纠错地址",
        re.compile(r"mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+|https://[!-~]+"),
        "mailto:jiucuo@example.gov.cn 或 https://example.gov.cn/jiucuo",
    ),
}


#: What readers need to know who is responsible, and by which approval the site is online: a new
#: site is asked for it, and `check` reminds of what was not said.
ASKED = ("sponsor", "contact", "report", "icp")


class GovernmentEntries(Struct, frozen=True):
    """What was read: the valid entries, and what is wrong with the others."""

    government: Government
    diagnostics: tuple[Diagnostic, ...]


class _YamlNode(Struct, frozen=True):
    """A node of a file, which knows its line."""

    path: str
    lines: tuple[str, ...]
    node: yaml.Node

    def finding(self, rule: Rule, message: str, hint: str) -> Diagnostic:
        """A finding at the node."""
        mark = self.node.start_mark
        excerpt = self.lines[mark.line] if mark.line < len(self.lines) else ""
        length = max(1, min(self.node.end_mark.index - mark.index, len(excerpt) - mark.column))
        return rule.at(
            Span(self.path, mark.line + 1, mark.column + 1, length, excerpt), message, hint
        )


def read(config: Path) -> GovernmentEntries:
    """The entries of the file `config` and of those it inherits from.

    Raises:
        OSError: A file cannot be read.
        yaml.YAMLError: A file is not YAML.
    """
    return of_files(mkdocs_yml.inherited(config))


def of_files(files: Sequence[ConfigFile]) -> GovernmentEntries:
    """The entries of configuration files, the nearest first."""
    root = files[0].path.parent
    return _judged(block for file in files for block in _blocks(file, root))


def reminder(files: Sequence[ConfigFile]) -> Diagnostic | None:
    """What a site does not say of those responsible for it; `~` says that there is none."""
    root = files[0].path.parent
    blocks = [block for file in files for block in _blocks(file, root)]
    present = {key.value for block in blocks for key, _ in members(block.node)}
    missing = [name for name in ASKED if name not in present]
    if not missing:
        return None
    titles = "、".join(f"{FIELDS[name].title}（{name}）" for name in missing)
    example = "，".join(f"{name}: {FIELDS[name].example}" for name in missing)
    return _first(blocks, files[0]).finding(
        NOT_SAID,
        f"网站没有写明{titles}",
        f"请写在 extra 下面的 government 里，每项一行，例如：{example}。确实没有的写 ~，不再提醒。",
    )


def _first(blocks: Sequence[_YamlNode], file: ConfigFile) -> _YamlNode:
    """Where more can be said of a government: beside what is said, or at the top."""
    start = yaml.Mark("", 0, 0, 0, None, 0)
    top = file.top or yaml.ScalarNode(_NULL, "", start, start)
    whole = _YamlNode(file.path.name, tuple(file.text.splitlines()), top)
    return next(iter(blocks), whole)


def fits(name: str, text: str) -> bool:
    """Whether an entry may hold a text."""
    return bool(FIELDS[name].shape.fullmatch(text)) and (name != "report" or _leads(text))


def _judged(blocks: Iterable[_YamlNode]) -> GovernmentEntries:
    """The entries of all blocks, nearest first; of equal ones the first counts."""
    found: dict[str, str] = {}
    problems: list[Diagnostic] = []
    seen: set[str] = set()
    for block in blocks:
        if not isinstance(block.node, yaml.MappingNode) and block.node.tag != _NULL:
            problems.append(block.finding(SETTING_SHAPE, *_NO_MAPPING))
        for key, value in members(block.node):
            if key.value in seen or value.tag == _NULL:
                continue
            seen.add(key.value)
            problem = _problem(replace(block, node=key), replace(block, node=value))
            if problem:
                problems.append(problem)
            else:
                found[key.value] = value.value
    return GovernmentEntries(Government(**found), tuple(problems))


#: `~`, or nothing behind the colon: not configured.
_NULL = "tag:yaml.org,2002:null"

_NO_MAPPING = (
    "government 下面没有逐项写明网站信息",
    "请每项一行，缩进两格，例如：sponsor: 示例区财政局。没有可写的请删去 government。",
)


def _problem(key: _YamlNode, value: _YamlNode) -> Diagnostic | None:
    entry = FIELDS.get(key.node.value)
    if entry is None:
        known = "、".join(FIELDS)
        message = f"government 里没有“{key.node.value}”这一项"
        hint = f"可以写的有：{known}。请改正名称，或删去这一行。"
        return key.finding(UNKNOWN_SETTING, message, hint)
    text = value.node.value if isinstance(value.node, yaml.ScalarNode) else ""
    as_it_is = text.isprintable() and not value.node.tag.startswith("!")
    if as_it_is and fits(key.node.value, text):
        return None
    return value.finding(
        SETTING_SHAPE,
        f"{entry.title}（{key.node.value}）的写法不对",
        f"请写成这样：{key.node.value}: {entry.example}。没有的请删去这一行，页面上就不出现。",
    )


def _leads(address: str) -> bool:
    """Whether an address is whole: a mail address, or one with a host."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "mailto" or bool(parts.hostname and parts.port != 0)
    except ValueError:  # such as a port that is no number
        return False


def _blocks(file: ConfigFile, root: Path) -> Iterator[_YamlNode]:
    """What stands under `extra.government` in a file."""
    path = Path(os.path.relpath(file.path, root)).as_posix()
    for _, extra in members(file.top, "extra"):
        for _, block in members(extra, "government"):
            yield _YamlNode(path, tuple(file.text.splitlines()), block)
