"""The PDFs that Typst makes: complete, harmless, the same every time, and all or none."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import typst

from disclosure.exports.forms import pdf
from tests.support import papers
from tests.support.loaded_mkdocs import mkdocs
from tests.support.repository import Run

CODE = "13080324P00514210001L"
FORM = f"130803-322-2024-{CODE}.pdf"
YEAR = "130803-322-2024.pdf"


@pytest.fixture(autouse=True)
def _poppler() -> None:
    papers.need_poppler()


@pytest.fixture
def projects(project: Path) -> Path:
    """The folder of the projects' files in a copy of the real data."""
    return project / "data/130803-322/2024/projects"


def exported(run: Run, project: Path, target: Path) -> Path:
    """Export a project's PDFs."""
    code, _, error = run("-C", project, "export", "--format", "pdf", target)
    assert code == 0, error
    return target


def test_every_value_is_printed(run: Run, project: Path, projects: Path, tmp_path: Path) -> None:
    """Each value of each data file is on that project's form and in the document of the year."""
    target = exported(run, project, tmp_path / "out")
    files = sorted(projects.glob("*.yml"))
    assert {path.name for path in target.iterdir()} == {
        YEAR,
        *(f"130803-322-2024-{file.stem}.pdf" for file in files),
    }
    year = "".join(papers.pages(target / YEAR))
    for file in files:
        form = "".join(papers.pages(target / f"130803-322-2024-{file.stem}.pdf"))
        for value in papers.values(file):
            assert value in form, (file.stem, value)
            assert value in year, (file.stem, value)
        assert "首次公开" in form
        assert f"130803-322/2024/{file.stem}/" in form
    assert papers.edges_are_white(target / YEAR, tmp_path)


def test_the_year_has_part_one(run: Run, project: Path, tmp_path: Path) -> None:
    """Every text of the year's own file stands in the document of the year."""
    target = exported(run, project, tmp_path / "out")
    year = "".join(papers.pages(target / YEAR))
    source = project / "data/130803-322/2024/disclosure.yml"
    texts = [value for value in papers.values(source) if len(value) > 20]
    printed = [value for value in texts if value in year]
    # The hash and the file's own description stand on the web page only.
    assert len(printed) >= len(texts) - 2


def test_a_long_table(run: Run, project: Path, projects: Path, tmp_path: Path) -> None:
    """Thirty indicators take several pages: repeated heads, numbers, and no row is cut."""
    papers.with_indicators(projects / f"{CODE}.yml", papers.many_indicators())
    target = exported(run, project, tmp_path / "out")
    papers.assert_heads_and_rows(papers.pages(target / FORM))


@pytest.mark.parametrize(
    "text",
    [
        '#eval("1+1")#panic("x")#import "@preview/x:1.0.0"',
        "$x^2$ @ref <label> [a] {b} *c* _d_ `e` ~ // f /* g */",
        r"\ \u{4e00} \# --- ... = a",
        "一" * 3000,
        "https://example.gov.cn/" + "a" * 200,
        "第一行\n第二行",
        "生僻字龘和㙓",
    ],
)
def test_any_text_is_text(
    run: Run, project: Path, projects: Path, tmp_path: Path, text: str
) -> None:
    """Typst's own signs, text longer than a page and unbroken words come out as written."""
    row = {"level1": "产出指标", "level3": text, "description": text, "target": "≥1次"}
    papers.with_indicators(projects / f"{CODE}.yml", [row])
    target = exported(run, project, tmp_path / "out")
    found = "".join(papers.pages(target / FORM))
    # What stands at a page's foot and at the next one's head is between the parts of a long text.
    if len(text) > 1000:
        assert found.count("一") >= 2 * len(text)
    else:
        assert found.count(papers.plain(text)) == 2
    assert papers.edges_are_white(target / FORM, tmp_path)


