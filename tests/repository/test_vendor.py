"""The libraries of others are what they are said to be: version, licence and every byte."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.support.repository import ROOT

VENDOR = ROOT / "generator" / "disclosure" / "plugin" / "theme" / "vendor"
SCRIPTS = sorted(VENDOR.glob("*/*.js"))


def listed() -> dict[str, str]:
    """The files in the list of checksums, with what they must be."""
    text = (VENDOR / "README.md").read_text("utf-8")
    return {name: sha for sha, name in re.findall(r"^([0-9a-f]{64}) {2}(\S+)$", text, re.MULTILINE)}


def test_every_file_has_its_checksum() -> None:
    """No file is missing from the list, none is added, and none differs by a byte."""
    held = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.glob("*/**/*")
        if path.is_file()
    }
    assert held
    assert held == listed()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.parent.name)
def test_a_library_has_a_licence_and_the_version_of_its_folder(script: Path) -> None:
    """The folder names the version that the file itself names, and holds its licence."""
    package, version = script.parent.name.rsplit("-", 1)
    text = script.read_text("utf-8")
    assert re.search(rf"v{re.escape(version)}\b|version=\"{re.escape(version)}\"", text)
    assert any(script.parent.glob("LICEN[CS]E"))
    assert f"| `{package}` {version} |" in (VENDOR / "README.md").read_text("utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.parent.name)
def test_a_library_is_used_and_asks_for_nothing_the_policy_forbids(script: Path) -> None:
    """One of our scripts loads it, it evaluates no text as code and names no source map."""
    address = f"../vendor/{script.parent.name}/{script.name}"
    ours = (ROOT / "generator" / "disclosure" / "plugin" / "theme" / "assets").glob("*.js")
    assert [path.name for path in ours if address in path.read_text("utf-8")]
    text = script.read_text("utf-8")
    assert not re.search(r"\beval\(|\bnew Function\b|sourceMappingURL", text)
