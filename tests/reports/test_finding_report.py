"""How findings look: places under wide characters, long lines, and nothing a terminal obeys."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from msgspec.structs import replace
from rich.cells import cell_len

from disclosure.model.diagnostics import Diagnostic, Severity, Span
from disclosure.reports.finding_report import RENDERERS, render_json, render_text

#: From the npm package @microsoft/jest-sarif, where it is published under the MIT licence.
SARIF = json.loads(
    (Path(__file__).parents[1] / "schemas" / "sarif-2.1.0-rtm.5.json").read_text("utf-8")
)
WHOLE = ("R1", Severity.WARNING, "说明", Span("data/a.yml"), "办法")


def finding(
    excerpt: str = "name: x",
    column: int = 7,
    length: int = 1,
    *,
    severity: Severity = Severity.ERROR,
    path: str = "data/a.yml",
) -> Diagnostic:
    """A finding at a place of a line."""
    return Diagnostic("R1", severity, "说明", Span(path, 3, column, length, excerpt), "办法")


def caret(diagnostic: Diagnostic) -> tuple[str, str]:
    """What stands before the caret's place, and what stands over the caret, as cells show it."""
    _, line, under, *_ = render_text([diagnostic]).splitlines()
    start, width = under.index("^"), under.count("^")
    cells = [char for char in line for _ in range(cell_len(char))]
    return "".join(dict.fromkeys(cells[:start])), "".join(cells[start : start + width])


def test_a_finding_shows_its_place_its_line_and_the_remedy() -> None:
    """The whole text for one finding in one file."""
    assert render_text([finding("name: 招商  # x", 7, 2)]) == (
        "data/a.yml:3:7 错误 R1 说明\n"
        "    3 | name: 招商  # x\n"
        "      |       ^^^^\n"
        "  怎么改：办法\n"
        "\n"
        "错误 1 个，涉及 1 个文件。\n"
    )


def test_a_finding_about_a_whole_file_has_no_line() -> None:
    """Without a line number there is neither line nor caret."""
    whole = Diagnostic("R1", Severity.WARNING, "说明", Span("data/a.yml"), "办法")
    assert render_text([whole]).startswith("data/a.yml 警告 R1 说明\n  怎么改：办法\n")


@pytest.mark.parametrize(
    ("excerpt", "column", "length", "over"),
    [
        ("目标: ≥8次", 5, 3, "≥8次次"),
        ("a: 招商引资", 6, 2, "引引资资"),
        ("a:\tb", 3, 1, "⇥"),
        ("a: x\u202ey", 5, 1, "<U+202E>"),
        ("a: x", 5, 1, ""),
        ("\U00020bb7野家", 2, 1, "野野"),
        ("cafe\u0301: x", 8, 1, "x"),
    ],
)
def test_the_caret_stands_under_the_place(
    excerpt: str, column: int, length: int, over: str
) -> None:
    """Also after wide, combining and escaped characters, and at the end of the line."""
    assert caret(finding(excerpt, column, length))[1] == over


@pytest.mark.parametrize("column", [1, 30, 5_000, 9_999, 10_000])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    """A line of 10,000 characters shows a window that fits a terminal and holds the place."""
    excerpt = "招" * (column - 1) + "！" + "商" * (10_000 - column)
    lines = render_text([finding(excerpt, column)]).splitlines()
    assert cell_len(lines[1]) <= 110
    assert caret(finding(excerpt, column))[1] == "！！"
    assert lines[1].startswith("    3 | …") == (column > 21)
    assert lines[1].endswith("…") == (column < 9_970)


def test_a_finding_that_covers_a_long_line_ends_with_the_window() -> None:
    """The carets are no longer than what is shown."""
    lines = render_text([finding("x" * 5_000, 1, 5_000)]).splitlines()
    assert lines[2].count("^") == 100


def test_nothing_a_terminal_obeys_gets_through() -> None:
    """Paths, messages, lines and hints show control, bidi and broken characters by their names."""
    evil = "\x1b[31m\x07\u202e\u200b\udcff\x9b\u2028"
    span = Span(f"data/{evil}", 1, 1, 1, evil)
    text = render_text([Diagnostic("R1", Severity.ERROR, evil, span, evil)])
    assert not set(evil) & set(text) - set("[31m")
    assert text.count("<U+202E>") == 4
    text.encode()


def test_json_holds_everything_and_nothing_unsafe() -> None:
    """The text survives a round trip, though it is written without a raw control character."""
    evil = "招商\x1b\u202e\udcff\U000e0041"
    [found] = json.loads(render_json([finding(evil, 1, 2)]))
    assert found == {
        "code": "R1",
        "severity": "error",
        "message": "说明",
        "hint": "办法",
        "path": "data/a.yml",
        "line": 3,
        "column": 1,
        "length": 2,
        "excerpt": evil,
        "excerpt_column": 1,
    }
    text = render_json([finding(evil)])
    assert "招商" in text
    assert not re.search("[\x1b\u202e\udcff\U000e0041]", text)
    text.encode()


def test_json_cuts_long_lines() -> None:
    """Of a very long line only the part around the place is given, and where it begins."""
    [found] = json.loads(render_json([finding("x" * 1_000 + "!" + "x" * 9_000, 1_001)]))
    assert len(found["excerpt"]) == 400
    assert found["excerpt"][found["column"] - found["excerpt_column"]] == "!"


