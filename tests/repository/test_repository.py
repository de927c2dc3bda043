"""What holds for the repository as a whole: its locks, its papers, the size of its parts."""

from __future__ import annotations

import ast
import builtins
import json
import re
import subprocess
import sys
import tomllib
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

from disclosure.cli import disclosure
from tests.support.repository import ROOT

PLATFORMS = ("properdocs", "materialx", "renderers")
LOCKS = (
    "requirements/runtime.txt",
    "requirements/site.txt",
    "requirements/dev.txt",
    "requirements/ocr.txt",
    *(f"requirements/platforms/{name}.txt" for name in PLATFORMS),
)
READMES = ("README.md", "README.zh-CN.md")

#: A folder of one machine, or the host of a package registry.
MACHINE = re.compile(r"(?<![\w.:/{}~-])/(?:home|opt|root|tmp|Users|work)/[\w.]")
REGISTRY = re.compile(r"(?i)\b(?:pypi|pythonhosted|npmjs|npmmirror|debian|ubuntu)\.(?:com|org)\b")

#: A pinned package, one of its hashes, or why it is there.
LOCK_LINE = re.compile(r"[a-z0-9._-]+==\S+( ; .+)? \\| {4}--hash=sha256:[0-9a-f]{64}( \\)?| {4}#.*")

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def files() -> list[Path]:
    """Every file that is committed or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    paths = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return sorted({path for path in paths if path.is_file()})


def test_nothing_leads_elsewhere() -> None:
    """A symbolic link is a path of one machine; `.gitignore` keeps such links out."""
    command = ["git", "ls-files", "--stage"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    modes = {line.partition(" ")[0] for line in listed.splitlines()}
    assert modes == {"100644", "100755"}


def test_no_two_names_differ_only_in_case() -> None:
    """A clone is whole where `Docs` and `docs` are one folder, as on Windows and macOS."""
    names: dict[str, set[str]] = {}
    for path in files():
        for part in (path, *path.parents):
            name = part.relative_to(ROOT).as_posix() if part.is_relative_to(ROOT) else ""
            names.setdefault(unicodedata.normalize("NFKC", name).casefold(), set()).add(name)
    assert [found for found in names.values() if len(found) > 1] == []


def modules(folder: str = "") -> list[Path]:
    """Every Python file among them, below `folder`."""
    return [path for path in files() if path.suffix == ".py" and path.is_relative_to(ROOT / folder)]


@cache
def parsed(path: Path) -> ast.Module:
    """A module, read once for all tests."""
    return ast.parse(path.read_text("utf-8"))


def definitions(path: Path) -> Iterator[Definition]:
    """Every function and class of a module, inner ones included."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Definition):
            yield node


def public(path: Path) -> Iterator[Definition]:
    """The functions and classes that a module shows, and the methods that those show."""
    waiting: list[ast.AST] = [parsed(path)]
    while waiting:
        node = waiting.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, Definition) and not child.name.startswith("_"):
                yield child
                waiting += [child] if isinstance(child, ast.ClassDef) else []


def place(path: Path, node: Definition) -> str:
    """Where a definition stands, as editors write it."""
    return f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def pins(lock: str) -> dict[str, str]:
    """The version of each package in a lock."""
    return dict(
        re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE)
    )


def test_no_file_names_a_machine_or_a_registry() -> None:
    """Nothing that is committed holds a path of one machine or a package host."""
    for path in files():
        text = path.read_bytes().decode("utf-8", "ignore")
        found = MACHINE.search(text) or REGISTRY.search(text)
        assert found is None, f"{path.relative_to(ROOT)}: {found}"


def test_the_search_for_machines_and_registries_finds_them() -> None:
    """The test above can fail: it knows such paths and hosts when it sees them."""
    folder, host = "home", "PythonHosted"
    assert MACHINE.search(f'open("/{folder}/me/file")')
    assert REGISTRY.search(f"https://files.{host}.org/x")


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_hold_hashes_and_no_address(lock: str) -> None:
    """Every locked package is pinned with hashes, and no line says where to get it."""
    text = (ROOT / lock).read_text("utf-8")
    assert [line for line in text.splitlines() if not LOCK_LINE.fullmatch(line)] == []
    assert "://" not in text
    for entry in re.split(r"\n(?=\w)", text):
        assert "--hash=sha256:" in entry


