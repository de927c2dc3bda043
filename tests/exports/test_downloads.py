"""The page of the downloads and the data dictionary, as they are built."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from bs4 import BeautifulSoup

from disclosure.config import content_policy
from disclosure.config.site_project import load_project
from disclosure.exports.schema import TABLES
from disclosure.site import pipeline
from tests.support.loaded_mkdocs import mkdocs
from tests.support.repository import ROOT


def soup(file: Path) -> BeautifulSoup:
    """A built page."""
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def test_everything_offered_is_there(built_examples: Path) -> None:
    """Each link of the page leads to a file, for everything and for each of the four years."""
    page = built_examples / "downloads/index.html"
    links = [str(link["href"]) for link in soup(page).select("a[download]")]
    assert len(links) == len(set(links)) == 5 * (5 + 2 * len(TABLES))
    for link in links:
        assert (page.parent / link).is_file(), link
    offered = {(page.parent / link).resolve() for link in links}
    written = {
        path
        for path in (built_examples / "downloads").resolve().rglob("*.*")
        if path.name not in {"index.html", "index.md", "open-data.schema.json", "catalog.jsonld"}
    }
    assert written == {path for path in offered if path.suffix}


@pytest.mark.parametrize(
    "address",
    ["downloads", "990101-201/2025", "990101-201/2025/99010125T002588100618", "compare/2024-2025"],
)
def test_each_download_says_how_large_it_is(built_examples: Path, address: str) -> None:
    """Of pages of a project, a year and all departments; never less than it is."""
    page = built_examples / address / "index.html"
    links = soup(page).select("a[download]")
    assert links
    for link in links:
        (size,) = link.select(".file-size")
        number, unit = size.get_text().removeprefix("，").split()
        stated = float(number) * {"B": 1, "KB": 1_000, "MB": 1_000_000}[unit]
        there = (page.parent / str(link["href"])).stat().st_size
        assert there <= stated < there * 1.1 + 1, link


def test_the_files_of_a_year_hold_that_year(built_examples: Path) -> None:
    """Of 2023 there is nothing else, and its departments are those that published."""
    file = built_examples / "downloads/2023/budget-targets-2023.json"
    tables = json.loads(file.read_text("utf-8"))["tables"]
    assert {row["year"] for rows in tables.values() for row in rows if "year" in row} == {2023}
    assert {row["previous_year"] for row in tables["changes"]} == {2022}
    workbook = openpyxl.load_workbook(file.with_suffix(".xlsx"), read_only=True)
    assert workbook["项目"].max_row == len(tables["projects"]) + 1


def test_the_data_set_is_described_for_search_engines(built_examples: Path) -> None:
    """One block of schema.org's Dataset with what it needs, whose files are there."""
    page = built_examples / "downloads/index.html"
    (block,) = soup(page).select('script[type="application/ld+json"]')
    described = json.loads(block.get_text())
    assert described["@type"] == "Dataset"
    assert len(described["description"]) + len(described["name"]) >= 50
    assert described["temporalCoverage"] == "2022/2025"
    assert len(described["creator"]) == 7
    assert re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", described["dateModified"])
    for file in described["distribution"]:
        assert (page.parent / file["contentUrl"]).is_file()
    assert not soup(built_examples / "index.html").select('script[type="application/ld+json"]')
    assert "'unsafe-inline'" not in content_policy.IN_PAGES


