"""The commands that only look: changes, check, compare, explain."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from disclosure.cli import chinese
from disclosure.cli.common import CLEAN, FINDINGS, Refusal, as_text, progress, project, say_findings
from disclosure.model.diagnostics import Diagnostic, Severity, has_errors, in_reading_order

if TYPE_CHECKING:
    from disclosure.config.site_project import SiteProject


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="检查数据文件和手写页面，列出全部问题：在哪里、错在哪、怎么改。\n\n"
    "没有问题时退出码为 0，有问题为 1，无法检查为 2。",
)
@click.argument(
    "paths",
    nargs=-1,
    type=click.Path(exists=True, path_type=Path),
    metavar="[路径]…",
    help="只看这些文件或文件夹里的问题；不写就看全部。也可以是别的数据文件夹。",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("github", "json", "sarif", "text")),
    default="text",
    metavar="格式",
    help="text 给人看（默认），json、sarif 给程序，github 给代码平台。",
)
@click.pass_obj
def check(folder: Path, paths: Sequence[Path], output_format: str) -> int:
    """Report all findings, or those in `paths`; hints alone leave the data clean."""
    from disclosure.cli import selection
    from disclosure.reports import finding_report

    here = project(folder)
    with progress() as say:
        say("正在检查数据")
        try:
            findings = _findings(here, paths, output_format)
        except selection.NotLookedAtError as error:
            raise Refusal(str(error)) from None
    if output_format == "text":
        click.echo(as_text(findings, sys.stdout.isatty()))
    else:  # for programs: UTF-8 whatever the terminal uses
        click.echo(finding_report.RENDERERS[output_format](findings).encode(), nl=False)
    return FINDINGS if any(found.severity is not Severity.HINT for found in findings) else CLEAN


def _findings(
    here: SiteProject, paths: Sequence[Path], output_format: str
) -> tuple[Diagnostic, ...]:
    """All findings of the project, or those in `paths`, with paths as the format wants them."""
    from disclosure.cli import selection
    from disclosure.config import government
    from disclosure.reports import finding_report
    from disclosure.site import checking

    asked = selection.select(here, paths)
    found: list[Diagnostic] = []
    if asked.inside or not asked.others:
        stated = government.of_files(here.files).diagnostics
        unsaid = government.reminder(here.files)
        own = in_reading_order(
            [*stated, *([unsaid] if unsaid else ()), *checking.check(here.data, here.pages)]
        )
        selection.require_looked_at(here, own, asked.inside)
        own = finding_report.within(own, here, asked.inside) if paths else own
        as_written = output_format in {"json", "text"}
        found += own if as_written else finding_report.seen_from_here(own, here)
    for data in asked.others:
        other = replace(here, root=data.parent, data=data)
        found += finding_report.seen_from_here(checking.check(data, None), other)
    return tuple(found)


@click.command(
    cls=chinese.Command,
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
    "output_format",
    type=click.Choice(("csv", "json", "text")),
    default="text",
    metavar="格式",
    help="text 给人看，json 给程序用，csv 用表格软件打开；默认 text。",
)
@click.pass_obj
def compare(folder: Path, old: int, new: int, department: str | None, output_format: str) -> int:
    """Compare two consecutive published years, of one department or of all."""
    from disclosure import compare as comparing
    from disclosure.reports import comparison_report
    from disclosure.site import department_analysis

    with progress() as say:
        say("正在比较")
        analysed = department_analysis.analysed(project(folder).data)
    if has_errors(analysed.diagnostics):
        say_findings(analysed.diagnostics)
        click.echo("数据有错误，请改好后再比较。", err=True)
        return FINDINGS
    departments = analysed.departments
    if department is not None:
        known = [one.data.department.id for one in departments]
        departments = tuple(one for one in departments if one.data.department.id == department)
        if not departments:
            raise Refusal(f"没有标识为“{department}”的部门。现有：{'、'.join(known)}。")
    sides = [comparing.side(one) for one in departments]
    pairs = comparing.comparable(sides)
    if (old, new) not in pairs:
        raise Refusal(comparison_report.not_comparable(old, new, pairs))
    text = comparison_report.RENDERERS[output_format](comparing.comparison(sides, old, new))
    click.echo(text if output_format == "text" else text.encode(), nl=False)
    return CLEAN


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="解释一条规则：检查什么、为什么、怎么改。不写编号就列出全部规则。",
)
@click.argument(
    "code", required=False, metavar="[编号]", help="报告里的编号，如 C101、D113、P301。"
)
def explain(code: str | None) -> int:
    """Print one rule's page, or the titles of all rules."""
    from disclosure import checks
    from disclosure.checks.explanation import Explanation
    from disclosure.exports.forms import pdf
    from disclosure.intake import rules as import_rules
    from disclosure.publishing import rules as push_rules
    from disclosure.reports import finding_report

    others = (*import_rules.RULES, *push_rules.RULES, pdf.MISSING_GLYPH)
    explained = (*checks.explanations(), *map(Explanation, others))
    pages = {page.rule.code: page for page in explained}
    if code is None:
        click.echo(finding_report.render_titles(pages.values()), nl=False)
        return CLEAN
    page = pages.get(code.upper())
    if page is None:
        raise Refusal(f"没有编号为“{code}”的规则。全部规则：disclosure explain")
    click.echo(finding_report.render_explanation(page), nl=False)
    return CLEAN


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="对照以前的一次提交，列出现在的数据会给网站带来的变化。\n\n"
    "列出新增、修改、删除的项目，以及新出现的问题。",
)
@click.argument("commit", metavar="提交", help="以前的提交或分支，如 main、HEAD~1、origin/main。")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(("markdown", "text")),
    default="text",
    metavar="格式",
    help="text 给人看（默认），markdown 给代码平台。",
)
@click.pass_obj
def changes(folder: Path, commit: str, output_format: str) -> int:
    """What the data as it is now changes for readers, against an earlier commit."""
    import tempfile

    from disclosure.engine.git import GitError
    from disclosure.publishing import data_at_commit, release_summary

    data = project(folder).data
    with tempfile.TemporaryDirectory() as scratch, progress() as say:
        say("正在比较")
        try:
            before = data_at_commit.data_at(data, commit, Path(scratch))
        except GitError:
            raise Refusal(
                f"找不到提交“{commit}”，或者 {data.resolve()} 不在 git 仓库里。\n"
                "如果是只取了最近一次提交的仓库，请先取回全部历史：git fetch --unshallow"
            ) from None
        if before is None:
            note = f"提交“{commit}”里没有 {data.name} 文件夹，现有的全部算作新增。"
            click.echo(note, err=True)
        found = release_summary.compare_data_folders(before, data)
        text = release_summary.RENDERERS[output_format](found)
    click.echo(text if output_format == "text" else text.encode(), nl=False)
    return CLEAN
