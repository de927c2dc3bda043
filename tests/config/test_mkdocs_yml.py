"""mkdocs.yml is read once, along INHERIT, to the same values that MkDocs sees."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from mkdocs.utils import yaml as of_mkdocs

from disclosure.config import government, mkdocs_yml
from disclosure.config.site_project import load_project

BASE = """site_name: 基础
docs_dir: far
theme: {name: material, language: zh}
plugins: {disclosure: {data_dir: figures, pdf: true}, search: {}}
extra: {banner: 旧, government: {sponsor: 示例区财政局, contact: "1"}}
nav: [a.md, b.md]
"""
NEAR = """INHERIT: base/mkdocs.yml
site_name: 网站
theme: {language: en}
plugins: {disclosure: {pdf: false}}
extra: {government: {contact: "2"}}
nav: [c.md]
"""


def project(folder: Path, near: str = NEAR) -> Path:
    """A project whose mkdocs.yml inherits from another."""
    (folder / "base").mkdir()
    (folder / "base/mkdocs.yml").write_text(BASE, "utf-8")
    (folder / "mkdocs.yml").write_text(near, "utf-8")
    return folder


def test_files_are_merged_as_mkdocs_merges_them(tmp_path: Path) -> None:
    """The nearest file wins, mappings are merged key by key, lists are not."""
    file = project(tmp_path) / "mkdocs.yml"
    found = mkdocs_yml.merged(mkdocs_yml.inherited(file))
    with file.open(encoding="utf-8") as stream:
        known = of_mkdocs.yaml_load(stream)
    assert {key: value for key, value in found.items() if key != "INHERIT"} == known


def test_what_the_far_file_says_holds(tmp_path: Path) -> None:
    """The folders and texts of a project come from whichever file has them."""
    here = load_project(project(tmp_path))
    assert (here.data, here.pages) == (tmp_path / "figures", tmp_path / "far")
    entries = here.settings.government
    assert (here.settings.name, entries.sponsor, entries.contact) == ("网站", "示例区财政局", "2")
    assert mkdocs_yml.files(tmp_path / "mkdocs.yml") == tuple(one.path for one in here.files)


def test_a_finding_names_the_file_it_is_in(tmp_path: Path) -> None:
    """A wrong entry of an inherited file is found there."""
    (tmp_path / "base").mkdir()
    (tmp_path / "base/mkdocs.yml").write_text("extra: {government: {icp: x}}\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base/mkdocs.yml\nsite_name: 网站\n", "utf-8")
    (found,) = government.read(tmp_path / "mkdocs.yml").diagnostics
    assert (found.span.path, found.span.line) == ("base/mkdocs.yml", 1)


@pytest.mark.parametrize("text", ["INHERIT: mkdocs.yml\n", "INHERIT: base/../mkdocs.yml\n"])
def test_a_file_that_inherits_from_itself(tmp_path: Path, text: str) -> None:
    """It is an error and not an endless loop."""
    (tmp_path / "base").mkdir()
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(yaml.YAMLError, match="inherits from itself"):
        load_project(tmp_path)


def test_tags_stand_for_nothing(tmp_path: Path) -> None:
    """What MkDocs would run or look up is passed over, and folders are then the usual ones."""
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: 网站\ndocs_dir: !ENV [PAGES, pages]\nextra: {a: !!python/name:os.system ''}\n",
        "utf-8",
    )
    here = load_project(tmp_path)
    assert (here.pages, here.values["extra"]) == (tmp_path / "docs", {"a": None})
