"""The one writer of site folders: what others may read, and what it never writes into."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from disclosure.engine.cache import Cache
from disclosure.engine.permissions import make_folder
from disclosure.engine.site_folder import FileTask, SiteFolder
from disclosure.publishing import serving

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")


@pytest.fixture(params=[0o077, 0o027, 0o022, 0o000], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask, as servers set it."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def closed(site: Path) -> list[str]:
    """What is below a folder, and itself, that has another mode than it should have."""
    found = []
    for path in (site, *site.rglob("*")):
        wanted = 0o755 if path.is_dir() else 0o644
        if stat.S_IMODE(path.stat().st_mode) != wanted:
            found.append(path.relative_to(site.parent).as_posix())
    return found


def work(files: dict[str, bytes]) -> FileTask:
    """These files, always made of the same."""
    return FileTask("test", lambda: ["input"], files.items)


@pytest.mark.usefixtures("umask")
def test_everything_written_can_be_read_by_others(tmp_path: Path) -> None:
    """Written, made by another program, moved in, linked: folders are 0755 and files 0644."""
    site = SiteFolder(tmp_path / "www/site")
    site.write([("index.html", b"1"), ("a/b/c.html", b"2")])
    Path(site.path_for("d/e.html")).write_bytes(b"3")
    site.record(["d/e.html"])
    (tmp_path / "theme/assets").mkdir(parents=True)
    (tmp_path / "theme/assets/style.css").write_bytes(b"4")
    own = {"index.html", "a/b/c.html", "d/e.html"}
    assert [file.path for file in site.move_in(tmp_path / "theme", own)] == ["assets/style.css"]
    (tmp_path / "old").write_bytes(b"5")
    site.link(str(tmp_path / "old"), "f/old")
    assert closed(tmp_path / "www/site") == []
    assert closed(tmp_path / "www") == []


@pytest.mark.usefixtures("umask")
def test_what_another_program_wrote_in_place_can_be_read(tmp_path: Path) -> None:
    """MkDocs without `disclosure build` writes into the site itself."""
    (tmp_path / "site/assets").mkdir(parents=True)
    (tmp_path / "site/assets/style.css").write_bytes(b"1")
    site = SiteFolder(tmp_path / "site")
    site.write([("index.html", b"2")])
    list(site.move_in(tmp_path / "site", {"index.html"}))
    assert closed(tmp_path / "site") == []


@pytest.mark.parametrize("is_spare", [True, False])
def test_what_is_reused_can_be_read(tmp_path: Path, is_spare: bool) -> None:
    """Files and folders of a release made under a hardened umask are opened when reused."""
    cache, files = Cache(tmp_path / "cache"), {"a/b.html": b"1", "c/d.html": b"2"}
    SiteFolder(tmp_path / "old", cache=cache, copies=".gz").make(work(files))
    (tmp_path / "old/a/b.html.gz").write_bytes(b"3")
    for path in (tmp_path / "old", *(tmp_path / "old").rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    (tmp_path / "theme").mkdir()
    new = "old" if is_spare else "new"
    site = SiteFolder(tmp_path / new, tmp_path / "old", cache, ".gz")
    site.make(work(files))
    site.write([("index.html", b"4")])
    list(site.move_in(tmp_path / "theme", {*files, "index.html"}))
    assert closed(tmp_path / new) == []
    assert (tmp_path / "old/a/b.html").samefile(tmp_path / new / "a/b.html")


def test_a_preview_stays_private(tmp_path: Path) -> None:
    """The temporary folder of a preview is its owner's alone: drafts are not published."""
    folder = tmp_path / "preview"
    folder.mkdir(mode=0o700)
    site = SiteFolder(folder, private=True)
    site.write([("index.html", b"1"), ("a/index.html", b"2")])
    list(site.move_in(folder, {"index.html", "a/index.html"}))
    assert closed(folder) == ["preview"]


@pytest.mark.usefixtures("umask")
def test_a_release_and_its_parts_can_be_read(tmp_path: Path) -> None:
    """Compressed copies, and what pages of older releases ask for."""
    for name in ("one", "two"):
        release = SiteFolder(tmp_path / name)
        release.write([("assets/long.css", b"a" * 2000), ("index.html", name.encode() * 1000)])
        serving.prepare(tmp_path / name, tmp_path / "one" if name == "two" else None)
    serving.keep(tmp_path, [tmp_path / "two", tmp_path / "one"])
    assert [closed(tmp_path / name) for name in ("one", "two", "kept")] == [[], [], []]
    assert (tmp_path / "two/assets/long.css.gz").samefile(tmp_path / "one/assets/long.css.gz")