def test_the_locks_agree_and_hold_every_dependency() -> None:
    """The larger lock holds the smaller one unchanged, and both hold what pyproject.toml asks."""
    runtime, site, dev = map(pins, LOCKS[:3])
    assert runtime.items() <= site.items() <= dev.items()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [re.split(r"[\[<>=]", line)[0] for line in settings["project"]["dependencies"]]
    wanted += settings["dependency-groups"]["site"]
    assert set(wanted) <= set(site)
    tools = [line for line in settings["dependency-groups"]["dev"] if isinstance(line, str)]
    assert {re.split(r"[\[<>=]", line)[0].lower() for line in tools} <= set(dev)


def test_modules_are_short() -> None:
    """No module is longer than 400 lines."""
    long = [p for p in modules() if len(p.read_text("utf-8").splitlines()) > 400]
    assert long == []


def test_what_tests_share_stands_apart_from_tests() -> None:
    """No module imports from one that holds tests, or a test could not be moved alone."""
    froms = re.compile(r"(?m)^\s*(?:from|import) tests\.\S*\btest_")
    found = [str(path) for path in modules("tests") if froms.search(path.read_text("utf-8"))]
    assert found == []


def test_modules_can_be_imported_everywhere() -> None:
    """What Unix alone has is imported where it is used, so that Windows runs all other tests."""
    unix = {"fcntl", "grp", "pty", "pwd", "resource", "termios"}
    for path in (*modules("generator"), *modules("tests")):
        for node in parsed(path).body:
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [getattr(node, "module", None) or "", *(one.name for one in node.names)]
                assert not unix.intersection(names), f"{path.relative_to(ROOT)}:{node.lineno}"


def test_functions_are_short() -> None:
    """No function of the program is longer than 40 lines."""
    for path in modules("generator"):
        for node in definitions(path):
            if not isinstance(node, ast.ClassDef):
                assert (node.end_lineno or 0) - node.lineno < 40, place(path, node)


def test_a_class_name_means_one_thing() -> None:
    """No two classes of the program have the same name, so that a search for it finds one."""
    found = [n for p in modules("generator") for n in definitions(p) if isinstance(n, ast.ClassDef)]
    names = Counter(node.name for node in found)
    assert [name for name, number in names.items() if number > 1] == []


def test_everything_public_is_explained() -> None:
    """Every public module, class and function of the program has a docstring."""
    for path in modules("generator"):
        assert ast.get_docstring(parsed(path)), path
        for node in public(path):
            assert ast.get_docstring(node), place(path, node)


def test_errors_that_are_explained_exist() -> None:
    """Whatever a docstring says that a function raises is a name that the program uses."""
    program = [parsed(path) for path in modules("generator")]
    nodes = [node for module in program for node in ast.walk(module)]
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    used |= {node.name for node in nodes if isinstance(node, ast.ClassDef)}
    for path in modules("generator"):
        for node in definitions(path):
            _, _, raises = (ast.get_docstring(node) or "").partition("Raises:\n")
            for name in re.findall(r"(?m)^    ([\w.]+):", raises):
                error = name.rpartition(".")[2]
                assert error in used or hasattr(builtins, error), place(path, node)


def test_documents_lead_to_files_that_exist() -> None:
    """Every file that a document names by its place or name is there."""
    names = [path.relative_to(ROOT).as_posix() for path in files()]
    known = {"/".join(name.split("/")[at:]) for name in names for at in range(name.count("/") + 1)}
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    named = re.compile(r"`([\w./@-]+\.(?:py|js|css|yml|j2|typ|txt))`")
    for document in documents:
        if document.name != "CHANGELOG.md":  # which says what is gone as well
            for name in named.findall(document.read_text("utf-8")):
                assert name in known, (document.name, name)


