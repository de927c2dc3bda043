"""The sitemap: valid by the protocol at any size, and stable where nothing changed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from disclosure.site import mkdocs_process, sitemap
from disclosure.site.build_protocol import BuildOrder
from disclosure.site.sitemap import ListedPage, files
from tests.support.district import some_departments
from tests.support.folders import contents
from tests.support.loaded_mkdocs import mkdocs
from tests.support.shared import made_once

SCHEMA = etree.RelaxNG(file=str(Path(__file__).parents[1] / "support" / "sitemap.rng"))
SITE = "https://x.test/budget/"
OWN = [ListedPage("", "2025-10-22"), ListedPage("guide/", "")]

#: Makes an index of a small site, and shares its pages between processes as if it were large;
#: hooks are MkDocs' own way to run such a thing.
LOW_LIMITS = """
from disclosure.plugin import workers
from disclosure.site import sitemap
sitemap.MAX_ADDRESSES, sitemap.SHARE = 120, 50
workers.MIN_SHARED = 50
"""


def department(number: int, pages: int) -> list[ListedPage]:
    """The pages of a department, each with a day of its own year."""
    return [
        ListedPage(f"d-{number}/{page}/", f"{2000 + number % 20}-02-20") for page in range(pages)
    ]


def district(departments: int, pages: int) -> list[ListedPage]:
    """So many departments with so many pages each."""
    return [page for number in range(departments) for page in department(number, pages)]


def made(own: Sequence[ListedPage], departments: Sequence[ListedPage]) -> dict[str, bytes]:
    """All files by name, every one of them valid."""
    found = dict(files(SITE, own, departments))
    for content in found.values():
        assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log
    return found


def entries(content: bytes) -> list[tuple[str, str]]:
    """The address and the day of each entry of a file."""
    return [
        (entry.findtext("{*}loc"), entry.findtext("{*}lastmod") or "")
        for entry in etree.fromstring(content)
    ]


def test_few_pages_are_one_list() -> None:
    """Each page stands there once with its day, in the order in which pages came."""
    pages = district(3, 4)
    found = made(OWN, pages)
    assert list(found) == ["sitemap.xml"]
    assert entries(found["sitemap.xml"]) == [(SITE + page, day) for page, day in [*OWN, *pages]]
    assert found["sitemap.xml"].startswith(
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        b"  <url><loc>https://x.test/budget/</loc><lastmod>2025-10-22</lastmod></url>\n"
        b"  <url><loc>https://x.test/budget/guide/</loc></url>\n"
    )


def test_the_protocol_decides_from_when_on_there_is_an_index() -> None:
    """50,000 pages are one list, one page more makes an index of lists, all at the site's root."""
    pages = district(500, 100)
    assert list(made([], pages)) == ["sitemap.xml"]
    found = made(OWN[:1], pages)
    *parts, index = found
    assert index == "sitemap.xml"
    assert [name for name, _ in entries(found[index])] == [SITE + part for part in parts]
    assert len(parts) == 1 + 8
    for part in parts:
        assert re.fullmatch(r"sitemap-[0-9]+-[0-9]+\.xml", part)
        assert len(entries(found[part])) <= 2 * sitemap.SHARE
    listed = [entry for part in parts for entry in entries(found[part])]
    assert sorted(listed) == sorted((SITE + page, day) for page, day in [*OWN[:1], *pages])


def test_the_index_has_the_newest_day_of_each_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of pages without a day has none either."""
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 20)
    monkeypatch.setattr(sitemap, "SHARE", 10)
    found = made(OWN[1:], district(12, 3))
    days = dict(entries(found["sitemap.xml"]))
    assert days.pop(f"{SITE}sitemap-0-1.xml") == ""
    assert len(days) > 2
    for name, day in days.items():
        assert day == max(day for _, day in entries(found[name.removeprefix(SITE)]))


@pytest.mark.parametrize("limit", ["MAX_ADDRESSES", "MAX_BYTES"])
def test_a_large_department_is_cut(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """No list is longer or larger than it may be, and the pages keep their order in the lists."""
    monkeypatch.setattr(sitemap, "SHARE", 50)
    monkeypatch.setattr(sitemap, limit, {"MAX_ADDRESSES": 30, "MAX_BYTES": 30 * 100}[limit])
    pages = [*district(4, 3), *department(4, 100)]
    found = made(OWN, pages)
    large = []
    for content in found.values():
        assert len(content) <= sitemap.MAX_BYTES + 200  # what stands around the entries
        assert len(entries(content)) <= sitemap.MAX_ADDRESSES
        large += [page for page, _ in entries(content) if "/d-4/" in page]
    assert large == [SITE + page for page, _ in pages if page.startswith("d-4/")]
    assert len(found) > 4


@pytest.mark.parametrize("change", ["added", "removed", "dated"])
def test_other_departments_lists_stay(monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """A page more or less, or with another day, changes its department's list and the index."""
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 400)
    monkeypatch.setattr(sitemap, "SHARE", 100)
    before = district(40, 25)
    at = before.index(department(7, 25)[-1])
    after = {
        "added": [*before[:at], ListedPage("d-7/new/", "2026-01-01"), *before[at:]],
        "removed": [*before[:at], *before[at + 1 :]],
        "dated": [*before[:at], before[at]._replace(dated="2026-01-01"), *before[at + 1 :]],
    }[change]
    old, new = made(OWN, before), made(OWN, after)
    assert old.keys() == new.keys()
    assert len(old) > 10
    changed = {name for name in old if old[name] != new[name]} - {"sitemap.xml"}
    assert len(changed) == 1
    assert b"/d-7/" in old[changed.pop()]


