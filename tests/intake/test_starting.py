"""`disclosure new`: from an empty folder to a served page, and nothing invented on the way."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from disclosure import reading
from disclosure.config import government, mkdocs_yml, site_texts
from disclosure.model.diagnostics import has_errors
from tests.support import loaded_mkdocs
from tests.support.repository import ROOT, Run

SEED = "130803-322"
OFFICE = ("--region", "示例区", "--unit", "101001=示例局本级")
SITE = ("--name", "示例局预算: #公开", "--department", "990101-101", "--department-name", "示例局")
CODE = "13080324P00514210001L"


@pytest.fixture
def started(tmp_path: Path, run: Run) -> Path:
    """A new site for an invented bureau."""
    code, output, errors = run("new", "site", tmp_path / "new", *SITE, *OFFICE)
    assert code == 0, errors
    assert "README.md" in output
    return tmp_path / "new"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which a folder is served on this machine."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


def test_from_an_empty_folder_to_a_served_page(started: Path, run: Run) -> None:
    """A new site with a real department's data is checked, built strictly and read over HTTP."""
    shutil.copytree(ROOT / "data" / SEED, started / "data" / SEED)
    shutil.rmtree(started / "data/990101-101")
    code, output, errors = run("check", folder=started)
    assert code == 0, output + errors
    with loaded_mkdocs.taken():
        code, output, errors = run("build", "--strict", folder=started)
    assert code == 0, output + errors
    with served(started / "site") as address:
        for place, expected in (("", "示例局预算: #公开"), (f"{SEED}/2024/{CODE}/", "≥8次")):
            assert expected in fetch(address + place), place


def test_a_new_site_is_published_by_its_first_push(started: Path, run: Run, tmp_path: Path) -> None:
    """A server takes everything that a new site holds, and serves what it made of it."""
    server, www = tmp_path / "site.git", tmp_path / "www"
    assert run("publish", "init", server, "--www", www)[0] == 0
    shutil.copytree(ROOT / "data" / SEED, started / "data" / SEED)
    for arguments in (
        ("add", "--all"),
        ("-c", "user.name=c", "-c", "user.email=c@example.org", "commit", "-qm", "start"),
        ("push", "-q", str(server), "main"),
    ):
        done = subprocess.run(
            ["git", *arguments], cwd=started, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "新增项目 3 个" in done.stderr
    with served(www / "current") as address:
        page = fetch(f"{address}{SEED}/2024/{CODE}/")
    assert "≥8次" in page
    assert "示例局预算: #公开" in page


def fetch(address: str) -> str:
    """The page at an address of this machine."""
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - on this machine
        text: str = answer.read().decode()
    return text


def test_who_is_responsible_is_written_down(tmp_path: Path, run: Run) -> None:
    """What the options say stands in the configuration; what they do not, `check` reminds of."""
    options = ("--sponsor", "示例局", "--contact", "0314-1234567", "--icp", "冀ICP备12345678号-1")
    code, _, errors = run("new", "site", tmp_path / "new", *SITE, *OFFICE, *options)
    assert code == 0, errors
    read = government.read(tmp_path / "new/mkdocs.yml")
    assert read.government.sponsor == "示例局"
    code, report, _ = run("check", folder=tmp_path / "new")
    assert code == 0
    assert "mkdocs.yml" in report
    assert "提示 R603 网站没有写明纠错地址（report）" in report
    code, _, errors = run("new", "site", tmp_path / "no", *SITE, *OFFICE, "--report", "打电话")
    assert (code, (tmp_path / "no").exists()) == (2, False)
    assert "纠错地址应当写成这样：mailto:" in errors


def test_a_new_site_is_clean_and_ready_to_be_committed(started: Path, run: Run) -> None:
    """Without a year there is nothing to find; git stands on main and takes every file."""
    assert run("check", folder=started)[0] == 0
    assert run("schema", "--check", folder=started)[0] == 0
    assert run("build", "--strict", folder=started)[0] == 0
    for arguments in (
        ("add", "--all"),
        ("-c", "user.name=c", "-c", "user.email=c@example.org", "commit", "-qm", "start"),
    ):
        subprocess.run(["git", *arguments], cwd=started, check=True, capture_output=True)
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "main"],
        cwd=started,
        check=True,
        capture_output=True,
    )
    names = set(listed.stdout.decode().split())
    assert {"mkdocs.yml", "data/990101-101/department.yml", ".gitlab-ci.yml"} <= names
    assert {"site_src/guide.md", "site_src/about.md", ".github/workflows/pages.yml"} <= names
    assert not any(name.startswith("site/") for name in names)


