"""`disclosure compare`: two years in the terminal, as JSON and as CSV.

`UPDATE_CASES=1` writes the expected reports; read them then line by line.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from rich.cells import cell_len

from disclosure.compare import ComparedDepartment, comparison, side
from disclosure.exports.writers.spreadsheet import harmless, original
from disclosure.model.fields import MONEY
from disclosure.reports import comparison_report
from disclosure.reports.comparison_report.as_csv import HEAD
from disclosure.site import department_analysis
from tests.support import district
from tests.support.repository import ROOT, Run

CASE = Path(__file__).parents[1] / "cases" / "command" / "compare"
EXAMPLES = ROOT / "examples" / "data"
COMMAND = ("compare", "2023", "2024")
YEARS = [(2022, 2023), (2023, 2024), (2024, 2025)]


@pytest.fixture(scope="module")
def examples() -> tuple[ComparedDepartment, ...]:
    """The invented district, compared."""
    return district.analysis().departments


def report(
    departments: tuple[ComparedDepartment, ...], output_format: str, years: tuple[int, int]
) -> str:
    """A comparison in one of the formats."""
    return comparison_report.RENDERERS[output_format](comparison([*map(side, departments)], *years))


def parsed(text: str) -> list[dict[str, str]]:
    """The rows of a CSV report, by column."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("output_format", sorted(comparison_report.RENDERERS))
def test_case(output_format: str) -> None:
    """The report on the case's data folder is, character for character, the expected one."""
    departments = department_analysis.analysed(CASE / "data").departments
    expected = CASE / f"expected.{output_format}"
    text = report(departments, output_format, (2023, 2024))
    if "UPDATE_CASES" in os.environ:
        expected.write_text(text, "utf-8", newline="")
    assert text.encode() == expected.read_bytes()


@pytest.mark.parametrize("years", YEARS)
def test_the_text_fits_80_columns(
    examples: tuple[ComparedDepartment, ...], years: tuple[int, int]
) -> None:
    """No line of the text is wider than 80 cells, a Chinese character taking two."""
    lines = report(examples, "text", years).splitlines()
    assert len(lines) > 500
    assert max(map(cell_len, lines)) <= 80
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_chinese_windows_terminal_shows_every_sign() -> None:
    """Our own signs are among the characters of GBK: no minus becomes a question mark."""
    text = (CASE / "expected.text").read_text("utf-8")
    assert text.encode("gbk")
    for sign in ("（-", "（+", "→", "↑", "↓", "（空）"):
        assert sign in text


@pytest.mark.parametrize("years", YEARS)
def test_the_sums_are_those_of_the_page(
    examples: tuple[ComparedDepartment, ...], built_examples: Path, years: tuple[int, int]
) -> None:
    """Money and counts of the text stand on the built page of the same comparison."""
    text = report(examples, "text", years)
    page = (built_examples / f"compare/{years[0]}-{years[1]}/index.html").read_text("utf-8")
    figures = BeautifulSoup(page, "html.parser").select_one("dl.figures")
    assert figures is not None
    shown = figures.get_text().replace("−", "-")
    old, new, change, share = re.findall(r"[+-]?\d+\.\d+%?", text.splitlines()[3])
    assert all(amount in shown for amount in (old, new, change, share))
    first, projects, indicators = (
        next((line for line in text.splitlines() if line.startswith(f"  {begin}")), "")
        for begin in ("按首次公开", "项目：", "承接上年")
    )
    assert all(amount in shown for amount in re.findall(r"[+-]?\d+\.\d+%?", first))
    for line in (projects, indicators):
        for count in line.partition("：")[2].strip("）").rpartition("（")[2].split():
            assert count in shown, count


@pytest.mark.parametrize("years", YEARS)
def test_all_formats_tell_the_same_verdicts(
    examples: tuple[ComparedDepartment, ...], years: tuple[int, int]
) -> None:
    """Stricter and looser are as many in the CSV and the text as the sums of the JSON say.

    The tables of whole departments are shown as well, and counted in no sum of the projects.
    """
    counts = json.loads(report(examples, "json", years))["indicator_changes"]
    rows = parsed(report(examples, "csv", years))
    lines = report(examples, "text", years).splitlines()
    assert counts["stricter"] > 20
    for key, label, begin in (
        ("stricter", "要求提高", "↑要求提高 "),
        ("looser", "要求降低", "↓要求降低 "),
        ("added", "新增指标", "新增指标 "),
        ("dropped", "取消指标", "取消指标 "),
    ):
        whole = [row["项目情况"] == "部门整体" for row in rows if row["变化"] == label]
        assert len(whole) - sum(whole) == counts[key]
        # What was so when first published stands further to the right.
        assert sum(line.startswith(f"    {begin}") for line in lines) == len(whole)