def test_what_has_no_font_is_named(run: Run, project: Path, projects: Path, tmp_path: Path) -> None:
    """Characters of which no font has a glyph are an error with their names, not boxes."""
    row = {"level1": "产出指标", "level3": "通车གོང里程", "target": "≥1次"}
    papers.with_indicators(projects / f"{CODE}.yml", [row])
    code, _, error = run("-C", project, "export", "--format", "pdf", tmp_path / "out")
    assert code == 1
    assert f"{CODE}.yml 错误 E101 {FORM} 里有本机字体没有的字" in error
    assert "“ག”（U+0F42）、“ང”（U+0F44）" in error
    assert "apt install fonts-noto" in error
    assert not (tmp_path / "out").exists()


def test_two_exports_are_identical(run: Run, project: Path, tmp_path: Path) -> None:
    """The same data gives the same bytes."""
    one, other = (exported(run, project, tmp_path / name) for name in ("one", "other"))
    for path in one.iterdir():
        assert path.read_bytes() == (other / path.name).read_bytes()


def test_the_files_are_accessible(run: Run, project: Path, tmp_path: Path) -> None:
    """Each PDF is tagged and states its title and its language."""
    target = exported(run, project, tmp_path / "out")
    for path in target.iterdir():
        command = ["pdfinfo", str(path)]
        output = subprocess.run(command, capture_output=True, check=True, text=True).stdout
        assert "Tagged:          yes" in output
        assert "绩效目标" in output
        assert b"/Lang" in path.read_bytes()
        assert "CreationDate" not in output


def test_without_a_chinese_font(
    run: Run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command says what to install and writes nothing."""
    monkeypatch.setattr(pdf, "FAMILIES", ("No Such Font",))
    code, _, error = run("-C", project, "export", "--format", "pdf", tmp_path / "out")
    assert code == 2
    assert "apt install fonts-noto-cjk" in error
    assert not (tmp_path / "out").exists()


def test_a_failure_leaves_nothing(
    run: Run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a file cannot be made, none of the others is left behind."""

    def fail(*_: object) -> bytes:
        raise OSError(28, "full")

    monkeypatch.setattr(pdf.Typesetter, "pdf", fail)
    code, _, error = run("-C", project, "export", "--format", "pdf", tmp_path / "out")
    assert code == 2
    assert "磁盘已满" in error
    assert not (tmp_path / "out").exists()


def test_nothing_is_overwritten(run: Run, project: Path, tmp_path: Path) -> None:
    """A folder that holds anything is left alone."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("x", encoding="utf-8")
    code, _, error = run("-C", project, "export", "--format", "pdf", tmp_path / "out")
    assert code == 2
    assert "不是空文件夹" in error
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_the_site_offers_what_is_there(built_site: Path, project: Path, tmp_path: Path) -> None:
    """With the option the files stand beside their pages and are linked; without it neither."""
    config = project / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("pdf: true", "pdf: false"), "utf-8")
    finished = mkdocs("build", "--strict", "--site-dir", str(tmp_path / "without"), cwd=project)
    assert finished.returncode == 0, finished.stderr
    for site, wanted in ((built_site, True), (tmp_path / "without", False)):
        assert len(list(site.rglob("*.pdf"))) == (4 if wanted else 0)
        for address, name in ((f"130803-322/2024/{CODE}", FORM), ("130803-322/2024", YEAR)):
            assert (site / address / name).is_file() == wanted
            page = (site / address / "index.html").read_text("utf-8")
            assert (f'href="{name}"' in page) == wanted


def test_typst_fails_loudly(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a missing character lowers the standard; any other trouble is not hidden."""
    from disclosure.config.site_project import load_project
    from disclosure.site import pipeline

    here = load_project(project)
    _, wanted = pipeline.printable_views(here.data, here.settings, None, 2024)
    broken = project / "broken.typ"
    broken.write_text("#panic()", encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", broken)
    with pytest.raises(typst.TypstError, match="panicked"):
        pdf.Typesetter().pdf(wanted[0])
