"""What may take the place of MkDocs and of Material, each really installed, builds the same site.

`nox -s platforms` makes the environments from `requirements/platforms/` and runs this.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml
from bs4 import BeautifulSoup

from disclosure.model.diagnostics import has_errors
from disclosure.site import pipeline
from tests.support.folders import contents
from tests.support.repository import ROOT

ENVIRONMENTS = ROOT / ".cache" / "platforms"

#: The one thing in a page that says who has built it.
GENERATOR = re.compile(rb'<meta name="generator"[^>]*>')


def python(platform: str) -> Path:
    """The interpreter of a platform's environment."""
    found = ENVIRONMENTS / platform / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    assert found.exists(), "run this by: python3 noxfile.py -s platforms"
    return found


def run(platform: str, *arguments: str | Path, folder: Path) -> str:
    """Run a module of a platform's environment; what it prints."""
    command = [str(python(platform)), "-m", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def project_with(folder: Path, theme: str = "material") -> Path:
    """A copy of this repository's own project, with a theme and without PDFs."""
    for name in ("data", "site_src"):
        shutil.copytree(ROOT / name, folder / name)
    configuration = (ROOT / "mkdocs.yml").read_text("utf-8").replace("pdf: true", "pdf: false")
    configuration = configuration.replace("name: material\n", f"name: {theme}\n")
    (folder / "mkdocs.yml").write_text(configuration, "utf-8")
    return folder


def pages(site: Path) -> dict[str, bytes]:
    """The files of a site without what names the platform."""
    return {
        name: GENERATOR.sub(b"", content)
        for name, content in contents(site).items()
        if not name.startswith("manifest")
    }


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository by MkDocs and Material."""
    project = project_with(tmp_path_factory.mktemp("expected"))
    command = [sys.executable, "-m", "disclosure", "-C", str(project), "build", "--strict"]
    subprocess.run(command, check=True)
    return project / "site"


def test_properdocs_takes_the_place_of_mkdocs(expected: Path, tmp_path: Path) -> None:
    """With MkDocs uninstalled our command and ProperDocs' own give every page as it was."""
    project = project_with(tmp_path)
    look = "from importlib.metadata import packages_distributions as p; print('mkdocs' in p())"
    assert subprocess.check_output([python("properdocs"), "-c", look], text=True) == "False\n"
    run("properdocs", "disclosure", "build", "--strict", folder=project)
    assert pages(project / "site") == pages(expected)
    run("properdocs", "properdocs", "build", "--strict", "--site-dir", "plain", folder=project)
    assert contents(project / "plain") == contents(project / "site")


def test_properdocs_shows_a_preview(tmp_path: Path) -> None:
    """`disclosure serve` answers with the home page and its live reload."""
    project = project_with(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(python("properdocs")), "-m", "disclosure", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=project, start_new_session=True) as preview:
        try:
            page = fetched(f"http://127.0.0.1:{port}/", preview)
        finally:
            os.killpg(preview.pid, 15)
    assert "livereload" in page
    assert "预算绩效目标公开" in page


def fetched(address: str, preview: subprocess.Popen[bytes]) -> str:
    """A page of a preview that is being started."""
    for _ in range(600):
        assert preview.poll() is None, "the preview has ended"
        try:
            with urlopen(address) as answer:  # noqa: S310 - of this machine
                text: str = answer.read().decode()
                return text
        except URLError:
            time.sleep(0.2)
    raise AssertionError(f"nothing answers at {address}")


def test_materialx_takes_the_place_of_material(expected: Path, tmp_path: Path) -> None:
    """Every page has the same content, header and footer, and all that it asks for is there."""
    project = project_with(tmp_path, "materialx")
    run("materialx", "disclosure", "build", "--strict", folder=project)
    site = project / "site"
    built, before = contents(site), contents(expected)
    html = [name for name in before if name.endswith(".html")]
    assert [name for name in built if name.endswith(".html")] == html
    for name in html:
        one, other = (BeautifulSoup(files[name], "lxml") for files in (built, before))
        for part in ("h1", "article", "header", "footer", "nav"):
            assert texts(one, part) == texts(other, part), (name, part)
        assert not one.select(".md-toggle, .md-overlay"), name
        for link in one.select("link[rel=stylesheet][href], script[src], img[src]"):
            address = str(link.get("href") or link["src"])
            place = site if address.startswith("/") else (site / name).parent  # as in 404.html
            assert (place / address.removeprefix("/")).is_file(), (name, address)
    assert not [name for name in built if name.startswith("assets/javascripts/")]


def texts(page: BeautifulSoup, part: str) -> list[str]:
    """What a part of a page says, wherever it stands."""
    return [found.get_text(" ", strip=True) for found in page.select(part)]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `disclosure render` writes of this repository."""
    target = tmp_path_factory.mktemp("rendered") / "pages"
    assert not has_errors(pipeline.render_to(ROOT, target))
    return target


def test_zensical_builds_what_is_rendered(rendered: Path, tmp_path: Path) -> None:
    """Zensical makes a page of every rendered page, with its tables and its title."""
    shutil.copytree(rendered, tmp_path / "docs")
    config = {
        "site_name": "示例区",
        "theme": {"name": "material", "language": "zh", "font": False},
        "markdown_extensions": ["tables", "admonition"],
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    run("renderers", "zensical", "build", folder=tmp_path)
    assert_complete(rendered, tmp_path / "site")


def test_hugo_builds_what_is_rendered(rendered: Path, tmp_path: Path) -> None:
    """Hugo makes a page of every rendered page, with its tables and its title."""
    shutil.copytree(rendered, tmp_path / "content")
    for page in (tmp_path / "content").rglob("index.md"):
        if any(below.is_dir() for below in page.parent.iterdir()):
            page.rename(page.with_name("_index.md"))  # Hugo's name for a page with pages below
    (layouts := tmp_path / "layouts/_default").mkdir(parents=True)
    for name in ("single.html", "list.html"):
        layout = "<title>{{ .Title }}</title><main>{{ .Content }}</main>"
        (layouts / name).write_text(layout, "utf-8")
    (tmp_path / "hugo.yaml").write_text(
        "title: 示例区\ndisablePathToLower: true\ndisableKinds: [taxonomy, term, RSS, sitemap]\n"
        "markup: {goldmark: {renderer: {unsafe: true}}}\n",
        "utf-8",
    )
    program = python("renderers").with_name("hugo")
    done = subprocess.run([program, "--quiet", "--destination", "site"], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert_complete(rendered, tmp_path / "site")


def assert_complete(rendered: Path, site: Path) -> None:
    """Every rendered page is a page of the site, with as many tables, and says what it is."""
    for source in rendered.rglob("index.md"):
        text = source.read_text("utf-8")
        page = site / source.relative_to(rendered).with_name("index.html")
        soup = BeautifulSoup(page.read_text("utf-8"), "lxml")
        assert len(soup.select("table")) >= text.count("<table"), page
        title = yaml.safe_load(text.split("---\n")[1])["title"] if text.startswith("---") else ""
        words = BeautifulSoup(title, "lxml").get_text()
        assert words in (soup.title.get_text() if soup.title else ""), page
