"""Search over marks: a name is found however its marks, widths and accents are typed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Browser, expect

from disclosure.search import Index, SearchName, grams
from tests.support.browser import SearchBox, Visit, served
from tests.support.searchdata import write

#: Names with something inside, and how readers type them.
TYPED = {
    "“三公”经费压减": ["三公经费", "“三公”经费", '"三公"经费', "三公 经费压减", "公经"],
    "《条例》实施宣传": ["条例实施", "《条例》实施", "<条例>实施宣传"],
    "（双拥）模范城创建": ["双拥模范城", "(双拥)模范城", "（双拥）模范城创建", "【双拥】模范城"],
    "阿依·古丽村改厕": ["阿依古丽", "阿依·古丽", "阿依•古丽村", "阿依 古丽"],
    "“四好”农村路": ["四好农村路", "「四好」农村路", "四好农村"],
    "12345热线·便民服务": ["热线便民", "12345热线便民服务", "１２３４５热线－便民", "热线.便民"],
    "新-改-扩建泵站": ["新改扩建", "新－改－扩建泵站", "新—改—扩建", "新 改 扩建"],
    "“3·15”消费维权": ["315消费", "3·15消费维权", "3.15 消费维权", "３１５"],
    "道路、桥梁 养护": ["道路桥梁养护", "道路、桥梁养护", "桥梁养护"],
    "智慧城管2.0平台（二期）": ["城管20平台", "城管2.0平台二期", "平台二期", "智慧城管2．0平台"],
    "Café文旅街区": ["cafe文旅", "CAFÉ文旅街区", "cafe\u0301 文旅", "Ｃａｆｅ文旅"],
    "Lüshun口岸": ["lushun口岸", "lüshun", "LU\u0308SHUN口岸"],
    "G112线/X205线大修": ["G112线X205线", "g112线/x205线大修", "112线x205"],
}


@pytest.fixture(scope="module")
def site_of_names(
    chromium: Browser, built_site: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site with an index of one project for each name, and a page that lists all names."""
    assert chromium.is_connected()
    copy = tmp_path_factory.mktemp("names")
    shutil.copytree(built_site, copy, dirs_exist_ok=True)
    index, entries = Index(), []
    for number, name in enumerate(TYPED):
        address, facets = f"d/2024/{number}/", {"kind": "项目", "year": "2024", "department": "局"}
        index.add(address, name, f"<h1>{name}</h1><p>150.00万元</p>", facets)
        entries.append(SearchName(name, f"P{number:05}", address, **facets))
    rows = "".join(f"<tr><td>{name}</td></tr>" for name in TYPED)
    index.add("d/2024/", "年度", f"<table>{rows}</table>", {"kind": "年度公开", "year": "2024"})
    write(copy, index.take(entries))
    with served(copy) as address:
        yield address


def test_marks_inside_a_name_do_not_matter(
    site_of_names: str, box_at: Callable[[str], SearchBox]
) -> None:
    """With the marks, without them, or with others: the project of that name stands first."""
    box = box_at(site_of_names)
    for number, (name, queries) in enumerate(TYPED.items()):
        for query in queries:
            box.type(query)
            assert box.addresses[:1] == [f"{site_of_names}d/2024/{number}/"], (name, query)


def test_what_is_marked_goes_over_the_marks(site_of_names: str, look: Visit) -> None:
    """The excerpt marks the name with its own marks, and nothing from one line to the next."""
    page = look().page
    page.goto(site_of_names)
    box = SearchBox(page)
    box.open()
    box.type("三公经费压")
    expect(page.locator(".search__title mark").first).to_have_text("三公”经费压")
    page.locator("[data-facet=kind]").select_option("年度公开")
    box.wait()
    expect(page.locator(".search__excerpt mark")).to_have_text(["三公”经费压"])
    assert "“三公”经费压减 · 《条例》实施宣传" in page.locator(".search__excerpt").inner_text()


@pytest.mark.parametrize("query", ["15000万元", "压减条例", "创建阿依", "112205"])
def test_what_is_not_in_one_piece_is_not_found(
    site_of_names: str, box_at: Callable[[str], SearchBox], query: str
) -> None:
    """Amounts keep their point, and neither two lines nor two distant letters are one word.

    What else may have been meant is said to be something else.
    """
    box = box_at(site_of_names)
    box.type(query)
    assert box.status.startswith("没有")


FOLDED = """
async (texts) => {
  const { lines, nameRun } = await import(new URL("assets/search-text.js", document.baseURI));
  return texts.map((text) => [lines(text).split("\\n").filter(Boolean), nameRun(text)]);
}
"""


def test_both_halves_fold_alike(site: str, look: Visit) -> None:
    """The build and the browser look up the same, for letters and marks at random."""
    chance = Random(19)  # noqa: S311 - repeatable on purpose
    letters = "三公经费aAéÉe\u0301ǚüßøİſﬁＡ１0９½Ⅳ²がй한𠮷ཀི\u0300"
    marks = "“”《》（）·•・‧∙⋅.．,，、。｡！!？?；;:：-－—…/~～%％ \u3000\t\n\u200b\ufe0f<>[]#="
    texts = ["".join(chance.choices(letters + marks, k=12)) for _ in range(4000)]
    page = look().page
    page.goto(site)
    found = page.evaluate(FOLDED, texts)
    expected = [[grams.runs(grams.fold(text)), grams.of_name(text)] for text in texts]
    differing = [one for one in zip(texts, found, expected, strict=True) if one[1] != one[2]]
    assert differing == []
