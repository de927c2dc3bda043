"""What government sites say of themselves and of their pages, and whole addresses."""

from __future__ import annotations

import os
import shutil
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest
import typst
import yaml
from selectolax.lexbor import LexborHTMLParser

from disclosure.config import government
from disclosure.config.settings import Government, Settings
from disclosure.plugin import page_tags
from disclosure.plugin.page_tags import PageFacts
from tests.support.district import some_departments
from tests.support.loaded_mkdocs import mkdocs
from tests.support.pages import parsed
from tests.support.repository import ROOT, Run

CASES = ROOT / "tests" / "cases" / "government"
URL = "https://ys.example.gov.cn/gk/"
GIVEN = {
    "sponsor": "示例区财政局",
    "operator": "示例区财政信息中心",
    "site_code": "9901010001",
    "icp": "冀ICP备12345678号-1",
    "police": "冀公网安备13080302000001号",
    "contact": "0314-1234567",
    "report": "mailto:jiucuo@example.gov.cn",
}
PAGE = PageFacts(
    title="招商引资 & <b>“一”",
    description="一句话。",
    address=f"{URL}a/2024/1/",
    column="项目支出绩效目标",
    publisher="示例局",
    published="2024-02-20",
    version="首次公开",
)


def site_of(**entries: str) -> Settings:
    """A site that says this of itself."""
    return Settings("示例网站", url=URL, government=Government(**entries))


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_a_wrong_shape_is_a_finding_at_its_line(case: Path, run: Run, tmp_path: Path) -> None:
    """`check` names file, line and remedy for each wrong entry, and is silent about right ones."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    files = sorted(file.name for file in case.glob("*.yml"))
    for name in files:
        (tmp_path / name).write_bytes((case / name).read_bytes())
    _, report, _ = run("check", *files, folder=tmp_path)
    expected = case / "expected.txt"
    if "UPDATE_CASES" in os.environ:
        expected.write_text(report, "utf-8")
    assert report == expected.read_text("utf-8")


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    """An entry of the file itself hides the inherited one; others are inherited, as in MkDocs."""
    (tmp_path / "base.yml").write_text(
        "extra:\n  government:\n    sponsor: 上级\n    contact: 电话\n", "utf-8"
    )
    (tmp_path / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nextra:\n  government:\n    sponsor: 本级\n", "utf-8"
    )
    read = government.read(tmp_path / "mkdocs.yml")
    assert read.government == Government(sponsor="本级", contact="电话")
    assert not read.diagnostics


def test_an_article_has_its_tags() -> None:
    """A page with a publisher is an article; what is not known has no tag."""
    tags = dict(page_tags.tags(PAGE, site_of(**GIVEN)))
    assert tags == {
        "SiteName": "示例网站",
        "SiteDomain": "ys.example.gov.cn",
        "SiteIDCode": "9901010001",
        "ColumnName": "项目支出绩效目标",
        "ColumnType": "信息公开",
        "ArticleTitle": PAGE.title,
        "PubDate": "2024-02-20",
        "ContentSource": "示例局",
        "Keywords": "示例局,项目支出绩效目标",
        "Description": "一句话。",
        "Url": PAGE.address,
    }
    undated = PageFacts(title="标题", publisher="示例局", address="本站 /a/")
    names = dict(page_tags.tags(undated, site_of(sponsor="局"))).keys()
    assert not names & {"PubDate", "Url", "SiteIDCode", "Description"}


def test_a_site_that_says_nothing_has_no_tags_and_no_link() -> None:
    """Without `extra.government` nothing of all this appears."""
    assert page_tags.tags(PAGE, site_of()) == ()
    assert page_tags.report_link(PAGE, site_of()) == ""


def test_a_mail_names_the_page_and_its_version() -> None:
    """Subject and body arrive whole, whatever the title holds, and go to the address given."""
    link = urlsplit(page_tags.report_link(PAGE, site_of(report=GIVEN["report"])))
    assert parseaddr(unquote(link.path))[1] == "jiucuo@example.gov.cn"
    assert "+" not in link.query  # a mail program would show it
    fields = parse_qs(link.query)
    assert fields["subject"] == [f"网页纠错：{PAGE.title}"]
    assert [line for line in fields["body"][0].splitlines() if line] == [
        f"网页：{PAGE.title}",
        "版本：首次公开",
        f"网址：{PAGE.address}",
        "发现的问题：",
    ]


def test_a_form_gets_the_page_and_its_version() -> None:
    """The configured address keeps its own query and its place on the page."""
    form = "https://example.gov.cn/jiucuo?from=a&x=#form"
    link = urlsplit(page_tags.report_link(PAGE, site_of(report=form)))
    assert link.fragment == "form"
    assert parse_qs(link.query, keep_blank_values=True) == {
        "from": ["a"],
        "x": [""],
        "title": [PAGE.title],
        "version": ["首次公开"],
        "url": [PAGE.address],
    }


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of some departments, with a public address and a government behind it."""
    folder = some_departments(tmp_path_factory.mktemp("public"))
    config = {
        "INHERIT": str(ROOT / "examples" / "mkdocs.yml"),
        "site_url": URL,
        "plugins": [{"disclosure": {"data_dir": "data", "pdf": False}}],
        "extra": {"government": GIVEN},
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    finished = mkdocs("build", "--strict", "--site-dir", str(folder / "site"), cwd=folder)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder / "site"


def head_of(page: LexborHTMLParser) -> dict[str, str]:
    """The page's named tags, its Open Graph properties and its canonical address."""
    found = [tag.attributes for tag in page.css("meta[name], meta[property]")]
    tags = {str(tag.get("name") or tag["property"]): str(tag["content"]) for tag in found}
    canonical = page.css_first("link[rel=canonical]")
    return tags | ({"canonical": str(canonical.attributes["href"])} if canonical else {})


def test_every_page_says_where_it_is(public: Path) -> None:
    """Each page has one canonical address, the same in the card, and the sitemap lists them all."""
    pages = {
        URL + page.parent.relative_to(public).as_posix().removeprefix(".") + "/"
        for page in public.rglob("index.html")
    }
    pages = {page.replace(f"{URL}/", URL) for page in pages}
    listed = ET.parse(public / "sitemap.xml").findall(".//{*}loc")  # noqa: S314 - ours
    assert sorted(loc.text or "" for loc in listed) == sorted(pages)
    for page in public.rglob("index.html"):
        head = head_of(parsed(page))
        assert head["canonical"] in pages
        assert head["og:url"] == head["canonical"]
        assert head["og:title"]
        assert head["og:description"] == head["description"]
        assert (public / head["og:image"].removeprefix(URL)).is_file()
    assert f"Sitemap: {URL}sitemap.xml" in (public / "robots.txt").read_text("utf-8")


def test_every_page_has_tags_and_a_footer(public: Path) -> None:
    """Site, column and article tags stand on every page, and the footer names who runs it."""
    columns = 0
    for path in public.rglob("index.html"):
        page = parsed(path)
        head = head_of(page)
        assert head["SiteIDCode"] == GIVEN["site_code"]
        assert ("ArticleTitle" in head) == ("ContentSource" in head)
        columns += "ColumnDescription" in head
        footer = page.css_first("footer")
        assert footer is not None
        for entries in GIVEN.keys() - {"report"}:
            assert GIVEN[entries] in footer.text(), entries
        link = footer.css_first("a[href^=mailto]")
        assert link is not None
        assert head["canonical"] in unquote(str(link.attributes["href"]))
    assert columns
    project = head_of(parsed(public / "990101-301/2024/99010120T003800100212/index.html"))
    assert project["ContentSource"] == "示例区卫生健康局（虚构示例）"


def test_an_address_that_is_not_known_is_not_invented(built_examples: Path) -> None:
    """Without a public address no page has a whole one, and without a government no tags."""
    for page in built_examples.rglob("index.html"):
        head = head_of(parsed(page))
        assert head["og:title"]
        assert not head.keys() & {"canonical", "og:url", "og:image", "SiteName"}
        assert "mailto:" not in page.read_text("utf-8")
    assert "Sitemap" not in (built_examples / "robots.txt").read_text("utf-8")


def test_the_picture_of_the_card_is_drawn_from_its_source() -> None:
    """The committed picture is what its source draws, byte for byte."""
    drawn = typst.compile(ROOT / "tests" / "tools" / "card.typ", format="png", ppi=72)
    picture = ROOT / "generator" / "disclosure" / "plugin" / "theme" / "assets" / "card.png"
    if "UPDATE_GOLDEN" in os.environ:
        picture.write_bytes(drawn)
    assert picture.read_bytes() == drawn