def amounts(value: Any, money: bool = False) -> list[Any]:
    """Every amount of a JSON report: what stands under `budget` or `spending_plan`."""
    if isinstance(value, list):
        return [found for inner in value for found in amounts(inner, money)]
    if isinstance(value, dict):
        return [
            found
            for name, inner in value.items()
            if name != "field"
            for found in amounts(inner, money or name in {"budget", "spending_plan"})
        ]
    return [value] if money else []


def test_amounts_of_the_json_are_exact() -> None:
    """0.10 stays 0.10: every amount is a text with the digits of the data, never a float."""
    data = json.loads((CASE / "expected.json").read_text("utf-8"))
    small = data["departments"][1]
    assert small["budget"] == {"old": "0.10", "new": "0.30"}
    assert Decimal(data["budget"]["new"]) == sum(
        Decimal(d["budget"]["new"]) for d in data["departments"]
    )
    found = amounts(data)
    assert len(found) > 30
    assert all(amount is None or re.fullmatch(MONEY, amount) for amount in found)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("=100%", "'=100%"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("\n=1", "'\n=1"),
        ("'1", "''1"),
        ("-5.00", "-5.00"),
        ("150.00", "150.00"),
        ("≥8次", "≥8次"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    """What a spreadsheet would compute gets an apostrophe; numbers and other text stay."""
    assert harmless(cell) == written
    assert original(written) == cell


def test_every_line_of_the_csv_has_all_columns(examples: tuple[ComparedDepartment, ...]) -> None:
    """The CSV is a table: a header, and as many cells in each row; no cell a formula."""
    text = report(examples, "csv", (2023, 2024)).removeprefix("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert rows[0] == list(HEAD)
    assert {len(row) for row in rows} == {len(HEAD)}
    cells = [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert [cell for cell in cells if not re.fullmatch(r"-\d+(\.\d+)?", cell)] == []
    assert any(cell.startswith("'=") for row in rows for cell in row)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """The case's data as a project."""
    (tmp_path / "mkdocs.yml").write_text("site_name: 名\n", "utf-8")
    shutil.copytree(CASE / "data", tmp_path / "data")
    return tmp_path


def test_the_command_speaks_utf8_to_programs(case: Path) -> None:
    """JSON and CSV are UTF-8 whatever the terminal uses, the CSV with a byte order mark."""
    for output_format in ("json", "csv"):
        done = subprocess.run(
            [sys.executable, "-m", "disclosure", *COMMAND, "--format", output_format],
            cwd=case,
            env={**os.environ, "PYTHONIOENCODING": "gbk"},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert "民政局" in done.stdout.decode("utf-8")
        assert done.stdout.startswith(b"\xef\xbb\xbf") == (output_format == "csv")


def test_one_department_alone(run: Run) -> None:
    """`--department` leaves only that department, and no sum over all."""
    code, out, err = run("-C", "examples", "compare", "2024", "2025", "--department", "990101-208")
    assert (code, err) == (0, "")
    assert "（990101-208）" in out
    assert "990101-201" not in out
    assert "合计：" not in out.splitlines()[1:3]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("compare", "2021", "2022"),
            "2021年和2022年不能比较。可以比较的前后年度：2023 2024、2022 2023。",
        ),
        (
            ("compare", "2024", "2023"),
            "2024年和2023年不能比较。可以比较的前后年度：2023 2024、2022 2023。",
        ),
        (
            ("compare", "2023", "2024", "--department", "x"),
            "没有标识为“x”的部门。现有：130803-322、130803-323、130803-324、130803-325。",
        ),
        (
            ("-C", str(ROOT), "compare", "2023", "2024"),
            "还没有可以比较的年度：比较从公开的第二个年度开始。",
        ),
    ],
)
def test_what_cannot_be_compared_is_said(
    run: Run, case: Path, arguments: tuple[str, ...], message: str
) -> None:
    """Years without data, in the wrong order, or a department that is not there: 2, and why."""
    assert run(*arguments, folder=case) == (2, "", f"错误：{message}\n")


def test_broken_data_is_not_compared(run: Run, project: Path) -> None:
    """Findings are shown first, with exit code 1, as in every other command."""
    (project / "data/130803-322/department.yml").write_text("坏", "utf-8")
    code, out, err = run("compare", "2023", "2024", folder=project)
    assert (code, out) == (1, "")
    assert "department.yml:1:1 错误" in err
    assert err.endswith("数据有错误，请改好后再比较。\n")
