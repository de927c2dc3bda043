"""`llms.txt`: what the site holds, as a list of links for programs that read text."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec.structs import replace

from disclosure.config.settings import Settings
from disclosure.site.llms import llms_txt
from tests.support import district
from tests.support.repository import ROOT

LINK = re.compile(r"- \[([^\]\n]+)\]\(([^)\n]*)\)(?:: (.+))?")
#: A title, a summary, text, and then sections of nothing but links.
FORM = re.compile(r"# .+\n\n(> .+\n\n)?(?!#).+\n\n(## .+\n\n(- .+\n)+\n?)+")


def sections(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """The links of each section: text, address and what is said of it."""
    parts = (part.partition("\n") for part in text.split("\n## ")[1:])
    return {head: LINK.findall(rest) for head, _, rest in parts}


def test_everything_it_names_is_there(built_examples: Path) -> None:
    """Years, departments and data: each link leads to a page or a file, with its facts."""
    text = (built_examples / "llms.txt").read_text("utf-8")
    assert FORM.fullmatch(text)
    found = sections(text)
    assert [*found] == ["年度", "部门", "开放数据", "Optional"]
    assert ("2025年", "years/2025/", "7个部门，54个项目") in found["年度"]
    assert len(found["年度"]) == 4
    assert len(found["部门"]) == len([*(ROOT / "examples/data").glob("*/department.yml")])
    for links in found.values():
        for _, address, _ in links:
            target = built_examples / address
            assert (target / "index.html" if address.endswith("/") else target).is_file(), address


def test_pages_have_their_markdown_beside_them(built_examples: Path) -> None:
    """As llms.txt says, those of single projects too, and a page links it."""
    text = (built_examples / "llms.txt").read_text("utf-8")
    assert "地址后面加 index.md" in text
    for links in sections(text).values():
        for _, address, _ in links:
            if address.endswith("/"):
                markdown = (built_examples / address / "index.md").read_text("utf-8")
                assert markdown.startswith("---\ntitle: ")
    year = built_examples / "990101-201/2025"
    for page in ("", "print", "99010125T002588100618"):
        assert 'type="text/markdown" href="index.md"' in (year / page / "index.html").read_text()
        assert (year / page / "index.md").read_text("utf-8").startswith("---\ntitle: ")
    forms = (year / "print/index.md").read_text("utf-8")
    assert forms.count("<table") >= 10


def test_links_are_whole_where_the_site_has_an_address() -> None:
    """And text of the data cannot add a line, a heading or a link."""
    outlines = district.analysis().outlines[:1]
    who = outlines[0].department.model_copy(update={"name": "](https://x.test)\n## 局"})
    text = llms_txt(
        [replace(outlines[0], department=who)],
        Settings("网站\n# 二", "说明", "https://example.gov.cn/"),
    ).decode()
    assert FORM.fullmatch(text)
    assert (
        "x.test" not in text.replace("&#46;", ".").replace("&#45;", "-")
        or "](https://x" not in text
    )
    ((name, address, _),) = sections(text)["部门"]
    assert name.endswith("局")
    assert address == f"https://example.gov.cn/{outlines[0].address}"
