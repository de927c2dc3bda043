"""An mkdocs.yml that cannot be read: what it is instead, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.repository import Run


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"site_name: a\n<<<<<<< HEAD\nnav: []\n=======\nnav: [a.md]\n>>>>>>> b\n",
            " 第 2 行：两人的改动有冲突，还没有合并完：第 2～6 行。\n请在第 3 行（HEAD）和",
        ),
        ("site_name: 公开".encode("gbk"), " 第 1 行：文件的编码像是 GBK（ANSI），不是 UTF-8。"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "只有 Git LFS 的指针"),
        (b"{\\rtf1\\ansi\\ansicpg936{\\fonttbl}\\n}", "这是 RTF 文档"),
    ],
    ids=["conflict", "gbk", "pointer", "rtf"],
)
def test_what_stands_in_place_of_a_configuration_is_named(
    run: Run, tmp_path: Path, content: bytes, message: str
) -> None:
    """An unfinished merge, another encoding or another kind of file is told with what to do."""
    (tmp_path / "mkdocs.yml").write_bytes(content)
    code, _, err = run("-C", tmp_path, "check")
    assert code == 2
    assert message in err
