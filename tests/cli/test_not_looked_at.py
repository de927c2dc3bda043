"""A command that looks at nothing says so: no answer is given about what was not looked at."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from disclosure.publishing.release import Releases
from disclosure.reports import finding_report
from tests.support.gitfolder import commit, git
from tests.support.repository import ROOT, Run

YEAR = "data/130803-322/2024"


@pytest.fixture
def other(project: Path) -> Path:
    """The project, with things in and beside its data that are not looked at."""
    (project / "papers").mkdir()
    (project / "papers/report.md").touch()
    (project / f"{YEAR}/projects/.hidden.yml").touch()
    (project / f"{YEAR}/odd").mkdir()
    (project / f"{YEAR}/odd/x.yml").touch()
    (project / "data/empty").mkdir()
    (project / "site_src/.drafts").mkdir()
    (project / "site_src/.drafts/page.md").write_text("<script>", "utf-8")
    return project


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("papers", "papers 不在数据文件夹和手写页面的文件夹里，没有检查。"),
        ("papers/report.md", "没有检查。这个项目的数据在 data，页面在 site_src。"),
        (f"{YEAR}/projects/.hidden.yml", "不是数据文件，没有检查。"),
        (f"{YEAR}/odd/x.yml", "不是数据文件，没有检查。看看有没有放错、写错名称的"),
        ("site_src/.drafts/page.md", "不会放到网站上，没有检查。"),
        ("site_src/.drafts", "里没有网页和图片，没有检查。"),
        ("..", "里不止这一个项目，没有全部检查。"),
        (ROOT / "examples", f"是另一个项目，没有检查。请运行：disclosure -C {ROOT / 'examples'}"),
        (ROOT / YEAR, f"要检查它所在的数据文件夹：disclosure check {ROOT / 'data'}"),
    ],
)
def test_a_path_that_is_not_looked_at_is_an_error(
    run: Run, other: Path, path: str | Path, message: str
) -> None:
    """Nothing is said of what is neither data nor page, in whatever format, even beside others."""
    for more in ((), ("site_src",), ("--format", "json")):
        code, out, err = run("check", path, *more, folder=other)
        assert (code, out) == (2, "")
        assert message in err


@pytest.mark.parametrize(
    "path",
    [".", "mkdocs.yml", "data", YEAR, f"{YEAR}/projects", "site_src/about.md", "site_src/images"],
)
def test_a_path_that_is_looked_at_is_answered(run: Run, project: Path, path: str) -> None:
    """Files and folders of data, of pages, and the configuration are what is checked."""
    code, out, err = run("check", path, folder=project)
    assert (code, out, err) == (0, "没有发现问题。\n", "")


def test_a_file_with_a_finding_was_looked_at(run: Run, other: Path) -> None:
    """What only its name or place is found wrong with is told, and is no error of the command."""
    code, out, _ = run("check", f"{YEAR}/odd", "data/empty", folder=other)
    assert code == 1
    assert f"{YEAR}/odd 错误 R110" in out
    assert "data/empty 错误 R403" in out


def test_a_data_folder_of_its_own_is_checked(run: Run, project: Path) -> None:
    """Another data folder is really read, alone or beside our own, with paths from here."""
    other = project / "archive" / "data"
    shutil.copytree(project / "data", other)
    assert run("check", "archive/data", folder=project)[:2] == (0, "没有发现问题。\n")
    (other / "130803-322/department.yml").write_text("坏", "utf-8")
    code, out, _ = run("check", "archive/data", "site_src", folder=project)
    assert code == 1
    assert "archive/data/130803-322/department.yml:1:1 错误" in out
    code, out, _ = run("check", "archive/data", "--format", "json", folder=project)
    assert json.loads(out)[0]["path"] == "archive/data/130803-322/department.yml"
    assert run("check", "data", folder=project)[0] == 0


def test_pages_apart_from_the_data_are_found(run: Run, project: Path) -> None:
    """A page's findings are its own wherever the folders stand, and lead there from here."""
    (project / "content").mkdir()
    (project / "data").rename(project / "content/data")
    text = (project / "mkdocs.yml").read_text("utf-8")
    moved = text.replace("- disclosure:", "- disclosure:\n      data_dir: content/data", 1)
    assert moved != text
    (project / "mkdocs.yml").write_text(moved, "utf-8")
    (project / "site_src/about.md").write_text("# 关于\n\n<script>x</script>\n", "utf-8")
    code, out, _ = run("check", "site_src/about.md", folder=project)
    assert code == 1
    assert "site_src/about.md:3:1 错误 R505" in out
    code, out, _ = run("check", "site_src", "--format", "github", folder=project)
    assert "file=site_src/about.md" in out


