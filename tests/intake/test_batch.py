"""Many documents at once, and departments that the data has not: proposed, then made."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from pathlib import Path

import pytest

from disclosure import reading
from disclosure.intake import identifying
from disclosure.intake.formats import isolated, reader
from disclosure.intake.formats.pieces import Document
from tests.support import documents, hostile_documents, small_pdf, systems
from tests.support.fidelity import CASES
from tests.support.repository import ROOT, Run

AT_ONCE = pytest.mark.usefixtures("at_once")
YEAR = ("--year", "2026")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project without any department, and documents of one body, with its code and without."""
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "site_src", tmp_path / "site_src")
    (tmp_path / "data").mkdir()
    for name, case in (("有编码", "shandong-project"), ("没有编码", "fujian-project")):
        shutil.copy(CASES / case / "document.docx", tmp_path / f"{name}.docx")
    shutil.copy(CASES / "beijing-list/document.xlsx", tmp_path / "没有名称.xlsx")
    return tmp_path


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("shandong-project/document.docx", "示例市示例局（402）"),
        ("central-evaluation/book.pdf", "示例市示例局（492）"),
        ("jilin-list/document.docx", "示例市示例局，预算单位：示例市示例局（502001）"),
        ("guangdong-cell/document.xlsx", "示例市示例局"),
        ("shenzhen-project/document.xlsx", "示例市示例局"),
    ],
)
def test_a_document_says_whose_it_is(case: str, expected: str) -> None:
    """Names and codes are those that it prints, beside labels, in lists or in its title."""
    found = identifying.printed(reader.document(CASES / case, lambda _: None))
    assert found is not None
    assert (found.description(), found.region) == (expected, "示例市")


@pytest.mark.parametrize(
    ("lines", "name", "code", "region"),
    [
        (["2026年甲县市场监督管理局部门预算公开"], "甲县市场监督管理局", "", ""),
        (["甲乙市丙丁区民政局2026年部门预算"], "甲乙市丙丁区民政局", "", "甲乙市丙丁区"),
        (["部门名称：［990301］甲乙市城市管理局"], "甲乙市城市管理局", "990301", "甲乙市"),
        (["部门：甲乙市教育局（361） 单位：万元"], "甲乙市教育局", "361", "甲乙市"),
        (["361001 甲乙市教育局本级 单位：万元"], "甲乙市教育局", "", "甲乙市"),
        (["预算主管部门：甲乙市商务委员会"], "甲乙市商务委员会", "", "甲乙市"),
        (["县级主管部门：甲县粮食局"], "甲县粮食局", "", ""),
        (["编制单位：甲县粮食局"], "甲县粮食局", "", ""),
        (["填报单位（盖章）：甲县粮食局"], "甲县粮食局", "", ""),
    ],
)
@AT_ONCE
def test_names_in_lines(
    tmp_path: Path, lines: list[str], name: str, code: str, region: str
) -> None:
    """Titles, labels with a code before or behind, the line above a form."""
    file = documents.simple_word(tmp_path / "a.docx", lines)
    found = identifying.printed(reader.document(file, lambda _: None))
    assert found is not None
    assert (found.name, found.code, found.region) == (name, code, region)


@AT_ONCE
def test_items_of_expenditure_are_no_units(tmp_path: Path) -> None:
    """A code of the classification by function stands before a name that a body may have."""
    rows = [["科目", "金额"], ["2050501-示例学校", "20.00"], ["101001 示例市示例局本级", "30.00"]]
    file = documents.simple_word(tmp_path / "a.docx", ["示例市示例局2026年部门预算", rows])
    found = identifying.printed(reader.document(file, lambda _: None))
    assert found is not None
    assert found.description() == "示例市示例局，预算单位：示例市示例局本级（101001）"


