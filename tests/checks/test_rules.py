"""What holds of all rules: each is documented, tried, published, configurable and acceptable."""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from disclosure import checks, reading
from disclosure.checks.explanation import HEADINGS, Explanation, explanation
from disclosure.config.settings import Settings
from disclosure.model.diagnostics import Rule, Severity, has_errors
from disclosure.pages.rule_pages import GROUPS
from disclosure.reports.finding_report import RENDERERS
from disclosure.site import checking, pipeline
from tests.support import datafolder
from tests.support.datafolder import department, disclosure, project, result, write
from tests.support.repository import ROOT, Run

CASES = ROOT / "tests" / "cases" / "checks"
CODES = [one.RULE.code for one in checks.RULES]
WRONG = "budget: {total: 150.00, fiscal: 100.00}\n"
SETTINGS = "schema: checks/1\n"
ACCEPTED = "notes: [{at: budget, rule: C101, note: 公开文件如此。}]\n"


def wrong(code: str, number: int = 1, more: str = "") -> str:
    """A project whose money does not add up (C101)."""
    return project(code, f"项目{code}", number).replace("budget: {total: 150.00}\n", WRONG) + more


def folder(root: Path, files: dict[str, str]) -> Path:
    """A data folder with one department and the year 2024."""
    base = {"a-1/department.yml": department(), "a-1/2024/disclosure.yml": disclosure(2024)}
    return write(root, base | files)


def codes(data: Path) -> list[tuple[str, str]]:
    """The findings of reading, of C101 and about notes and settings: the file's name, the code."""
    found = [d for d in checking.check(data) if d.code.startswith(("R", "C101", "C9"))]
    return [(d.span.path.rpartition("/")[2], d.code) for d in found]


# ---- Every rule.


def test_codes_are_unique_and_well_formed() -> None:
    """No two rules of any kind share a code, and each code's group has a name."""
    every = [page.rule.code for page in checks.explanations()]
    assert len(set(every)) == len(every)
    assert all(re.fullmatch(r"C[1-9]\d\d", code) for code in CODES)
    assert {code[:2] for code in CODES} <= GROUPS.keys()


@pytest.mark.parametrize("page", [p for p in checks.explanations() if p.rule.code in CODES])
def test_a_rule_explains_itself(page: Explanation) -> None:
    """Its page has all headings in order, each with text that is not a word or two."""
    assert tuple(section.heading for section in page.sections) == HEADINGS
    assert all(len("".join(section.paragraphs)) >= 6 for section in page.sections)


@pytest.mark.parametrize("module", checks.RULES, ids=CODES)
def test_a_rules_page_has_its_title(module: checks.Documented) -> None:
    """The first line of the docstring and the title in the findings are the same words."""
    assert (module.__doc__ or "").splitlines()[0] == module.RULE.title


def test_every_rule_has_good_and_bad_cases_and_every_case_a_rule() -> None:
    """Good cases hold at least five files or list items that a naive rule would flag."""
    assert sorted(path.name for path in CASES.iterdir()) == sorted(CODES)
    for code in CODES:
        assert list((CASES / code / "bad").rglob("*.yml")), code
        assert (CASES / code / "bad" / "expected.txt").is_file(), code
        good = [path.read_text("utf-8") for path in (CASES / code / "good").rglob("*.yml")]
        items = sum(len(re.findall(r"^ +- ", text, re.MULTILINE)) for text in good)
        assert len(good) + items >= 5, code


def test_the_modules_of_rules_are_all_registered() -> None:
    """A module with a RULE that stands in no registry would never run."""
    modules = (Path(checks.__file__).parent / "rules").glob("*.py")
    written = {path.stem for path in modules if "\nRULE = Rule(" in path.read_text("utf-8")}
    names = {getattr(module, "__name__", "").rpartition(".")[2] for module in checks.RULES}
    assert written == names


def test_an_explanation_joins_lines_as_each_script_wants() -> None:
    """Chinese goes on without a space, Latin beside it with one; lists keep their lines."""
    text = (
        "题目\n\n检查什么：一\n二，rule\nC101 和\nnotes。\n\n又一段。\n\n例子：\n- 甲\n  乙\n- 丙\n"
    )
    page = explanation(Rule("C1", Severity.HINT, "题目"), text)
    assert [(part.heading, part.paragraphs) for part in page.sections] == [
        ("检查什么", ("一二，rule C101 和 notes。", "又一段。")),
        ("例子", ("- 甲乙", "- 丙")),
    ]


# ---- Settings.


