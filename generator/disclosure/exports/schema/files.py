"""Which files the open data consists of, and what each is called."""

from __future__ import annotations

from msgspec import Struct

SCHEMA_FILE = "open-data.schema.json"
CHECKSUMS = "SHA256SUMS"
PACKAGE = "datapackage.json"


class Offer(Struct, frozen=True):
    """A file that is offered: its path in its scope, what it is, for whom, its media type."""

    path: str
    title: str
    meaning: str
    media: str


def base(scope: str) -> str:
    """What the files of a scope are called, so that a saved one still says what it is."""
    return f"budget-targets-{scope}"


def csv_path(table: str) -> str:
    """The CSV file of a table, in its scope."""
    return f"csv/{table}.csv"


def parquet_path(table: str) -> str:
    """The Parquet file of a table, in its scope."""
    return f"parquet/{table}.parquet"


def whole_files(scope: str) -> tuple[Offer, ...]:
    """The files that hold every table of a scope, the most used first."""
    name = base(scope)
    return (
        Offer(
            f"{name}.xlsx",
            "Excel 工作簿",
            "一张表一个工作表，另有说明；用 Excel、WPS 打开。",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        Offer(
            f"{name}.json",
            "JSON",
            "供程序使用；金额写成文字，一位不差。",
            "application/json",
        ),
        Offer(
            f"{name}.sqlite",
            "SQLite 数据库",
            "带主键、外键和数据字典，可以直接用 SQL 查询。",
            "application/vnd.sqlite3",
        ),
        Offer(
            PACKAGE,
            "数据包说明",
            "CSV 各表的结构、主键和外键（Frictionless Data Package）。",
            "application/json",
        ),
        Offer(CHECKSUMS, "校验值", "每个文件的 SHA-256，用 sha256sum -c 核对。", "text/plain"),
    )
