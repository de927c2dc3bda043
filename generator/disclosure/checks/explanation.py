"""A rule's docstring as the page that users read: a title, and paragraphs under fixed headings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from msgspec import Struct

from disclosure.model.diagnostics import Rule

HEADINGS = ("检查什么", "为什么", "例子", "怎么改", "出处")

_HEADING = re.compile(rf"({'|'.join(HEADINGS)})：")
# Between Chinese characters a line goes on without a space; beside a Latin word it wants one.
_SPACED_BREAK = re.compile(r"(?<=[A-Za-z0-9])\n(?=\w)|(?<=\w)\n(?=[A-Za-z0-9])")


class Section(Struct, frozen=True):
    """A heading of a rule's page, such as `为什么`, and what stands under it."""

    heading: str
    paragraphs: tuple[str, ...]


class Explanation(Struct, frozen=True):
    """A rule with its page; `sections` is empty for a rule that is explained by its title alone."""

    rule: Rule
    sections: tuple[Section, ...] = ()


def explanation(rule: Rule, docstring: str) -> Explanation:
    """The page that a rule's docstring is; its first line, the title, stands in the rule too."""
    sections: list[Section] = []
    for block in inspect.cleandoc(docstring).split("\n\n")[1:]:
        found = _HEADING.match(block)
        paragraphs = tuple(_paragraphs(block[found.end() :] if found else block))
        if found:
            sections.append(Section(found.group(1), paragraphs))
        elif sections:
            last = sections.pop()
            sections.append(Section(last.heading, last.paragraphs + paragraphs))
    return Explanation(rule, tuple(sections))


def _paragraphs(block: str) -> Iterator[str]:
    """The block without its line breaks; each line that begins with `- ` is one of its own."""
    for part in re.split(r"\n(?=- )", block.strip()):
        lines = "\n".join(line.strip() for line in part.splitlines())
        yield _SPACED_BREAK.sub(" ", lines).replace("\n", "")