def test_a_rule_switched_off_finds_nothing_and_its_notes_stay_silent(tmp_path: Path) -> None:
    """Neither its findings nor a note that accepts one (C901) are reported."""
    files = {
        "a-1/2024/projects/A1.yml": wrong("A1"),
        "a-1/2024/projects/A2.yml": project("A2", "项目A2", 2, ACCEPTED),
    }
    assert codes(folder(tmp_path, files)) == [("A1.yml", "C101"), ("A2.yml", "C901")]
    off = {"checks.yml": f"{SETTINGS}switched_off: [C101]\n"}
    assert codes(folder(tmp_path, files | off)) == []


@pytest.mark.parametrize(
    ("lines", "code", "words"),
    [
        ("switch_off: [C101]\n", "R304", "是不是想写 switched_off（停用的规则）？"),
        ("publication_days: 二十\n", "R311", "不是序号"),
        ("switched_off: [C1O1]\n", "C903", "是不是想写 C101"),
    ],
)
def test_a_typo_in_the_settings_is_a_finding(
    tmp_path: Path, lines: str, code: str, words: str
) -> None:
    """Each with its line and, where one is near, what was meant."""
    data = folder(tmp_path, {"checks.yml": SETTINGS + lines})
    (found,) = checking.check(data)
    assert (found.code, found.span.path, found.span.line) == (code, "data/checks.yml", 2)
    assert words in found.message + found.hint


def test_unreadable_settings_leave_the_rules_unasked(tmp_path: Path) -> None:
    """They might have switched off whatever the rules would find; the error stops publishing."""
    files = {"checks.yml": SETTINGS + "budget: 3\n", "a-1/2024/projects/A1.yml": wrong("A1")}
    assert codes(folder(tmp_path, files)) == [("checks.yml", "R304")]


def test_the_defaults_stand_without_settings(tmp_path: Path) -> None:
    """No file means the defaults, and no department of its own."""
    read = reading.read(folder(tmp_path, {}))
    assert read.dataset.settings.publication_days == 20
    assert read.dataset.settings.switched_off == ()
    other = reading.read(folder(tmp_path, {"checks.yml": SETTINGS + "publication_days: 30\n"}))
    assert other.dataset.settings.publication_days == 30
    assert len(other.dataset.departments) == 1


# ---- Files with errors.


def test_an_error_in_one_file_does_not_hide_what_is_wrong_in_others(tmp_path: Path) -> None:
    """Whole projects of the same department are judged all the same."""
    files = {
        "a-1/2024/projects/A1.yml": wrong("A1"),
        "a-1/2024/projects/A2.yml": "schema: project/1\n",
    }
    found = codes(folder(tmp_path, files))
    assert ("A1.yml", "C101") in found
    assert ("A2.yml", "R305") in found


@pytest.mark.parametrize("broken", ["A1@2024-06-30", "A1"])
def test_a_project_that_lacks_a_version_is_not_judged(tmp_path: Path, broken: str) -> None:
    """Rules that compare versions would speak of a wrong one."""
    adjustment = datafolder.adjustment("correction", "2024-06-30")
    files = {
        "a-1/2024/projects/A1.yml": wrong("A1"),
        "a-1/2024/projects/A1@2024-06-30.yml": wrong("A1", more=adjustment),
        "a-1/2024/results/A1.yml": result("A1"),
    }
    files[f"a-1/2024/projects/{broken}.yml"] += "neme: 招商\n"
    assert {code for _, code in codes(folder(tmp_path, files))} == {"R304"}


def test_a_missing_file_makes_no_note_superfluous(tmp_path: Path) -> None:
    """The finding that a note accepts may lie in what could not be read."""
    files = {
        "a-1/2024/projects/A1.yml": project("A1", more=ACCEPTED),
        "a-1/2024/projects/A2.yml": "schema: project/1\n",
    }
    assert {code for _, code in codes(folder(tmp_path, files))} == {"R305"}


# ---- Publishing.


def test_an_error_of_a_rule_stops_every_way_of_publishing(run: Run, project_at: Path) -> None:
    """`build`, `render` and the MkDocs plugin refuse, with the text that `check` prints."""
    text = run("-C", project_at, "check")[1]
    assert "错误 C101" in text
    code, _, err = run("-C", project_at, "build")
    assert code == 1
    assert text.strip() in err
    assert not (project_at / "site").exists()
    code, _, err = run("-C", project_at, "render", project_at / "out")
    assert (code, text.strip() in err) == (1, True)
    made = pipeline.generate(project_at / "data", Settings("网站"))
    assert has_errors(made.diagnostics)
    assert (RENDERERS["text"](made.diagnostics).strip(), tuple(made.pages())) == (text.strip(), ())