def test_the_summary_counts_by_severity_and_file() -> None:
    """Each severity that occurs is counted; files are counted once."""
    found = [
        finding(),
        finding(),
        finding(severity=Severity.WARNING, path="data/b.yml"),
        finding(severity=Severity.HINT, path="data/b.yml"),
    ]
    assert render_text(found).endswith("\n错误 2 个，警告 1 个，提示 1 个，涉及 2 个文件。\n")


def test_no_findings() -> None:
    """People are told so; programs get an empty list, and GitHub no command."""
    texts = {name: render([]) for name, render in RENDERERS.items()}
    assert texts["text"] == "没有发现问题。\n"
    assert texts["json"] == "[]\n"
    assert texts["github"] == ""
    assert json.loads(texts["sarif"])["runs"][0]["results"] == []


def test_colors_are_added_only_when_asked_for() -> None:
    """Without its colours the coloured text is the plain one."""
    colored = render_text([finding()], color=True)
    assert "\x1b[31m" in colored
    assert re.sub(r"\x1b\[\d+m", "", colored) == render_text([finding()])
    assert "\x1b" not in render_text([finding()])


# ---- Many findings.


def many(number: int, code: str = "C101") -> list[Diagnostic]:
    """As many findings of one rule."""
    place = Span("data/a.yml", 1, 1, 1, "name: x")
    return [
        Diagnostic(code, Severity.WARNING, f"第{item}处", replace(place, line=item), "办法")
        for item in range(1, number + 1)
    ]


def test_fifty_findings_are_all_shown_in_full() -> None:
    """With few findings each is shown with its line and its remedy."""
    text = render_text(many(50))
    assert text.count("怎么改：") == 50
    assert "没有列出" not in text


def test_of_hundreds_every_rule_shows_some_and_says_how_many_are_left() -> None:
    """A rule with hundreds of findings hides no other rule, and nothing is left out silently."""
    text = render_text([*many(300), *many(2, "C901")])
    assert len(text.splitlines()) < 60
    assert text.count("怎么改：") == 3 + 2
    assert text.count(" 警告 C101 ") == 3 + 20 + 1  # the last in the summary
    assert "  警告 C101 预算数与资金来源之和不符：300 个（其中 277 个没有列出）\n" in text
    assert "  警告 C901 注释所说明的问题已经不存在：2 个\n" in text
    assert "警告 302 个，涉及 1 个文件。" in text


def test_programs_get_all_of_hundreds() -> None:
    """Only the text for people is shortened."""
    assert len(json.loads(RENDERERS["json"](many(300)))) == 300
    assert len(RENDERERS["github"](many(300)).splitlines()) == 300
    assert len(json.loads(RENDERERS["sarif"](many(300)))["runs"][0]["results"]) == 300


# ---- For GitHub and other programs.

HOSTILE = Diagnostic(
    "C101",
    Severity.ERROR,
    "50% 不对：\r\n::error::假的\x1b[2J",
    Span("data/a,b:c%/甲 乙.yml", 3, 7, 2, "name: 招商"),
    "改成 100%。",
)


def test_a_github_command_cannot_be_left() -> None:
    """Line breaks, percent signs, colons and commas of a finding stay inside its command."""
    assert RENDERERS["github"]([HOSTILE, finding(severity=Severity.HINT)]) == (
        "::error file=data/a%2Cb%3Ac%25/甲 乙.yml,line=3,col=7,endColumn=9,title=C101::"
        "50%25 不对：<U+000D><U+000A>::error::假的<U+001B>[2J%0A怎么改：改成 100%25。\n"
        "::notice file=data/a.yml,line=3,col=7,endColumn=8,title=R1::说明%0A怎么改：办法\n"
    )


def test_a_github_command_about_a_whole_file_has_no_line() -> None:
    """GitHub then shows it at the file."""
    whole = Diagnostic("R1", Severity.WARNING, "说明", Span("data/a.yml"), "办法")
    assert RENDERERS["github"]([whole]).startswith("::warning file=data/a.yml,title=R1::")


@pytest.mark.parametrize(
    "findings",
    [
        [],
        [HOSTILE],
        [finding(), finding(severity=Severity.HINT), Diagnostic(*WHOLE)],
        many(3),
    ],
)
def test_sarif_fits_its_schema(findings: list[Diagnostic]) -> None:
    """Every report is SARIF 2.1.0 by the official schema."""
    log = json.loads(RENDERERS["sarif"](findings))
    Draft4Validator(SARIF, format_checker=Draft4Validator.FORMAT_CHECKER).validate(log)


def test_the_sarif_schema_is_not_toothless() -> None:
    """The schema that the reports are proved by refuses a wrong level and a missing message."""
    log = json.loads(RENDERERS["sarif"]([HOSTILE]))
    result = log["runs"][0]["results"][0]
    result["level"] = "fatal"
    del result["message"]
    assert len(list(Draft4Validator(SARIF).iter_errors(log))) == 2


def test_sarif_holds_the_place_the_rule_and_the_remedy() -> None:
    """A host finds the file by its address, the place in characters, and the rule's page."""
    run = json.loads(RENDERERS["sarif"]([HOSTILE]))["runs"][0]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "data/a%2Cb%3Ac%25/%E7%94%B2%20%E4%B9%99.yml"
    assert place["region"] == {"startLine": 3, "startColumn": 7, "endColumn": 9}
    assert result["message"]["text"].endswith("怎么改：改成 100%。")
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "C101"
    assert "为什么：" in rule["help"]["text"]