def test_the_catalogue_says_what_search_engines_are_told(built_examples: Path) -> None:
    """The page leads to a catalogue in DCAT: one data set with the same facts and files."""
    page = built_examples / "downloads/index.html"
    (link,) = soup(page).select('main a[type="application/ld+json"]')
    catalog = json.loads((page.parent / str(link["href"])).read_text("utf-8"))
    (block,) = soup(page).select('script[type="application/ld+json"]')
    described = json.loads(block.get_text())
    assert catalog["@type"] == "dcat:Catalog"
    (data,) = catalog["dcat:dataset"]
    assert data["dct:title"]["@value"] == described["name"]
    assert data["dct:description"]["@value"] == described["description"]
    assert [word["@value"] for word in data["dcat:keyword"]] == described["keywords"]
    agents = [agent["foaf:name"]["@value"] for agent in data["dct:creator"]]
    assert agents == [creator["name"] for creator in described["creator"]]
    assert data["dct:modified"] == {"@type": "xsd:date", "@value": described["dateModified"]}
    ends = [data["dct:temporal"][f"dcat:{end}Date"]["@value"] for end in ("start", "end")]
    assert "/".join(ends) == described["temporalCoverage"]
    assert [
        (one["dct:title"]["@value"], one["dcat:downloadURL"]["@id"], one["dcat:mediaType"]["@id"])
        for one in data["dcat:distribution"]
    ] == [
        (
            one["name"],
            one["contentUrl"],
            f"https://www.iana.org/assignments/media-types/{one['encodingFormat']}",
        )
        for one in described["distribution"]
    ]


def test_the_dictionary_explains_every_column(built_site: Path) -> None:
    """Each table has its anchor, and each column a row with its meaning and its source."""
    page = soup(built_site / "downloads/dictionary/index.html")
    for one in TABLES:
        lines = page.select(f"#{one.name} ~ div tbody")[0].select("tr")
        assert len(lines) == len(one.columns)
        for line, column in zip(lines, one.columns, strict=True):
            cells = [cell.get_text() for cell in line.select("th, td")]
            assert cells[0].startswith(column.title)
            assert cells[1] == column.name
            assert column.meaning in cells[4]
            assert cells[5] == column.source


@pytest.fixture(scope="module")
def dated() -> Mapping[str, str]:
    """The day of each page of the invented district, by its address."""
    project = load_project(ROOT / "examples")
    made = pipeline.generate(project.data, project.settings)
    return {page.view.address: page.view.dated for page in made.pages()}


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("", "2025-10-22"),  # the last correction of all
        ("990101-402/2022/", "2023-08-30"),  # its self-evaluations came last
        ("990101-301/2025/99010125P003199100746/", "2025-10-22"),
        ("guide/rules/C101/", ""),
        ("glossary/", ""),
    ],
)
def test_a_page_is_dated_by_the_data_behind_it(
    dated: Mapping[str, str], address: str, day: str
) -> None:
    """The newest date among the publications, adjustments and results that it shows, or none."""
    assert dated[address] == day


def test_the_sitemap_has_these_dates(project: Path, tmp_path: Path) -> None:
    """With a public address each page of the data is listed with its day, the others without."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\nsite_url: https://x.test/\n", "utf-8")
    year = project / "data/130803-322/2024/disclosure.yml"
    text = year.read_text("utf-8").replace("published: ~", "published: 2024-02-20")
    year.write_text(text, encoding="utf-8")
    finished = mkdocs("build", "--site-dir", str(tmp_path / "out"), cwd=project)
    assert finished.returncode == 0, finished.stderr
    sitemap = ET.parse(tmp_path / "out/sitemap.xml")  # noqa: S314 - ours
    days = {entry.findtext("{*}loc"): entry.findtext("{*}lastmod") for entry in sitemap.getroot()}
    assert days["https://x.test/130803-322/2024/"] == "2024-02-20"
    assert days["https://x.test/"] == "2024-02-20"
    assert days["https://x.test/guide/"] is None
    assert set(days.values()) == {"2024-02-20", None}
    block = soup(tmp_path / "out/downloads/index.html").select_one("script[type$=ld\\+json]")
    assert block is not None
    described = json.loads(block.get_text())
    assert described["url"] == "https://x.test/downloads/"
    assert described["distribution"][0]["contentUrl"].startswith("https://x.test/downloads/all/")


def test_a_page_leads_to_its_data(built_site: Path) -> None:
    """A project's page links its CSV and JSON, and what their columns mean."""
    page = built_site / "130803-322/2024/13080324P00514210001L/index.html"
    links = [str(link["href"]) for link in soup(page).select("a")]
    name = "130803-322-2024-13080324P00514210001L"
    assert {f"{name}.csv", f"{name}.json"} <= {*links}
    assert "../../../downloads/dictionary/#indicators" in links
    assert (page.parent / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbfdepartment_id,year")