def test_missing_pages_are_found(run: Run, project: Path) -> None:
    """Without the folder of the pages, nothing is said of them."""
    shutil.rmtree(project / "site_src")
    code, out, _ = run("check", folder=project)
    assert code == 1
    assert "site_src 错误 R506 找不到手写页面的文件夹。" in out


def test_an_empty_data_folder_is_found(run: Run, project: Path) -> None:
    """There is nothing to compare, to export or to render where there are no data."""
    shutil.rmtree(project / "data")
    (project / "data").mkdir()
    commands = ("check", "compare 2023 2024", "export out", "export --format pdf out", "render out")
    for command in commands:
        code, out, err = run(*command.split(), folder=project)
        assert code == 1, command
        assert "data 错误 R102 数据文件夹里还没有部门。" in out + err
    assert not (project / "out").exists()


@pytest.mark.parametrize("name", ["目标表.pdf", "目标表.docx", "目标表.xlsx", "目标表.txt"])
def test_a_pointer_is_not_taken_for_a_document(run: Run, project: Path, name: str) -> None:
    """What Git LFS leaves in place of a document is named, and nothing is written."""
    (project / name).write_text(
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "utf-8"
    )
    options = ("--department", "130803-322", "--year", "2030")
    code, _, err = run("import", name, *options, folder=project)
    assert code == 2
    assert "这里只有 Git LFS 的指针，没有文件本身。" in err
    assert "git lfs pull" in err


def test_changes_since_there_were_no_data(run: Run, project: Path) -> None:
    """A commit without the data folder is named as such: what follows is no comparison."""
    git(project, "init", "-q")
    (project / "data").rename(project / "away")
    commit(project, "2024-01-01")
    (project / "away").rename(project / "data")
    code, out, err = run("changes", "HEAD", folder=project)
    assert code == 0
    assert err == "提交“HEAD”里没有 data 文件夹，现有的全部算作新增。\n"
    assert "新增项目 3 个" in out


def test_releases_that_are_gone_are_not_none(run: Run, tmp_path: Path) -> None:
    """`publish list` and `rollback` tell a site that is gone from one that never was."""
    repository = tmp_path / "site.git"
    assert run("publish", "init", repository, "--www", tmp_path / "www")[0] == 0
    assert run("-C", repository, "publish", "list")[:2] == (0, "还没有发布过。\n")
    tree = git(repository, "hash-object", "-w", "-t", "tree", "/dev/null")
    first = git(repository, "commit-tree", tree, "-m", "首次")
    git(repository, "update-ref", "refs/heads/main", first)
    assert Releases(tmp_path / "www").all() == ()
    for command in ("list", "rollback"):
        code, out, err = run("-C", repository, "publish", command)
        assert (code, out) == (2, "")
        assert f"main 分支上已有提交，{tmp_path / 'www'} 里却没有一个版本。" in err


def test_every_form_of_a_report_is_about_what_was_asked(run: Run, project: Path) -> None:
    """No format of the report says that all is well of a path that was not looked at."""
    (project / "papers").mkdir()
    for name in finding_report.RENDERERS:
        code, out, _ = run("check", "papers", "--format", name, folder=project)
        assert (code, out) == (2, "")
