"""Publishing elsewhere: the workflows of GitHub and GitLab, and storage that speaks S3."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner

from disclosure.intake import starting
from tests.support import systems
from tests.support.repository import ROOT, Run

NPM = ROOT / "tests/npm/node_modules"
PAPERS = ("PUBLISHING.md", "PUBLISHING.zh-CN.md")
OWN = starting.platform_files(starting.OWN)
NEW = starting.platform_files(starting.INSTALLED)
WORKFLOWS = [text for files in (OWN, NEW) for path, text in files.items() if "workflows" in path]
#: Those of this repository alone: they test and release the program.
PROGRAM = [
    (ROOT / f".github/workflows/{name}.yml").read_text("utf-8") for name in ("tests", "release")
]
WORKFLOWS += PROGRAM

#: An action of GitHub's own, pinned by its commit, with the version beside it.
PINNED = re.compile(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+")


def need(program: str) -> str:
    """Where a program is; without it the test is skipped, or fails if nothing may be missing."""
    found = shutil.which(program)
    if found is None:
        missing(f"{program} is not installed")
    return str(found)


def package(name: str) -> Path:
    """Where a package from npm is; see `need`."""
    folder = NPM / name
    if not folder.is_dir():
        missing(f"{name} from tests/npm is not installed")
    return folder


def missing(what: str) -> None:
    """Skip, or fail where nothing may be missing."""
    if os.environ.get("REQUIRE_SERVER") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.mark.parametrize("path", OWN)
def test_the_repositorys_workflows_are_those_of_a_new_site(path: str) -> None:
    """One template makes them all: ours differ in the commands alone."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        (ROOT / path).write_text(OWN[path], "utf-8")
    assert (ROOT / path).read_text("utf-8") == OWN[path]


@pytest.mark.parametrize("files", [OWN, NEW], ids=["own", "new"])
@pytest.mark.parametrize(
    ("path", "schema", "mistake"),
    [
        (".github/workflows/check.yml", "vendor.github-workflows", ("runs-on:", "run-on:")),
        (".github/workflows/pages.yml", "vendor.github-workflows", ("runs-on:", "run-on:")),
        (".gitlab-ci.yml", "vendor.gitlab-ci", ("artifacts:", "artefacts:")),
    ],
)
def test_workflows_fit_the_platforms_schemas(
    tmp_path: Path, files: dict[str, str], path: str, schema: str, mistake: tuple[str, str]
) -> None:
    """The schemas published for GitHub and GitLab accept each file, and refuse a slip in it."""
    for text, expected in ((files[path], 0), (files[path].replace(*mistake), 1)):
        (tmp_path / "file.yml").write_text(text, "utf-8")
        command = ["--builtin-schema", schema, str(tmp_path / "file.yml")]
        done = CliRunner().invoke(check_jsonschema, command)
        assert done.exit_code == expected, done.output


