"""The search data as files: what is taken from a page, and that it is always the same."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from disclosure import search
from disclosure.engine.cache import NO_CACHE, Cache
from disclosure.engine.site_folder import SiteFolder
from disclosure.search import (
    Index,
    IndexedPage,
    SearchDocument,
    SearchName,
    grams,
    index_parts,
    text_of,
)
from disclosure.search.packing import read_packed
from disclosure.search.text_files import places, read_text
from tests.support.folders import contents
from tests.support.searchdata import write

DEPARTMENT = "承德市:双滦区, 商务局[x] <\"'&amp;>"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>名称</h1><p>正文</p>", "名称\n正文"),
        ("<p>招商<em>引</em><b>资</b></p>", "招商引资"),
        ("<table><tr><td>数量</td><td>≥8次</td></tr></table>", "数量\n≥8次"),
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
        (
            '<table><tr><td>≥8次<sup class="note-ref"><a>注1</sup></td><td>二</td></tr></table>',
            "≥8次\n二",
        ),
        ("<nav><br><img></nav><p>正文</p>", "正文"),
        ("<p>一<!-- 二 --></p><template><p>三</p></template>", "一"),
        ("<p>一\0二\1三</p>", "一 二 三"),
        (
            (
                "<table><tr><th><th>数量<p>次数</p>"
                "<td class=target>≥8次<sup class=note-ref>注</sup></table>"
            ),
            "\t数量 次数\t≥8次",
        ),
        ("", ""),
    ],
)
def test_the_text_of_a_page(html: str, text: str) -> None:
    """Blocks and cells are lines, inline marks do not cut words, and boilerplate is left out."""
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("text", "over", "between"),
    [
        ("招商引资", ["招商引资"], ["招商引资"]),
        ("一 二\n三", ["一二", "三"], ["一", "二", "三"]),
        ("“三公”经费", ["三公经费"], ["三公", "经费"]),
        ("完成，达标。通过", ["完成", "达标", "通过"], ["完成", "达标", "通过"]),
        ("道路、桥梁/涵洞", ["道路桥梁涵洞"], ["道路", "桥梁", "涵洞"]),
        ("１２Ａａ", ["12aa"], ["12aa"]),
        ("（≥８㎡）", ["8"], ["8"]),
        ("150.00万元", ["150", "00万元"], ["150", "00万元"]),
        ("2024-2025年", ["2024", "2025年"], ["2024", "2025年"]),
        ("“3·15”宣传", ["315宣传"], ["3", "15", "宣传"]),
        ("Café NAI\u0308VE Ǚ", ["cafenaiveu"], ["cafe", "naive", "u"]),
        ("が й", ["がй"], ["が", "й"]),  # these are letters of their own
        ("𠮷½", ["𠮷½"], ["𠮷½"]),
        ("İ", ["i"], ["i"]),  # its small form is two characters long
        ("~<>[]#", [], []),  # the marks of grams
    ],
)
def test_runs(text: str, over: list[str], between: list[str]) -> None:
    """Letters and digits in a row, folded: over marks inside words, and only between them."""
    folded = grams.fold(text)
    assert (grams.runs(folded), grams.words(folded)) == (over, between)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("48.00万元、1,790次", {"48", "1790"}),
        ("≥１５个，48％", {"15", "48"}),
        ("9.60万人次", {"9.6"}),
        ("0.50", {"0.5"}),
        ("13080324P00514210001L", set()),  # a code
        ("10001L 80M 500㎡ 500m²", {"10001", "80", "500"}),
        ("1,2345 2024,100", {"1", "2345", "2024", "100"}),
        ("12,345,678.90", {"12345678.9"}),
        ("00051", {"00051"}),
        ("1234567890123", set()),
        ("v2.0 A1", set()),
        ("2024.07.01", set()),
    ],
)
def test_the_numbers_of_a_text(text: str, found: set[str]) -> None:
    """Each number in one way, however it is written; digits of codes are none."""
    assert grams.numbers(text) == found


def test_a_thousands_separator_does_not_cut_a_number() -> None:
    """1790 finds 1,790.00; a comma of a list still ends a number."""
    assert grams.runs(grams.fold("1,790.00万元")) == ["1790", "00万元"]
    assert grams.runs(grams.fold("2023,2024")) == ["2023", "2024"]


@pytest.mark.parametrize(
    "name", ["“三公”经费2.0", "三公 经费２·０", "三公经费20", "《三公》（经费）2-0", "三公。经费20"]
)
def test_a_name_is_one_run(name: str) -> None:
    """Whatever stands between the letters of a name, it is looked up as if nothing did."""
    assert grams.of_name(name) == "三公经费20"


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("招", {"招"}),
        ("招商引资", {"招", "商", "引", "资", "招商", "商引", "引资", "招商引", "商引资"}),
        ("𠮷a", {"𠮷", "a", "𠮷a"}),
    ],
)
def test_grams(run: str, found: set[str]) -> None:
    """One, two and three characters in a row."""
    assert grams.of_run(run) == found


def test_grams_with_digits() -> None:
    """There are also six in a row where one of them is a letter or a digit of ASCII."""
    long = {gram for gram in grams.of_run("甲乙丙丁1己庚辛壬癸子丑") if len(gram) > 3}
    assert long == {"甲乙丙丁1己", "乙丙丁1己庚", "丙丁1己庚辛", "丁1己庚辛壬", "1己庚辛壬癸"}


def test_whole_runs() -> None:
    """Words are looked up as they are; not what is short, long, or has a digit anyway."""
    asked = ["招商引资", "招商引", "招商引资2次", "招" * 20, "招" * 21]
    assert [len(grams.whole(run)) for run in asked] == [1, 0, 0, 1, 0]
    assert grams.whole("招商引资") == {"=招商引资"}


def test_grams_of_names() -> None:
    """Where a name and a code start and end is marked, and what is inside either of them."""
    found = set(grams.of_names([("“甲乙”丙", "A12")]))
    inside = {"~甲", "~乙", "~丙", "~甲乙", "~乙丙", "~甲乙丙"}
    inside |= {"~a", "~1", "~2", "~a1", "~12", "~a12"}
    starts = {"<甲", "<甲乙", "<甲乙丙", "[a", "[a1", "[a12"}
    assert found == inside | starts | {">丙", ">乙丙", ">甲乙丙", "]2", "]12", "]a12"}


def example() -> tuple[Index, list[SearchName]]:
    """An index of 40 pages over several years, kinds and departments, added out of order."""
    index, entries = Index(), []
    for number in reversed(range(40)):
        year, kind = str(2020 + number % 5), ("部门", "项目", "年度公开")[number % 3]
        department = f"{number % 4}{DEPARTMENT}"
        address = f"d/{year}/c{number}/"
        html = f"<h1>名称{number}</h1><p>≥８次 &lt;b&gt; 第{number * 7}条</p>"
        facets = {"kind": kind, "year": year, "department": department}
        facets["money"] = f"{number}.00万元"
        index.add(address, f"名称<{number}>", html, facets)
        entry = SearchName(f"名称{number}", f"C{number}", address, kind, year, department)
        entries.append(replace(entry, money=facets["money"]))
    entries.append(SearchName("局", "322", "d/", "部门", "", DEPARTMENT))
    entries.append(SearchName("局本级", "322", "d/", "部门", "", DEPARTMENT))
    return index, entries


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's search data in a site folder."""
    folder = tmp_path_factory.mktemp("site")
    index, entries = example()
    write(folder, index.take(entries))
    return folder


