"""The layers written down in pyproject.toml, and what only one module may do."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.api import read_configuration
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.support.repository import ROOT

MODULES = sorted((ROOT / "generator").rglob("*.py"))
PRINTING = {"print", "sys.stdout", "sys.stderr", "click.echo", "click.secho"}
EXITING = {"sys.exit", "os._exit", "exit", "quit", "SystemExit"}


def names(source: str) -> Iterator[str]:
    """Every name and dotted name that the source uses."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def test_imports_keep_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    """Imports go down only, MkDocs stays in the plugin, and rendering sees no model."""
    status = lint_imports(str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_nothing_is_exempt_from_the_contract() -> None:
    """No contract ignores an import, and the layers must name every module there is."""
    contracts = read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
    assert [c["type"] for c in contracts] == ["layers", "layers", "protected", "forbidden"]
    assert contracts[0]["exhaustive"]
    for contract in contracts:
        assert not {"ignore_imports", "exhaustive_ignores"} & set(contract)


@pytest.mark.parametrize(
    ("module", "line", "complaint"),
    [
        (
            "model/diagnostics.py",
            "import disclosure.reading",
            "disclosure.model.diagnostics -> disclosure.reading",
        ),
        ("site/pipeline.py", "import mkdocs", "disclosure.site.pipeline -> mkdocs"),
        (
            "pages/render.py",
            "import disclosure.model.dataset",
            "disclosure.pages.render -> disclosure.model.dataset",
        ),
        ("stray.py", "", "stray"),
    ],
)
def test_the_contract_can_break(tmp_path: Path, module: str, line: str, complaint: str) -> None:
    """An import that goes up, MkDocs elsewhere or an unlisted module is found and named."""
    shutil.copytree(ROOT / "generator", tmp_path / "generator")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / "generator" / "disclosure" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    lint = (
        "from importlinter.cli import lint_imports;"
        "raise SystemExit(lint_imports('../pyproject.toml', no_cache=True))"
    )
    package = tmp_path / "generator"
    command = [sys.executable, "-c", lint]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert complaint in done.stdout


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    """Every module outside cli/ leaves output and the end of the process to its caller."""
    used = set(names(path.read_text("utf-8"))) & (PRINTING | EXITING)
    if path == ROOT / "generator/disclosure/cli/__init__.py":
        assert "sys.exit" in used
    elif path.parent == ROOT / "generator/disclosure/cli":
        assert not used & EXITING
    else:
        assert not used


@pytest.mark.parametrize("source", ["print(1)", "import sys\nsys.exit()", "raise SystemExit"])
def test_the_search_for_printing_and_exiting_finds_them(source: str) -> None:
    """The test above can fail: each way of printing or exiting is found in source that has it."""
    assert set(names(source)) & (PRINTING | EXITING)
