"""This repository, program and all, is itself something that a publishing server accepts."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tests.support.server import Clerk, Server
from tests.support.webserver import nginx, online

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a publishing server runs Linux")

PROJECT = "130803-322/2024/13080324P00514210001L"


def test_a_fresh_clone_is_accepted_and_served(tmp_path: Path) -> None:
    """A clone of the last commit, pushed as it is, is served; so is a correction after it."""
    nginx()  # without one, nothing is built in vain
    server = Server.set_up(tmp_path)
    clone = Clerk.cloned(tmp_path / "clone", ROOT)
    accepted, output = clone.push(str(server.repository), "main")
    assert accepted, output
    table = f"data/{PROJECT.replace('2024/', '2024/projects/')}.yml"
    text = (clone.folder / table).read_text("utf-8")
    clone.write(table, text.replace("name: 开放外联", "name: 扩大开放外联"))
    with online(server) as web:
        assert "开放外联招商引资" in web.ask(f"/{PROJECT}/").body.decode()
        clone.commit("更正名称")
        accepted, output = clone.push(str(server.repository), "main")
        assert accepted, output
        assert "扩大开放外联" in web.ask(f"/{PROJECT}/").body.decode()
