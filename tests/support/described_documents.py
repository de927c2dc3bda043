"""Documents that a case describes (`tests/cases/kinds/<kind>.yml`), written in their formats."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from tests.support import documents, small_pdf
from tests.support.documents import Piece, Wide
from tests.support.repository import ROOT

CASES = ROOT / "tests/cases/kinds"


def described(kind: str) -> dict[str, Any]:
    """The documents of a kind, by name."""
    found: dict[str, Any] = yaml.load((CASES / f"{kind}.yml").read_text("utf-8"), yaml.CSafeLoader)
    return found


def made(folder: Path, name: str, document: Mapping[str, Any]) -> Path:
    """Write a document as it is described."""
    format_ = document["format"]
    file = folder / f"{name}.{format_}"
    if format_ == "txt":
        file.write_text(document["text"], "utf-8")
    elif format_ == "pdf":
        depth = {"depth": document["depth"]} if "depth" in document else {}
        small_pdf.write(file, document["pages"], **depth)
    elif format_ == "docx":
        documents.simple_word(file, _pieces(document))
    else:
        documents.simple_workbook(file, _pieces(document))
        _numbers(file, document.get("numbers", {}))
    return file


def _pieces(document: Mapping[str, Any]) -> list[Piece]:
    return [
        piece if isinstance(piece, str) else [[*map(_cell, row)] for row in piece]
        for piece in document["pieces"]
    ]


def _cell(cell: str | Mapping[str, Any] | None) -> str | Wide | None:
    return Wide(**cell) if isinstance(cell, Mapping) else cell


def _numbers(file: Path, numbers: Mapping[str, float]) -> None:
    """Put numbers into cells, as a spreadsheet keeps them."""
    if numbers:
        book = openpyxl.load_workbook(file)
        for place, number in numbers.items():
            book.active[place].value = number  # type: ignore[index]
        book.save(file)
