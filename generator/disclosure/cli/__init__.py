"""The command line: understands what was asked, calls the pipeline, prints the result.

The only package that prints or exits. Exit codes: 0 done and clean, 1 findings in the data,
2 could not run, 130 interrupted. Whatever a user reads is Chinese; `chinese` sees to click's own
words. Each command imports what it needs inside its function, so that `--help` and a build,
which only starts MkDocs, load little.
"""

from __future__ import annotations

import errno
import io
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import click

from disclosure.cli import (
    building,
    chinese,
    exporting,
    importing,
    publishing,
    reporting,
    scaffolding,
)
from disclosure.cli.common import FAILED, INTERRUPTED

TROUBLE = {
    errno.EACCES: "没有权限",
    errno.EBUSY: "正被其他程序占用",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOENT: "找不到文件或文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "这是文件，不是文件夹",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
}


@click.group(
    cls=chinese.Group,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    help="检查预算项目绩效目标的数据文件，并生成可以搜索的公开网站。",
    epilog="某个命令的详细说明：disclosure 命令 --help",
)
@click.option(
    "-C",
    "--project",
    "folder",
    type=click.Path(path_type=Path),
    default=".",
    metavar="文件夹",
    help="项目文件夹（放 mkdocs.yml 的那个），默认当前文件夹。",
)
@click.version_option(package_name="budget-disclosure")
@click.pass_context
def disclosure(context: click.Context, folder: Path) -> None:
    """Everything one does with a project: the folder that holds mkdocs.yml."""
    context.obj = folder


for command in (
    exporting.export,
    importing.import_,
    reporting.changes,
    reporting.check,
    reporting.compare,
    reporting.explain,
    building.build,
    building.render,
    building.serve,
    building.write_schemas,
    publishing.publish,
    scaffolding.new,
):
    disclosure.add_command(command)


def main() -> None:
    """The command `disclosure`."""
    signal.signal(signal.SIGTERM, _stop)  # ends like Ctrl-C: everything is left whole
    for stream in (sys.stdout, sys.stderr):  # a character unknown to the terminal is no failure
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line, to its exit code; no exception gets out."""
    try:
        outcome = disclosure.main(list(arguments), prog_name="disclosure", standalone_mode=False)
        return int(outcome)
    except click.ClickException as error:
        error.show()
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断。", err=True)
        return INTERRUPTED
    except OSError as error:
        trouble = TROUBLE.get(error.errno or 0, error.strerror or str(error))
        place = f"：{error.filename}" if error.filename else ""
        click.echo(f"错误：{trouble}{place}", err=True)
    except Exception:  # noqa: BLE001 - the last stop before the user
        import traceback

        from disclosure.engine.crash_report import apology

        click.echo(apology(traceback.format_exc()), err=True)
    return FAILED


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
