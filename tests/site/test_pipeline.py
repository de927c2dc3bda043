"""The whole way, through the real MkDocs: what is built, and that it is always the same."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from disclosure import checks
from disclosure.config.site_project import load_project
from disclosure.model.diagnostics import has_errors
from disclosure.reading.placement import RESERVED_IDS
from disclosure.site import pipeline
from tests.support import loaded_mkdocs, systems
from tests.support.loaded_mkdocs import mkdocs
from tests.support.pages import parsed
from tests.support.repository import ROOT

CODES = ("13080324P00514210001L", "13080324P00514110001Y", "13080324P005140100019")

#: Every page of the first publication. An address that once stood here stays here.
ADDRESSES = {
    "",
    "about/",
    "changes/",
    "compare/",
    "downloads/",
    "downloads/dictionary/",
    "glossary/",
    "guide/",
    "notes/",
    "years/",
    "years/2024/",
    "themes/",
    "themes/business/",
    "themes/health/",
    "themes/safety/",
    "coverage/",
    "coverage/2024/",
    "targets/",
    *(f"years/2024/{one}/" for one in ("adjusted", "deviations", "lowered", "missed", "projects")),
    "130803-322/",
    "130803-322/2024/",
    "130803-322/2024/print/",
    *(f"130803-322/2024/{code}/" for code in CODES),
    *(f"130803-322/projects/{code}/" for code in CODES),
    "guide/rules/",
    *(f"guide/rules/{one.RULE.code}/" for one in checks.RULES),
}


def addresses(built: Path) -> set[str]:
    """The address of every page in a built site."""
    pages = (path.parent.relative_to(built).as_posix() for path in built.rglob("index.html"))
    return {"" if page == "." else f"{page}/" for page in pages}


def article(path: Path, selector: str) -> str:
    """A built page's own text without white space, and without the PDF, which is no page."""
    found = BeautifulSoup(path.read_text("utf-8"), "html.parser").select_one(selector)
    assert found is not None
    for link in found.select("a[type='application/pdf']"):
        (link.find_parent(["div", "span"]) or link).decompose()
    return re.sub(r"\s", "", found.get_text())


def files(folder: Path) -> set[str]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_address_is_served(built_site: Path) -> None:
    """The pages of the first publication are all there, and no other."""
    assert addresses(built_site) == ADDRESSES


def test_no_department_can_stand_in_the_way(built_site: Path, built_examples: Path) -> None:
    """Each folder of a site is a department's, or bears a name that no department may have."""
    for built in (built_site, built_examples):
        folders = {path.name for path in built.iterdir() if path.is_dir()}
        assert {name for name in folders if not name[0].isdigit()} <= RESERVED_IDS


@pytest.mark.parametrize("site", ["built_site", "built_examples"])
def test_every_internal_link_leads_somewhere(site: str, request: pytest.FixtureRequest) -> None:
    """Each link, its anchor, and each source of a picture, style or script on a page is there."""
    built: Path = request.getfixturevalue(site)
    # The page for a wrong address may be shown at any address, so its links are absolute.
    pages = {path: parsed(path) for path in built.rglob("*.html") if path.name != "404.html"}
    anchors = {path: {one.id for one in page.css("[id]")} for path, page in pages.items()}
    checked = 0
    for path, page in pages.items():
        here = "https://site.test/" + path.relative_to(built).as_posix()
        for tag in page.css("[href], [src]"):
            target = urlsplit(urljoin(here, tag.attributes.get("href") or tag.attributes["src"]))
            assert target.netloc == "site.test", (path, tag.html)
            file = built / unquote(target.path).lstrip("/")
            file = file / "index.html" if target.path.endswith("/") else file
            assert file.is_file(), (path, tag.html)
            if target.fragment:
                assert unquote(target.fragment) in anchors[file], (path, tag.html)
            checked += 1
    assert checked > 200


def test_the_data_files_are_published_as_they_are(built_site: Path) -> None:
    """Each YAML file of the data folder is downloadable, byte for byte."""
    data = ROOT / "data"
    sources = list(data.rglob("*.yml"))
    assert len(sources) == 5
    for path in sources:
        published = built_site / "data" / path.relative_to(data)
        assert published.read_bytes() == path.read_bytes()


def test_two_builds_are_identical(built_project: Path, tmp_path: Path) -> None:
    """The same data gives the same bytes, search index and sitemap included."""
    one, other = built_project / "site", tmp_path / "other"
    assert loaded_mkdocs.build(built_project, other).ok
    assert files(one) == files(other)
    match, mismatch, errors = filecmp.cmpfiles(one, other, sorted(files(one)), shallow=False)
    assert not mismatch
    assert not errors
    assert match


