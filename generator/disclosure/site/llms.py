"""What the site holds, for programs that read text: a list of links in Markdown.

https://llmstxt.org: a title, a summary, and sections of links. A year and a department lead on to
their projects, which are too many for one list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.config.settings import Settings
from disclosure.exports.downloads_page import DICTIONARY, DOWNLOADS, licence
from disclosure.exports.schema.files import base, whole_files
from disclosure.pages.addresses import COMPARISONS, GLOSSARY, years_address
from disclosure.pages.escaping import escape
from disclosure.pages.events import CHANGES
from disclosure.pages.outline import Outline, dates_of
from disclosure.pages.scopes import scopes
from disclosure.pages.view import Link
from disclosure.pages.years import by_year

NAME = "llms.txt"

_MARKDOWN = (
    "下列各页和每个项目的各页，地址后面加 index.md，就是那一页的 Markdown。"
    "一个部门一个年度全部项目的目标表和自评，在 部门标识/年度/print/index.md，很长的分为几个部分，"
    "列在那一页上。"
)

#: A section: its heading, and what it leads to with what there is to say of each.
Section = tuple[str, list[tuple[Link, str]]]


def llms_txt(departments: Sequence[Outline], settings: Settings) -> bytes:
    """The list; without a public address its links count from the site's root."""
    lines = [f"# {escape(settings.name)}", ""]
    if settings.description:
        lines += [f"> {escape(settings.description)}", ""]
    day = dates_of(departments).get("")
    until = f"数据截至{day}。" if day else ""
    lines += [f"{until}金额的单位都是万元。{_MARKDOWN}{escape(licence(settings))}", ""]
    for heading, links in _sections(departments):
        if links:
            lines += [f"## {heading}", ""]
            lines += [_line(link, summary, settings) for link, summary in links]
            lines.append("")
    return "\n".join(lines).encode()


def _line(link: Link, summary: str, settings: Settings) -> str:
    note = f": {escape(summary)}" if summary else ""
    return f"- [{escape(link.text)}]({settings.url}{link.address}){note}"


def _sections(departments: Sequence[Outline]) -> Iterator[Section]:
    yield (
        "年度",
        [
            (
                Link(f"{year}年", years_address(year)),
                f"{len(members)}个部门，{sum(one.in_force for _, one in members)}个项目",
            )
            for year, members in by_year(departments)
        ],
    )
    yield "部门", [*map(_department, departments)]
    yield "开放数据", [*_open_data(departments)]
    yield (
        "Optional",  # the word that the format gives a meaning: these may be left out
        [
            (CHANGES, "什么时候公开、调整、更正、撤销了什么"),
            (COMPARISONS, "各年度之间目标和资金的变化"),
            (GLOSSARY, "预算绩效的用语"),
        ],
    )


def _department(one: Outline) -> tuple[Link, str]:
    years = "、".join(f"{year.year}年" for year in one.years)
    return Link(one.department.name, one.address), "，".join(
        part for part in (one.department.region.name, years) if part
    )


def _open_data(departments: Sequence[Outline]) -> Iterator[tuple[Link, str]]:
    yield DOWNLOADS, "全部数据，有 CSV、Excel、JSON、Parquet 和 SQLite 几种格式"
    yield DICTIONARY, "每一张表、每一栏的含义、类型和单位"
    for scope in scopes(departments):
        for offer in whole_files(scope.name):
            if offer.path == f"{base(scope.name)}.json":
                address = f"{DOWNLOADS.address}{scope.name}/{offer.path}"
                yield Link(f"{scope.title}：{offer.title}", address), offer.meaning