@pytest.fixture
def project_at(project: Path) -> Path:
    """A copy of the repository's project whose first budget does not add up."""
    table = next((project / "data").rglob("*L.yml"))
    text = table.read_text("utf-8").replace("fiscal: 150.00", "fiscal: 140.00")
    table.write_text(text, "utf-8")
    return project


def test_an_accepted_error_is_published_with_its_note(tmp_path: Path) -> None:
    """The page shows the figure as it is, and beside it the note with the rule's address."""
    data = folder(tmp_path, {"a-1/2024/projects/A1.yml": wrong("A1", more=ACCEPTED)})
    made = pipeline.generate(data, Settings("网站"))
    assert not has_errors(made.diagnostics)
    pages = {page.path: page.text for page in made.pages()}
    for path in ("a-1/2024/A1/index.md", "notes/index.md"):
        html = BeautifulSoup(pages[path], "html.parser")
        (link,) = html.select("a.note-rule")
        assert link.text == "规则 C101"
        assert str(link["href"]).endswith("guide/rules/C101/")
        assert "公开文件如此。" in html.text


def test_every_rule_has_a_page_that_the_list_leads_to(built_site: Path) -> None:
    """The list is linked from the guide, and has each rule once; each page explains it."""
    guide = BeautifulSoup((built_site / "guide/index.html").read_text("utf-8"), "html.parser")
    assert guide.select('article a[href="rules/"]')
    rules = built_site / "guide" / "rules"
    listed = BeautifulSoup((rules / "index.html").read_text("utf-8"), "html.parser")
    links = [str(link["href"]) for link in listed.select("tbody th a")]
    assert links == [f"{code}/" for code in sorted(CODES)]
    for code in CODES:
        text = BeautifulSoup((rules / code / "index.html").read_text("utf-8"), "html.parser").text
        places = [text.find(f"\n{heading}") for heading in HEADINGS]
        assert -1 not in places
        assert all(one < other for one, other in pairwise(places))


# ---- The real data and the invented district.


@pytest.mark.parametrize("data", ["data", "examples/data"])
def test_nothing_in_the_repository_is_unexplained(data: str) -> None:
    """Every finding, hints included, is accepted by a public note or was put right."""
    assert RENDERERS["text"](checking.check(ROOT / data)) == "没有发现问题。\n"


def test_the_seeds_findings_are_the_known_ones(tmp_path: Path) -> None:
    """Without the rules in its notes, exactly the known faults of the document are found."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    for file in data.rglob("*.yml"):
        text = re.sub(r"    rule: C\d+\n", "", file.read_text("utf-8"))
        file.write_text(text, "utf-8", newline="\n")
    found = [(d.span.path[-14:-4], d.code, d.span.excerpt.strip()) for d in checking.check(data)]
    assert found == [
        ("5140100019", "C107", "spending_plan:     # 累计，万元"),
        ("514110001Y", "C107", "spending_plan:     # 累计，万元"),
        ("514110001Y", "C305", "target: ≥100百分比"),
        ("514210001L", "C107", "spending_plan:     # 累计，万元"),
        ("514210001L", "C303", "target: ≤50万元"),
        ("514210001L", "C301", "target: ≥8个"),
    ]


# ---- The command that explains.


@pytest.mark.parametrize("code", ["C101", "c101"])
def test_explain_prints_a_rules_page(run: Run, code: str) -> None:
    """Title, severity and all headings; small letters will do."""
    status, out, err = run("explain", code)
    assert (status, err) == (0, "")
    assert out.startswith("C101 预算数与资金来源之和不符（错误）\n")
    assert all(f"\n{heading}：" in out for heading in HEADINGS)


def test_explain_knows_every_code_that_a_report_can_name(run: Run) -> None:
    """Without a code it lists every rule that the program has, of import and of a push as well."""
    status, out, _ = run("explain")
    assert status == 0
    listed = [line.split()[0] for line in out.splitlines()]
    made = re.compile(r'Rule\(\s*"([A-Z]\d+)"')
    program = (ROOT / "generator/disclosure").rglob("*.py")
    rules = [code for file in program for code in made.findall(file.read_text("utf-8"))]
    assert sorted(listed) == sorted(rules)
    assert {code[0] for code in listed} == set("CDELPR")
    for code in ("R304", "D113", "P301", "E101"):
        assert run("explain", code)[0] == 0


def test_explain_refuses_a_code_that_there_is_not(run: Run) -> None:
    """It says so, and how to see them all."""
    code, out, err = run("explain", "C000")
    assert (code, out) == (2, "")
    assert "没有编号为“C000”的规则。" in err
