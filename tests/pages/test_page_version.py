"""The foot of a page names the last commit that touched the data behind it, and no other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from disclosure import reading
from disclosure.config.settings import Settings
from disclosure.pages.view import Revision
from disclosure.reading.git_history import COMMIT
from disclosure.site import pipeline
from disclosure.site.department_analysis import analysed
from tests.support import loaded_mkdocs
from tests.support.datafolder import adjustment, department, disclosure, project, write
from tests.support.gitfolder import commit, git
from tests.support.views import all_views

A1, A2 = "a-1/2024/A1/", "a-1/2024/A2/"

FILES = {
    "a-1/department.yml": department("a-1", "商务局"),
    "a-1/2024/disclosure.yml": disclosure(2024, "published: 2024-02-20\n"),
    "a-1/2024/projects/A1.yml": project("A1"),
    "a-1/2024/projects/A2.yml": project("A2", "园区管理", 2),
    "b-2/department.yml": department("b-2", "民政局"),
    "b-2/2024/disclosure.yml": disclosure(2024, "published: 2024-02-20\n"),
    "b-2/2024/projects/B1.yml": project("B1", "养老服务"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose data came in with one commit of 2024-03-01."""
    write(tmp_path / "root", FILES)
    commit(tmp_path / "root", "2024-03-01")
    return tmp_path / "root"


def versions(root: Path) -> dict[str, Revision | None]:
    """The version of every generated page by its address."""
    found = analysed(root / "data")
    views = all_views(found, found.history, Settings("名"))
    return {view.address: view.revision for view in views}


def touch(root: Path, path: str, day: str) -> Revision:
    """Change a data file and commit it; the version of the pages that show it."""
    file = root / "data" / path
    file.write_text(file.read_text("utf-8") + f"# {day}\n", "utf-8")
    return Revision(commit(root, day)[:10], day)


def texts(root: Path) -> dict[str, str]:
    """Every generated page as Markdown."""
    return {
        file.path: file.text for file in pipeline.generate(root / "data", Settings("名")).pages()
    }


def test_a_page_has_the_last_commit_of_its_own_data(root: Path) -> None:
    """Each project has the commit that touched it; lists have the last among their files."""
    one = touch(root, "a-1/2024/projects/A1.yml", "2024-04-01")
    other = touch(root, "b-2/2024/projects/B1.yml", "2024-05-01")
    found = versions(root)
    first = Revision(git(root, "rev-parse", "HEAD~2")[:10], "2024-03-01")
    assert {address: found[address] for address in (A1, A2, "b-2/2024/B1/")} == {
        A1: one,
        A2: first,
        "b-2/2024/B1/": other,
    }
    assert {found["a-1/"], found["a-1/2024/"]} == {one}
    assert {found[""], found["changes/"], found["years/2024/"]} == {other}


def test_a_commit_elsewhere_changes_no_byte(root: Path) -> None:
    """After commits to another department and outside the data, a department's pages are equal."""
    before = texts(root)
    touch(root, "b-2/2024/projects/B1.yml", "2024-05-01")
    (root / "README.md").write_text("x", "utf-8")
    commit(root, "2024-06-01")
    after = texts(root)
    mine = [path for path in before if path.startswith("a-1/")]
    assert len(mine) > 5
    assert {path: after[path] for path in mine} == {path: before[path] for path in mine}
    assert after["index.md"] != before["index.md"]


def test_a_removed_file_is_a_change_of_its_lists(root: Path) -> None:
    """Where a project is gone, the list that no longer shows it has the commit that removed it."""
    (root / "data/a-1/2024/projects/A2.yml").unlink()
    removed = Revision(commit(root, "2024-04-01")[:10], "2024-04-01")
    found = versions(root)
    assert found["a-1/2024/"] == removed
    assert found[A1] != removed


@pytest.mark.parametrize("kind", ["changed", "new", "ignored"])
def test_uncommitted_data_has_no_commit(root: Path, kind: str) -> None:
    """A page made of what no commit holds says so, and so do its lists; other pages do not."""
    file = root / "data/a-1/2024/projects" / ("A1.yml" if kind == "changed" else "A3.yml")
    if kind == "ignored":
        (root / ".git/info/exclude").write_text("A3.yml\n", "utf-8")
    file.write_text(
        project(file.stem, "招商引资", 1 if kind == "changed" else 3) + "# x\n", "utf-8"
    )
    found = versions(root)
    assert found[f"a-1/2024/{file.stem}/"] == Revision()
    assert found["a-1/2024/"] == found[""] == Revision()
    assert found[A2] == found["b-2/"] != Revision()


