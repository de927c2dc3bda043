"""`manifest.json`: what a site was made of, and every file of it, the same each time."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from disclosure.engine.site_folder import SiteFile, SiteFolder
from disclosure.model.dataset import GitHistory
from disclosure.reading.git_history import uncommitted
from disclosure.site import manifest
from tests.support import loaded_mkdocs
from tests.support.gitfolder import commit, git
from tests.support.loaded_mkdocs import mkdocs


def build(project: Path, target: Path) -> dict[str, Any]:
    """Build the project; its manifest."""
    assert loaded_mkdocs.build(project, target).ok
    return manifest_of(target)


def listings(site: Path, path: str = "manifest.json") -> Iterator[dict[str, Any]]:
    """A site's manifest, and every list that it and its lists name."""
    found = json.loads((site / path).read_bytes())
    yield found
    for inner in found["lists"]:
        yield from listings(site, inner["path"])


def assert_complete(site: Path) -> None:
    """Each file but the manifest is listed once, in order, with its size and checksum."""
    listed = []
    for listing in listings(site):
        for files in (listing["files"], listing["lists"]):
            assert files == sorted(files, key=lambda file: str(file["path"]))
            listed += files
        folder = listing.get("folder", "")
        assert all(file["path"].startswith(folder) for file in listing["files"])
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert sorted(file["path"] for file in listed) == sorted(files - {"manifest.json"})
    for file in listed:
        content = (site / file["path"]).read_bytes()
        assert file["size"] == len(content)
        assert file["sha256"] == hashlib.sha256(content).hexdigest()


def manifest_of(site: Path) -> dict[str, Any]:
    """The manifest of a built site."""
    found: dict[str, Any] = json.loads((site / "manifest.json").read_bytes())
    return found


def test_it_lists_every_file_as_it_is(built_project: Path) -> None:
    """All files of a small site stand in one list."""
    found = manifest_of(built_project / "site")
    assert len(found["files"]) > 100
    assert found["lists"] == []
    assert_complete(built_project / "site")


def test_a_large_site_is_listed_by_folders(built_examples: Path) -> None:
    """Where there are many files each folder has a list, and no list is long."""
    assert_complete(built_examples)
    found = list(listings(built_examples))
    assert {"990101-201/", "downloads/"} <= {listing.get("folder") for listing in found}
    assert max(len(listing["files"]) for listing in found) <= manifest.MAX_LISTED


def test_folders_are_split_again_and_again(tmp_path: Path) -> None:
    """However many folders there are in each other, every file stands in one list."""
    most = manifest.MAX_LISTED
    paths = ["a-b/0", "a.html", "z", *(f"a/{number % 2}/x/{number}" for number in range(most * 3))]
    files = [SiteFile(path, 1, "0" * 64) for path in reversed(paths)]
    for name in ("data", "pages"):
        (tmp_path / name).mkdir()
    origin = manifest.SiteSources(tmp_path, tmp_path / "data", tmp_path / "pages", ())
    site = tmp_path / "site"
    written = manifest.write(SiteFolder(site), origin, GitHistory("", complete=False), files)
    assert written.files == tuple(sorted(paths))
    found = {str(listing.get("folder", "")): listing for listing in listings(site)}
    counts = {folder: len(listing["files"]) for folder, listing in found.items()}
    half = most * 3 // 2
    assert counts == {
        "": 2,
        "a-b/": 1,
        "a/": 0,
        "a/0/": 0,
        "a/0/x/": half,
        "a/1/": 0,
        "a/1/x/": half,
    }
    names = {path.relative_to(site).as_posix() for path in site.rglob("*.json")}
    assert set(written.lists) == names


def test_any_tool_gives_the_same_checksum_of_the_data(built_project: Path) -> None:
    """The data's checksum is what `sha256sum` says of the lines of `sha256sum`."""
    find = "find . -name '*.yml' -type f -printf '%P\\n' | LC_ALL=C sort"
    command = f"{find} | xargs sha256sum | sha256sum"
    data = built_project / "data"
    done = subprocess.run(  # noqa: S602 - a fixed line, as a reader would type it
        command, shell=True, cwd=data, capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == manifest_of(built_project / "site")["data"]


def test_plain_mkdocs_writes_the_same(built_project: Path, tmp_path: Path) -> None:
    """`mkdocs build` gives the same manifest as `disclosure build`: no page's link is dead."""
    finished = mkdocs("build", "--site-dir", str(tmp_path / "site"), cwd=built_project)
    assert finished.returncode == 0, finished.stderr
    one, two = (
        (folder / "site/manifest.json").read_bytes() for folder in (built_project, tmp_path)
    )
    assert one == two


def test_it_names_the_commit_of_what_was_built(project: Path, tmp_path: Path) -> None:
    """The commit is named only while data, pages and configuration are exactly that commit's.

    Each of the three has a checksum of its own.
    """
    name = commit(project)
    before = build(project, tmp_path / "out/site")
    assert (before["commit"], before["uncommitted"]) == (name, [])
    (project / "outside.txt").write_text("x", "utf-8")
    page = "site_src/about.md"
    with (project / page).open("a", encoding="utf-8") as file:
        file.write("\n又一句。\n")
    found = build(project, tmp_path / "out/site")
    assert (found["commit"], found["uncommitted"]) == (None, [page])
    parts = ("data", "pages", "configuration")
    assert [part for part in parts if found[part] != before[part]] == ["pages"]


@pytest.mark.parametrize(
    "path", ["data/130803-322/department.yml", "data/note.txt~", "site_src/about.md", "mkdocs.yml"]
)
def test_every_change_is_seen(project: Path, path: str) -> None:
    """A file that is changed or new among data, pages and configuration; no other."""
    commit(project)
    places = [project / name for name in ("data", "site_src", "mkdocs.yml")]
    (project / "outside.txt").write_text("x", "utf-8")
    assert uncommitted(project, *places) == ()
    with (project / path).open("a", encoding="utf-8") as file:
        file.write("\n# x\n")
    assert uncommitted(project, *places) == (path,)


def test_outside_git_there_is_no_commit(built_project: Path, project: Path, tmp_path: Path) -> None:
    """Without a repository, and in one without a commit, the commit is null."""
    assert manifest_of(built_project / "site")["commit"] is None
    git(project, "init", "--quiet")
    found = build(project, tmp_path / "out/site")
    assert (found["commit"], found["complete_history"]) == (None, False)


def test_it_reads_what_it_wrote(built_project: Path) -> None:
    """All that is in it is understood; what is no manifest is none."""
    content = (built_project / "site/manifest.json").read_bytes()
    parsed = manifest.parse(manifest.Manifest, content)
    assert parsed is not None
    assert parsed.model_dump() == json.loads(content)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"format": "manifest/2"}', b"[" * 100_000]
)
def test_what_is_no_manifest_is_none(content: bytes) -> None:
    """Anything else is refused without an exception."""
    assert manifest.parse(manifest.Manifest, content) is None
