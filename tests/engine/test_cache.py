"""The cache only saves time: a site that is built with it is that of a fresh build."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from disclosure.engine import atomic_folder
from disclosure.engine.cache import Cache
from disclosure.plugin import made_pages
from disclosure.site import mkdocs_process
from disclosure.site.build_protocol import BuildOrder
from tests.support import loaded_mkdocs, systems
from tests.support.datafolder import adjustment, department, disclosure, project, result, write
from tests.support.folders import contents
from tests.support.gitfolder import commit
from tests.support.repository import ROOT

#: Where the cache of a project is.
CACHE = ".cache/disclosure/build"

MKDOCS = """site_name: {name}
site_url: https://example.org/
docs_dir: site_src
nav: [{{首页: index.md}}, about.md, a-1/index.md, {{各年: years/index.md}}]
plugins: [disclosure]
theme: {{name: material, language: zh, font: false, custom_dir: look}}
"""

INDICATOR = """indicators:
  - level1: 产出指标
    level2: 数量指标
    level3: 招商次数
    description: 全年招商引资活动的次数
    target: ≥{times}次
    basis: 年度计划
"""

#: What an edit may be: it changes the project's folder, and `number` makes each one different.
Edit = Callable[[Path, int], None]


def first(root: Path) -> None:
    """Two departments with two years."""
    files = {}
    for id_, name in (("a-1", "商务局"), ("b-2", "民政局")):
        files[f"{id_}/department.yml"] = department(id_, name)
        for year in (2023, 2024):
            files[f"{id_}/{year}/disclosure.yml"] = disclosure(year, f"published: {year}-02-20\n")
            code = f"{id_[0].upper()}1"
            files[f"{id_}/{year}/projects/{code}.yml"] = project(
                code, more=INDICATOR.format(times=5)
            )
    write(root, files)
    (root / "mkdocs.yml").write_text(MKDOCS.format(name="网站"), "utf-8")
    (root / "site_src").mkdir()
    (root / "site_src/about.md").write_text("# 关于\n\n[商务局](a-1/index.md#projects)\n", "utf-8")
    (root / "look").mkdir()


def change(root: Path, number: int) -> None:
    """A target is changed."""
    text = project("A1", more=INDICATOR.format(times=10 + number))
    write(root, {"a-1/2024/projects/A1.yml": text})


def add(root: Path, number: int) -> None:
    """A project is added, to one department or the other."""
    id_ = ("a-1", "b-2")[number % 2]
    code = f"N{number}"
    write(root, {f"{id_}/2024/projects/{code}.yml": project(code, f"新增{number}", 10 + number)})


def rename(root: Path, number: int) -> None:
    """A project gets another code, and its file another name."""
    for old in sorted((root / "data").glob("*/2024/projects/N*.yml"))[:1]:
        code = f"R{number}"
        text = old.read_text("utf-8").replace(f"code: {old.stem}\n", f"code: {code}\n")
        old.with_name(f"{code}.yml").write_text(text, "utf-8")
        old.unlink()


def delete(root: Path, number: int) -> None:
    """A project, or a whole department, goes away."""
    projects = sorted((root / "data").glob("*/2024/projects/[NR]*.yml"))
    if projects:
        projects[number % len(projects)].unlink()
    else:
        shutil.rmtree(root / "data/c-3", ignore_errors=True)


def adjust(root: Path, number: int) -> None:
    """A later version of a project is published."""
    day = f"2024-06-{1 + number % 28:02}"
    more = adjustment("adjustment", day, f"第{number}次", "  document: 文〔2024〕1号\n")
    write(root, {f"b-2/2024/projects/B1@{day}.yml": project("B1", more=more)})


def evaluate(root: Path, number: int) -> None:
    """A self-evaluation is published."""
    write(root, {"a-1/2023/results/A1.yml": result("A1", f"2024-08-{1 + number % 28:02}")})


def found(root: Path, number: int) -> None:
    """A department is founded, or has another name: texts of others may speak of it."""
    files = {
        "c-3/department.yml": department("c-3", f"双滦区文化和旅游局{number}"),
        "c-3/2024/disclosure.yml": disclosure(2024),
    }
    write(root, files)


def call(root: Path, number: int) -> None:
    """A department that is in the navigation gets another name."""
    write(root, {"a-1/department.yml": department("a-1", f"商务局{number}")})


def settle(root: Path, number: int) -> None:
    """The rules get other settings."""
    write(root, {"checks.yml": f"schema: checks/1\npublication_days: {20 + number}\n"})


def configure(root: Path, number: int) -> None:
    """The site gets another name."""
    (root / "mkdocs.yml").write_text(MKDOCS.format(name=f"网站{number}"), "utf-8")


def write_by_hand(root: Path, number: int) -> None:
    """A hand-written page gets another title, which is in every page's navigation."""
    (root / "site_src/about.md").write_text(f"# 关于本站{number}\n", "utf-8")


