"""The open data: what can be downloaded, how it may be used, and what every column means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.config.settings import Settings
from disclosure.exports.data_catalogue import CataloguedFile, DataCatalogue, schema_org
from disclosure.exports.schema import TABLES, Column, Table
from disclosure.exports.schema.columns import Type
from disclosure.exports.schema.files import SCHEMA_FILE, Offer, csv_path, parquet_path, whole_files
from disclosure.pages.addresses import HOME, YEARS, full_address, years_address
from disclosure.pages.in_force import called_off, number_of
from disclosure.pages.outline import Outline, dates_of
from disclosure.pages.scopes import EVERYTHING, Scope, scopes
from disclosure.pages.view import ALL_DATA, Facets, Link, View

DOWNLOADS = Link("数据下载", "downloads/")
DICTIONARY = Link("数据字典", f"{DOWNLOADS.address}dictionary/")
CATALOG = Link("DCAT 目录", f"{DOWNLOADS.address}catalog.jsonld")
SCHEMA = f"{DOWNLOADS.address}{EVERYTHING}/{SCHEMA_FILE}"
#: Where on the page it says how the data may be used.
LICENCE_ANCHOR = "licence"

LICENCE = (
    "数据取自部门依法公开的政府信息，任何人都可以免费下载、复制、分析和再利用。"
    "使用时请注明公开部门、年度和来源，不改变原意；如有出入，以部门公开的文件为准。"
)

#: What the types of columns are called.
TYPES = {
    Type.TEXT: "文字",
    Type.DECIMAL: "精确小数",
    Type.INTEGER: "整数",
    Type.DATE: "日期",
    Type.BOOLEAN: "是或否",
}


class Download(Struct, frozen=True):
    """A file that is offered."""

    link: Link
    title: str
    meaning: str
    media: str


class TableFiles(Struct, frozen=True):
    """A table in the formats that have a file for each."""

    name: str
    title: str
    meaning: str
    dictionary: str
    links: tuple[Link, ...]


class ScopeDownloads(Struct, frozen=True):
    """A scope: how much it is, each number with the way to what it counts, and its files."""

    name: str
    title: str
    summary: tuple[Link, ...]
    files: tuple[Download, ...]
    tables: tuple[TableFiles, ...]


class DownloadsView(View, frozen=True, kw_only=True):
    """What can be downloaded, scope by scope."""

    kind: ClassVar[str] = "downloads"
    scopes: tuple[ScopeDownloads, ...]
    licence: str
    licence_anchor: str
    citation: str
    schema: Link
    catalog: Link = CATALOG
    dictionary: Link = DICTIONARY

    @property
    def offered(self) -> tuple[str, ...]:
        """The files of every scope."""
        whole = (file.link for scope in self.scopes for file in scope.files)
        tables = (each for scope in self.scopes for one in scope.tables for each in one.links)
        return tuple(link.address for link in (*whole, *tables))


class ColumnLine(Struct, frozen=True):
    """A column in the dictionary; `values` lists each value that there can be and its meaning."""

    name: str
    title: str
    type: str
    unit: str
    meaning: str
    values: tuple[tuple[str, str], ...]
    required: bool
    is_key: bool
    source: str


class TablePart(Struct, frozen=True):
    """A table in the dictionary; `belongs` says in words to which tables its rows belong."""

    name: str
    title: str
    meaning: str
    columns: tuple[ColumnLine, ...]
    belongs: tuple[tuple[Link, str], ...]


class DictionaryView(View, frozen=True, kw_only=True):
    """Every table and every column."""

    kind: ClassVar[str] = "dictionary"
    tables: tuple[TablePart, ...]
    downloads: Link = DOWNLOADS


def downloads_views(departments: Sequence[Outline], settings: Settings) -> Iterator[View]:
    """The page of the downloads, and the data dictionary."""
    offered = tuple(_scope_downloads(departments, scope) for scope in scopes(departments))
    known = dates_of(departments)
    yield DownloadsView(
        address=DOWNLOADS.address,
        title=DOWNLOADS.text,
        description="全部部门、项目、绩效指标、资金支出计划、版本、自评和年度变化的数据，"
        "有 CSV、Excel、JSON、Parquet 和 SQLite 几种格式。",
        crumbs=(HOME,),
        facets=Facets("指南"),
        data_paths=ALL_DATA,
        scopes=offered,
        licence=licence(settings),
        licence_anchor=LICENCE_ANCHOR,
        citation=citation(Scope(), known, settings),
        schema=Link("JSON Schema", SCHEMA),
        structured=schema_org(data_catalogue(departments, settings)),
    )
    yield _dictionary()


def licence(settings: Settings) -> str:
    """How the data may be used, as the site says or as it is anyway."""
    return settings.government.licence or LICENCE


def title(scope: Scope, settings: Settings) -> str:
    """What the data of a scope are called."""
    return f"{settings.name}：{scope.title}开放数据"


def citation(scope: Scope, known: Mapping[str, str], settings: Settings) -> str:
    """How the data are cited: what, from when (`known`, see `dates_of`), where."""
    day = known.get("", "")
    until = f"数据截至{day}，" if day else ""
    return f"{title(scope, settings)}，{until}{full_address(DOWNLOADS.address, settings)}"


def _scope_downloads(departments: Sequence[Outline], scope: Scope) -> ScopeDownloads:
    found = [
        (department, year)
        for department in departments
        for year in department.years
        if scope.holds(department.id, year.year)
    ]
    in_force = sum(year.in_force for _, year in found)
    withdrawn = sum(year.withdrawn for _, year in found)
    names = list(dict.fromkeys(department.department.name for department, _ in found))
    if not scope.year:
        years = len({year.year for _, year in found})
        summary = [
            Link(f"{len(names)}个部门", f"{HOME.address}#overview"),
            Link(f"{years}个年度", YEARS.address),
            Link(f"项目按年度共{in_force}个{called_off(withdrawn)}", YEARS.address),
        ]
    else:
        here = years_address(scope.year)
        summary = [
            *([Link(f"{names[0]}至{names[-1]}", "")] if scope.part else ()),
            Link(f"{len(names)}个部门", f"{here}#departments"),
            Link(number_of(in_force, withdrawn), f"{here}#projects"),
        ]
    return ScopeDownloads(
        name=scope.name,
        title=scope.title,
        summary=tuple(summary),
        files=tuple(_download(scope.name, offer) for offer in whole_files(scope.name)),
        tables=tuple(_table_files(scope.name, table) for table in TABLES),
    )


def _download(scope: str, offer: Offer) -> Download:
    address = f"{DOWNLOADS.address}{scope}/{offer.path}"
    return Download(Link(offer.path, address), offer.title, offer.meaning, offer.media)


def _table_files(scope: str, table: Table) -> TableFiles:
    folder = f"{DOWNLOADS.address}{scope}/"
    return TableFiles(
        name=table.name,
        title=table.title,
        meaning=table.meaning,
        dictionary=table.name.replace("_", "-"),
        links=(
            Link("CSV", folder + csv_path(table.name)),
            Link("Parquet", folder + parquet_path(table.name)),
        ),
    )


def _dictionary() -> DictionaryView:
    return DictionaryView(
        address=DICTIONARY.address,
        title=DICTIONARY.text,
        description="开放数据的每一张表、每一栏：含义、类型、单位和来源。",
        crumbs=(HOME, DOWNLOADS),
        facets=Facets("指南"),
        hide=("navigation",),
        tables=tuple(_part(table) for table in TABLES),
    )


def _part(table: Table) -> TablePart:
    titles = {one.name: one.title for one in TABLES}
    columns = {one.name: one.title for one in table.columns}
    return TablePart(
        name=table.name,
        title=table.title,
        meaning=table.meaning,
        columns=tuple(_line(column, table) for column in table.columns),
        belongs=tuple(
            (Link(titles[one.table], one.table), "、".join(columns[name] for name in one.columns))
            for one in table.belongs
        ),
    )


def _line(column: Column, table: Table) -> ColumnLine:
    return ColumnLine(
        name=column.name,
        title=column.title,
        type=TYPES[column.type],
        unit=column.unit,
        meaning=column.meaning,
        values=tuple(column.values.items()),
        required=column.required,
        is_key=column.name in table.key,
        source=column.source,
    )


def data_catalogue(departments: Sequence[Outline], settings: Settings) -> DataCatalogue:
    """What catalogues are told of the open data."""
    here = full_address(DOWNLOADS.address, settings) if settings.url else ""
    whole = [department.department for department in departments]
    return DataCatalogue(
        site=settings.name,
        name=title(Scope(), settings),
        address=here,
        licence=f"{here}#{LICENCE_ANCHOR}",
        creators=tuple(one.name for one in whole),
        regions=tuple(dict.fromkeys(one.region.name for one in whole if one.region.name)),
        years=tuple(sorted({year.year for one in departments for year in one.years})),
        day=dates_of(departments).get("", ""),
        files=tuple(
            CataloguedFile(
                file.title, here + file.link.address.removeprefix(DOWNLOADS.address), file.media
            )
            for file in _distributed(
                [_scope_downloads(departments, scope) for scope in scopes(departments)]
            )
        ),
    )


def _distributed(offered: Sequence[ScopeDownloads]) -> Iterator[Download]:
    """The files that hold every table: of everything, or where nothing holds that, of each part."""
    whole = [scope for scope in offered if scope.name == EVERYTHING] or offered
    for scope in whole:
        yield from scope.files[:3]
