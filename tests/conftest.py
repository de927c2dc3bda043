"""What several test modules share: the sites, each built once for a whole run."""

from __future__ import annotations

import gc
import signal
from pathlib import Path

import pytest

from disclosure.site import mkdocs_process
from tests.support.repository import ROOT, Run
from tests.support.shared import copied_project, made_once, plain_site

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


@pytest.fixture(scope="session")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form workbooks of this repository, and in `examples` of the district; only to be read."""
    from disclosure import cli

    def make(folder: Path) -> None:
        for root in (".", "examples"):
            command = ["-C", str(ROOT / root), "export", "--format", "xlsx", str(folder / root)]
            assert cli.run(command) == 0

    return made_once(tmp_path_factory, "workbooks", make)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this repository's own project, to be changed or built."""
    return copied_project(tmp_path)


@pytest.fixture(scope="session")
def built_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's own project outside git, and in `site` what our command makes.

    Nothing in it may be changed.
    """

    def make(folder: Path) -> None:
        result = mkdocs_process.build(
            copied_project(folder), folder / "site", strict=True, progress=lambda _: None
        )
        assert result.ok, result.log

    return made_once(tmp_path_factory, "built-project", make)


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line of `disclosure` in a folder (the repository, if not told)."""
    from disclosure import cli  # changes the language, so only for tests that ask

    def run_here(*arguments: str | Path, folder: Path = ROOT) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        code = cli.run([str(argument) for argument in arguments])
        return code, *capfd.readouterr()

    return run_here
