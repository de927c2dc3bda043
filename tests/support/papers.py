"""What stands on the pages of a PDF, and how they look."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

#: Fields that a form does not print.
UNPRINTED = {"schema", "at", "rule", "continues"}


def need_poppler() -> None:
    """Skip the test without poppler-utils, or fail where everything is required."""
    if not shutil.which("pdftotext"):
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("poppler-utils is not installed", pytrace=False)
        pytest.skip("poppler-utils is not installed")


def plain(text: str) -> str:
    """Text without white space, and without the marks that only say where a line may break."""
    return re.sub(r"[\s\u200b\ufeff]", "", text)


def pages(pdf: Path) -> list[str]:
    """The text of each page without white space, cell after cell."""
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(pdf), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    return [plain(page) for page in text.split("\f")[:-1]]


def repeated(pdf: Path, times: int, target: Path) -> Path:
    """A PDF with the same pages so many times."""
    subprocess.run(["pdfunite", *[str(pdf)] * times, str(target)], check=True)
    return target


def edges_are_white(pdf: Path, folder: Path) -> bool:
    """Whether every page is A4 and nothing stands within 8 mm of its edges."""
    subprocess.run(["pdftoppm", "-r", "50", "-gray", str(pdf), str(folder / "page")], check=True)
    for picture in folder.glob("page*.pgm"):
        head, width, height, _, dots = re.split(rb"\s", picture.read_bytes(), maxsplit=4)
        across, down, edge = int(width), int(height), 16
        assert (head, across, down) == (b"P5", 414, 585), picture
        rows = [dots[start : start + across] for start in range(0, across * down, across)]
        inner = rows[edge:-edge]
        margins = rows[:edge] + rows[-edge:] + [row[:edge] + row[-edge:] for row in inner]
        if set(b"".join(margins)) != {255} or set(b"".join(inner)) == {255}:
            return False
    return True


def values(file: Path) -> Iterator[str]:
    """Every text and number of a project's data file that its form prints."""
    yield from _values(yaml.load(file.read_text("utf-8"), yaml.CBaseLoader))  # noqa: S506


def _values(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in UNPRINTED:
                yield from ([key] if str(key).endswith("底") else [])
                yield from _values(value)
    elif isinstance(node, list):
        for item in node:
            yield from _values(item)
    elif node not in {"~", ""}:
        yield plain(str(node))


def with_indicators(file: Path, indicators: list[dict[str, str]]) -> None:
    """Put other indicators into a project's data file, and drop its notes."""
    head = file.read_text("utf-8").partition("indicators:\n")[0]
    rows = json.dumps(indicators, ensure_ascii=False)
    file.write_text(f"{head}indicators: {rows}\n", encoding="utf-8")


def many_indicators() -> list[dict[str, str]]:
    """Thirty of them under two first levels; each description says where it begins and ends."""
    return [
        {
            "level1": "产出指标" if number < 25 else "效益指标",
            "level2": "数量指标" if number < 12 else "质量指标",
            "level3": f"第{number}项",
            "description": f"起{number}。" + "各项工作按计划完成，" * 6 + f"止{number}。",
            "target": f"≥{number}次",
            "basis": "工作计划",
        }
        for number in range(1, 31)
    ]


def assert_heads_and_rows(found: list[str]) -> None:
    """Heads stand again on every page with rows, pages are numbered, and no row is cut."""
    assert len(found) > 1
    for number, page in enumerate(found, start=1):
        assert f"第{number}页共{len(found)}页" in page
        assert ("指标值确定依据" in page) == ("止" in page)
    for number in range(1, 31):
        holding = [page for page in found if f"起{number}。" in page]
        assert len(holding) == 1, number
        assert f"止{number}。" in holding[0], number
