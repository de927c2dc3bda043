"""LibreOffice without a window: opens a file as a user would, and says what it saw in it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import pytest

#: UTF-8, comma, quotes, every sheet into a file of its own; numbers as they are shown.
_TO_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
#: How a CSV file is read: as above, every column as in the file, no guessing at special numbers.
_FROM_CSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,,2052,false,false,false"


def need_office() -> None:
    """Skip the test without LibreOffice, or fail where `REQUIRE_OFFICE` says it must be there."""
    if not shutil.which("soffice"):
        if os.environ.get("REQUIRE_OFFICE") == "1":
            pytest.fail("LibreOffice (soffice) is not installed", pytrace=False)
        pytest.skip("LibreOffice (soffice) is not installed")


def convert(file: Path, to: str, folder: Path, *others: Path) -> None:
    """Open a file, and others like it, and save each in another format into `folder`."""
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        *([_FROM_CSV] if file.suffix == ".csv" else []),
        "--convert-to",
        to,
        "--outdir",
        str(folder),
        str(file),
        *map(str, others),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def sheets(file: Path, folder: Path) -> dict[str, list[list[str]]]:
    """The cells of every sheet of a workbook, as they are shown, by the name of the sheet."""
    convert(file, _TO_CSV, folder)
    found = {}
    for path in folder.glob(f"{file.stem}-*.csv"):
        with path.open(encoding="utf-8", newline="") as text:
            found[path.stem.removeprefix(f"{file.stem}-")] = list(csv.reader(text))
    return found
