"""What a folder looks like from outside tells each change, however short it lasted."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure.engine import listing
from tests.support import systems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file in a folder, which were made long before anything is done to them."""
    inside = tmp_path / "data" / "2024"
    inside.mkdir(parents=True)
    (inside / "one.yml").write_text("a: 1\n", "utf-8")
    return tmp_path / "data"


def _write(folder: Path) -> None:
    (folder / "2024/one.yml").write_text("a: 1\nb: 2\n", "utf-8")


def _replace(folder: Path) -> None:
    file = folder / "2024/one.yml"
    shutil.copy2(file, folder.parent / "copy.yml")
    (folder.parent / "copy.yml").replace(file)


def _away_and_back(what: str) -> Callable[[Path], None]:
    def move(folder: Path) -> None:
        place, away = (folder / what).resolve(), folder.parent / "away"
        place.rename(away)
        away.rename(place)

    return move


@systems.MOVES
@pytest.mark.parametrize(
    "change",
    [_write, _replace, *map(_away_and_back, ("2024/one.yml", "2024", "."))],
    ids=["written", "replaced", "a file away", "a folder away", "all away"],
)
def test_a_change_shows(folder: Path, change: Callable[[Path], None]) -> None:
    """Also of what was away and came back between two looks, and of nothing else."""
    before = listing.states_below(folder)
    assert listing.states_below(folder) == before
    change(folder)
    assert listing.states_below(folder) != before


def test_no_folder_is_no_state(tmp_path: Path) -> None:
    """A folder that is not there looks otherwise than an empty one."""
    (tmp_path / "empty").mkdir()
    assert listing.states_below(tmp_path / "none") == {}
    assert [*listing.states_below(tmp_path / "empty")] == [""]
