"""A record as YAML, in the style of the data files: every value as plain as the reader allows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import yaml

#: A value of a data file before it is typed: text, nothing, or more of it.
YamlValue = str | None | Mapping[str, "YamlValue"] | Sequence["YamlValue"]
#: What is remarked in a file, by the field after which it stands; () is the beginning.
Comments = Mapping[tuple[str | int, ...], Sequence[str]]

#: What stands beside a field as in the data files written by hand.
_BESIDE = {"budget": "     # 万元", "spent": "     # 万元", "spending_plan": "     # 累计，万元",
           "unproofread": "     # 由机器识别，尚未与原件核对；核对一处，删去一处"}  # fmt: skip
_ON_ONE_LINE = {"budget", "continues"}


class _Dumper(yaml.SafeDumper):
    """Our reader takes everything as text, so only what would mean nothing needs quotes."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, known) for tag, known in found if tag == "tag:yaml.org,2002:null"]
    for first, found in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


#: A text that YAML takes as it stands wherever a value may: found in a tenth of the time that the
#: library needs to find out (decision 0020). Whatever else a text may be, the library writes.
_PLAIN = re.compile(r"[^\W_](?:[^:#]*[^:#\s])?")
_NOTHING = {"null", "Null", "NULL"}


def scalar(text: str | None) -> str:
    """One value on one line; `~` for nothing."""
    if text is None:
        return "~"
    if "\n" in text or not text.isprintable():
        return json.dumps(text, ensure_ascii=not text.replace("\n", "").isprintable())
    if _PLAIN.fullmatch(text) and text not in _NOTHING:
        return text
    written: str = yaml.dump(
        [text], Dumper=_Dumper, default_flow_style=False, allow_unicode=True, width=10**9
    )
    return written.removeprefix("- ").removesuffix("\n")


def document(head: Sequence[str], record: Mapping[str, YamlValue], comments: Comments) -> str:
    """A whole file.

    Args:
        head: Comment lines at its beginning, without `#`.
        record: Its fields in their order.
        comments: What to remark behind which field, or item of a list.
    """
    lines = [*(f"# {line}" for line in head), *_comments(comments, ())]
    lines += _fields(record, comments)
    for where in comments:  # what stood after a value that the file has no field for
        if where and not _is_there(record, where):
            lines += _comments(comments, where)
    return "\n".join(lines) + "\n"


def _fields(
    record: Mapping[str, YamlValue], comments: Comments, money: YamlValue = None
) -> Iterator[str]:
    """The fields of a file, or of a record within it, each beginning a line.

    `money` is the unit that the record around it states.
    """
    in_yuan = record.get("money", money) == "元"
    for key, value in record.items():
        comment = _BESIDE.get(key, "") if value is not None else ""
        comment = comment.replace("万元", "元") if in_yuan else comment
        yield from _field(key, value, comments, comment)
        yield from _comments(comments, (key,))


def _is_there(record: Mapping[str, YamlValue], where: tuple[str | int, ...]) -> bool:
    """Whether a file has the field, and the item of it if one is meant."""
    key, *item = where
    if key not in record or not item:
        return key in record
    value = record[str(key)]
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    return is_list and key not in _ON_ONE_LINE and int(item[0]) < len(value or "")


def _field(key: str, value: YamlValue, comments: Comments, comment: str) -> Iterator[str]:
    if isinstance(value, str) and _is_block(value):
        yield f"{key}: |"
        yield from (f"  {line}" for line in value.split("\n"))
    elif value is None or isinstance(value, str):
        yield f"{key}: {scalar(value)}{comment}"
    elif not value or (key in _ON_ONE_LINE and _is_flat(value)):
        yield f"{key}: {_flow(value)}{comment}"
    elif isinstance(value, Mapping):
        yield f"{key}:{comment}"
        for name, inner in value.items():
            if inner is None or isinstance(inner, str):
                yield f"  {scalar(name)}: {scalar(inner)}"
            else:
                within = _fields({name: inner}, {}, value.get("money"))
                yield from (f"  {line}" for line in within)
    else:
        yield f"{key}:{comment}"
        for at, item in enumerate(value):
            yield from _item(item)
            yield from _comments(comments, (key, at))


def _is_flat(value: YamlValue) -> bool:
    """Whether nothing but texts is within a mapping or list."""
    inner = value.values() if isinstance(value, Mapping) else value or ()
    return all(one is None or isinstance(one, str) for one in inner)


def _is_block(text: str) -> bool:
    """Whether a text of several paragraphs can stand as a block."""
    lines = text.split("\n")
    plain = all(line and line == line.strip() and line.isprintable() for line in lines)
    return len(lines) > 1 and plain


def _item(item: YamlValue) -> Iterator[str]:
    """An item of a list: a text, or one field on each line."""
    if isinstance(item, Mapping):
        lines = (line for key, value in item.items() for line in _of_item(key, value))
        for number, line in enumerate(lines):
            yield f"  {'- ' if number == 0 else '  '}{line}"
    else:
        assert item is None or isinstance(item, str)
        yield f"  - {scalar(item)}"


def _of_item(key: str, value: YamlValue) -> Iterator[str]:
    """A field of an item: on one line but for lists of records."""
    if value is None or isinstance(value, str):
        yield f"{scalar(key)}: {scalar(value)}"
    elif isinstance(value, Mapping) or _is_flat(value):
        yield f"{key}: {_flow(value)}"
    else:
        yield from _field(key, value, {}, "")


def _flow(value: YamlValue) -> str:
    """A short mapping or list on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{within(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if value is None or isinstance(value, str):
        return within(value)
    return "[" + ", ".join(map(_flow, value)) + "]"


def within(value: str | None) -> str:
    """A scalar within brackets, where more characters mean something."""
    special = set(value or "") & set(",[]{}\"'#:&*!|>%@`")
    return json.dumps(value, ensure_ascii=False) if special else scalar(value)


def _comments(comments: Comments, where: tuple[str | int, ...]) -> Iterator[str]:
    """Remarks as comments; whatever a line break may be, it does not end one."""
    for remark in comments.get(where, ()):
        yield f"# {' '.join(remark.split())}"