def dress(root: Path, number: int) -> None:
    """The site's own theme says something else."""
    text = f'{{% extends "base.html" %}}{{% block footer %}}{number}{{% endblock %}}'
    (root / "look/main.html").write_text(text, "utf-8")


def interrupt(root: Path, number: int) -> None:
    """A build is killed in the middle, with all that it started."""
    change(root, 50 + number)
    command = [sys.executable, "-m", "disclosure", "build"]
    with subprocess.Popen(
        command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(0.3 + 0.35 * (number % 8))
        process.send_signal(signal.SIGINT)
        process.wait()


EDITS: tuple[Edit, ...] = (
    change, add, rename, delete, adjust, evaluate, found, call, settle, configure, write_by_hand,
    dress, interrupt,
)  # fmt: skip


def build(root: Path, site: str, cache: Path | None) -> dict[str, bytes]:
    """Every file of a site that is built with the cache and a spare folder, or without."""
    retired = atomic_folder.spare_of(root / site) if cache else None
    order = BuildOrder(cache_folder=cache, retired_site=retired)
    with loaded_mkdocs.taken() if cache else nullcontext():
        built = mkdocs_process.build(
            root, root / site, strict=False, progress=lambda _: None, order=order
        )
    assert built.ok, built
    return contents(root / site)


@pytest.fixture(scope="module")
def built_first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two departments in `project` with their first site and its cache, and all in `kept`."""
    folder = tmp_path_factory.mktemp("first")
    (folder / "project").mkdir()
    first(folder / "project")
    build(folder / "project", "site", folder / "project" / CACHE)
    shutil.copytree(folder / "project", folder / "kept")
    return folder


@pytest.fixture
def root(built_first: Path) -> Path:
    """That project as after its first build, always at one place: some pages depend on it."""
    root = built_first / "project"
    shutil.rmtree(root)
    return shutil.copytree(built_first / "kept", root)


@systems.SIGNALS
@pytest.mark.parametrize("seed", [2024])  # another number, another order: a build takes long
def test_after_any_edits_the_site_is_that_of_a_fresh_build(root: Path, seed: int) -> None:
    """Whatever is changed, added, renamed, deleted, adjusted or interrupted, byte for byte."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for day, edit in enumerate(chance.sample(EDITS, len(EDITS)), start=1):
        edit(root, chance.randrange(28))
        commit(root, f"2024-03-{day:02}")
        if day % 4 and day < len(EDITS):
            continue  # builds take long: four edits before each comparison, and the rest at once
        incremental, fresh = build(root, "site", root / CACHE), build(root, "fresh", None)
        assert incremental.keys() == fresh.keys()
        assert not [name for name, content in fresh.items() if incremental[name] != content]


def test_only_what_changed_is_made_anew(root: Path) -> None:
    """Of two departments the one that nobody touched is not read or rendered again."""
    change(root, 1)
    shutil.copytree(root / "site", root / "old", copy_function=os.link)
    build(root, "site", root / CACHE)
    files = [path for path in (root / "site").rglob("*") if path.is_file()]
    taken_over = {path.relative_to(root / "site").as_posix() for path in files if is_old(path)}
    everything = {path.relative_to(root / "site").as_posix() for path in files}
    departments = {name for name in everything if name.startswith(("a-1/", "b-2/", "data/"))}
    assert departments & taken_over == {name for name in departments if "b-2/" in name}
    assert {name for name in taken_over if name.startswith("downloads/")} == {
        name for name in everything if name.startswith("downloads/2023/")
    }
    assert {"glossary/index.html", "guide/rules/C101/index.html"} <= taken_over
    assert any(name.startswith("search/2023-") for name in taken_over)


def test_in_a_large_department_only_what_changed_is_made_again(tmp_path: Path) -> None:
    """Of many pages of one department those stay that are made of the same, with their data."""
    first(tmp_path)
    codes = [f"A{number}" for number in range(2, made_pages.MIN_PAGES // 3 + 2)]
    rows = INDICATOR.format(times=5)
    for year in (2023, 2024):
        texts = {code: project(code, f"项目{code}", int(code[1:]), rows) for code in codes}
        write(tmp_path, {f"a-1/{year}/projects/{code}.yml": text for code, text in texts.items()})
    cache = tmp_path / CACHE
    build(tmp_path, "site", cache)
    shutil.copytree(tmp_path / "site", tmp_path / "old", copy_function=os.link)
    change(tmp_path, 1)
    files = build(tmp_path, "site", cache)
    assert files == build(tmp_path, "fresh", None)
    own = [name for name in files if name.startswith("a-1/")]
    again = {name for name in own if not is_old(tmp_path / "site" / name)}
    of_others = {name for name in own if any(f"/{code}/" in name for code in codes)}
    assert {"a-1/2024/A1/index.html", "a-1/2024/index.html", "a-1/projects/A1/index.html"} <= again
    assert len(of_others) > made_pages.MIN_PAGES
    assert not again & of_others


def test_the_life_of_a_project_follows_its_sources_elsewhere(tmp_path: Path) -> None:
    """What another department publishes of a source is on the page, in the CSV and in the PDF."""
    first(tmp_path)
    text = MKDOCS.format(name="网站").replace("[disclosure]", "[disclosure: {pdf: true}]")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    more = INDICATOR.format(times=5) + "continues: [A1]\n"
    write(tmp_path, {"b-2/2024/projects/S1.yml": project("S1", "拆分", 2, more)})
    cache = tmp_path / CACHE
    name = "b-2/projects/S1/b-2-projects-S1"
    files = ("b-2/projects/S1/index.html", f"{name}.history.csv", f"{name}.pdf")
    before = build(tmp_path, "site", cache)
    evaluate(tmp_path, 3)
    incremental, fresh = build(tmp_path, "site", cache), build(tmp_path, "fresh", None)
    assert incremental == fresh
    assert [path for path in files if before[path] == fresh[path]] == []
    assert "2024-08-04" in fresh[files[1]].decode()


def test_what_is_made_anew_is_not_written_into_the_site_before(root: Path) -> None:
    """Without what search keeps, a department is made again; the old site keeps its own files."""
    whole, cache = contents(root / "site"), root / CACHE
    shutil.copytree(root / "site", root / "old", copy_function=os.link)
    for path in cache.glob("[!.]*"):
        if isinstance(Cache(cache).get(path.name, tuple), tuple):
            path.unlink()
    assert build(root, "site", cache) == whole
    page = Path("b-2/2024/B1/index.html")
    assert not (root / "old" / page).samefile(root / "site" / page)
    assert (root / "old" / page).read_bytes() == whole[page.as_posix()]


def test_the_site_before_stays_as_it_was(root: Path) -> None:
    """Files of two sites may be one file, so a build must not write into any that is there."""
    before = contents(root / "site")
    for number in (1, 2):  # the second is made of what the first has put aside
        change(root, number)
        configure(root, number)  # which is on every page, also of MkDocs' own
        now = build(root, "site", root / CACHE)
        spared = contents(atomic_folder.spare_of(root / "site"))
        assert spared.pop(".gitignore") == b"*\n"
        assert spared == before
        before = now


def is_old(path: Path) -> bool:
    """Whether a file is one with that of the site before, which is linked a third time."""
    return path.stat().st_nlink > 1


def test_a_touched_site_is_not_taken_over(root: Path) -> None:
    """What was changed or removed in the finished site is rebuilt."""
    whole = contents(root / "site")
    (root / "site/a-1/index.html").write_text("changed by hand", "utf-8")
    (root / "site/b-2/2024/B1/index.html").unlink()
    for path in (root / "site/downloads/2023").rglob("*.csv"):
        path.write_bytes(path.read_bytes()[::-1])
    assert build(root, "site", root / CACHE) == whole


def test_a_page_that_is_gone_is_gone(root: Path) -> None:
    """A deleted project leaves no page, no file beside it and no line of the search."""
    add(root, 1)
    assert "b-2/2024/N1/index.html" in build(root, "site", root / CACHE)
    delete(root, 0)
    files = build(root, "site", root / CACHE)
    assert not [name for name, content in files.items() if "N1" in name or b"N1/" in content]


def test_another_program_keeps_nothing_of_this_one(tmp_path: Path) -> None:
    """A template, a module or the version of a library that changed rebuilds everything."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator")

    def program_digest() -> str:
        code = "from disclosure.engine.cache import program_digest; print(program_digest())"
        command = [sys.executable, "-c", code]
        environment = {**os.environ, "PYTHONPATH": str(tmp_path / "generator")}
        asked = subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        )
        return asked.stdout

    before = program_digest()
    assert program_digest() == before
    template = tmp_path / "generator/disclosure/pages/templates/project.md.j2"
    template.write_text(template.read_text("utf-8") + "\n", "utf-8")
    changed = program_digest()
    assert changed != before
    (tmp_path / "generator" / "library-1.0.dist-info").mkdir()
    installed = program_digest()
    assert installed != changed
    (tmp_path / "generator" / "library-1.0.dist-info").rename(
        tmp_path / "generator" / "library-1.1.dist-info"
    )
    assert program_digest() not in {changed, installed}


def test_hooks_and_other_plugins_keep_nothing(tmp_path: Path) -> None:
    """Nobody knows what they read, so their pages are rebuilt each time."""
    first(tmp_path)
    (tmp_path / "hook.py").write_text(
        "from pathlib import Path\n"
        "def on_page_content(html, **kwargs):\n"
        "    return html + Path(__file__).with_name('said.txt').read_text('utf-8')\n",
        "utf-8",
    )
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("hooks: [hook.py]\n")
    for word in ("<p>甲</p>", "<p>乙</p>"):
        (tmp_path / "said.txt").write_text(word, "utf-8")
        files = build(tmp_path, "site", tmp_path / "cache")
        assert word.encode() in files["a-1/2024/A1/index.html"]