def test_actionlint_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    """GitHub's rules beyond the schema hold (contexts, outputs, shells), and a slip is found."""
    linter = package("actionlint") / "node.mjs"
    slip = WORKFLOWS[0].replace("github.ref", "github.reff")
    (tmp_path / "files.json").write_text(json.dumps([*WORKFLOWS, slip]), "utf-8")
    script = (
        f"import {{ createLinter }} from {json.dumps(linter.as_uri())};"
        'import { readFileSync } from "node:fs";'
        "const lint = await createLinter();"
        'const files = JSON.parse(readFileSync(process.argv[1], "utf8"));'
        'console.log(JSON.stringify(files.map((text) => lint(text, "x.yml").length)));'
        "process.exit(0);"
    )
    command = [need("node"), "--input-type=module", "--eval", script, str(tmp_path / "files.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    *found, in_slip = json.loads(done.stdout)
    assert (found, in_slip) == ([0] * len(WORKFLOWS), 1)


@pytest.mark.parametrize("text", WORKFLOWS)
def test_actions_are_pinned_and_may_do_little(text: str) -> None:
    """Every action is named by its commit; nothing writes but to deploy to Pages and to release."""
    used = re.findall(r"uses: (.*)", text)
    assert used
    assert [line for line in used if not PINNED.fullmatch(line)] == []
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for name, job in workflow["jobs"].items():
        given = job.get("permissions", workflow["permissions"])
        expected = {
            "deploy": {"pages": "write", "id-token": "write"},
            "release": {"contents": "write"},
        }.get(name)
        assert given == (expected or {"contents": "read"}), name
        assert job["timeout-minutes"] <= 30
        for step in steps(job, "checkout"):
            assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}
        # What a pull request brings never stands in a command, where a shell would read it.
        assert not any("${{" in step.get("run", "") for step in job["steps"])


def steps(job: dict[str, Any], action: str) -> list[dict[str, Any]]:
    """The steps of a job that use an action of GitHub."""
    return [step for step in job["steps"] if f"actions/{action}@" in step.get("uses", "")]


def commands(text: str, *keys: str) -> list[str]:
    """The shell commands of a GitHub workflow's jobs, without what installs."""
    jobs = yaml.safe_load(text)["jobs"]
    lines = [step["run"] for key in keys for step in jobs[key]["steps"] if "run" in step]
    return [line for line in lines if not installs(line)]


def installs(line: str) -> bool:
    """Whether a command only installs what this machine has."""
    return "pip install" in line or "apt-get install" in line


def test_our_own_workflows_run_tasks_that_exist() -> None:
    """Each command is a session of noxfile.py, which the README names as well."""
    sessions = set(
        re.findall(r"@nox\.session\ndef (\w+)", (ROOT / "noxfile.py").read_text("utf-8"))
    )
    for text in (*OWN.values(), *PROGRAM):
        used = re.findall(r"noxfile\.py -s (\w+)", text)
        assert used
        assert set(used) <= sessions


@pytest.fixture
def clerk(tmp_path: Path, project: Path) -> Path:
    """A repository with the real data on main, and a change on a branch that adds a mistake."""
    folder = tmp_path / "clerk"
    folder.mkdir()
    for name in ("data", "site_src", "mkdocs.yml"):
        shutil.move(project / name, folder)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "start")
    git(folder, "checkout", "-q", "-b", "change")
    table = folder / "data/130803-322/2024/projects/13080324P00514210001L.yml"
    changed = table.read_text("utf-8").replace("target: ≤50万元", "target: ≤60万元", 1)
    table.write_text(changed.replace("name: 开放外联", "name: <b>开放外联"), "utf-8")
    commit(folder, "change")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Run git as a user with a name."""
    who = ["-c", "user.name=clerk", "-c", "user.email=clerk@example.org"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, message: str) -> None:
    """Commit everything."""
    git(folder, "add", "--all")
    git(folder, "commit", "-qm", message)


def environment(**variables: str) -> dict[str, str]:
    """Our environment with our own programs first on the path, and nothing set for S3."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "RCLONE_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "PATH": path, "PYTHONUTF8": "1", **variables}


