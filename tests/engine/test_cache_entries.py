"""The entries of the cache: their keys, what is damaged, and what is removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from disclosure.engine.cache import NO_CACHE, UNKNOWN, Cache, digest
from tests.support.gitfolder import commit, git


def names(folder: Path) -> set[str]:
    """The entries on the disk."""
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def test_a_result_is_found_by_its_inputs(tmp_path: Path) -> None:
    """The same inputs give what is stored, others and other kinds of results nothing."""
    for inputs, stored in ((["a"], None), (["a"], 1), (["b"], None), (["a", ""], None), (["a"], 1)):
        entry = Cache(tmp_path).entry("test", inputs)
        assert entry.get(int) == stored
        assert entry.put(1)
    assert Cache(tmp_path).entry("other", ["a"]).get(int) is None


def test_nothing_is_looked_at_without_a_folder() -> None:
    """Where nothing is stored, inputs are not even asked for."""
    entry = NO_CACHE.entry("test", (pytest.fail("was asked") for _ in range(1)))
    assert not entry
    assert not entry.put(1)
    assert entry.part("more").get(int) is None


def test_what_depends_on_something_unknown_is_not_stored(tmp_path: Path) -> None:
    """An entry among the inputs counts by its key; without one nothing is known."""
    cache = Cache(tmp_path)
    one, other = cache.entry("test", ["a"]), cache.entry("test", ["b"])
    assert cache.entry("test", [one]).key != cache.entry("test", [other]).key
    assert not cache.entry("test", [one, UNKNOWN])
    assert not cache.entry("test", [UNKNOWN.part("more")])


def test_a_damaged_result_is_rebuilt(tmp_path: Path) -> None:
    """A result that was cut off or changed on the disk counts as missing."""
    entry = Cache(tmp_path).entry("test", ["a"])
    entry.put((1, 2))
    assert entry.get(tuple) == (1, 2)
    assert entry.get(dict) is None
    path = tmp_path / entry.key
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], bytes([whole[0] ^ 1]) + whole[1:]):
        path.write_bytes(damaged)
        assert entry.get(tuple) is None
        assert not entry.exists()


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    """Nothing is stored then, and the build goes on."""
    (tmp_path / "file").write_text("", "utf-8")
    cache = Cache(tmp_path / "file" / "folder")
    entry = cache.entry("test", ["a"])
    assert not entry.put(1)
    assert entry.get(int) is None
    cache.prune()


def test_what_a_build_does_not_use_is_removed(tmp_path: Path) -> None:
    """Used is what was written, read or looked for in this build, with all its parts."""
    first = Cache(tmp_path)
    for name in ("read", "seen", "unused"):
        entry = first.entry(name, ["a"])
        entry.put(name)
        entry.part("more").put(name)
    first.prune()
    assert len(names(tmp_path)) == 6
    second = Cache(tmp_path)
    assert second.entry("read", ["a"]).get(str) == "read"
    assert second.entry("seen", ["a"]).exists()
    second.entry("new", ["a"]).put("new")
    second.prune()
    entries = [second.entry(name, ["a"]) for name in ("read", "seen")]
    kept = {one.key for entry in entries for one in (entry, entry.part("more"))}
    assert names(tmp_path) == kept | {second.entry("new", ["a"]).key}
    third = Cache(tmp_path)
    third.prune()
    assert names(tmp_path) == set()


def test_all_processes_of_a_build_mark_alike(tmp_path: Path) -> None:
    """What another process of the same build uses stays, also what a killed build used."""
    Cache(tmp_path).entry("test", ["a"]).put(1)
    child = os.fork() if hasattr(os, "fork") else pytest.skip("cannot fork")
    if not child:
        Cache(tmp_path).entry("test", ["b"]).put(2)
        os._exit(0)
    os.waitpid(child, 0)
    Cache(tmp_path).prune()
    assert len(names(tmp_path)) == 2


def test_entries_of_another_layout_are_removed(tmp_path: Path) -> None:
    """What an older version of the program or a killed one left is of no use."""
    (tmp_path / "tmpabc").write_bytes(b"half")
    (tmp_path / digest("old")).write_bytes(b"old")
    Cache(tmp_path).prune()
    assert names(tmp_path) == set()


def test_git_does_not_see_it(tmp_path: Path) -> None:
    """A user who adds everything to a commit does not add the cache."""
    Cache(tmp_path / ".cache/disclosure/build").entry("test", ["a"]).put(1)
    (tmp_path / "own.txt").write_text("", "utf-8")
    commit(tmp_path)
    assert git(tmp_path, "ls-files") == "own.txt"


def test_a_digest_tells_parts_apart() -> None:
    """What is cut at another place is another thing."""
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab", "c") == digest(b"ab", "c")
