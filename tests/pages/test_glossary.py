"""Official words lead to their explanations, and each is explained once."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from disclosure.pages.render import SAFE_ADDRESS
from disclosure.pages.terms import ANCHORS, GROUPS
from tests.support.pages import parsed
from tests.support.repository import ROOT

TERMS = [term for group in GROUPS for term in group.terms]
TEMPLATES = sorted((ROOT / "generator" / "disclosure" / "pages" / "templates").glob("*.j2"))

#: The words of the form and of the self-evaluation that must be explained wherever they are heads.
OFFICIAL = [
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标描述",
    "指标值",
    "指标值确定依据",
    "预算数",
    "财政资金",
    "其他资金",
    "资金支出计划",
    "绩效目标",
    "产出指标",
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "效益指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "满意度指标",
    "服务对象满意度指标",
    "绩效自评",
    "全年预算数",
    "全年执行数",
    "执行率",
    "实际完成值",
    "分值",
    "得分",
    "偏差原因",
    "改进措施",
    "从严",
    "放宽",
]


def test_each_word_is_explained_once() -> None:
    """No word has two explanations, no two explanations one address, and none is missing."""
    names = Counter(name for term in TERMS for name in (term.name, *term.also))
    assert names.most_common(1)[0][1] == 1
    assert len({term.anchor for term in TERMS}) == len(TERMS)
    assert all(SAFE_ADDRESS.fullmatch(term.anchor) for term in TERMS)
    assert set(OFFICIAL) <= ANCHORS.keys()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_the_templates_name_only_words_that_are_explained(template: Path) -> None:
    """A slip in a template would make a word lose its link without anybody noticing."""
    named = re.findall(r'm\.term\("([^"]*)"\)', template.read_text("utf-8"))
    assert set(named) <= ANCHORS.keys()


def test_every_link_of_a_word_leads_to_its_explanation(built_examples: Path) -> None:
    """On every page a linked word has an entry, and every project's form has its heads linked."""
    glossary = parsed(built_examples / "glossary/index.html")
    entries = {entry.id: entry.text() for entry in glossary.css(".glossary > div")}
    forms = 0
    for path in built_examples.rglob("index.html"):
        page = parsed(path)
        for link in page.css("a.term"):
            place, _, anchor = str(link.attributes["href"]).partition("#")
            assert (path.parent / place).resolve() == built_examples / "glossary"
            assert link.text() in entries[anchor]
        if page.css("table.form"):
            forms += 1
            heads = {head.text().strip() for head in page.css(".form th")}
            linked = {link.text() for link in page.css(".form a.term")}
            explained = {"一级指标", "二级指标", "三级指标", "指标值", "指标值确定依据"}
            assert "三级指标" in heads, path
            assert heads & explained <= linked, path
    assert forms > 100


def test_text_that_only_contains_a_word_is_left_alone(built_examples: Path) -> None:
    """In cells of data only whole values are linked, so no text from data is ever changed."""
    linked = 0
    for page in built_examples.rglob("index.html"):
        for link in parsed(page).css(".form .card * > a.term"):
            cell = link.parent
            assert cell is not None
            notes = "".join(note.text() for note in cell.css(".note-ref"))
            assert cell.text().removesuffix(notes) == link.text()
            linked += 1
    assert linked > 1000