def test_every_test_says_what_it_proves() -> None:
    """Every test has a docstring that is a sentence."""
    for path in modules("tests"):
        for node in definitions(path):
            if node.name.startswith("test_"):
                assert (ast.get_docstring(node) or "").endswith("."), place(path, node)


def sessions() -> dict[str, str]:
    """The nox sessions and their docstrings."""
    found = {}
    for node in definitions(ROOT / "noxfile.py"):
        if any(ast.unparse(decorator) == "nox.session" for decorator in node.decorator_list):
            found[node.name] = ast.get_docstring(node) or ""
    return found


def test_every_session_is_explained_in_one_sentence() -> None:
    """`python3 noxfile.py --list` explains every session on one line."""
    expected = (
        "install site demo serve check changes tests coverage mutation browser platforms lint types"
        " scripts lock release bench lighthouse pictures"
    )
    assert set(expected.split()) == set(sessions())
    for explanation in sessions().values():
        assert re.fullmatch(r"[A-Z].*\.", explanation)


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_every_session_and_command(name: str) -> None:
    """Nothing that can be run is missing from a README, in either language."""
    text = (ROOT / name).read_text("utf-8")
    for session in sessions():
        assert re.search(rf"`{session}`|-s {session}\b", text), session
    for command in disclosure.commands:
        assert f"disclosure {command}" in text, command


@pytest.mark.parametrize("name", READMES)
def test_the_readme_leads_to_files_that_exist(name: str) -> None:
    """Every relative link of a README leads somewhere."""
    links = re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text("utf-8"))
    assert links
    for link in links:
        assert "://" in link or (ROOT / link).exists(), link


def test_every_command_is_explained() -> None:
    """Every command has an English docstring for us and Chinese help for the user."""
    for command in disclosure.commands.values():
        assert command.callback is not None
        assert (command.callback.__doc__ or "").isascii()
        assert re.search("[一-龥]", command.help or "")


def test_the_wheel_holds_all_the_program_needs(tmp_path: Path) -> None:
    """An installed copy has the theme, the templates, the catalogue and both entry points."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
        (entry,) = [name for name in held if name.endswith("entry_points.txt")]
        points = archive.read(entry).decode()
    package = ROOT / "generator"
    needed = {
        path.relative_to(package).as_posix() for path in files() if path.is_relative_to(package)
    }
    assert needed <= held
    assert any(name.startswith("disclosure/plugin/theme/") for name in needed)
    pages = {f"disclosure/intake/templates/pages/{name}" for name in ("about.md", "guide.md")}
    assert pages <= held
    assert "disclosure = disclosure.cli:main" in points
    assert "disclosure = disclosure.plugin.plugin:DisclosurePlugin" in points


def test_editors_check_every_data_file() -> None:
    """The editor settings give every data file exactly one schema, which exists."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    wired: dict[str, str] = settings["yaml.schemas"]
    assert all((ROOT / schema).is_file() for schema in wired)
    for path in (ROOT / "data").rglob("*.yml"):
        name = path.relative_to(ROOT).as_posix()
        depth = name.count("/")
        matching = [g for g in wired.values() if fnmatchcase(name, g) and g.count("/") == depth]
        assert len(matching) == 1, name


def test_the_hooks_before_a_commit_are_valid_and_local() -> None:
    """pre-commit accepts its configuration, which fetches nothing."""
    command = [sys.executable, "-m", "pre_commit", "validate-config"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", text) == ["local"]
    assert set(re.findall(r"language: (\S+)", text)) == {"system"}


def test_an_old_python_is_told_what_is_needed() -> None:
    """noxfile.py can be read by Python 3.7, and tells it which Python is needed."""
    source = (ROOT / "noxfile.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 7))
    pretend = (
        "import sys, runpy; sys.version_info = (3, 9, 2);"
        "runpy.run_path('noxfile.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.strip().startswith("需要 Python 3.11 或更高版本，当前为 3.9.2。")
