"""What a change of the data changes for readers, told before and after it is published."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from disclosure.publishing import release_summary
from tests.support.repository import ROOT, Run

YEAR = "130803-322/2024"
PROJECTS = f"{YEAR}/projects"
INVESTMENT = "13080324P00514210001L"
INSURANCE = "13080324P005140100019"


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The real data."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "before/data"))


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """The real data, to be changed."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "after/data"))


def replace(path: Path, old: str, new: str) -> None:
    """Change a text that is there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_changed_is_said_in_words(before: Path, after: Path) -> None:
    """The same data changes nothing, in either format."""
    found = release_summary.compare_data_folders(before, after)
    assert found == release_summary.ReleaseSummary((), (), (), (), ())
    assert release_summary.as_text(found) == "数据没有变化，也没有新出现的问题。\n"
    assert "数据没有变化" in release_summary.as_markdown(found)


def test_projects_that_come_go_and_change_are_told_apart(before: Path, after: Path) -> None:
    """A new code is an addition, a missing one a removal, another word on the page a change."""
    (after / PROJECTS / f"{INSURANCE}.yml").rename(after / PROJECTS / "13080324P005140100020.yml")
    replace(after / PROJECTS / "13080324P005140100020.yml", INSURANCE, "13080324P005140100020")
    replace(after / PROJECTS / f"{INVESTMENT}.yml", "purpose: ", "purpose: 新的")
    replace(after / YEAR / "disclosure.yml", "全年培训不少于2次", "全年培训不少于3次")
    found = release_summary.compare_data_folders(before, after)
    assert [one.address for one in found.added] == [f"{YEAR}/13080324P005140100020/"]
    assert [one.address for one in found.removed] == [f"{YEAR}/{INSURANCE}/"]
    assert [one.address for one in found.changed] == [f"{YEAR}/{INVESTMENT}/"]
    assert [one.address for one in found.years] == [f"{YEAR}/"]
    assert release_summary.as_text(found) == (
        "新增项目 1 个，修改 1 个，删除 1 个；新出现的问题 0 个。\n"
        "新增项目：\n"
        f"  原滦河供销社医疗保险缴费（2024年）  {YEAR}/13080324P005140100020/\n"
        "修改项目：\n"
        f"  开放外联招商引资专项经费（2024年）  {YEAR}/{INVESTMENT}/\n"
        "删除项目：\n"
        f"  原滦河供销社医疗保险缴费（2024年）  {YEAR}/{INSURANCE}/\n"
        "部门信息和年度整体目标有变化：\n"
        f"  承德市双滦区商务局2024年  {YEAR}/\n"
    )


def test_the_first_publication_is_all_new(after: Path) -> None:
    """Without an earlier state every project is an addition."""
    found = release_summary.compare_data_folders(None, after)
    assert (len(found.added), found.changed, found.removed) == (3, (), ())


def test_only_findings_that_were_not_there_are_new(before: Path, after: Path) -> None:
    """A finding that moves to another line was there; a second one of its kind is new."""
    for data in (before, after):
        replace(data / PROJECTS / f"{INVESTMENT}.yml", "≤50万元", "≤60万元")
    assert release_summary.compare_data_folders(before, after).findings == ()
    replace(after / PROJECTS / f"{INVESTMENT}.yml", "schema:", "# 说明\n\nschema:")
    assert release_summary.compare_data_folders(before, after).findings == ()
    replace(after / PROJECTS / f"{INVESTMENT}.yml", "考察活动的数量", "考察活动不少于9次")
    found = release_summary.compare_data_folders(before, after)
    assert [one.code for one in found.findings] == ["C301"]
    assert "考察活动不少于9次" in found.findings[0].message
    assert "新出现的问题：" in release_summary.as_text(found)
    assert "### 新出现的问题" in release_summary.as_markdown(found)


def test_data_with_errors_removes_nothing(before: Path, after: Path) -> None:
    """A project whose file cannot be read is no removed project: the site stays as it is."""
    replace(after / PROJECTS / f"{INVESTMENT}.yml", "number: ", "number: x")
    found = release_summary.compare_data_folders(before, after)
    assert found.blocked
    assert found.removed == ()
    assert [one.code for one in found.findings]
    assert release_summary.as_text(found).startswith("数据有错误，改好以前网站不会变化")


def test_a_hostile_name_says_only_itself(before: Path, after: Path) -> None:
    """In Markdown a name is text, whatever marks it is made of; control characters are errors."""
    table = after / PROJECTS / f"{INVESTMENT}.yml"
    hostile = "<img src=x> [a](x) |*c*"
    replace(table, "name: 开放外联招商引资专项经费", f'name: "{hostile}"')
    found = release_summary.compare_data_folders(before, after)
    assert [one.name for one in found.changed] == [f"{hostile}（2024年）"]
    markdown = release_summary.as_markdown(found)
    assert "&#60;img src&#61;x&#62; &#91;a&#93;&#40;x&#41; &#124;&#42;c&#42;" in markdown
    replace(table, "<img", "\\e[2J\\u202e")
    found = release_summary.compare_data_folders(before, after)
    assert found.blocked
    assert not any(mark in release_summary.as_text(found) for mark in "\x1b\u202e")


def test_many_changes_are_counted_and_not_all_named(tmp_path: Path) -> None:
    """A first publication of many projects stays a summary."""
    found = release_summary.compare_data_folders(
        None, Path(shutil.copytree(ROOT / "examples/data", tmp_path / "data"))
    )
    assert len(found.added) > release_summary.MAX_NAMED
    rest = f"……还有 {len(found.added) - release_summary.MAX_NAMED} 个"
    assert rest in release_summary.as_text(found)
    assert rest in release_summary.as_markdown(found)


def test_changes_are_told_against_a_commit(project: Path, run: Run) -> None:
    """The command compares what is on the disk, committed or not, with what was committed."""
    for arguments in (
        ("init", "-q"),
        ("add", "--all"),
        ("-c", "user.name=c", "-c", "user.email=c@example.org", "commit", "-qm", "start"),
    ):
        subprocess.run(["git", *arguments], cwd=project, check=True, capture_output=True)
    assert run("changes", "HEAD", folder=project)[:2] == (
        0,
        "数据没有变化，也没有新出现的问题。\n",
    )
    (project / "data" / PROJECTS / f"{INSURANCE}.yml").unlink()
    code, output, _ = run("changes", "HEAD", "--format", "markdown", folder=project)
    assert code == 0
    assert "### 删除项目\n\n- 原滦河供销社医疗保险缴费" in output
    for wrong in ("HEAD~1", "--output=x", "main:data"):
        code, output, errors = run("changes", "--", wrong, folder=project)
        assert (code, output) == (2, "")
        assert f"找不到提交“{wrong}”" in errors
    assert not (project / "x").exists()