def shell(script: str, folder: Path, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run commands as the platforms do: the first that fails ends them."""
    command = ["bash", "-e", "-c", script]
    return subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, check=False
    )


@systems.SHELL
def test_a_pull_request_is_told_what_would_change(clerk: Path, tmp_path: Path) -> None:
    """The workflow's own commands, run as they stand: a summary, annotations, and a red cross."""
    told = tmp_path / "summary.md"
    base = git(clerk, "rev-parse", "main").strip()
    variables = environment(BASE=base, GITHUB_STEP_SUMMARY=str(told))
    changes, check = commands(NEW[".github/workflows/check.yml"], "check")
    for command, expected in ((changes, 0), (check, 1)):
        done = shell(command, clerk, variables)
        assert done.returncode == expected, done.stdout + done.stderr
    text = told.read_text("utf-8")
    assert "修改 1 个" in text
    assert "### 新出现的问题" in text
    assert "<b>" not in text
    place = r"data/130803-322/2024/projects/13080324P00514210001L\.yml,line=\d+"
    assert re.search(rf"^::(error|warning) file={place}", done.stdout, re.MULTILINE)


@systems.SHELL
@pytest.mark.parametrize("path", [".github/workflows/pages.yml", ".gitlab-ci.yml"])
def test_the_platforms_build_what_is_built_here(clerk: Path, built_site: Path, path: str) -> None:
    """The deploying job's own command gives the same page as `mkdocs build` on this machine."""
    git(clerk, "checkout", "-q", "main")
    jobs = yaml.safe_load(NEW[path])
    github = "jobs" in jobs
    lines = commands(NEW[path], "build") if github else jobs["pages"]["script"]
    for line in (line for line in lines if not installs(line)):
        subprocess.run(
            ["bash", "-e", "-c", line],
            cwd=clerk,
            env=environment(),
            check=True,
            capture_output=True,
        )
    page = "130803-322/2024/index.html"
    site = clerk / ("site" if github else jobs["pages"]["artifacts"]["paths"][0])
    table = re.compile(rb"<table.*</table>", re.DOTALL)
    ours, theirs = (table.search((folder / page).read_bytes()) for folder in (built_site, site))
    assert ours is not None
    assert theirs is not None
    assert ours[0] == theirs[0]


def blocks(paper: str) -> list[list[str]]:
    """The lines of each block of commands in a paper."""
    text = (ROOT / paper).read_text("utf-8")
    return [block.splitlines() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)]


def test_both_editions_give_the_same_commands() -> None:
    """What is tested of one edition holds for the other."""
    english, chinese = map(blocks, PAPERS)
    assert english == chinese
    assert any("rclone" in line for block in english for line in block)


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[str]:
    """The address of an S3 server on this machine with an empty bucket `disclosure`."""
    program = package("s3rver") / "bin/s3rver.js"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["-a", "127.0.0.1", "-p", str(port), "--configure-bucket", "disclosure"]
    (tmp_path / "storage").mkdir()
    command = [need("node"), str(program), "-d", str(tmp_path / "storage"), *options]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for(port: int) -> None:
    """Wait until a port answers; two minutes are more than a server ever needs."""
    for _ in range(1200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the storage did not start")


def read(address: str) -> tuple[int, str, str]:
    """What is served: the status, the type and the text."""
    try:
        with urllib.request.urlopen(address) as answer:  # noqa: S310 - on this machine
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, "", ""


@systems.SHELL
def test_the_documents_lines_put_the_site_into_storage(
    clerk: Path, storage: str, tmp_path: Path, run: Run
) -> None:
    """The paper's commands, run as they stand, publish to S3 storage and take away what is gone."""
    need("rclone")
    (setting,) = [block for block in blocks(PAPERS[0]) if block[0].startswith("export ")]
    (publishing,) = [block for block in blocks(PAPERS[0]) if "rclone" in block[-1]]
    names = dict(line.removeprefix("export ").split("=", 1) for line in setting)
    ours = {"ENDPOINT": storage, "ACCESS_KEY_ID": "S3RVER", "SECRET_ACCESS_KEY": "S3RVER"}
    names |= {f"RCLONE_CONFIG_WEB_{key}": value for key, value in ours.items()}
    assert len(names) == len(setting)  # the paper names exactly what is needed
    variables = environment(**names, RCLONE_CONFIG=str(tmp_path / "none"))
    git(clerk, "checkout", "-q", "main")

    def publish() -> None:
        script = "\n".join(publishing)
        done = shell(script, clerk, variables)
        assert done.returncode == 0, done.stdout + done.stderr

    publish()
    page = f"{storage}/disclosure/130803-322/2024/13080324P00514210001L/index.html"
    status, kind, text = read(page)
    assert (status, kind) == (200, "text/html; charset=utf-8")
    assert "开放外联招商引资专项经费" in text
    style = f"{storage}/disclosure/assets/disclosure.css"
    assert read(style)[:2] == (200, "text/css; charset=utf-8")
    shutil.rmtree(clerk / "data/130803-322/2024/projects")
    code, _, errors = run("check", folder=clerk)
    assert code == 0, errors
    publish()
    assert read(page)[0] == 404
    assert read(style)[0] == 200
