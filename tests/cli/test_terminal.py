"""What is shown on a terminal while work takes long."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from disclosure.config.mkdocs_yml import parse
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


@systems.TERMINAL
def test_on_a_terminal_who_is_responsible_is_asked_for(tmp_path: Path) -> None:
    """Each of the four is asked for once; what is answered stands in the configuration."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "disclosure", "new", "site", str(tmp_path / "site")]
    command += ["--name", "公开", "--department", "990101-101", "--department-name", "示例局"]
    command += ["--region", "示例区", "--unit", "101001=示例局本级", "--icp", ""]
    os.write(ours, "示例区财政局\n\nmailto:a@example.gov.cn\n".encode())
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0, done.stderr
    assert [word in done.stdout for word in ("主办单位", "联系方式", "纠错地址", "ICP备案号")] == [
        *([True] * 3),
        False,
    ]
    government = parse((tmp_path / "site/mkdocs.yml").read_text("utf-8"))["extra"]["government"]
    assert government == {"sponsor": "示例区财政局", "report": "mailto:a@example.gov.cn"}
