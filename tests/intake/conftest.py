"""Documents are read without a process of their own, where that process is not what is tested."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from disclosure.intake.formats import isolated, reader
from disclosure.intake.formats.pieces import Document, Say
from disclosure.intake.rules import UnreadableError


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents in this process: another takes a second to load its libraries."""

    def read(file: Path, say: Say, work: Callable[[Document], object]) -> object:
        try:
            return work(reader.document(file, say))
        except UnreadableError as error:
            return error.about(file)

    def read_each(
        files: Sequence[Path], say: Say, work: Callable[[Document], object], _jobs: int
    ) -> list[object]:
        return [read(file, say, work) for file in files]

    monkeypatch.setattr(isolated, "read", read)
    monkeypatch.setattr(isolated, "read_each", read_each)
