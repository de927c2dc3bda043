"""Scanned documents, read by the extra "ocr" in an environment of its own, without any network.

`nox -s platforms` makes the environment from `requirements/ocr.txt` and runs this. The scans are
pictures of the documents that `tests/cases/documents` has as text.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from msgspec import Struct
from PIL import Image, ImageFilter

from tests.support import fidelity
from tests.support.repository import ROOT

PYTHON = ROOT / ".cache" / "platforms" / "ocr" / "bin" / "python"
#: What a scanner does to a page: dots an inch, degrees of skew, quality of JPEG.
SCANNERS = {"clean": (300, 0.0, 95), "crooked and coarse": (170, 1.5, 45)}

pytestmark = pytest.mark.skipif(
    not PYTHON.exists() and os.environ.get("REQUIRE_OCR") != "1",
    reason="the extra ocr is not installed; run this by: python3 noxfile.py -s platforms",
)


class Imported(Struct, frozen=True):
    """What became of a scan: the project's folder and what the command said."""

    folder: Path
    output: str

    @property
    def year(self) -> Path:
        """The folder of the drafts."""
        return self.folder / "data" / "990101-101" / "2026"

    @property
    def project(self) -> dict[str, Any]:
        """The draft of the one project on the page."""
        (file,) = self.year.glob("projects/*.yml")
        read: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
        return read


def scan(case: str, target: Path, dpi: int, skew: float, quality: int) -> Path:
    """The first page of a case's document as a PDF that holds nothing but its picture."""
    with pypdfium2.PdfDocument(fidelity.CASES / case / "document.pdf") as document:
        page: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    if skew:
        page = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=250)
        page = page.filter(ImageFilter.GaussianBlur(0.6))
    page.save(target, resolution=dpi, quality=quality)
    return target


@pytest.fixture(scope="module", params=SCANNERS)
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """A scan taken in where nothing but this machine can be reached."""
    folder = tmp_path_factory.mktemp("scanned")
    document = scan("shaanxi-project", folder / "<i>扫描.pdf", *SCANNERS[request.param])
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "site_src").mkdir()
    fidelity.begin(folder / "data" / "990101-101", 2026, [])
    command = [str(PYTHON), "-m", "disclosure", "-C", str(folder), "import", str(document)]
    command += ["--department", "990101-101", "--year", "2026"]
    if shutil.which("unshare"):
        command = ["unshare", "--map-root-user", "--net", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout + done.stderr  # what is to be proofread is not done
    return Imported(folder, done.stdout)


def test_a_scan_comes_through_as_its_document(imported: Imported) -> None:
    """Each row has its name, target and weight, each amount its figures, whatever the scanner."""
    project = imported.project
    meaning = json.loads((fidelity.CASES / "shaanxi-project" / "meaning.json").read_text("utf-8"))
    wanted = next(one for one in meaning["projects"] if one["name"] == project["name"])
    keys = ("level1", "level2", "level3", "target", "weight")
    assert [[str(row.get(key)) for key in keys] for row in project["indicators"]] == [
        [str(row.get(key)) for key in keys] for row in wanted["indicators"]
    ]
    assert project["goals"] == wanted["goals"]
    assert str(project["budget"]["total"]) == wanted["amounts"][0]["text"]


def test_every_value_is_to_be_proofread(imported: Imported) -> None:
    """The draft names each field and row, and the page has each value with its picture."""
    rows = [row["level3"] for row in imported.project["indicators"]]
    assert {"name", "budget", "goals", "facts", *rows} <= {*imported.project["unproofread"]}
    year = yaml.safe_load((imported.year / "disclosure.yml").read_text("utf-8"))
    assert year["source"]["text"] == "recognised"
    (page,) = (imported.folder / "proofreading").iterdir()
    assert page.name in imported.output
    text = page.read_text("utf-8")
    shown = [int(found) for found in re.findall(r"<td>(\d+)%</td>", text)]
    assert shown == sorted(shown)
    assert len(shown) == text.count("<tr><td><img") > len(rows) * 3
    assert "<i>" not in text
    assert html.escape("<i>") in text
    assert not re.search(r"https?:|<script|<link", text)
