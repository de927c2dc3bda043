"""The command line: understands what was asked, calls the pipeline, says what came of it.

The only module that prints or exits. Exit codes: 0 done and clean, 1 findings in the data,
2 could not run, 130 interrupted. Reports go to standard output, everything else to standard
error. Whatever a user reads is Chinese; `chinese` sees to click's own words. Each command loads
what it needs itself: the one that only starts MkDocs would wait longest for what it never uses.
"""

from __future__ import annotations

import errno
import io
import os
import signal
import socket  # noqa: TID251 - only to see whether a port of this machine is free
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
import yaml
from rich.console import Console
from rich.text import Text

from generator import atomic, building, chinese, configuration
from generator.diagnostics import Diagnostic, Severity, has_errors

chinese.speak_chinese()  # before the definitions below: click takes some words while defining

CLEAN, FINDINGS, FAILED, INTERRUPTED = 0, 1, 2, 130

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


class _Refusal(click.ClickException):
    """What was asked for cannot be done; nothing was changed."""


@click.group(
    cls=chinese.Group,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    help="把预算项目绩效目标的数据文件检查、生成为可搜索的公开网站。",
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


@disclosure.command(
    options_metavar="[选项]",
    help="检查数据文件，列出全部问题：在哪里、错在哪、怎么改。\n\n"
    "没有问题时退出码为 0，有问题为 1，无法检查为 2。",
)
@click.argument(
    "paths",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
    metavar="[路径]…",
    help="只看这些文件或文件夹里的问题；不写就看全部数据。",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("github", "json", "sarif", "text")),
    default="text",
    metavar="格式",
    help="text 给人看（默认），json、sarif 给程序，github 给代码平台。",
)
@click.pass_obj
def check(folder: Path, paths: Sequence[Path], form: str) -> int:
    """Report all findings, or those in `paths`; hints alone leave the data clean."""
    from generator import report, site

    data = _project(folder).data
    with _progress() as say:
        say("正在检查数据")
        findings = site.check(data)
    if paths:
        findings = report.within(findings, data, paths)
    if form == "text":
        click.echo(_as_text(findings, sys.stdout.isatty()))
    else:  # for programs: UTF-8 whatever the terminal uses
        findings = findings if form == "json" else report.seen_from_here(findings, data)
        click.echo(report.RENDERERS[form](findings).encode(), nl=False)
    return FINDINGS if any(found.severity is not Severity.HINT for found in findings) else CLEAN


@disclosure.command(
    options_metavar="[选项]",
    help="生成完整的网站。\n\n新网站全部生成好以后才替换旧网站；中途出错或中断，旧网站原样不动。",
)
@click.option(
    "--site-dir",
    "site_dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="网站放在哪里，默认项目里的 site。",
)
@click.option("--strict", is_flag=True, help="有任何提醒也算失败，正式发布前使用。")
@click.pass_obj
def build(folder: Path, site_dir: Path | None, strict: bool) -> int:
    """Build the site beside the old one and swap it in when it is complete."""
    project = _project(folder)
    target = site_dir or project.site
    if building.is_in_the_way(project, target):
        raise _Refusal(f"{target} 里有别的内容，为免误删，没有动它。请换一个空的或新的文件夹。")
    try:
        with _progress() as say:
            result = building.build(project.root, target, strict=strict, progress=say)
    except atomic.BusyError:
        raise _Refusal(f"另一个程序正在生成 {target}，请等它结束后再试。") from None
    _say_findings(result.diagnostics)
    if result.ok:
        click.echo(f"网站已生成，共 {result.pages} 个页面：{(target / 'index.html').resolve()}")
        return CLEAN
    if "Traceback (most recent call last)" in result.log:
        click.echo(_apology(result.log), err=True)
    elif result.log:
        click.echo(f"MkDocs 没有完成，它说：\n{result.log.strip()}\n", err=True)
    click.echo("网站没有生成，原来的网站没有改动。", err=True)
    return FINDINGS if strict or has_errors(result.diagnostics) else FAILED


@disclosure.command(
    options_metavar="[选项]",
    help="在本机预览网站，改动数据后自动更新。\n\n按 Ctrl-C 结束预览。",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    metavar="端口",
    help="本机端口，默认 8000。",
)
@click.pass_obj
def serve(folder: Path, port: int) -> int:
    """Preview the site on this machine only, until interrupted."""
    from generator import site

    project = _project(folder)
    if not _is_free(port):
        raise _Refusal(f"端口 {port} 不能使用，可能已有别的程序在用。请用 --port 换一个。")
    findings = site.check(project.data)
    _say_findings(findings)
    if has_errors(findings):
        click.echo("数据有错误，请改好后再预览。", err=True)
        return FINDINGS
    click.echo(f"正在准备预览，稍后请用浏览器打开 http://127.0.0.1:{port}/", err=True)
    return FAILED if building.serve(project.root, "127.0.0.1", port) else CLEAN


@disclosure.command(
    options_metavar="[选项]",
    help="把网站内容写成 Markdown 文件，任何 Markdown 工具都能使用。",
)
@click.argument(
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="写到哪里，须是空的或新的文件夹。",
)
@click.pass_obj
def render(folder: Path, target: Path) -> int:
    """Write the pages as Markdown to a new folder; nothing is written when there are errors."""
    from generator import site

    try:
        with _progress() as say:
            say("正在写 Markdown 文件")
            findings = site.render_to(_project(folder).root, target)
    except FileExistsError:
        raise _Refusal(f"{target} 不是空文件夹，没有写入。请换一个空的或新的文件夹。") from None
    _say_findings(findings)
    if has_errors(findings):
        click.echo("数据有错误，没有写入。", err=True)
        return FINDINGS
    click.echo(f"已写入：{target.resolve()}")
    return CLEAN


