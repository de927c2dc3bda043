"""The command that takes data out of the project as files for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from disclosure.cli import chinese
from disclosure.cli.common import (
    CLEAN,
    FINDINGS,
    Refusal,
    new_folder,
    progress,
    project,
    say_findings,
)
from disclosure.exports.format_names import FORMATS, WHOLE
from disclosure.model.diagnostics import Diagnostic, has_errors, in_reading_order

if TYPE_CHECKING:
    from disclosure.config.site_project import SiteProject
    from disclosure.exports.forms.pdf import FormView, Typesetter
    from disclosure.exports.forms.unprinted_rows import UnprintedRow
    from disclosure.pages.printing import PrintView

#: What can be asked for, and the formats of the open data in it; none for the official forms.
CHOICES: Mapping[str, tuple[str, ...]] = {
    "data": WHOLE,
    **{name: (name,) for name in FORMATS},
    "pdf": (),
    "xlsx": (),
}

_NOT_IN_WORKBOOKS = (
    "工作簿里是批复和公开日期、来源、第一部分、各项目现行的目标表和按原表刊载的自评表；"
    "原表没有格子的内容（公开注释、承接关系、调整前的版本、没有按原表刊载的自评结果等）"
    "列在工作表“表外内容”里。公开文件本身、以 # 开头的批注、department.yml 和 data/forms "
    "里的表样不在其中，导入工作簿时保持不变。"
)

#: A file to be written: its path below the folder, and what makes it.
NamedContent = tuple[str, Callable[[], bytes]]


class _ExportRequest(Struct, frozen=True):
    """What is exported: in which format, of which department and year; None for all."""

    output_format: str
    department: str | None
    year: int | None


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="把公开内容写成文件，供分析、存档或填报。写好以后文件夹才出现。\n\n"
    "供分析：csv、json、sqlite、parquet 各是一种格式，\n"
    "        tables 是 Excel 工作簿，每张表一个工作表，\n"
    "        datapackage 是 CSV 加上各表结构的说明，\n"
    "        data 是以上全部，不写 --format 就是它；\n"
    "供存档：pdf，每个项目的绩效目标表一份，每个部门每个年度的全文一份；\n"
    "供填报：xlsx，每个部门每个年度一个工作簿，版式与公开的表相同，\n"
    "        可以用 Excel、WPS 修改后再导入；里面是第一部分、各项目现行的目标表\n"
    "        和按原表刊载的自评表，原表没有格子的内容、以前的版本\n"
    "        和其他自评结果另列一个工作表；没有公开文件本身、# 批注、\n"
    "        部门信息和表样，导入时它们保持不变。",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice([*CHOICES]),
    default="data",
    metavar="格式",
    help="写成哪一种，默认 data。",
)
@click.option("--department", metavar="部门", help="只要这个部门，写数据文件夹里的名称。")
@click.option("--year", type=int, metavar="年度", help="只要这个年度。")
@new_folder("写到哪里")
@click.pass_obj
def export(
    folder: Path, output_format: str, department: str | None, year: int | None, target: Path
) -> int:
    """Write what is wanted to a new folder, which appears when it is complete."""
    here = project(folder)
    if target.exists() and any(target.iterdir()):
        raise Refusal(f"{target} 不是空文件夹，没有写入。请换一个空的或新的文件夹。")
    unset: list[Diagnostic] = []
    findings, files = _files(here, _ExportRequest(output_format, department, year), unset)
    say_findings(findings)
    if has_errors(findings):
        click.echo("数据有错误，没有写入。", err=True)
        return FINDINGS
    if not files:
        raise Refusal("没有符合条件的部门和年度，没有写入。请核对 --department 和 --year。")
    _write(files, target, unset)
    if unset:
        say_findings(in_reading_order(unset))
        click.echo("有的字印不出来，没有写入。", err=True)
        return FINDINGS
    click.echo(f"已写入 {len(files)} 个文件：{target.resolve()}")
    if output_format == "xlsx":
        click.echo(_NOT_IN_WORKBOOKS)
    return CLEAN


def _files(
    here: SiteProject, request: _ExportRequest, unset: list[Diagnostic]
) -> tuple[tuple[Diagnostic, ...], list[NamedContent]]:
    """All findings, and what is to be written; nothing when there are errors.

    While it is written, `unset` gets what has no font.
    """
    from disclosure.site import pipeline

    if CHOICES[request.output_format]:
        findings, publication = pipeline.open_data(here.data, here.settings)
        if publication is None:
            return findings, []
        made = publication.some(request.department, request.year, CHOICES[request.output_format])
        return findings, [(path, partial(bytes, content)) for path, content in made.items()]
    wanted = here.data, here.settings, request.department, request.year
    if request.output_format == "pdf":
        findings, views = pipeline.printable_views(*wanted)
        return findings, [*_pdf(views, unset)]
    findings, years = pipeline.workbooks(*wanted)
    return findings, [*_form_workbooks(years)]


def _pdf(views: tuple[FormView, ...], unset: list[Diagnostic]) -> Iterator[NamedContent]:
    from disclosure.exports.forms import pdf

    try:
        typesetter = pdf.Typesetter() if views else None
    except pdf.NoFontError as error:
        raise Refusal(str(error)) from None
    for view in views:
        assert typesetter is not None
        yield Path(pdf.address(view)).name, partial(_printed, typesetter, view, unset)


def _printed(typesetter: Typesetter, view: FormView, unset: list[Diagnostic]) -> bytes:
    content = typesetter.pdf(view)
    unset += typesetter.take_missing()
    return content


def _form_workbooks(
    years: tuple[tuple[PrintView, tuple[UnprintedRow, ...]], ...],
) -> Iterator[NamedContent]:
    from disclosure.pages.addresses import file_beside

    for view, unprinted in years:
        name = Path(file_beside(view.disclosure.address, "xlsx")).name
        yield name, partial(_form_workbook, view, unprinted)


def _form_workbook(view: PrintView, unprinted: tuple[UnprintedRow, ...]) -> bytes:
    from disclosure.exports.forms.form_workbook import TooLongError, year_workbook

    try:
        return year_workbook(view, unprinted)
    except TooLongError as error:
        raise Refusal(str(error)) from None


def _write(files: list[NamedContent], target: Path, unset: Sequence[Diagnostic]) -> None:
    """All files, or none; none where something could not be set."""
    from disclosure.engine import atomic_folder

    try:
        with progress() as say, atomic_folder.replacing(target) as replacement:
            for number, (path, make) in enumerate(files, start=1):
                say(f"正在生成第 {number} 个文件，共 {len(files)} 个")
                file = replacement.folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(make())
            if not unset:
                replacement.swap_in()
    except atomic_folder.BusyError:
        raise Refusal(f"另一个程序正在写 {target}，请等它结束后再试。") from None
