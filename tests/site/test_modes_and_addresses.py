"""What a build leaves: modes that let a web server read it, and each address written once."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from disclosure.engine import permissions
from disclosure.engine.site_folder import SiteFolder
from disclosure.pages import scopes
from disclosure.site.build_protocol import BuildOrder
from tests.support.district import some_departments
from tests.support.repository import ROOT, Run

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="modes mean something else there")


def modes(folder: Path) -> set[str]:
    """The modes of a folder and of all that is in it."""
    found = (folder, *folder.rglob("*"))
    return {stat.filemode(path.lstat().st_mode) for path in found if not path.is_symlink()}


def shut(folder: Path) -> None:
    """Give everything the modes that a strict umask gives it."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


@on_posix
def test_a_built_site_can_be_read_whatever_the_umask(run: Run, project: Path) -> None:
    """Folders are 755 and files 644: in a new site, and where an older build had shut them."""
    before = os.umask(0o022)
    try:
        # The third is made in the spare folder, of files of the second.
        for umask in (0o077, 0o027, 0o077):
            os.umask(umask)
            assert run("build", folder=project)[0] == 0
            assert modes(project / "site") == {"drwxr-xr-x", "-rw-r--r--"}
            shut(project / "site")
    finally:
        os.umask(before)


@on_posix
def test_what_others_cannot_read_is_named(tmp_path: Path) -> None:
    """A file without the right to read, a folder without the right to enter, and not a link."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.html").touch()
    (tmp_path / "c.html").touch()
    (tmp_path / "link").symlink_to("nowhere")
    permissions.open_up_all(tmp_path)
    assert list(permissions.closed(tmp_path)) == []
    (tmp_path / "a").chmod(0o754)
    (tmp_path / "a/b.html").chmod(0o640)
    assert list(permissions.closed(tmp_path)) == ["a", "a/b.html"]
    tmp_path.chmod(0o750)
    assert next(permissions.closed(tmp_path)) == "."


@pytest.mark.filterwarnings("ignore:user_configs is never used:DeprecationWarning")
@pytest.mark.parametrize(
    ("root", "shares", "most"),
    [(ROOT, False, 3000), (ROOT, True, 3000), (ROOT, True, 0), (None, True, 3000)],
    ids=["plain", "workers", "no file of everything", "departments"],
)
def test_no_address_is_written_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path | None, shares: bool, most: int
) -> None:
    """Of one build no two tasks write the same file, with workers or without, small or large."""
    monkeypatch.setattr(scopes, "MAX_WHOLE", most)
    order = BuildOrder(jobs=1)  # more processes would count for themselves
    for name, value in order.variables().items():
        monkeypatch.setenv(name, value)
    asked: Counter[str] = Counter()
    in_its_folder = SiteFolder._in_its_folder

    def counted(self: SiteFolder, address: str) -> str:
        asked[address] += 1
        return in_its_folder(self, address)

    monkeypatch.setattr(SiteFolder, "_in_its_folder", counted)
    root = root or some_departments(tmp_path / "examples")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="build", dirty=shares)
    build(config, dirty=shares)
    assert asked["downloads/all/open-data.schema.json"] == 1
    assert {address: times for address, times in asked.items() if times > 1} == {}