def test_the_same_input_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    """Five more runs, entries in another order and over an older index, write the same files."""
    first = contents(written)
    assert len(first) > 20
    for _ in range(5):
        index, entries = example()
        write(tmp_path, index.take(reversed(entries)))
        assert contents(tmp_path) == first


def files(blob: bytes) -> dict[str, list[int]]:
    """What a file of grams says, read from its description."""
    found, at = {}, 0
    while at < len(blob):
        end = blob.index(b"\0", at)
        key, (size, at) = blob[at:end].decode(), varint(blob, end + 1)
        stop = at + size // 2
        found[key] = bits(blob[at:stop]) if size % 2 else distances(blob[at:stop])
        at = stop
    return found


def bits(blob: bytes) -> list[int]:
    """The places of the bits that are set."""
    return [place for place in range(8 * len(blob)) if blob[place // 8] >> place % 8 & 1]


def distances(blob: bytes) -> list[int]:
    """The places between which so many others lie."""
    at, place, places = 0, -1, []
    while at < len(blob):
        between, at = varint(blob, at)
        place += between + 1
        places.append(place)
    return places


def varint(blob: bytes, at: int) -> tuple[int, int]:
    """A number at a place, and the place after it."""
    value, shift = 0, 0
    while True:
        value |= (blob[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if blob[at - 1] < 0x80:
            return value, at


def text_at(site: Path, address: str) -> dict[str, Any]:
    """What the browser reads of a page, by the bytes that the index names."""
    return read_text(site, places(site)[address])


def test_many_texts_stand_in_one_file(tmp_path: Path) -> None:
    """Those of a year and a department; one is read without the others, and a change moves few."""

    def write_pages(site: Path, changed: str) -> set[str]:
        index = Index()
        for year, number in product(("2023", "2024"), range(40)):
            said = changed if (year, number) == ("2024", 39) else f"第{number}项"
            filed = {"kind": "项目", "year": year}
            index.add(f"d/{year}/{number:02}/", f"项目{number}", f"<p>{said}</p>", filed)
        write(site, index.take())
        return {path.name for path in (site / "search/text").rglob("*.texts")}

    before = write_pages(tmp_path / "before", "原来")
    after = write_pages(tmp_path / "after", "后来")
    assert len(before) == len(after) == 4
    assert len(before & after) == 3
    assert text_at(tmp_path / "after", "d/2024/39/")["text"] == "后来"
    assert text_at(tmp_path / "after", "d/2023/07/")["text"] == "第7项"


def test_every_page_is_found_by_its_grams(written: Path) -> None:
    """A part's files hold each gram of its pages once, where its number says, with its pages."""
    index = json.loads((written / "search/index.json").read_text("utf-8"))
    years = [about["year"] for about in index["parts"]]
    assert years == ["2024", "2023", "2022", "2021", "2020", ""]
    for about in index["parts"]:
        folder = written / "search" / about["name"]
        assert about["files"] == len(list(folder.glob("*.grams")))
        found: dict[str, list[int]] = {}
        for number in range(about["files"]):
            lists = files(read_packed(folder / f"{number}.grams"))
            assert all(grams.number(key) % about["files"] == number for key in lists)
            assert not found.keys() & lists.keys()
            found |= lists
        rows = json.loads(read_packed(folder / "0.pages"))
        assert len(rows) == sum(count for _, count, _ in about["pages"])
        for place, (address, *_) in enumerate(rows):
            row = text_at(written, address)
            folded = grams.fold(row["text"])
            keys = set().union(*map(grams.of_run, grams.runs(folded)))
            keys |= set().union(*map(grams.whole, grams.words(folded)))
            keys |= {grams.NUMBER + number for number in grams.numbers(row["text"])}
            keys |= {*grams.of_names(map(tuple, row["names"])), f"#{row['department']}"}
            assert {key for key, places in found.items() if place in places} == keys


def test_what_is_known_of_a_page(written: Path) -> None:
    """A page's text and title are kept as they were, with its names and what it is filed under."""
    row = text_at(written, "d/2023/c3/")
    assert row == {
        "address": "d/2023/c3/",
        "title": "名称<3>",
        "text": "名称3\n≥８次 <b> 第21条",
        "kind": "部门",
        "year": "2023",
        "department": f"3{DEPARTMENT}",
        "chain": "",
        "money": "3.00万元",
        "names": [["名称3", "C3"]],
        "others": [],
    }


def test_the_years_of_a_project_know_each_other(tmp_path: Path) -> None:
    """Each page of a chain names the others: newest year first, the page of all years last."""
    index = Index()
    index.add("d/p/", "历年", "<p>甲</p>", {"kind": "历年", "chain": "d/p/"})
    for year in ("2022", "2024", "2023"):
        index.add(f"d/{year}/p/", "甲", "", {"kind": "项目", "year": year, "chain": "d/p/"})
    write(tmp_path, index.take())
    row = text_at(tmp_path, "d/2023/p/")
    assert [other["address"] for other in row["others"]] == ["d/2024/p/", "d/2022/p/", "d/p/"]


def test_a_name_alone_is_enough(tmp_path: Path) -> None:
    """An entry of a page that was not added is found by its name and its code."""
    write(tmp_path, Index().take([SearchName("甲局", "322", "d/", "部门", "", "甲局")]))
    row = text_at(tmp_path, "d/")
    assert (row["title"], row["text"]) == ("甲局", "甲局\n322")


def test_a_long_page_is_cut_into_pieces(tmp_path: Path) -> None:
    """Cut at the ends of lines; the pieces together are the text, and only the first has names."""
    lines = [f"第{number}行" + "字" * 90 for number in range(100)]
    index = Index()
    index.add("d/", "长", "".join(f"<p>{line}</p>" for line in lines), {"kind": "部门"})
    index.add("e/", "短", "<p>字</p>", {"kind": "部门"})
    write(tmp_path, index.take([SearchName("长局", "1", "d/", "部门", "", "")]))
    found = places(tmp_path)
    rows = [read_text(tmp_path, found["d/"], piece) for piece in range(5)]
    assert [len(found[address].sizes) for address in ("d/", "e/")] == [5, 1]
    assert "\n".join(row["text"] for row in rows) == "\n".join(lines)
    assert [row["names"] for row in rows] == [[["长局", "1"]], [], [], [], []]
    (about,) = json.loads((tmp_path / "search/index.json").read_text("utf-8"))["parts"]
    assert about["pages"] == [["部门", 1, 1], ["部门", 1, 5]]


def test_the_facets(written: Path) -> None:
    """`index.json` has everything to filter by, and where the departments are."""
    index = json.loads((written / "search/index.json").read_text("utf-8"))
    assert index["facets"]["kind"] == ["项目", "年度公开", "部门"]
    assert index["facets"]["year"] == ["2024", "2023", "2022", "2021", "2020"]
    departments = index["facets"]["department"]
    assert departments == sorted([DEPARTMENT, *(f"{number}{DEPARTMENT}" for number in range(4))])
    assert index["departments"][departments.index(DEPARTMENT)] == "d/"


def test_the_catalogue_comes_back(written: Path) -> None:
    """All pages with their names and codes can be read from a finished site."""
    pages = search.addresses(written)
    assert pages == {entry.address for entry in example()[1]}
    found = [*search.read_entries(written, pages)]
    assert sorted(found, key=repr) == sorted(example()[1], key=repr)


def test_a_change_makes_only_its_part_renumbered(tmp_path: Path) -> None:
    """What is not of the changed page's year is hard-linked from the previous release."""
    cache = Cache(tmp_path / "cache")
    index, entries = example()
    write(tmp_path / "one", index.take(entries), SiteFolder(tmp_path / "one", cache=cache))
    for site, output in (
        ("two", SiteFolder(tmp_path / "two", tmp_path / "one", cache)),
        ("fresh", SiteFolder(tmp_path / "fresh")),
    ):
        index, entries = example()
        index.add("d/2021/c6/", "名称6", "<p>另一段</p>", {"kind": "项目", "year": "2021"})
        write(tmp_path / site, index.take(entries), output)
    assert contents(tmp_path / "two") == contents(tmp_path / "fresh")
    parts = [path for path in (tmp_path / "two/search").glob("*-*/*") if path.is_file()]
    rebuilt = {path.parent.name[:4] for path in parts if path.stat().st_nlink == 1}
    assert rebuilt == {"2021"}


def test_a_large_year_is_cut_by_departments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A department's pages stay together, every page is in one part, and no part is too large."""
    monkeypatch.setattr(index_parts, "MAX_PAGES", 12)
    pages = [
        IndexedPage(f"{number % 8}/2024/{number}/", "", "", "项目", "2024", str(number % 8), "")
        for number in range(40)
    ]
    found = search.parts(search.batched(map(SearchDocument, pages), NO_CACHE))
    assert len(found) > 1
    shares = [
        [document.page for batch in one.batches for document in batch.documents(NO_CACHE)]
        for one in found
    ]
    assert sum(len({page.department for page in share}) for share in shares) == 8
    addresses = [page.address for share in shares for page in share]
    assert sorted(addresses) == sorted(page.address for page in pages)
