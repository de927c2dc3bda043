"""A release is one tag: what is refused, and what the offline bundle holds."""

from __future__ import annotations

import hashlib
import re
import tarfile
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tools import release

CHANGELOG = """# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-28

### Added

- Something.

## [1.1.0] - 2026-10-01

## [1.0.0]

- No day.
"""


@pytest.mark.parametrize(
    ("tag", "version", "found"),
    [
        ("v1.2.0", "1.2.0", []),
        ("v1.2.1", "1.2.0", ["the tag is v1.2.1, the version 1.2.0: they must be the same"]),
        ("1.2.0", "1.2.0", ["the tag is 1.2.0, the version 1.2.0: they must be the same"]),
        *(
            (
                f"v{version}",
                version,
                [f"CHANGELOG.md has no section “## [{version}] - YYYY-MM-DD” with text"],
            )
            for version in ("1.1.0", "1.0.0", "1.2", "2.0.0")
        ),
    ],
)
def test_tag_version_and_changelog_must_agree(tag: str, version: str, found: list[str]) -> None:
    """A tag is refused unless the version is the same and the changelog says what is new."""
    assert release.problems(tag, version, CHANGELOG) == found


def test_a_refused_tag_builds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """The command says why and ends before it has built anything."""
    assert release.main(["--tag", "v0.0.0"]) == 1
    assert "the tag is v0.0.0" in capsys.readouterr().err


def test_the_version_stands_in_one_place() -> None:
    """The program's own version is that of its metadata, which names no other."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'dynamic = ["version"]' in text
    assert not re.search(r'^version = "', text, re.MULTILINE)
    assert re.fullmatch(r"\d+\.\d+\.\d+", release.version())


def test_the_bundle_is_complete_and_always_the_same(tmp_path: Path) -> None:
    """Wheels, a lock with the program itself, a README with the commands, all checksums."""
    wheel = tmp_path / "budget_disclosure-1.0-py3-none-any.whl"
    wheel.write_bytes(b"wheel")
    packed = []
    for number in (1, 2):
        folder = tmp_path / f"bundle-{number}"
        (folder / "wheels").mkdir(parents=True)
        (folder / "wheels" / "click.whl").write_bytes(b"click")
        release.fill_bundle(folder, wheel)
        (tmp_path / str(number)).mkdir()
        packed.append(tmp_path / str(number) / "bundle.tar.gz")
        release.archive(folder, packed[-1])
    assert packed[0].read_bytes() == packed[1].read_bytes()
    with tarfile.open(packed[0]) as tar:
        tar.extractall(tmp_path, filter="data")
    folder = tmp_path / "bundle"
    texts = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    sums = texts.pop("SHA256SUMS").decode()
    assert sums == "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(texts.items())
    )
    own = f"budget-disclosure=={release.version()} --hash=sha256:{release.digest(wheel)}\n"
    lock = (ROOT / "requirements" / "runtime.txt").read_text("utf-8")
    assert texts["requirements.txt"].decode() == lock + own
    for command in release.INSTALL:
        assert command in texts["README.txt"].decode()
        for paper in ("PUBLISHING.md", "PUBLISHING.zh-CN.md"):
            assert command in (ROOT / paper).read_text("utf-8")
