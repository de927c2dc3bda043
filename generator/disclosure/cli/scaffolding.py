"""The commands that start something: `disclosure new` site, department, year, project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from disclosure.cli import chinese
from disclosure.cli.common import CLEAN, Refusal, new_folder, project

_Function = TypeVar("_Function", bound=Callable[..., object])


@click.group(
    cls=chinese.Group,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    help="新建网站、部门、年度或项目的数据文件，供您对照公开文件填写。\n\n不会覆盖已有的文件，也不会编造内容。",
    epilog="某个命令的详细说明：disclosure new 命令 --help",
)
def new() -> None:
    """Start something; what only the publisher knows is left to be filled in."""


def _office_options(name: str) -> Callable[[_Function], _Function]:
    """The options that say who publishes; the department's name is asked as `name`."""

    def add(function: _Function) -> _Function:
        for option in (
            click.option(
                "--unit",
                "units",
                multiple=True,
                required=True,
                metavar="编码=名称",
                help="预算单位，如 322001=某某局本级；有几个写几次。",
            ),
            click.option("--region", required=True, metavar="名称", help="行政区划名称。"),
            click.option(name, "department_name", required=True, metavar="名称", help="部门全称。"),
        ):
            function = option(function)
        return function

    return add


def _responsible_options(function: _Function) -> _Function:
    """The options that say who is responsible for a site; on a terminal they are asked for."""
    for option in (
        click.option("--icp", metavar="编号", help="网站的备案号，页脚写明。"),
        click.option("--report", metavar="地址", help="纠错地址，邮箱或网址，每页写明。"),
        click.option("--contact", metavar="文字", help="联系方式，如电话，页脚写明。"),
        click.option("--sponsor", metavar="名称", help="主办单位，页脚写明。"),
    ):
        function = option(function)
    return function


def _entry(entry: str, text: str | None) -> str:
    """What was said of a government, or is asked for on a terminal; "" is not known yet."""
    from disclosure.config import government

    field = government.FIELDS[entry]
    if text is None and sys.stdin.isatty():
        text = click.prompt(
            f"{field.title}（如 {field.example}；还没有就按回车）", default="", show_default=False
        )
    text = (text or "").strip()
    if text and not government.fits(entry, text):
        raise Refusal(f"{field.title}应当写成这样：{field.example}。")
    return text


@new.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="新建一个网站：配置、第一个部门、指南、检查和发布的流程。",
)
@new_folder("建在哪里")
@click.option("--name", required=True, metavar="名称", help="网站名称。")
@click.option("--description", default="", metavar="文字", help="用一句话说明网站，可以不写。")
@click.option("--url", default="", metavar="网址", help="网站的公开网址，还没有就不写。")
@_responsible_options
@click.option(
    "--department",
    required=True,
    metavar="标识",
    help="第一个部门：行政区划代码-预算部门编码。",
)
@_office_options("--department-name")
@click.option(
    "--requirement",
    default="",
    metavar="来源",
    help="平台从哪里安装本程序，按 pip 的写法。",
)
def site(  # noqa: PLR0913 - one argument for each option
    *,
    target: Path,
    name: str,
    description: str,
    url: str,
    department: str,
    department_name: str,
    region: str,
    units: Sequence[str],
    requirement: str,
    **responsible: str | None,
) -> int:
    """Make a new site in an empty folder, ready to be filled in and pushed."""
    from disclosure.config import government, site_texts
    from disclosure.config.settings import Government
    from disclosure.intake import starting

    answers = Government(**{entry: _entry(entry, responsible[entry]) for entry in government.ASKED})
    texts = site_texts.SiteTexts(name, description, url, pdf=True, government=answers)
    problems = site_texts.problems(texts)
    if problems:
        raise Refusal("\n".join(problems))
    try:
        who = starting.department_start(department, department_name, region, _units(units))
        starting.new_site(target, texts, who, requirement)
    except starting.ScaffoldingError as error:
        raise Refusal(str(error)) from None
    click.echo(f"网站已建好：{target.resolve()}")
    click.echo("接下来请看其中的 README.md：填写数据、检查、提交、推送。")
    return CLEAN


@new.command(cls=chinese.Command, options_metavar="[选项]", help="新建一个部门。")
@click.argument("identifier", metavar="标识", help="行政区划代码-预算部门编码，如 130803-322。")
@_office_options("--name")
@click.pass_obj
def department(
    folder: Path, identifier: str, department_name: str, region: str, units: Sequence[str]
) -> int:
    """Write a department's own file."""
    from disclosure.intake import starting

    data = project(folder).data
    return _tell(
        lambda: starting.new_department(
            data, starting.department_start(identifier, department_name, region, _units(units))
        )
    )


@new.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="新建一个年度，供您填写；上年的内容以注释列在旁边，供参照。",
)
@click.argument("year", type=click.IntRange(1900, 2099), metavar="年度", help="如 2025。")
@click.option("--department", "identifier", required=True, metavar="标识", help="部门标识。")
@click.pass_obj
def year(folder: Path, year: int, identifier: str) -> int:
    """Write part one of a year to be filled in, beside last year's words."""
    from disclosure.intake import starting

    data = project(folder).data
    return _tell(lambda: starting.new_year(data, identifier, year))


@new.command(
    name="project",
    cls=chinese.Command,
    options_metavar="[选项]",
    help="新建一个项目，供您填写；承接上年项目的，列出上年的各项指标。",
)
@click.argument("code", metavar="编码", help="项目编码；公开文件没有编码的写序号，如 01。")
@click.option("--department", "identifier", required=True, metavar="标识", help="部门标识。")
@click.option(
    "--year", type=click.IntRange(1900, 2099), required=True, metavar="年度", help="如 2025。"
)
@click.option("--name", default="", metavar="名称", help="项目名称，按公开文件写。")
@click.option("--unit", default="", metavar="编码", help="预算单位编码。")
@click.option(
    "--continues",
    default="",
    metavar="编码",
    help="承接上年的哪个项目，可以是其他部门的；没有就不写。",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["yaml", "xlsx"]),
    default="yaml",
    metavar="格式",
    help="yaml（默认）写进数据文件夹；xlsx 是空白的 Excel 表。",
)
@click.pass_obj
def new_project(  # noqa: PLR0913 - one argument for each option
    folder: Path,
    /,
    *,
    code: str,
    identifier: str,
    year: int,
    name: str,
    unit: str,
    continues: str,
    output_format: str,
) -> int:
    """Write a project's table to be filled in."""
    from disclosure.intake import starting

    data = project(folder).data
    order = starting.NewProject(code, name, unit, continues)
    if output_format == "xlsx":
        return _tell(
            lambda: starting.new_project_workbook(data, identifier, year, order, Path.cwd()),
            f"请用 Excel、WPS 照公开文件填写；填好后运行 disclosure import 文件"
            f" --department {identifier} --year {year}。",
        )
    return _tell(lambda: starting.new_project(data, identifier, year, order))


TO_FILL_IN = "请照公开文件填写，写着 ~ 的是还没有填的；填好后运行 disclosure check。"


def _tell(start: Callable[[], Path], then: str = TO_FILL_IN) -> int:
    """Write a file and say where it is and what to do, or why not."""
    from disclosure.intake import starting

    try:
        path = start()
    except starting.ScaffoldingError as error:
        raise Refusal(str(error)) from None
    click.echo(f"已新建：{path}")
    click.echo(then)
    return CLEAN


def _units(texts: Sequence[str]) -> dict[str, str]:
    """Codes and names of units, as typed: `322001=某某局本级`."""
    return {code.strip(): name.strip() for code, _, name in (text.partition("=") for text in texts)}