def test_a_year_and_a_project_are_filled_in_where_check_says(started: Path, run: Run) -> None:
    """Each `~` that must be filled in is named by check, and filling in those makes it clean."""
    which = ("--department", "990101-101")
    assert run("new", "year", "2024", *which, folder=started)[0] == 0
    project = ("new", "project", "99010124P00000110001A", *which, "--year", "2024")
    code, _, errors = run(*project, folder=started)
    assert (code, "101001 示例局本级" in errors) == (2, True)  # which units there are
    assert run(*project, "--name", "某项目", "--unit", "101001", folder=started)[0] == 0
    code, output, _ = run("check", "--format", "json", folder=started)
    assert code == 1
    found = [(one["code"], one["message"]) for one in json.loads(output)]
    assert found.pop()[0] == "R603"  # in mkdocs.yml
    assert found == [
        ("C412", "没有写总体绩效目标，也没有部门整体绩效目标表。"),
        ("C114", "没有写明预算数，本项目不计入合计。"),
        ("C402", "没有填写绩效目标。"),
        ("C401", "目标表里没有绩效指标。"),
    ]
    year = started / "data/990101-101/2024"
    fill(year / "disclosure.yml", "overall_goal: ~", "overall_goal: 做好工作。")
    fill(
        year / "projects/99010124P00000110001A.yml",
        "{total: ~, fiscal: ~",
        "{total: 1.00, fiscal: 1.00",
    )
    assert not has_errors(reading.read(started / "data").diagnostics)


def test_a_new_year_starts_from_last_years(project: Path, run: Run) -> None:
    """Last year's words stand beside the places to fill in, its objectives and rows are kept."""
    which = ("--department", SEED)
    assert run("new", "year", "2025", *which, folder=project)[0] == 0
    new = project / "data" / SEED / "2025"
    text = (new / "disclosure.yml").read_text("utf-8")
    assert "# 上年写的是：2024年，区商务局坚持" in text
    assert "  - name: 统筹协调招商引资工作\n" in text
    code = "13080325P00514210001L"
    arguments = ("new", "project", code, *which, "--year", "2025", "--continues", CODE)
    assert run(*arguments, folder=project)[0] == 0
    table = (new / "projects" / f"{code}.yml").read_text("utf-8")
    assert f"continues: [{CODE}]" in table
    assert "    # 上年指标值：≥8次\n    target: ~\n" in table
    fill(new / "projects" / f"{code}.yml", "{total: ~", "{total: 150.00")
    _, output, _ = run("check", new / "projects", "--format", "json", folder=project)
    findings = json.loads(output)
    assert not [one for one in findings if one["severity"] == "error"], findings


def test_last_years_hostile_words_stay_a_comment(project: Path, run: Run) -> None:
    """A line break in last year's text cannot end the comment in which it is repeated."""
    old = project / "data" / SEED / "2024/disclosure.yml"
    lines = old.read_text("utf-8").splitlines()
    hostile = 'overall_goal: "a\\nyear: 1999\\n# {{ 7 * 7 }} 2024年"'
    old.write_text(
        "\n".join(hostile if line.startswith("overall_goal:") else line for line in lines), "utf-8"
    )
    assert run("new", "year", "2025", "--department", SEED, folder=project)[0] == 0
    new = (project / "data" / SEED / "2025/disclosure.yml").read_text("utf-8")
    assert '# 上年写的是："a\\nyear: 1999\\n# {{ 7 * 7 }} 2024年"\n' in new
    assert mkdocs_yml.parse(new)["year"] == "2025"


