"""The command that takes a document in: `disclosure import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure.cli import chinese
from disclosure.cli.common import CLEAN, FAILED, FINDINGS, Refusal, progress, project, say_findings
from disclosure.model.diagnostics import Diagnostic, Severity, has_errors

if TYPE_CHECKING:
    from disclosure.config.site_project import SiteProject
    from disclosure.intake.importing import Accounts, DraftFile, Import
    from disclosure.model.dataset import DepartmentData

#: How many lines of one kind a report has; a whole budget book must fit on two screens.
_MOST = 7
_PROOFREADING = "proofreading"  # the folder of pages for proofreading, beside mkdocs.yml
_FEW = 3  # findings, of five lines each


@click.command(
    name="import",
    cls=chinese.Command,
    options_metavar="[选项]",
    help="把公开文件（PDF、Word、Excel 或提取的文字）转录成数据文件的草稿。\n\n"
    "文件里的每一个字都有交代：归入栏目的、属于标题表头页码的、未能归入的各有多少。\n"
    "未能归入的列出（很多的只列开头），并以注释写在草稿里相近的位置。\n"
    "空着的格子不填。与绩效目标无关的章节和表只说明名称和页码。\n"
    "原文件不显示或已作废的（隐藏、删除线、修订中删去等）只在这里列出，不写进草稿。\n"
    "扫描件要先安装可选的“文字识别”组件；识别出的文字在草稿里标明尚未校对，\n"
    "另写一个校对页（proofreading 文件夹），每处都配原件的图片。\n"
    "全部归入而且没有错误的，退出码为 0；否则为 1；无法读取的为 2。\n\n"
    "已有的数据文件不会被覆盖，只显示有什么不同；核对后加 --update 才修改。\n"
    "要么全部写好，要么都不写。",
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="文件…",
    help="公开文件，可以有几个；第一部分和各项目可以分在几个文件里。",
)
@click.option("--department", "identifier", required=True, metavar="标识", help="部门标识。")
@click.option(
    "--year", type=click.IntRange(1900, 2099), required=True, metavar="年度", help="如 2025。"
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="写到哪个数据文件夹，默认是项目的数据文件夹。",
)
@click.option("--update", is_flag=True, help="已有的数据文件与公开文件不同时，改成公开文件的。")
@click.option("--verbose", is_flag=True, help="逐处列出未能归入的文字和写好的文件，不省略。")
@click.pass_obj
def import_(  # noqa: PLR0913 - one argument for each option
    folder: Path,
    /,
    *,
    files: Sequence[Path],
    identifier: str,
    year: int,
    out: Path | None,
    update: bool,
    verbose: bool,
) -> int:
    """Write drafts of what some documents say."""
    from disclosure.intake import importing

    here = project(folder)
    department = _department(here.data, identifier)
    target = (out or here.data) / identifier / str(year)
    with progress() as say:
        found = importing.import_files(files, department, year, target, say)
    if not isinstance(found, importing.Import):
        say_findings(found)
        click.echo("没有写入。", err=True)
        return FAILED
    for accounts in found.accounts:
        _say_accounts(accounts, verbose=verbose)
    if not _write(found, out or here.data, target, update=update, verbose=verbose):
        return FINDINGS
    _write_proofs(found, here.root / _PROOFREADING / f"{identifier}-{year}-{files[0].stem}.html")
    if out is not None:
        click.echo("移入项目的数据文件夹以后，请运行 disclosure check。")
        return CLEAN if found.complete else FINDINGS
    findings = _check(here, target)
    _say_check(findings, verbose=verbose)
    return CLEAN if found.complete and not has_errors(findings) else FINDINGS


def _department(data: Path, identifier: str) -> DepartmentData:
    from disclosure import reading

    departments = reading.read(data).dataset.departments
    for department in departments:
        if department.department.id == identifier:
            return department
    known = "、".join(one.department.id for one in departments) or "（无）"
    raise Refusal(
        f"没有标识为“{identifier}”的部门，或者它的文件有错误。现有：{known}。\n"
        "新的部门请先运行：disclosure new department"
    )


def _say_accounts(accounts: Accounts, *, verbose: bool) -> None:
    """What was found, how many characters went where, and what has no place."""
    count = accounts.count
    _say(accounts.found, "种目标表", verbose=verbose)
    for line in accounts.aside:
        click.echo(line)
    click.echo(
        f"{accounts.name}：共 {count.total} 字，归入栏目 {count.placed} 字，"
        f"标题、表头、页码等 {count.boilerplate} 字，"
        f"{f'与绩效目标无关的 {count.aside} 字，' if count.aside else ''}"
        f"未能归入 {count.unplaced} 字。"
    )
    _say([f"  注意：{remark}" for remark in accounts.remarks], "处需要注意", verbose=verbose)
    left = [f"  未能归入（{one.text.place}）：{one.said}" for one in accounts.unplaced]
    _say(left, "处未能归入", verbose=verbose)


def _say(lines: Sequence[str], what: str, *, verbose: bool) -> None:
    """Some lines, or the first of them and how many there are besides."""
    shown = lines if verbose or len(lines) <= _MOST else lines[: _MOST - 1]
    for line in shown:
        click.echo(line)
    if more := len(lines) - len(shown):
        click.echo(f"  另有 {more} {what}，加上 --verbose 全部列出。")


def _write(found: Import, data: Path, target: Path, *, update: bool, verbose: bool) -> bool:
    """Write what is new, or with `update` what differs; whether that could be done."""
    from disclosure.engine import atomic_folder
    from disclosure.intake import importing

    changed = [one for one in found.outcomes if one.old is not None and not one.same]
    if changed and not update:
        for outcome in changed:
            click.echo(outcome.difference())
        click.echo(
            f"已有的数据文件与公开文件不同：{len(changed)} 个，没有写入。"
            "请核对上面的差别（- 现有，+ 导入）；确认按公开文件修改的，加上 --update。\n"
            "导入的如果是调整后的目标表，请用 --out 写到别处，再另存为“编码@日期.yml”。"
        )
        return False
    files = [_of_file(outcome, target) for outcome in found.outcomes]
    _say(files, "个文件", verbose=verbose)
    if all(outcome.same for outcome in found.outcomes):
        return True
    try:
        forms = importing.write_forms(data, found.forms)
        importing.write(target, found.outcomes)
    except atomic_folder.BusyError:
        raise Refusal(f"另一个程序正在写 {target}，请等它结束后再试。") from None
    click.echo("请把写好的文件与原文逐字核对。")
    _say([f"没有见过的表样，已按原表写成：{file}" for file in forms], "种表样", verbose=verbose)
    return True


def _write_proofs(found: Import, page: Path) -> None:
    """Write the page for proofreading, if there is anything that a machine recognised."""
    from disclosure.intake.drafts.proof_page import proof_page

    if found.proofs:
        page.parent.mkdir(exist_ok=True)
        page.write_text(proof_page(page.stem, found.proofs), "utf-8", newline="\n")
        click.echo(f"由机器识别的文字有 {len(found.proofs)} 处，请对照原件图片逐处校对：{page}")


def _say_check(findings: Sequence[Diagnostic], *, verbose: bool) -> None:
    """What the check finds, the errors first; of many only a few."""
    if verbose or len(findings) <= _FEW:
        say_findings(findings)
        return
    ordered = sorted(findings, key=lambda one: one.severity is not Severity.ERROR)
    say_findings(ordered[:_FEW])
    click.echo(
        f"检查一共发现 {len(findings)} 处，这里只列 {_FEW} 处；全部请运行 disclosure check。",
        err=True,
    )


def _of_file(outcome: DraftFile, target: Path) -> str:
    what = "没有变化" if outcome.same else "已新建" if outcome.old is None else "已修改"
    return f"{what}：{target / outcome.path}"


def _check(here: SiteProject, target: Path) -> Sequence[Diagnostic]:
    """What the check says of the year as it is now."""
    from disclosure.reports import finding_report
    from disclosure.site import checking

    return finding_report.within(checking.check(here.data, here.pages), here, (target,))