def test_nothing_is_written_into_a_file_that_is_there(tmp_path: Path) -> None:
    """Whichever way a file comes into the site, a hard link to the older one stays as it was."""
    site = SiteFolder(tmp_path / "site")
    ways = ("written", "linked", "moved", "made/elsewhere")
    site.write([(name, b"old") for name in ways])
    for name in ways:
        (tmp_path / "live" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "live" / name).hardlink_to(tmp_path / "site" / name)
    for name in ("new", "newer"):
        (tmp_path / name).write_bytes(b"new")
    site.write_one("written", b"new")
    site.link(str(tmp_path / "new"), "linked")
    site.move(tmp_path / "newer", "moved")
    Path(site.path_for("made/elsewhere")).write_bytes(b"new")
    assert {(tmp_path / "site" / name).read_bytes() for name in ways} == {b"new"}
    assert {(tmp_path / "live" / name).read_bytes() for name in ways} == {b"old"}


def test_times_are_those_of_commits(tmp_path: Path) -> None:
    """What changed is as old as the commit and later than before; what did not, as it was."""
    day = 86_400

    def built(name: str, at: int | None, previous: str | None = None, **texts: str) -> list[int]:
        site = SiteFolder(tmp_path / name, tmp_path / previous if previous else None, time=at)
        (tmp_path / "theme").mkdir(exist_ok=True)
        (tmp_path / "theme/c").write_text(texts.pop("c"), "utf-8")
        site.write([(file, text.encode()) for file, text in texts.items()])
        list(site.move_in(tmp_path / "theme", texts))
        return [int((tmp_path / name / file).stat().st_mtime) for file in ("a", "b", "c")]

    assert built("one", day, a="1", b="1", c="1") == [day] * 3
    assert built("two", 2 * day, "one", a="1", b="2", c="1") == [day, 2 * day, day]
    assert built("same", 2 * day, "two", a="1", b="3", c="1") == [day, 2 * day + 1, day]
    assert built("back", day, "same", a="1", b="1", c="2") == [day, 2 * day + 2, day + 1]
    now = time.time()
    for unlikely in (2**70, None):
        assert all(now - 9 < one < now + 9 for one in built("now", unlikely, a="1", b="1", c="1"))
    assert built("early", -1, a="1", b="1", c="1") == [0, 0, 0]


def test_times_of_older_programs_are_not_taken_over(tmp_path: Path) -> None:
    """They were whole seconds made from the content, and lay anywhere between 1970 and 2038."""
    (tmp_path / "old").mkdir()
    for name in ("same", "other"):
        (tmp_path / "old" / name).write_bytes(b"1")
        os.utime(tmp_path / "old" / name, (2_040_000_000, 2_040_000_000))
    site = SiteFolder(tmp_path / "new", tmp_path / "old", time=5)
    site.write([("same", b"1"), ("other", b"2")])
    assert {(tmp_path / "new" / name).stat().st_mtime // 1 for name in ("same", "other")} == {5}


def test_a_file_that_was_edited_in_place_is_not_reused(tmp_path: Path) -> None:
    """Neither one of the same size, nor one whose second was put back."""
    cache, files = Cache(tmp_path / "cache"), {"a": b"1", "b": b"2"}
    SiteFolder(tmp_path / "old", cache=cache, time=5).make(work(files))
    (tmp_path / "old/b").write_bytes(b"3")
    os.utime(tmp_path / "old/b", (5, 5))
    SiteFolder(tmp_path / "new", tmp_path / "old", cache, time=6).make(work(files))
    assert (tmp_path / "new/b").read_bytes() == b"2"


def test_what_a_killed_program_left_is_no_obstacle(tmp_path: Path) -> None:
    """A half-made name beside a file that is replaced is removed first."""
    site = SiteFolder(tmp_path / "site")
    site.write_one("a.css", b"old")
    (tmp_path / "site/.a.css.new").write_bytes(b"half")
    (tmp_path / "new").write_bytes(b"new")
    site.link(str(tmp_path / "new"), "a.css")
    assert {path.name for path in (tmp_path / "site").iterdir()} == {"a.css"}
    assert (tmp_path / "site/a.css").read_bytes() == b"new"


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    """Each of them can be looked into, and one that is there is opened."""
    before = os.umask(0o077)
    try:
        make_folder(tmp_path / "a/b/c")
        (tmp_path / "a").chmod(0o2700)
        make_folder(tmp_path / "a")
    finally:
        os.umask(before)
    assert closed(tmp_path / "a/b") == []
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) in {0o755, 0o2755}
