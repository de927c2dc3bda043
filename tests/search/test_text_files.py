"""The texts of the pages, which stand together in files, and those of earlier versions."""

from __future__ import annotations

from pathlib import Path

from disclosure import search
from disclosure.search.packing import packed
from disclosure.search.pages import FILED


def test_a_release_of_an_earlier_version_can_be_read(tmp_path: Path) -> None:
    """A push after an update compares with a site that has a file for the text of each page."""
    page = {"address": "d/2024/A1/", "kind": "项目", "year": "2024", "department": "某局"}
    row = {**dict.fromkeys(FILED, ""), **page, "names": [["旧项目", "A1"]], "text": "旧项目"}
    for name, content in (
        ("2024-0-0/0.pages", [["d/2024/A1/", "d/A1"]]),
        ("text/d/2024/A1.page", row),
    ):
        file = tmp_path / "search" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(packed(content))
    assert search.addresses(tmp_path) == {"d/2024/A1/"}
    (entry,) = search.read_entries(tmp_path, ["d/2024/A1/"])
    assert (entry.name, entry.code, entry.kind) == ("旧项目", "A1", "项目")
