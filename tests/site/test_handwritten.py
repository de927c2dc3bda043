"""Hand-written pages: one case, one folder, its whole report pinned; and what is built of them.

`UPDATE_CASES=1` writes the reports; read each of them then as a clerk would.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from disclosure.site import handwritten
from tests.support import systems
from tests.support.loaded_mkdocs import mkdocs
from tests.support.reports import assert_report
from tests.support.repository import ROOT, Run

CASES = ROOT / "tests" / "cases" / "handwritten"
COMMITTED = sorted(pages.parent.name for pages in CASES.glob("*/site_src"))


@pytest.mark.parametrize("case", COMMITTED)
def test_case(case: str) -> None:
    """The report on the case's pages is, word for word, the expected one."""
    assert_report(CASES / case, handwritten.examine(CASES / case / "site_src"))


@systems.LINKS
def test_links_are_refused(tmp_path: Path) -> None:
    """A symbolic link is found and not followed, whether it leads to a file or to a folder."""
    pages = tmp_path / "site_src"
    pages.mkdir()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.md").write_text("<script>", "utf-8")
    (pages / "page.md").symlink_to(tmp_path / "secret" / "key.md")
    (pages / "folder").symlink_to(tmp_path / "secret")
    assert_report(CASES / "links", handwritten.examine(pages))


def test_a_missing_folder_is_found(tmp_path: Path) -> None:
    """Without the folder there is something to say, and not that all is well."""
    assert_report(CASES / "missing", handwritten.examine(tmp_path / "site_src"))


@pytest.mark.parametrize("pages", ["site_src", "examples/site_src"])
def test_our_own_pages_are_clean(pages: str) -> None:
    """The pages of this repository hold nothing that is refused."""
    assert handwritten.examine(ROOT / pages) == ()
    assert any((ROOT / pages).glob("*.md"))


def test_check_and_build_refuse_the_same(run: Run, project: Path) -> None:
    """`check` names the line of a script, and neither MkDocs nor `build` makes a site with it."""
    (project / "site_src" / "about.md").write_text("# 关于\n\n<script>x</script>\n", "utf-8")
    code, report, _ = run("check", folder=project)
    assert code == 1
    assert "site_src/about.md:3:1 错误 R505 手写页面里不能这样用 <script>。" in report
    code, out, err = run("build", folder=project)
    assert code == 1
    assert "site_src/about.md:3:1 错误 R505" in out + err
    assert mkdocs("build", cwd=project).returncode != 0
    assert not (project / "site").exists()


def test_a_page_is_shown_as_it_was_written(project: Path) -> None:
    """Markup in a title is text everywhere; nothing that is allowed is lost or changed."""
    page = (CASES / "good" / "site_src" / "index.md").read_text("utf-8")
    text = page.replace("pictures/one.png", "one.png").replace("#_1", "#关于本站")
    (project / "site_src" / "about.md").write_text(text, "utf-8")
    picture = CASES / "good" / "site_src" / "pictures" / "one.png"
    (project / "site_src" / "one.png").write_bytes(picture.read_bytes())
    built = mkdocs("build", "--strict", cwd=project)
    assert built.returncode == 0, built.stdout + built.stderr
    soup = BeautifulSoup((project / "site" / "about" / "index.html").read_bytes(), "lxml")
    title = '关于 <本站> & "我们"'
    assert soup.title is not None
    assert soup.title.get_text().startswith(title)
    assert [one["content"] for one in soup.select('meta[property="og:title"]')] == [title]
    article = soup.select_one("article")
    assert article is not None
    assert article.find("script") is None
    assert "<script>alert(1)</script>" in article.get_text()
    assert [link["href"] for link in article.select("p > a")] == [
        *("../notes/", "https://example.gov.cn/?a=b&c=d#e", "https://example.gov.cn/"),
        *("mailto:a@example.gov.cn", "tel:+860314", "#关于本站"),
    ]
    assert article.select_one("details[open] p#b.a[title=c] br") is not None
    assert article.select_one("td[style]") is not None
    assert len(article.select("img")) == 2


def test_what_only_the_build_can_see_is_refused_as_well(project: Path) -> None:
    """With more Markdown extensions than `check` knows of, the built page is still judged."""
    configuration = project / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    changed = text.replace("  - admonition\n", "  - admonition\n  - attr_list\n")
    assert changed != text
    configuration.write_text(changed, "utf-8")
    page = project / "site_src" / "about.md"
    page.write_text("# 关于\n\n文字\n{: onclick=alert(1) }\n", "utf-8")
    assert handwritten.examine(page.parent) == ()
    built = mkdocs("build", cwd=project)
    assert built.returncode != 0
    assert "site_src/about.md 错误 R505 手写页面里不能这样用 onclick 属性。" in built.stderr
