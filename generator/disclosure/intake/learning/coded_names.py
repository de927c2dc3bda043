"""Names of projects with their codes in one text: `51000026R000000000001-甲项目`."""

from __future__ import annotations

import re

from disclosure.forms import capturing, templates

_CODE = r"(?=(?:[0-9A-Z]*[0-9]){6})[0-9A-Z]{12,40}"
_BEFORE = re.compile(
    rf"(?P<code>{_CODE})(?P<gap>[-—_－–]+|[ 　\n]+)(?P<name>[^0-9\s-].*)", re.DOTALL
)
_BEHIND = re.compile(
    rf"(?P<name>.*[^0-9\s])(?P<gap>\s*[(（\[【-])(?P<code>{_CODE})(?P<end>[)）\]】]?)", re.DOTALL
)
_HAS_CODE = re.compile(rf"(?<![0-9A-Z]){_CODE}(?![0-9A-Z])")


def split_name(text: str) -> tuple[str, dict[str, str]]:
    """The template of such a text and what stands in its fields; "" where it is no such text."""
    printed = text.strip()
    if found := _BEFORE.fullmatch(printed):
        template = f"{{code}}{templates.literal(found['gap'])}{{name}}"
    elif found := _BEHIND.fullmatch(printed):
        template = f"{{name}}{templates.literal(found['gap'])}{{code}}{found['end']}"
    else:
        return "", {}
    said = {"code": found["code"], "name": found["name"]}
    return (template, said) if capturing.captured(template, text) == said else ("", {})


def has_code(text: str) -> bool:
    """Whether a code stands somewhere in a name."""
    return bool(_HAS_CODE.search(text))
