"""The file that a search loads when it found nothing: what is in it, and how large it may be."""

from __future__ import annotations

import gzip
import json
import re
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from disclosure.engine.cache import NO_CACHE, Cache
from disclosure.engine.site_folder import SiteFolder
from disclosure.model.words import Synonyms, Words
from disclosure.reading import shipped_words
from disclosure.search import IndexedPage, SearchDocument, batched
from disclosure.search.vocabulary import by_use, vocabulary
from disclosure.search.words_file import MAX_BYTES, words_file
from tests.support.folders import contents
from tests.support.searchdata import write

NO_WORDS = Words()


def page(title: str, text: str = "", kind: str = "项目", year: str = "2024") -> SearchDocument:
    """A page with its title in its text, as a build has it."""
    address = f"d/{year}/{title}/"
    return SearchDocument(IndexedPage(address, title, f"{title}\n{text}", kind, year, "甲局", ""))


def read(file: bytes) -> dict[str, Any]:
    """What the browser reads."""
    found: dict[str, Any] = json.loads(gzip.decompress(file))
    return found


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("老年助餐服务补助", {"老年", "助餐", "服务", "补助", "老年助餐", "助餐服务"}),
        ("示例区交通运输局", {"交通运输局"}),
        ("外联招商引资专项经费", {"外联", "招商引资", "专项经费"}),
        ("48个小区改造", {"小区", "改造", "小区改造"}),
    ],
)
def test_the_words_of_a_name(title: str, words: set[str]) -> None:
    """A name is cut into words, and some of them in a row are words as well."""
    assert words <= set(vocabulary([page(title)]).names.split())


def test_words_of_texts_are_words_of_the_dictionary_or_new_ones() -> None:
    """Texts give their words without compounds, marks, digits and single characters."""
    found = vocabulary([page("甲", "用于老年助餐点建设，补助150.00万元。\n\t数量指标\t≥48次")])
    assert {"用于", "老年", "建设", "补助", "万元"} <= set(found.texts.split())
    assert all(len(word) > 1 and word.isalpha() for word in found.texts.split())


def test_the_guide_has_no_words_to_offer() -> None:
    """Pages for publishers are no reason to offer a word to residents."""
    found = vocabulary([page("填报指南", "项目编码", kind="指南")])
    assert (found.names, found.texts) == ("", "")


def test_names_count_more_than_texts() -> None:
    """A word of a title is offered before one that stands in a few texts."""
    batches = batched(
        [page("养老服务"), *(page("甲", "医疗", year=str(2020 + n)) for n in range(3))], NO_CACHE
    )
    words = [word for word, _ in by_use(batch.words for batch in batches)]
    assert words.index("养老") < words.index("医疗")


def test_how_characters_and_words_are_read() -> None:
    """Each character by its usual sound; a word that is read otherwise is listed."""
    found = read(words_file([("银行", 1), ("养老", 1), ("绿化", 1), ("犟嘴", 1)], NO_WORDS))
    runs = re.findall(r"([a-z]+)([0-9]+)", found["usual"])
    sounds = [sound for sound, count in runs for _ in range(int(count))]
    usual = b"".join(bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    known = dict(zip(usual.decode("gb2312", "ignore"), sounds, strict=True))
    assert (known["养"], known["绿"]) == ("yang", "lv")
    assert found["rare"] == "jiang犟"
    assert found["readings"] == {"银行": "yin hang"}


def test_traditional_characters_stand_before_the_simplified_ones() -> None:
    """Every character of usual texts has its traditional forms."""
    text = read(words_file([], NO_WORDS))["traditional"]
    pairs = dict(zip(text[::2], text[1::2], strict=True))
    assert "".join(pairs.get(one, one) for one in "養老補貼義務教育") == "养老补贴义务教育"
    assert "里" in (pairs["裡"], pairs["裏"])


def test_the_words_of_the_list_come_first_and_the_most_used_next() -> None:
    """Where not all words fit, those that are used the least are left out."""
    words = Words(synonyms=(Synonyms(words=("老年食堂", "老年助餐")),))
    characters = [chr(point) for point in range(0x4E00, 0x4E00 + 900)]
    pairs = Random(1).sample([*product(characters, repeat=2)], 11_000)  # noqa: S311 - repeatable
    used = [("".join(pair), 20_000 - number) for number, pair in enumerate(pairs)]
    used += [("老年助餐", 3)]
    file = words_file(used, words)
    assert MAX_BYTES - 100 < len(file) <= MAX_BYTES
    shown = " ".join(read(file)["words"]).split()
    assert shown[0] == "老年助餐"
    assert "老年食堂" not in shown
    count = len(shown) - 1
    assert set(shown[1:]) == {word for word, _ in used[:count]}
    assert 1_000 < count < len(used)


def test_a_list_that_is_too_long_for_the_file_leaves_out_no_synonym() -> None:
    """The synonyms of a site are all there, however many they are."""
    groups = tuple(Synonyms(words=(f"词{n}甲", f"词{n}乙")) for n in range(9_000))
    assert len(read(words_file([], Words(synonyms=groups)))["synonyms"]) == 9_000


def test_the_same_words_are_linked_and_others_made_again(tmp_path: Path) -> None:
    """A build with the cache gives the same bytes as a full one; figures change no words."""

    def build(name: str, *texts: str, previous: str = "", cache: Cache = NO_CACHE) -> None:
        site = tmp_path / name
        documents = [page(f"养老{n}", text, year=str(2023 + n)) for n, text in enumerate(texts)]
        older = tmp_path / previous if previous else None
        write(site, documents, SiteFolder(site, older, cache))

    cache = Cache(tmp_path / "cache")
    build("one", "医疗48次", "道路", cache=cache)
    build("two", "医疗50次", "道路", previous="one", cache=cache)
    assert (tmp_path / "two/search/words.list").stat().st_nlink == 2
    build("three", "卫生50次", "道路", previous="two", cache=cache)
    build("fresh", "卫生50次", "道路")
    assert contents(tmp_path / "three") == contents(tmp_path / "fresh")


def test_what_ships_fits_with_room_for_the_words_of_a_site() -> None:
    """The list that ships takes less than half of what the file may have."""
    file = words_file([], shipped_words())
    assert len(file) < 0.5 * MAX_BYTES