def test_any_other_engine_shows_the_same_text(built_site: Path, tmp_path: Path) -> None:
    """`render` and then MkDocs without the plugin and with another theme: the same words."""
    assert not has_errors(pipeline.render_to(ROOT, tmp_path / "pages"))
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: pages\ntheme: mkdocs\nplugins: []\n"
        "markdown_extensions: [tables, admonition]\n",
        encoding="utf-8",
    )
    finished = mkdocs("build", "--strict", "--site-dir", "site", cwd=tmp_path)
    assert finished.returncode == 0, finished.stderr
    assert addresses(tmp_path / "site") == ADDRESSES
    for address in sorted(ADDRESSES):
        ours = article(built_site / address / "index.html", "article")
        theirs = article(tmp_path / "site" / address / "index.html", "[role=main]")
        assert ours == theirs, address


def test_rendering_never_overwrites(tmp_path: Path) -> None:
    """`render` into a folder that holds anything changes nothing there."""
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError):
        pipeline.render_to(ROOT, tmp_path)
    assert files(tmp_path) == {"mine.txt"}


def test_a_build_with_errors_changes_nothing(built_project: Path, tmp_path: Path) -> None:
    """Wrong data leaves the old site as it is, and plain MkDocs refuses with the same place."""
    project = shutil.copytree(built_project, tmp_path / "project")
    target = project / "site"
    before = {name: (target / name).read_bytes() for name in files(target)}
    bad = project / "data/130803-322/2024/projects" / f"{CODES[0]}.yml"
    bad.write_text(bad.read_text("utf-8").replace("number: 1", "number: 一"), encoding="utf-8")
    result = loaded_mkdocs.build(project, target)
    assert not result.ok
    assert [(d.span.path, d.span.line) for d in result.diagnostics] == [
        (f"data/130803-322/2024/projects/{CODES[0]}.yml", 6)
    ]
    assert {name: (target / name).read_bytes() for name in files(target)} == before
    plain = mkdocs("build", "--site-dir", str(tmp_path / "other"), cwd=project)
    assert plain.returncode != 0
    assert f"projects/{CODES[0]}.yml:6" in plain.stdout + plain.stderr


@pytest.mark.parametrize(
    ("written", "meant"),
    [("https://x.test", "https://x.test/"), ("https://x.test/a/", "https://x.test/a/"), ("", "")],
)
def test_an_address_is_a_folder(tmp_path: Path, written: str, meant: str) -> None:
    """A site_url means the same with and without its last `/`, as in MkDocs."""
    (tmp_path / "mkdocs.yml").write_text(f"site_name: 名\nsite_url: {written}\n", "utf-8")
    assert load_project(tmp_path).settings.url == meant


def test_mkdocs_tags_in_the_configuration_are_left_alone(tmp_path: Path) -> None:
    """A configuration with MkDocs' own YAML tags is read without running or losing anything."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 名\nsite_url: !ENV [ADDRESS, 'https://x.test/']\n"
        "plugins:\n  - disclosure: {data_dir: elsewhere}\n"
        "markdown_extensions:\n  - toc: {slugify: !!python/name:os.system }\n",
        encoding="utf-8",
    )
    project = load_project(tmp_path)
    assert project.data == tmp_path / "elsewhere"
    assert project.settings.name == "名"


@pytest.fixture
def preview(project: Path) -> Iterator[str]:
    """The address of a running `disclosure serve` of the project."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "disclosure", "-C", str(project), "serve", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    yield f"http://127.0.0.1:{port}/"
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(timeout=120) in {0, 130}


def wait_for(address: str, text: str) -> str:
    """Read a page until it holds `text`, for at most two minutes; the page."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            page = _read(address)
        except OSError:  # not listening yet
            page = ""
        if text in page:
            return page
        time.sleep(0.2)
    pytest.fail(f"{address} never showed {text}")


def _read(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - loopback
            page: str = answer.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        page = error.read().decode("utf-8")
    return page


@systems.SIGNALS
def test_the_preview_follows_the_data(project: Path, preview: str) -> None:
    """`serve` shows a changed YAML file by itself: nothing keeps its reload script from running."""
    page = f"{preview}130803-322/2024/{CODES[1]}/"
    shown = wait_for(page, "商务局专项经费")
    assert "livereload(" in shown
    assert "Content-Security-Policy" not in shown
    source = project / "data/130803-322/2024/projects" / f"{CODES[1]}.yml"
    changed = source.read_text("utf-8").replace("name: 商务局专项经费", "name: 改过的名称")
    source.write_text(changed, encoding="utf-8")
    wait_for(page, "改过的名称")
    source.unlink()
    wait_for(page, "没有这个页面")  # a page that is gone is gone, though the preview goes on
