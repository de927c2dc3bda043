"""The search data as files: what is taken from a page, and that it is always the same."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from generator.search import Entry, Index, spell, text_of

SIGNATURE = b"pagefind_dcd"
DEPARTMENT = "承德市:双滦区, 商务局[x] <\"'&amp;>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>名称</h1><p>正文</p>", "名称\n正文"),
        ("<p>招商<em>引</em><b>资</b></p>", "招商引资"),
        ("<tr><td>数量</td><td>≥8次</td></tr>", "数量\n≥8次"),
        ("<p>一<br>二<br/>三</p>", "一\n二\n三"),
        ("<p>一\n  二\t三</p>", "一 二 三"),
        ("<p>1308<wbr>0324</p>", "13080324"),
        ("<p>a &lt;b&gt; &amp;amp; &#91;x&#93;</p>", "a <b> &amp; [x]"),
        ("<p>一&#10;二</p>", "一 二"),
        ("<nav><a>首页</a></nav><p>正文</p><nav>下一个</nav>", "正文"),
        ("<p>一<button>复制<svg><path/></svg></button>二</p>", "一\n二"),
        ("<p>一<script>if (a < b) {}</script>二<style>p{}</style></p>", "一\n二"),
        ('<h2>标题<a class="headerlink" href="#x">¶</a></h2>', "标题"),
        ('<td>≥8次<sup class="note-ref"><a href="#note-1">注1</a></sup></td>', "≥8次"),
        ('<td>≥8次<sup class="note-ref"><a>注1</sup></td><td>二</td>', "≥8次\n二"),
        ("<nav><br><img></nav><p>正文</p>", "正文"),
        ("<p>一\0二</p>", "一 二"),
        ("", ""),
    ],
)
def test_the_text_of_a_page(html: str, text: str) -> None:
    """Blocks and cells are lines, inline marks do not cut words, and furniture is left out."""
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("招商引资", "招 商 引 资"),
        ("一 二\n三", "一 ␠ 二 ␟ 三"),
        ("１２Ａａ", "1 2 A a"),
        ("（≥８㎡）", "（ ≥ 8 ㎡ ）"),
        ("𠮷½", "𠮷 ½"),
        ("␠␟", "␠ ␠"),
    ],
)
def test_spelling(text: str, spelled: str) -> None:
    """Each character is a word; letters and digits are of ordinary width; the rest is kept."""
    assert spell(text) == spelled


def example() -> tuple[Index, list[Entry]]:
    """An index of 40 pages over several years, kinds and departments, added out of order."""
    index, entries = Index(), []
    for number in reversed(range(40)):
        year, kind = str(2020 + number % 5), ("部门", "项目", "年度公开")[number % 3]
        department = f"{number % 4}{DEPARTMENT}"
        address = f"d/{year}/c{number}/"
        html = f"<h1>名称{number}</h1><p>≥８次 &lt;b&gt; 第{number * 7}条</p>"
        facets = {"kind": kind, "year": year, "department": department}
        index.add(address, f"名称<{number}>", html, facets)
        entries.append(Entry(f"名称{number}", f"C{number}", address, kind, year, department))
    entries.append(Entry("局", "322", "d/", "部门", "", DEPARTMENT))
    entries.append(Entry("局本级", "322", "d/", "部门", "", DEPARTMENT))
    return index, entries


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's search data in a site folder."""
    folder = tmp_path_factory.mktemp("site")
    index, entries = example()
    index.write(folder, entries)
    return folder


def test_the_same_input_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    """Five more runs, entries in another order and over an older index, write the same files."""
    first = contents(written)
    assert len(first) > 40
    for _ in range(5):
        index, entries = example()
        index.write(tmp_path, reversed(entries))
        assert contents(tmp_path) == first


def fragments(site: Path) -> dict[str, dict[str, object]]:
    """What Pagefind keeps of each page, by address."""
    found = {}
    for path in (site / "pagefind" / "fragment").iterdir():
        content = gzip.decompress(path.read_bytes())
        assert content.startswith(SIGNATURE)
        fragment = json.loads(content.removeprefix(SIGNATURE))
        found[fragment["url"]] = fragment
    return found


def test_pagefind_keeps_every_character(written: Path) -> None:
    """A page's text and title come back from the index as they went in, marks and all."""
    pages = fragments(written)
    assert len(pages) == 40
    page = pages["/d/2023/c3/"]
    spelled = str(page["content"]).replace("\u200b", "").removesuffix(".")
    assert spelled == spell("名称3\n≥８次 <b> 第21条")
    assert page["meta"] == {
        "title": "名称<3>",
        "kind": "部门",
        "year": "2023",
        "department": f"3{DEPARTMENT}",
        "facets": "kindc yearb departmentd",
    }


def test_only_what_the_search_box_uses_is_published(written: Path) -> None:
    """Pagefind's own interfaces are not in the site."""
    names = {path.name for path in (written / "pagefind").iterdir()}
    kept = {"fragment", "index", "pagefind-entry.json", "pagefind-worker.js", "pagefind.js"}
    assert kept <= names
    others = names - kept
    assert {Path(name).suffix for name in others} == {".pf_meta", ".pagefind"}
    assert len(others) == 2


def test_the_catalogue(written: Path) -> None:
    """`index.json` names the years, newest first, and the facets; each entry is in its year."""
    folder = written / "search"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    years = ["2024", "2023", "2022", "2021", "2020"]
    assert index["shards"] == [*(f"{year}.json" for year in years), "all.json"]
    assert index["facets"]["kind"] == ["项目", "年度公开", "部门"]
    assert index["facets"]["year"] == years
    assert index["facets"]["department"] == sorted(
        [DEPARTMENT, *(f"{number}{DEPARTMENT}" for number in range(4))]
    )
    shard = json.loads((folder / "2022.json").read_text("utf-8"))
    assert shard["year"] == "2022"
    assert shard["entries"][0] == ["名称22", "C22", "d/2022/c22/", "项目", f"2{DEPARTMENT}", ""]
    assert len(shard["entries"]) == 8
    rest = json.loads((folder / "all.json").read_text("utf-8"))
    named = [[name, "322", "d/", "部门", DEPARTMENT, ""] for name in ("局", "局本级")]
    assert rest["entries"] == named


def test_a_failing_pagefind_is_no_silent_success(tmp_path: Path) -> None:
    """When Pagefind cannot index (here: not one page), the build hears of it and why."""
    with pytest.raises(subprocess.CalledProcessError) as failure:
        Index().write(tmp_path, [])
    assert "not able to build an index" in failure.value.stderr
