"""The command that takes data out of the project as files for others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import atomic, chinese
from generator.cli.common import CLEAN, FINDINGS, Refusal, progress, project, say_findings
from generator.diagnostics import has_errors

if TYPE_CHECKING:
    from generator.exports.pdf import Filed


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="把公开内容写成可以存档的文件。\n\n"
    "pdf：每个项目的绩效目标表一份，每个部门每个年度的全文一份。\n"
    "全部写好以后，文件夹才会出现。",
)
@click.option(
    "--form",
    type=click.Choice(["pdf"]),
    required=True,
    help="文件的种类。",
)
@click.option("--department", metavar="部门", help="只要这个部门，写数据文件夹里的名称。")
@click.option("--year", type=int, metavar="年度", help="只要这个年度。")
@click.argument(
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="写到哪里，须是空的或新的文件夹。",
)
@click.pass_obj
def export(folder: Path, form: str, department: str | None, year: int | None, target: Path) -> int:
    """Write what can be filed to a new folder, which appears when it is complete."""
    from generator import site

    assert form == "pdf"  # the only one there is
    here = project(folder)
    if target.exists() and any(target.iterdir()):
        raise Refusal(f"{target} 不是空文件夹，没有写入。请换一个空的或新的文件夹。")
    findings, wanted = site.documents(here.data, here.settings, department, year)
    say_findings(findings)
    if has_errors(findings):
        click.echo("数据有错误，没有写入。", err=True)
        return FINDINGS
    if not wanted:
        raise Refusal("没有符合条件的部门和年度，没有写入。请核对 --department 和 --year。")
    _write_pdf(wanted, target)
    click.echo(f"已写入 {len(wanted)} 个文件：{target.resolve()}")
    return CLEAN


def _write_pdf(wanted: tuple[Filed, ...], target: Path) -> None:
    """All files, or none."""
    from generator.exports import pdf

    try:
        typesetter = pdf.Typesetter()
    except pdf.NoFontError as error:
        raise Refusal(str(error)) from None
    try:
        with progress() as say, atomic.replacing(target) as replacement:
            for number, view in enumerate(wanted, start=1):
                say(f"正在生成第 {number} 个 PDF，共 {len(wanted)} 个")
                file = replacement.folder / Path(pdf.address(view)).name
                file.write_bytes(typesetter.pdf(view))
            replacement.swap_in()
    except atomic.BusyError:
        raise Refusal(f"另一个程序正在写 {target}，请等它结束后再试。") from None