@disclosure.command(
    options_metavar="[选项]",
    help="比较前后两个年度：项目增减、预算数变化，哪些指标要求提高、哪些降低。",
)
@click.argument("old", type=int, metavar="前一年度", help="如 2023。")
@click.argument("new", type=int, metavar="后一年度", help="如 2024。")
@click.option(
    "--department", metavar="标识", help="只比较一个部门，写它的文件夹名称，如 130803-322。"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "json", "text")),
    default="text",
    metavar="格式",
    help="text 给人看，json 给程序用，csv 用表格软件打开；默认 text。",
)
@click.pass_obj
def compare(folder: Path, old: int, new: int, department: str | None, form: str) -> int:
    """Compare two consecutive published years, of one department or of all."""
    from generator import compare as comparing
    from generator import comparison_report, site

    with _progress() as say:
        say("正在比较")
        examined = site.examined(_project(folder).data)
    if has_errors(examined.diagnostics):
        _say_findings(examined.diagnostics)
        click.echo("数据有错误，请改好后再比较。", err=True)
        return FINDINGS
    departments = examined.departments
    if department is not None:
        known = [one.data.department.id for one in departments]
        departments = tuple(one for one in departments if one.data.department.id == department)
        if not departments:
            raise _Refusal(f"没有标识为“{department}”的部门。现有：{'、'.join(known)}。")
    pairs = comparing.comparable(departments)
    if (old, new) not in pairs:
        raise _Refusal(comparison_report.not_comparable(old, new, pairs))
    text = comparison_report.RENDERERS[form](comparing.comparison(departments, old, new))
    click.echo(text if form == "text" else text.encode(), nl=False)
    return CLEAN


@disclosure.command(
    options_metavar="[选项]",
    help="解释一条检查规则：检查什么、为什么、怎么改。不写编号就列出全部规则。",
)
@click.argument("code", required=False, metavar="[编号]", help="检查报告里的编号，如 C101。")
def explain(code: str | None) -> int:
    """Print one rule's page, or the titles of all rules."""
    from generator import checks, report

    pages = {page.rule.code: page for page in checks.explanations()}
    if code is None:
        click.echo(report.render_titles(pages.values()), nl=False)
        return CLEAN
    page = pages.get(code.upper())
    if page is None:
        raise _Refusal(f"没有编号为“{code}”的规则。全部规则：disclosure explain")
    click.echo(report.render_explanation(page), nl=False)
    return CLEAN


@disclosure.command(
    name="schema",
    options_metavar="[选项]",
    help="写出数据格式说明（JSON Schema），编辑器据此提示和检查字段。",
)
@click.argument(
    "target",
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="[文件夹]",
    help="写到哪里，默认项目里的 schemas。",
)
@click.option("--check", "only_check", is_flag=True, help="不写，只看现有文件是否最新。")
@click.pass_obj
def write_schemas(folder: Path, target: Path | None, only_check: bool) -> int:
    """Write the JSON Schemas of format 1, or say which of the written ones are out of date."""
    from generator import schema

    target = target or _project(folder).root / "schemas"
    texts = {target / name: text for name, text in schema.schemas().items()}
    if only_check:
        stale = [path for path, text in texts.items() if _read(path) != text]
        for path in stale:
            click.echo(f"不是最新：{path}")
        return FINDINGS if stale else CLEAN
    target.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"已写入：{target.resolve()}")
    return CLEAN


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
        click.echo(_apology(traceback.format_exc()), err=True)
    return FAILED


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _apology(details: str) -> str:
    """What to say of a bug; its details go to a file that can be sent to somebody."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="disclosure-", suffix=".log", encoding="utf-8", delete=False
    ) as log:
        log.write(details)
    return f"程序出错了，这不是您的操作或数据的问题。\n请把这个文件发给维护本程序的人：{log.name}"


def _project(folder: Path) -> configuration.Project:
    """The project in `folder`, or a refusal that says where to go."""
    file = folder / configuration.FILE_NAME
    if not file.is_file():
        raise _Refusal(
            f"{folder.resolve()} 里没有 {configuration.FILE_NAME}。\n"
            "请先进入项目文件夹，或者这样指明：disclosure -C 项目文件夹 …"
        )
    try:
        return configuration.load(folder)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"第 {mark.line + 1} 行" if mark else ""
        raise _Refusal(f"{file} {place}写法有误，无法读取。") from None


def _is_free(port: int) -> bool:
    """Whether the preview can listen on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Something to say what is being done: on a terminal it shows, elsewhere it is silent."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _text: None
        return
    with console.status("") as status:
        yield lambda text: status.update(Text(f"{text}……"))


def _say_findings(findings: Sequence[Diagnostic]) -> None:
    if findings:
        click.echo(_as_text(findings, sys.stderr.isatty()), err=True)


def _as_text(findings: Sequence[Diagnostic], terminal: bool) -> str:
    from generator import report

    return report.render_text(findings, color=terminal and "NO_COLOR" not in os.environ).rstrip()


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