def fill(path: Path, old: str, new: str) -> None:
    """Fill in one place of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("site", "full", *SITE, *OFFICE), "full 不是空文件夹，没有写入。"),
        (("site", "x", *SITE, "--region", "区"), "缺少选项 '--unit'"),
        (("site", "x", *SITE[2:], *OFFICE), "缺少选项 '--name'"),
        (("site", "x", "--name", "<b>", *SITE[2:], *OFFICE), "site_name 只能是一行普通文字"),
        (("site", "x", *SITE, *OFFICE, "--url", "javascript:1"), "site_url 应当是网址"),
        (("site", "x", *SITE, *OFFICE, "--unit", "局本级"), "预算单位应当写成 编码=名称"),
        (
            ("site", "x", *SITE, *OFFICE, "--department", "../x"),
            "应当写成 行政区划代码-预算部门编码",
        ),
        (("site", "x", *SITE, *OFFICE, "--requirement", "a\nb"), "应当写在一行里"),
        (("department", SEED, "--name", "局", *OFFICE), "department.yml 已经有了"),
        (("year", "2024", "--department", SEED), "disclosure.yml 已经有了"),
        (("year", "2024", "--department", "../.."), f"现有：{SEED}。"),
        (("project", CODE, "--department", SEED, "--year", "2025"), "还没有2025年度"),
        (("project", "../x", "--department", SEED, "--year", "2024"), "只能由数字和大写字母组成"),
        (
            ("project", "X1", "--department", SEED, "--year", "2024", "--continues", "Y"),
            "没有编码为“Y”的项目，其他部门上次公开的项目里也没有",
        ),
    ],
)
def test_nothing_is_written_over_or_invented(
    project: Path, run: Run, arguments: tuple[str, ...], expected: str
) -> None:
    """What is missing, misshapen or already there is refused in Chinese, and nothing is written."""
    (project / "full").mkdir()
    (project / "full/file").touch()
    before = sorted(project.rglob("*"))
    code, _, errors = run("new", *arguments, folder=project)
    assert (code, expected in errors) == (2, True), errors
    assert sorted(project.rglob("*")) == before


def test_the_department_that_is_started_is_read_as_meant(project: Path, run: Run) -> None:
    """Codes keep their zeros and names their marks, whatever YAML would make of them."""
    arguments = ("--name", "局: {NO} # 甲", "--region", "yes", "--unit", "007=a, b]")
    assert run("new", "department", "010101-007", *arguments, folder=project)[0] == 0
    read = reading.read(project / "data")
    assert not has_errors(read.diagnostics)
    made = next(one.department for one in read.dataset.departments if one.path.startswith("0101"))
    assert (made.name, made.code, made.region.code) == ("局: {NO} # 甲", "007", "010101")
    assert (made.region.name, made.units[0].code, made.units[0].name) == ("yes", "007", "a, b]")


def test_the_repositorys_own_site_is_what_the_templates_give() -> None:
    """Configuration and editor settings of a new site do not drift from those of this one."""
    own = (ROOT / "mkdocs.yml").read_text("utf-8")
    texts, problems = site_texts.harmless(own)
    assert problems == ()
    assert texts is not None
    here = mkdocs_yml.parse(own)
    here["extra"].pop("government")  # nobody is responsible for this one, and it says so
    assert mkdocs_yml.parse(site_texts.mkdocs_configuration(texts)) == here
    folder = ROOT / "generator/disclosure/intake/templates"
    ours = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    new = json.loads((folder / "vscode_settings.json").read_text("utf-8"))
    assert new == {key: value for key, value in ours.items() if key in new}
    assert new["yaml.schemas"]


@pytest.mark.parametrize(
    "words",
    [
        "site_name: a\nnav: &a [x.md, *a]",
        "site_name: a\nnav: [{a: [{b: [{c: [x.md]}]}]}]",
        "site_name: a\nnav: [{a: ../x.md}]",
        "site_name: a\nnav: [{a: 'https://example.org/x.md'}]",
        "site_name: a\nnav: [/x.md]",
        "site_name: a\nnav: [.x/y.md]",
        "site_name: a\nnav: [{a: x.md, b: y.md}]",
        "site_name: a\nnav: [{null: x.md}]",
        "site_name: a\nnav: [{'<b>': x.md}]",
        "site_name: a\nnav: {a: x.md}",
        "site_name: '<script>'",
        'site_name: "a\\nplugins: []"',
        "site_name: [a]",
        "site_name: !ENV HOME",
        "site_name: a\nsite_url: javascript:alert(1)",
        "site_name: a\nsite_url: https://me@example.org/",
        "site_name: a\nextra: {banner: '<b>'}",
        "site_name: a\nplugins: [{disclosure: {pdf: '<b>'}}]",
        "site_name: " + "a" * 3000,
        "- site_name",
        "site_name: [",
        "? [site_name]\n: a",
    ],
)
def test_words_that_could_do_harm_are_not_taken(words: str) -> None:
    """Whatever in a pushed mkdocs.yml is more than words is refused with a reason in Chinese."""
    texts, problems = site_texts.harmless(words)
    assert texts is None
    assert problems
    assert all("mkdocs.yml" in problem for problem in problems)


def test_only_words_are_taken_from_somebodys_configuration() -> None:
    """Plugins, hooks, theme and extensions stay ours, and a footer keeps nothing but links."""
    theirs = """
site_name: 'a: b'
copyright: '<a href="https://example.gov.cn/" onclick="x()">备案号</a><script>x()</script>'
docs_dir: /
INHERIT: ../other.yml
hooks: [evil.py]
plugins: [evil]
theme: {name: mkdocs, custom_dir: evil}
markdown_extensions: [evil]
extra: {banner: 甲, generator: true, homepage: 'javascript:x'}
"""
    texts, problems = site_texts.harmless(theirs)
    assert problems == ()
    assert texts is not None
    made = mkdocs_yml.parse(site_texts.mkdocs_configuration(texts))
    own = mkdocs_yml.parse((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert made == {key: value for key, value in own.items() if key != "site_description"} | {
        "site_name": "a: b",
        "copyright": '<a href="https://example.gov.cn/" rel="noopener noreferrer">备案号</a>',
        "extra": {"generator": False, "banner": "甲"},
        "plugins": [{"disclosure": {"data_dir": "data"}}],
    }
