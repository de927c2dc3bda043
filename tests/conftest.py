"""What several test modules share: the sites, each built once for a whole run."""

from __future__ import annotations

import gc
import shutil
import signal
from pathlib import Path

import pytest

from tests.support.repository import ROOT, Run
from tests.support.shared import plain_site

# Who is started in the background may be told to ignore Ctrl-C, and whatever it starts ignores it
# as well; the tests of Ctrl-C would then wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Looking through thousands of tests for garbage again and again took an eighth of the time.
gc.set_threshold(50_000, 20, 20)


#: Files with a single test or fixture that takes half a minute; the others end around them.
LONGEST = ("test_guide.py", "test_zero_downtime.py", "test_cache.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process works alone at the end."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that plain `mkdocs build --strict` makes of the repository; not to be changed."""
    return plain_site(tmp_path_factory, "site", ROOT)


@pytest.fixture(scope="session")
def built_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the invented district, made in the same way; not to be changed."""
    return plain_site(tmp_path_factory, "examples", ROOT / "examples")


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
