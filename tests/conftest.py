"""What several test modules share: the site, built once from the real data."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from tests.support.repository import ROOT, Run, mkdocs

# Who is started in the background may be told to ignore Ctrl-C, and whatever it starts ignores it
# as well; the tests of Ctrl-C would then wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that plain `mkdocs build --strict` makes of the repository."""
    site = tmp_path_factory.mktemp("site")
    finished = mkdocs("build", "--strict", "--site-dir", str(site))
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return site


@pytest.fixture(scope="session")
def built_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that plain `mkdocs build --strict` makes of the invented district."""
    site = tmp_path_factory.mktemp("examples")
    finished = mkdocs("build", "--strict", "--site-dir", str(site), cwd=ROOT / "examples")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return site


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this repository's own project, to be changed or built."""
    for name in ("data", "site_src"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    return tmp_path


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line of `disclosure` in a folder (the repository, if not told)."""
    from disclosure import cli  # changes the language, so only for tests that ask

    def run_here(*arguments: str | Path, folder: Path = ROOT) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        code = cli.run([str(argument) for argument in arguments])
        return code, *capfd.readouterr()

    return run_here
