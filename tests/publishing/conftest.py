"""A publishing server whose first push has been made, once for all tests that go on from there."""

from __future__ import annotations

from functools import partial

import pytest

from tests.support.server import Published, moved, publish, real
from tests.support.shared import made_once


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Puts a server that has published the small site into a folder, and the clerk who did it."""
    return partial(moved, made_once(tmp_path_factory, "published", publish))


@pytest.fixture(scope="session")
def published_real(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The same with the real data."""
    make = partial(publish, site=real)
    return partial(moved, made_once(tmp_path_factory, "published-real", make))
