"""What every command needs: exit codes, refusals, progress, and how findings are said.

Reports go to standard output, everything else to standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from disclosure.cli import chinese

if TYPE_CHECKING:
    from disclosure.config.site_project import SiteProject
    from disclosure.model.diagnostics import Diagnostic

chinese.speak_chinese()  # before any command is defined: click takes some words while defining

CLEAN, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130

_Function = TypeVar("_Function", bound=Callable[..., object])


class Refusal(click.ClickException):
    """What was asked for cannot be done; nothing was changed."""


def new_folder(question: str) -> Callable[[_Function], _Function]:
    """The argument `target`: a folder that the command makes, or fills if it is empty."""
    return click.argument(
        "target",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="文件夹",
        help=f"{question}，须是空的或新的文件夹。",
    )


def project(folder: Path) -> SiteProject:
    """The project in `folder`, or a refusal that says where to go."""
    import yaml

    from disclosure.config import mkdocs_yml
    from disclosure.config.site_project import load_project

    file = folder / mkdocs_yml.FILE_NAME
    if not file.is_file():
        raise Refusal(
            f"{folder.resolve()} 里没有 {mkdocs_yml.FILE_NAME}。\n"
            "请先进入项目文件夹，或者这样指明：disclosure -C 项目文件夹 …"
        )
    try:
        return load_project(folder)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        from disclosure.site.configuration_trouble import explain

        raise Refusal(explain(file, error)) from None


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Something to say what is being done: on a terminal it shows, elsewhere it is silent."""
    if not sys.stderr.isatty():
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("") as status:
        yield lambda text: status.update(Text(f"{text}……"))


def say_findings(findings: Sequence[Diagnostic]) -> None:
    """The findings, beside what a command gives."""
    if findings:
        click.echo(as_text(findings, sys.stderr.isatty()), err=True)


def as_text(findings: Sequence[Diagnostic], terminal: bool) -> str:
    """The findings as a report, in colours where a terminal shows them."""
    from disclosure.reports import finding_report

    return finding_report.render_text(
        findings, color=terminal and "NO_COLOR" not in os.environ
    ).rstrip()