def test_without_git_nothing_is_said(tmp_path: Path, root: Path) -> None:
    """Outside a repository, and without git itself, no page has a version."""
    shutil.copytree(root / "data", tmp_path / "copy/data")
    assert set(versions(tmp_path / "copy").values()) == {None}
    git(tmp_path, "init", "--quiet", "empty")
    shutil.copytree(root / "data", tmp_path / "empty/data")
    assert set(versions(tmp_path / "empty").values()) == {None}


def test_a_machine_without_git_says_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git is not installed the site is made all the same."""
    monkeypatch.setenv("PATH", "")
    assert set(versions(root).values()) == {None}


def test_a_shallow_clone_does_not_lie(root: Path, tmp_path: Path) -> None:
    """The oldest commit at hand is not taken for the one that touched everything."""
    touch(root, "a-1/2024/projects/A1.yml", "2024-04-01")
    newest = touch(root, "b-2/2024/projects/B1.yml", "2024-05-01")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=2", root.as_uri(), str(shallow))
    assert not reading.read(shallow / "data").dataset.history.complete
    found = versions(shallow)
    assert found["b-2/2024/B1/"] == found[""] == newest
    assert found[A1] is None
    assert found["a-1/"] is None
    (changes,) = (text for path, text in texts(shallow).items() if path == "changes/index.md")
    assert "提交 " not in changes.partition("</p>")[2]


def test_a_merge_brings_what_the_branch_did_not_have(root: Path) -> None:
    """What came from a side branch has the merge, the commit since which it is on the branch."""
    git(root, "switch", "--quiet", "--create", "side")
    touch(root, "a-1/2024/projects/A1.yml", "2024-04-01")
    git(root, "switch", "--quiet", "main")
    touch(root, "b-2/2024/projects/B1.yml", "2024-05-01")
    git(root, "merge", "--quiet", "--no-edit", "side", day="2024-06-01")
    merged = Revision(git(root, "rev-parse", "HEAD")[:10], "2024-06-01")
    assert versions(root)[A1] == merged


def test_a_folder_made_from_a_commit_has_its_history(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server builds in a folder with a repository of its own: told the commit, it knows it."""
    touch(root, "a-1/2024/projects/A1.yml", "2024-04-01")
    expected, name = texts(root), git(root, "rev-parse", "HEAD")
    touch(root, "a-1/2024/projects/A1.yml", "2024-05-01")
    git(tmp_path, "clone", "--quiet", "--no-checkout", str(root), "clone")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    git(root, "archive", f"--output={tmp_path}/files.tar", name)
    shutil.unpack_archive(tmp_path / "files.tar", scratch)
    monkeypatch.setenv(COMMIT, name)
    (tmp_path / "clone/.git").rename(scratch / ".git")
    assert texts(scratch) == expected


def test_every_event_names_its_commit(root: Path) -> None:
    """The page of changes has the day of publication from the data, and the entry from git."""
    table = FILES["a-1/2024/projects/A1.yml"] + adjustment("correction", "2024-06-30")
    (root / "data/a-1/2024/projects/A1@2024-06-30.yml").write_text(table, "utf-8")
    name = commit(root, "2024-07-02")
    changes = BeautifulSoup(texts(root)["changes/index.md"], "html.parser")
    newest, *_ = changes.select("tbody tr")
    assert "2024-06-30" in newest.get_text()
    assert f"本站录入日期：2024-07-02（提交 {name[:10]}）" in newest.get_text()


def test_the_foot_shows_it(project: Path, tmp_path: Path) -> None:
    """A built page has its commit, day and the way to the manifest in its foot; all pages do."""
    name = commit(project, "2024-03-01")
    target = tmp_path / "site"
    assert loaded_mkdocs.build(project, target).ok

    def foot(address: str) -> tuple[str, str]:
        page = BeautifulSoup((target / address / "index.html").read_text("utf-8"), "html.parser")
        (trail,) = page.select("footer .trail")
        return "".join(trail.stripped_strings), str(trail.select("a")[0]["href"])

    code = "130803-322/2024/13080324P00514210001L/"
    shown = f"本页数据版本：{name[:10]}（2024-03-01）。全站文件清单和校验值"
    assert foot(code) == (shown, "../../../manifest.json")
    assert foot("about/") == ("全站文件清单和校验值", "../manifest.json")
    data = project / "data" / f"{code.removesuffix('/').replace('2024/', '2024/projects/')}.yml"
    data.write_text(data.read_text("utf-8") + "# 改\n", "utf-8")
    assert loaded_mkdocs.build(project, target).ok
    assert foot(code)[0] == "本页数据有未提交的修改。全站文件清单和校验值"
