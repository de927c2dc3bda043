"""What is shown on a terminal while work takes long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.support import systems
from tests.support.repository import ROOT


@systems.TERMINAL
def test_on_a_terminal_progress_is_shown(project: Path) -> None:
    """Long work says on a terminal what it is doing."""
    import pty

    ours, theirs = pty.openpty()
    (project / "data/130803-322/department.yml").write_text("坏", "utf-8")
    command = [sys.executable, "-m", "disclosure", "-C", str(project), "build"]
    subprocess.run(
        command, cwd=ROOT, stderr=theirs, env={**os.environ, "TERM": "xterm"}, check=False
    )
    os.close(theirs)
    assert "正在检查数据" in os.read(ours, 65536).decode("utf-8", "ignore")
    os.close(ours)