@AT_ONCE
def test_the_cover_of_a_book_says_whose_it_is(tmp_path: Path) -> None:
    """However often its tables name the body above the one whose they are."""
    cells = [
        [60, 50 + 22 * at, 160, 72 + 22 * at, text] for at, text in enumerate(["主管部门"] * 3)
    ]
    cells += [[160, 50 + 22 * at, 360, 72 + 22 * at, "［105］示例部"] for at in range(3)]
    cover = {
        "texts": [
            [200, 300, "示例大学"],
            [200, 330, "2026 年度部门预算"],
            [200, 360, "2026 年 3 月"],
        ]
    }
    file = small_pdf.write(tmp_path / "a.pdf", [cover, {"cells": cells}])
    found = identifying.printed(reader.document(file, lambda _: None))
    assert found is not None
    assert found.name == "示例大学"


@AT_ONCE
def test_a_new_department_is_proposed(run: Run, folder: Path) -> None:
    """Without a word from the clerk nothing is made, and the message says what would be."""
    code, _, err = run("import", "有编码.docx", *YEAR, folder=folder)
    assert code == 2
    assert "文件印有部门：示例市示例局（402）；要新建请加 --new-department" in err
    assert not [*(folder / "data").iterdir()]


@AT_ONCE
def test_a_new_department_is_made(run: Run, folder: Path) -> None:
    """Documents of one body make one department, with the code that one of them prints."""
    files = ("没有编码.docx", "有编码.docx")
    code, out, err = run("import", *files, *YEAR, "--new-department", folder=folder)
    assert code == 0, err
    assert "没有编码.docx  示例市示例局  3       3     全部归入" in out
    found = reading.read(folder / "data")
    assert not found.diagnostics
    (department,) = found.dataset.departments
    assert (department.department.id, department.department.code) == ("402", "402")
    assert (department.department.region.name, department.department.region.code) == (
        "示例市", None)  # fmt: skip
    assert len(department.years[0].projects) == 6
    code, out, _ = run("import", "有编码.docx", *YEAR, "--update", folder=folder)
    assert (code, "没有变化" in out) == (0, True)
    assert run("build", folder=folder)[0] == 0


@AT_ONCE
def test_a_name_that_is_taken_makes_no_second_department(run: Run, folder: Path) -> None:
    """A department of that name is that one: another id is refused, and nothing changes."""
    assert run("import", "有编码.docx", *YEAR, "--new-department", folder=folder)[0] == 0
    before = {file: file.read_bytes() for file in (folder / "data").rglob("*.yml")}
    asked = ("--department", "another", "--new-department")
    code, _, err = run("import", "没有编码.docx", *YEAR, *asked, folder=folder)
    assert code == 2
    assert "D116" in err
    assert "402" in err
    assert {file: file.read_bytes() for file in (folder / "data").rglob("*.yml")} == before


@AT_ONCE
def test_an_id_that_is_taken_is_not_used_again(run: Run, folder: Path) -> None:
    """Another body with the same code gets no department over the first."""
    assert run("import", "有编码.docx", *YEAR, "--new-department", folder=folder)[0] == 0
    table = [["项目名称", "甲"], ["一级指标", "三级指标", "指标值"], ["产出指标", "次数", "≥5次"]]
    documents.simple_word(folder / "别的.docx", ["部门名称：别处市别处局（402）", table])
    code, _, err = run("import", "别的.docx", *YEAR, "--new-department", folder=folder)
    assert code == 2
    assert "D116" in err
    assert "示例市示例局" in err


@AT_ONCE
@pytest.mark.parametrize(
    ("printed", "other"),
    [
        ("部门名称：别处市别处局", "别处市别处局"),
        ("部门名称：示例市示例局（本级）", ""),
        ("部门名称：示例局", ""),
        ("项目单位：示例市示例中心", ""),
        ("部门：示例市上级局\n单位名称：示例市示例局", ""),
    ],
)
def test_a_document_of_another_body_is_named(
    run: Run, folder: Path, printed: str, other: str
) -> None:
    """Taken in for the department that was asked for, it may be the wrong file."""
    assert run("import", "有编码.docx", *YEAR, "--new-department", folder=folder)[0] == 0
    table = [["项目名称", "甲"], ["一级指标", "三级指标", "指标值"], ["产出指标", "次数", "≥5次"]]
    documents.simple_word(folder / "别的.docx", [*printed.splitlines(), table])
    _, _, err = run("import", "别的.docx", *YEAR, "--department", "402", folder=folder)
    assert ("提醒：" in err) == bool(other)
    assert f"“{other}”，按 --department 归入了“示例市示例局”" in err or not other