@pytest.mark.parametrize(
    "address",
    ["a&b/", "<script>alert(1)</script>/", "]]></loc></url>/", "'\"/", "招商/", "&amp;/"],
)
def test_hostile_addresses_stay_addresses(address: str) -> None:
    """Whatever an address holds, it comes out of the list as it went in."""
    ((_, content),) = files(SITE, [ListedPage(address, "")], [])
    assert entries(content) == [(SITE + address, "")]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("//*[local-name()='loc']", "/guide/"),
        ("//*[local-name()='loc']", ""),
        ("//*[local-name()='loc']", f"https://x.test/{'a' * 2048}"),
        ("//*[local-name()='lastmod']", ""),
        ("//*[local-name()='lastmod']", "2024-02-30"),
        ("//*[local-name()='lastmod']", "2024年2月20日"),
    ],
)
def test_the_grammar_can_fail(path: str, wrong: str) -> None:
    """No full address, one that is too long, and a day that is none are refused."""
    document = etree.fromstring(made(OWN, [])["sitemap.xml"])
    document.xpath(path)[0].text = wrong
    assert not SCHEMA.validate(document)


@pytest.mark.parametrize("gone", ["//*[local-name()='url']", "//*[local-name()='loc']"])
def test_the_grammar_wants_entries_with_addresses(gone: str) -> None:
    """A list without an entry and an entry without an address are refused."""
    document = etree.fromstring(made(OWN, [])["sitemap.xml"])
    for element in document.xpath(gone):
        element.getparent().remove(element)
    assert not SCHEMA.validate(document)


def test_without_an_address_there_is_none(built_site: Path) -> None:
    """The protocol knows full addresses only, so a site without one has no list and names none."""
    assert not list(files("", OWN, district(1, 1)))
    assert not list(built_site.glob("sitemap*"))
    assert "Sitemap" not in (built_site / "robots.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def low(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three departments with a public address and low limits, and their site by plain MkDocs."""

    def make(folder: Path) -> None:
        some_departments(folder)
        (folder / "low_limits.py").write_text(LOW_LIMITS, "utf-8")
        with (folder / "mkdocs.yml").open("a", encoding="utf-8") as file:
            file.write(f"site_url: {SITE}\nhooks: [low_limits.py]\n")
        finished = mkdocs("build", "--strict", "--site-dir", str(folder / "site"), cwd=folder)
        assert finished.returncode == 0, finished.stdout + finished.stderr

    return made_once(tmp_path_factory, "low", make)


def lists(site: Path) -> dict[str, bytes]:
    """The files of a site's sitemap."""
    return {path.name: path.read_bytes() for path in site.glob("sitemap*")}


def test_the_index_leads_to_every_page(low: Path) -> None:
    """From robots.txt over the index to all pages, each file valid and in the manifest."""
    site = low / "site"
    found = lists(site)
    assert f"Sitemap: {SITE}sitemap.xml" in (site / "robots.txt").read_text("utf-8")
    parts = [name.removeprefix(SITE) for name, _ in entries(found["sitemap.xml"])]
    assert sorted(parts) == sorted(found.keys() - {"sitemap.xml"})
    assert len(parts) > 3
    for content in found.values():
        assert SCHEMA.validate(etree.fromstring(content)), SCHEMA.error_log
    listed = [page for part in parts for page, _ in entries(found[part])]
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert sorted(listed) == sorted(SITE if page == "." else f"{SITE}{page}/" for page in pages)
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    assert found.keys() <= {file["path"] for file in manifest["files"]}


def test_workers_give_the_same_lists(low: Path, tmp_path: Path) -> None:
    """Where workers make the pages, dates come from them; all files are the same to the byte."""
    built = mkdocs_process.build(
        low,
        tmp_path / "site",
        strict=True,
        progress=lambda _: None,
        order=BuildOrder(jobs=3),
    )
    assert built.ok, built.log
    assert lists(tmp_path / "site")
    assert contents(tmp_path / "site") == contents(low / "site")


def test_a_project_more_leaves_other_departments_lists(low: Path, tmp_path: Path) -> None:
    """In a real site the lists of other departments stay as they are."""
    folder = tmp_path / "project"
    shutil.copytree(low, folder)
    code, other = "99010120T003800100212", "99010120T003800100219"
    file = folder / f"data/990101-301/2025/projects/{code}.yml"
    text = file.read_text("utf-8").replace(code, other).replace("number: 2\n", "number: 90\n")
    file.with_stem(other).write_text(text, "utf-8")
    finished = mkdocs("build", "--site-dir", "site", cwd=folder)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    old, new = lists(low / "site"), lists(folder / "site")
    assert f"{SITE}990101-301/2025/{other}/".encode() in b"".join(new.values())
    for name in old.keys() - {"sitemap.xml", "sitemap-0-1.xml"}:
        assert (old[name] != new[name]) == (b"/990101-301/" in old[name]), name
