"""Drafts of a department that the data has not build a site as they are written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import documents
from tests.support.repository import ROOT, Run

AT_ONCE = pytest.mark.usefixtures("at_once")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project without any department."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src")
    (tmp_path / "data").mkdir()
    return tmp_path


@AT_ONCE
def test_what_no_table_prints_is_open(run: Run, folder: Path) -> None:
    """Of several units none is guessed, nor is a code; the project's page says what is open."""
    units = [["单位编码", "单位名称"], ["101001", "示例市示例局"], ["101002", "示例市示例中心"]]
    listed = [
        ["项目名称", "预算金额", "绩效目标", "一级指标", "二级指标", "三级指标", "指标值"],
        ["甲项目", "30.00", "开好五次会议。", "产出指标", "数量指标", "会议次数", "≥5次"],
    ]
    documents.simple_word(
        folder / "a.docx",
        ["示例市示例局2026年部门预算", "单位一览表", units, "项目支出绩效目标表（万元）", listed],
    )
    run("import", "a.docx", "--year", "2026", "--new-department", folder=folder)
    (year,) = folder.glob("data/*/2026")
    draft = (year / "projects/01.yml").read_text("utf-8")
    assert "\nunit: ~" in draft
    assert "\ncode: ~" in draft
    code, out, err = run("build", folder=folder)
    assert code == 0, out + err
    page = folder / "site" / year.parent.name / "2026/01/index.html"
    assert "公开文件未注明预算单位" in page.read_text("utf-8")
