"""Lets click, the command line's library, speak Chinese: its words and its columns."""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable
from pathlib import Path

import click

LOCALE = Path(__file__).parent / "locale"


def speak_chinese() -> None:
    """Let click find its Chinese words, whatever the language of the machine.

    gettext asks the environment, so this process (and those it starts) is told there.
    """
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("disclosure", LOCALE)
    gettext.textdomain("disclosure")


class Formatter(click.HelpFormatter):
    """Help whose columns line up although a Chinese character is two cells wide."""

    def write_heading(self, heading: str) -> None:
        """A heading with a Chinese colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Lines as they were written: Chinese has no spaces to break them at."""
        for line in text.splitlines():
            self.write(f"{'':>{self.current_indent}}{line}".rstrip() + "\n")

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,  # noqa: ARG002 - click's signature; no first column of ours is long
        col_spacing: int = 2,
    ) -> None:
        """Two columns; what stands in the second fits on a line."""
        from rich.cells import cell_len

        rows = list(rows)
        width = max(cell_len(first) for first, _ in rows) + col_spacing
        for first, second in rows:
            gap = " " * (width - cell_len(first))
            self.write(f"{'':>{self.current_indent}}{first}{gap}{second}\n")


class Context(click.Context):
    """A context whose help is laid out for Chinese."""

    formatter_class = Formatter


class Command(click.Command):
    """A command whose help is laid out for Chinese."""

    context_class = Context


class Group(click.Group):
    """A group of such commands."""

    context_class = Context
    command_class = Command
