"""The command that takes a document in: `disclosure import`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure.cli import chinese
from disclosure.cli.common import CLEAN, FAILED, FINDINGS, Refusal, progress, project, say_findings
from disclosure.model.diagnostics import Diagnostic, Severity, has_errors

if TYPE_CHECKING:
    from disclosure.config.site_project import SiteProject
    from disclosure.intake.batch import BatchResult, DepartmentImport
    from disclosure.intake.importing import Accounts, DraftFile
    from disclosure.model.dataset import DepartmentData

#: How many lines of one kind a report has; a whole budget book must fit on two screens.
_MAX_LINES = 7
_PROOFREADING = "proofreading"  # the folder of pages for proofreading, beside mkdocs.yml
_MAX_PROCESSES = 4  # documents; each may take several hundred megabytes
_MAX_FINDINGS = 3  # findings, of five lines each


@click.command(
    name="import",
    cls=chinese.Command,
    options_metavar="[选项]",
    help="把公开文件（PDF、Word、Excel 或提取的文字）转录成数据文件的草稿。\n\n"
    "旧格式的 Excel、WPS 表格和 OpenDocument 表格也可以；\n"
    "旧格式的 Word、WPS 文字、RTF 和 OpenDocument 文本要装有 LibreOffice。\n"
    "有几个文件的，同时读，最后每个文件一行列出结果；退出码按最差的。\n"
    "文件里的每一个字都有交代：归入栏目的、属于标题表头页码的、未能归入的各有多少。\n"
    "未能归入的列出（很多的只列开头），并以注释写在草稿里相近的位置。\n"
    "空着的格子不填。与绩效目标无关的章节和表只说明名称和页码。\n"
    "原文件不显示或已作废的（隐藏、删除线、修订中删去等）只在这里列出，不写进草稿。\n"
    "扫描件要先安装可选的“文字识别”组件；识别出的文字在草稿里标明尚未校对，\n"
    "另写一个校对页，每处都配原件的图片。\n"
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
    help="公开文件，可以有很多个，也可以是几个部门的。",
)
@click.option(
    "--department",
    "identifier",
    default="",
    metavar="标识",
    help="部门标识；不写的，按每个文件印的部门。",
)
@click.option(
    "--year", type=click.IntRange(1900, 2099), required=True, metavar="年度", help="如 2025。"
)
@click.option("--new-department", is_flag=True, help="还没有的部门，按文件印的名称和编码新建。")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="写到哪个数据文件夹，默认是项目的数据文件夹。",
)
@click.option("--update", is_flag=True, help="已有的数据文件与公开文件不同时，改成公开文件的。")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="个数",
    help="同时读几个文件，默认按处理器的个数，最多 4 个。",
)
@click.option("--verbose", is_flag=True, help="逐处列出未能归入的文字和写好的文件，不省略。")
@click.pass_obj
def import_(  # noqa: PLR0913 - one argument for each option
    folder: Path,
    /,
    *,
    files: Sequence[Path],
    identifier: str,
    year: int,
    new_department: bool,
    out: Path | None,
    update: bool,
    jobs: int | None,
    verbose: bool,
) -> int:
    """Write drafts of what some documents say."""
    from disclosure.engine.local_workers import processors
    from disclosure.intake import batch

    here = project(folder)
    data = out or here.data
    asked = batch.ImportRequest(_departments(here.data, identifier), year, identifier)
    at_once = jobs or min(processors(), _MAX_PROCESSES)
    with progress() as say:
        found = batch.read(files, asked, data, say, at_once)
    if found.wrong or not _may_begin(found, data, new_department=new_department):
        _say_table(files, found)
        say_findings(found.wrong)
        click.echo("没有写入。", err=True)
        return FAILED
    _say_imports(found, printed=not identifier, verbose=verbose)
    _say_table(files, found)
    if not _write_all(found.imports, data, update=update, verbose=verbose):
        return FINDINGS
    _write_proofs(found.imports, here.root / _PROOFREADING, f"{year}-{files[0].stem}")
    complete = all(part.found.complete for part in found.imports)
    if out is not None:
        click.echo("移入项目的数据文件夹以后，请运行 disclosure check。")
        return CLEAN if complete else FINDINGS
    findings = _check(here, [part.place(data) for part in found.imports])
    _say_check(findings, verbose=verbose)
    return CLEAN if complete and not has_errors(findings) else FINDINGS


def _departments(data: Path, identifier: str) -> tuple[DepartmentData, ...]:
    """The departments of the data; the one that is asked for must not be there and faulty."""
    from disclosure import reading
    from disclosure.model.fields import is_department_id

    departments = reading.read(data).dataset.departments
    known = [one.department.id for one in departments]
    if identifier and identifier not in known:
        if (data / identifier).exists():
            raise Refusal(f"部门“{identifier}”的文件有错误，请先运行 disclosure check 并改正。")
        if not is_department_id(identifier):
            raise Refusal(
                f"“{identifier}”不能作部门标识，只能用小写字母、数字和短横线。"
                f"现有：{'、'.join(known) or '（无）'}。"
            )
    return tuple(departments)


def _may_begin(found: BatchResult, data: Path, *, new_department: bool) -> bool:
    """Whether all departments are there or wanted; those that are not are proposed."""
    new = [part for part in found.imports if part.proposal]
    for part in new:
        assert part.proposal
        if (data / part.department.id).exists():
            raise Refusal(f"{data / part.department.id} 已经有了，没有改动。")
        if not new_department:
            click.echo(
                f"文件印有部门：{part.proposal.description()}；要新建请加 --new-department"
                f"（标识是 {part.department.id}，也可以用 --department 另写）。",
                err=True,
            )
    return new_department or not new


def _say_imports(found: BatchResult, *, printed: bool, verbose: bool) -> None:
    """What became of the documents of each department; which it is, where they say it."""
    _say_others(found)
    for part in found.imports:
        if printed:
            click.echo(f"按文件印的部门归入：{part.department.name}（标识 {part.department.id}）")
        for accounts in part.found.accounts:
            _say_accounts(accounts, verbose=verbose)


def _say_table(files: Sequence[Path], found: BatchResult) -> None:
    """One line for each of several documents: what was found in it, what is left, how it ended."""
    from disclosure.reports import import_table

    if len(files) > 1:
        click.echo(import_table.render(_rows(files, found)), nl=False)


def _say_others(found: BatchResult) -> None:
    """Which documents print another department than the one that they were taken in for."""
    for file, name in found.others.items():
        own = found.accounts[file][0]
        click.echo(
            f"提醒：{file.name} 里印的部门是“{name}”，按 --department 归入了“{own}”。"
            "归错了的，请删去写好的草稿，换一个 --department 再导入。",
            err=True,
        )


def _rows(files: Sequence[Path], found: BatchResult) -> Iterator[Sequence[str]]:
    wrong = {one.span.path: one.code for one in found.wrong}
    for file in files:
        if file not in found.accounts:
            code = wrong.get(file.as_posix(), "")
            yield file.name, "", "", "", "", f"不能导入 {code}" if code else "没有导入"
            continue
        name, one = found.accounts[file]
        left = f"{one.count.unplaced} 字" if one.count.unplaced else ""
        open_ = len(one.remarks) + len(one.unplaced)
        ended = f"{open_} 处待核对" if open_ else "全部归入"
        yield file.name, name, f"{one.tables}", f"{one.projects}", left, ended


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
    left = [f"  未能归入（{one.text.place}）：{one.description}" for one in accounts.unplaced]
    _say(left, "处未能归入", verbose=verbose)


def _say(lines: Sequence[str], what: str, *, verbose: bool) -> None:
    """Some lines, or the first of them and how many there are besides."""
    shown = lines if verbose or len(lines) <= _MAX_LINES else lines[: _MAX_LINES - 1]
    for line in shown:
        click.echo(line)
    if more := len(lines) - len(shown):
        click.echo(f"  另有 {more} {what}，加上 --verbose 全部列出。")


def _write_all(
    imports: Sequence[DepartmentImport], data: Path, *, update: bool, verbose: bool
) -> bool:
    """Write what is new, or with `update` what differs; whether that could be done."""
    changed = [
        one for part in imports for one in part.files() if one.old is not None and not one.same
    ]
    if changed and not update:
        for outcome in changed:
            click.echo(outcome.difference())
        click.echo(
            f"已有的数据文件与公开文件不同：{len(changed)} 个，没有写入。"
            "请核对上面的差别（- 现有，+ 导入）；确认按公开文件修改的，加上 --update。\n"
            "导入的如果是调整后的目标表，请用 --out 写到别处，再另存为“编码@日期.yml”。"
        )
        return False
    for part in imports:
        _write(part, data, verbose=verbose)
    new = [one for part in imports for one in part.files() if one.old is None]
    for files, what in (
        (changed, "原有的数据文件写着、公开文件没有的，已不在数据文件里，请核对要不要写回："),
        (new, "工作表“表外内容”里写着、表里没有同名的行的，没有写进数据文件，请核对："),
    ):
        if lines := [f"  {one.path}：{field}" for one in files for field in one.lost]:
            click.echo(what)
            _say(lines, "处", verbose=verbose)
    return True


def _write(part: DepartmentImport, data: Path, *, verbose: bool) -> None:
    """Write the files of one department, all or none."""
    from disclosure.engine import atomic_folder
    from disclosure.intake import importing

    target, files = part.place(data), part.files()
    _say([_of_file(outcome, target) for outcome in files], "个文件", verbose=verbose)
    if all(outcome.same for outcome in files):
        return
    try:
        forms = importing.write_forms(data, part.found.forms)
        importing.write(target, files)
    except atomic_folder.BusyError:
        raise Refusal(f"另一个程序正在写 {target}，请等它结束后再试。") from None
    click.echo("请把写好的文件与原文逐字核对。")
    _say([f"没有见过的表样，已按原表写成：{file}" for file in forms], "种表样", verbose=verbose)


def _write_proofs(parts: Sequence[DepartmentImport], folder: Path, name: str) -> None:
    """Write a page for proofreading for each department of which a machine recognised text."""
    from disclosure.intake.drafts.proof_page import proof_page

    for part in parts:
        if proofs := part.found.proofs:
            folder.mkdir(exist_ok=True)
            page = folder / f"{part.department.id}-{name}.html"
            page.write_text(proof_page(page.stem, proofs), "utf-8", newline="\n")
            click.echo(f"由机器识别的文字有 {len(proofs)} 处，请对照原件图片逐处校对：{page}")


def _say_check(findings: Sequence[Diagnostic], *, verbose: bool) -> None:
    """What the check finds, the errors first; of many only a few."""
    if verbose or len(findings) <= _MAX_FINDINGS:
        say_findings(findings)
        return
    ordered = sorted(findings, key=lambda one: one.severity is not Severity.ERROR)
    say_findings(ordered[:_MAX_FINDINGS])
    click.echo(
        f"检查一共发现 {len(findings)} 处，这里只列 {_MAX_FINDINGS} 处；"
        "全部请运行 disclosure check。",
        err=True,
    )


def _of_file(outcome: DraftFile, target: Path) -> str:
    what = "没有变化" if outcome.same else "已新建" if outcome.old is None else "已修改"
    return f"{what}：{target / outcome.path}"


def _check(here: SiteProject, places: Sequence[Path]) -> Sequence[Diagnostic]:
    """What the check says of what was written, as it is now."""
    from disclosure.reports import finding_report
    from disclosure.site import checking

    return finding_report.within(checking.check(here.data, here.pages), here, places)
