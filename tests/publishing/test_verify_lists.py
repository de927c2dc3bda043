"""`publish verify` on a site so large that its folders have lists of their own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support import loaded_mkdocs
from tests.support.district import some_departments
from tests.support.gitfolder import commit
from tests.support.listing import change, refit
from tests.support.repository import ROOT, Run
from tests.support.shared import made_once

PAGE = "990101-301/index.html"
LIST = "manifest/990101-301.json"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Departments in a repository: a site so large that its folders have lists."""

    def make(root: Path) -> None:
        configuration = (ROOT / "mkdocs.yml").read_text("utf-8")
        (root / "mkdocs.yml").write_text(configuration.replace("pdf: true", "pdf: false"), "utf-8")
        some_departments(root / "examples")
        shutil.copy(ROOT / "examples/mkdocs.yml", root / "examples")
        commit(root)

    return made_once(tmp_path_factory, "district-with-lists", make) / "examples"


@pytest.fixture(scope="module")
def district_built(district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The district's site; not to be changed."""

    def make(folder: Path) -> None:
        built = loaded_mkdocs.build(district, folder / "site", strict=False)
        assert built.ok

    return made_once(tmp_path_factory, "district-with-lists-built", make) / "site"


@pytest.fixture
def district_site(district_built: Path, tmp_path: Path) -> Path:
    """A copy of that site, to be tampered with."""
    return shutil.copytree(district_built, tmp_path / "site")


def test_a_site_with_many_lists_is_checked_to_the_last_file(
    district: Path, district_site: Path, run: Run
) -> None:
    """The lists of folders count as the manifest does: to the page, and against the commit."""

    def verify() -> tuple[int, list[str]]:
        code, out, err = run("publish", "verify", district_site, folder=district)
        return code, (out + err).splitlines()

    page = district_site / PAGE
    page.write_bytes(page.read_bytes() + b" ")
    assert verify() == (1, ["不一致：", "与网站自己的清单不符的文件 1 个：", f"  {PAGE}"])

    refit(district_site, PAGE, LIST)  # a list whose checksum no other list names is refused
    code, lines = verify()
    assert (code, lines[1:3]) == (1, ["与网站自己的清单不符的文件 1 个：", f"  {LIST}"])

    refit(district_site, LIST)
    code, lines = verify()
    assert (code, lines[1].startswith("与提交 ")) == (1, True)  # in these, and in no other file
    assert lines[2:] == [f"  {PAGE}", f"  {LIST}"]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"format": "manifest-folder/2"}, f"网站上的 {LIST} 读不懂"),
        ({"files": [{"path": "../x", "size": 1, "sha256": "0" * 64}]}, "不允许的路径"),
        ({"files": [{"path": "index.html", "size": 1, "sha256": "0" * 64}]}, "有重复"),
        ({"lists": [{"path": LIST, "size": 1, "sha256": "0" * 64}]}, "有重复"),
    ],
)
def test_a_hostile_list_is_refused(
    district: Path, district_site: Path, run: Run, fields: dict[str, Any], reason: str
) -> None:
    """What the manifest may not say, no list that it vouches for may."""
    change(district_site, LIST, **fields)
    refit(district_site, LIST)
    code, out, err = run("publish", "verify", district_site, folder=district)
    assert (code, out.startswith("无法判断：")) == (2, True), out + err
    assert reason in out