@AT_ONCE
def test_documents_that_disagree_make_no_department(run: Run, folder: Path) -> None:
    """Where two documents print another code for one name, both are named and nothing is made."""
    shutil.copy(CASES / "central-evaluation/document.docx", folder / "另一编码.docx")
    files = ("有编码.docx", "另一编码.docx")
    code, _, err = run("import", *files, *YEAR, "--new-department", folder=folder)
    assert code == 2
    assert "另一编码.docx 错误 D116 印的部门编码是 492，有编码.docx 印的是 402。" in err
    assert not [*(folder / "data").iterdir()]


@AT_ONCE
def test_the_worst_document_decides(run: Run, folder: Path) -> None:
    """The table has a line for each document, and one that cannot be taken in stops all."""
    hostile_documents.encrypted_office(folder / "加密.docx")
    files = ("有编码.docx", "没有名称.xlsx", "加密.docx")
    code, out, err = run("import", *files, *YEAR, "--new-department", folder=folder)
    assert code == 2
    assert [line.split()[0] for line in out.splitlines()[1:]] == [*files]
    assert "没有名称.xlsx  不能导入 D115" in out
    assert "加密.docx      不能导入 D103" in out
    assert not [*(folder / "data").iterdir()]
    assert "D115" in err


def test_a_document_without_targets_need_not_say_whose_it_is(run: Run, folder: Path) -> None:
    """That it has no targets is all that is said, whether its department is given or not."""
    documents.simple_word(folder / "无目标.docx", ["第一部分 主要职责", "负责有关工作。"])
    for options in (["--department", "somebody", "--new-department"], ["--new-department"]):
        code, _, err = run("import", "无目标.docx", *YEAR, *options, folder=folder)
        assert (code, "D113" in err, "D115" in err) == (2, True, False)


def _slow_first(document: Document) -> str:
    time.sleep(3 if document.name == "a.txt" else 0)
    return document.name


def _three(folder: Path) -> list[Path]:
    files = [folder / f"{name}.txt" for name in "abc"]
    for file in files:
        file.write_text("第一部分", "utf-8")
    return files


def test_results_are_in_the_order_of_the_documents(tmp_path: Path) -> None:
    """Whichever is done first, and each is said with its name."""
    lines: list[str] = []
    files = [*_three(tmp_path), hostile_documents.encrypted_office(tmp_path / "d.docx")]
    found = isolated.read_each(files, lines.append, _slow_first, 2)
    assert found[:3] == ["a.txt", "b.txt", "c.txt"]
    assert getattr(found[3], "code", "") == "D103"
    assert all(line.startswith("已读 ") for line in lines)


def _never(document: Document) -> None:
    while document.name:
        time.sleep(1)


@systems.PROC
def test_interrupted_it_leaves_no_process(tmp_path: Path) -> None:
    """Ctrl-C ends every process that reads, and what they wrote is gone."""

    def interrupt(_said: str) -> None:
        raise KeyboardInterrupt

    before = {*tmp_path.parent.iterdir()}
    file = documents.simple_word(tmp_path / "a.docx", ["一", [["二", "三"]]])
    files = [documents.real_workbook(tmp_path / "b.xlsx"), file]
    with pytest.raises(KeyboardInterrupt):
        isolated.read_each(files, interrupt, _never, 2)
    assert not multiprocessing.active_children()
    assert {*tmp_path.parent.iterdir()} == before
