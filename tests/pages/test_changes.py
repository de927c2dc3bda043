"""What was published and when: the page of changes, the newest on the first page, the banner."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from disclosure import reading
from disclosure.pages.events import Event, changes_view
from tests.support.datafolder import adjustment, department, disclosure, project, result, write
from tests.support.gitfolder import git
from tests.support.loaded_mkdocs import mkdocs
from tests.support.repository import ROOT
from tests.support.views import all_events

EXAMPLES = ROOT / "examples" / "data"
HOSTILE = "<img src=x onerror=alert(1)>&amp;{{ 7*7 }}[TOC]"


def events_of(data: Path) -> tuple[Event, ...]:
    """The events of a data folder without a mistake."""
    read = reading.read(data)
    assert read.diagnostics == ()
    return all_events(read.dataset)


def soup(path: Path) -> BeautifulSoup:
    """A built page."""
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two departments; one with dates, versions and results, one without any date."""
    files = {
        "a-1/department.yml": department("a-1", "商务局"),
        "a-1/2023/disclosure.yml": disclosure(2023),
        "a-1/2024/disclosure.yml": disclosure(2024, "published: 2024-02-20\n"),
        "a-1/2024/projects/A1.yml": project("A1"),
        "a-1/2024/projects/A1@2024-06-30.yml": project(
            "A1",
            more=adjustment(
                "adjustment", "2024-06-30", "追加预算", "  document: 财预〔2024〕1号\n"
            ),
        ),
        "a-1/2024/projects/A1@2025-01-05.yml": project(
            "A1", more=adjustment("correction", "2025-01-05", "更正单位")
        ),
        "a-1/2024/projects/A2.yml": project("A2", "园区管理", 2),
        "a-1/2024/projects/A2@2024-06-30.yml": project(
            "A2", "园区管理", 2, adjustment("withdrawal", "2024-06-30", "不再实施")
        ),
        "a-1/2024/projects/A3.yml": project("A3", "电子商务", 3),
        "a-1/2024/projects/A4.yml": project("A4", "外贸服务", 4),
        "a-1/2024/results/A1.yml": result("A1", "2025-08-01"),
        "a-1/2024/results/A3.yml": result("A3", "2025-08-01"),
        "a-1/2024/results/A4.yml": result("A4", "2025-09-01"),
        "b-2/department.yml": department("b-2", "民政局"),
        "b-2/2024/disclosure.yml": disclosure(2024),
        "b-2/2024/projects/B1.yml": project("B1", "养老服务"),
        "b-2/2024/results/B1.yml": result("B1"),
    }
    return write(tmp_path, files)


def test_the_newest_comes_first_and_the_undated_last(data: Path) -> None:
    """Events stand by date, newest first; those without a date follow, under their own year."""
    assert [(event.date, event.title) for event in events_of(data)] == [
        ("2025-09-01", "商务局公开2024年绩效自评：外贸服务"),
        ("2025-08-01", "商务局公开2024年绩效自评（2个项目）"),
        ("2025-01-05", "商务局2024年项目更正：招商引资"),
        ("2024-06-30", "商务局2024年项目预算调整：招商引资"),
        ("2024-06-30", "商务局2024年项目撤销：园区管理"),
        ("2024-02-20", "商务局公开2024年绩效目标（4个项目）"),
        ("", "商务局公开2023年绩效目标（0个项目）"),
        ("", "民政局公开2024年绩效目标（1个项目）"),
        ("", "民政局公开2024年绩效自评：养老服务"),
    ]
    view = changes_view(events_of(data))
    assert [(year.title, [event.date for event in year.events]) for year in view.years] == [
        ("2025年", ["2025-09-01", "2025-08-01", "2025-01-05"]),
        ("2024年", ["2024-06-30", "2024-06-30", "2024-02-20", "", ""]),
        ("2023年", [""]),
    ]


def test_each_event_leads_to_what_was_published(data: Path) -> None:
    """A version in force is its project's page, a superseded one has its own, as the one before."""
    leads = {
        event.title: (event.link.address, event.before.address if event.before else None)
        for event in events_of(data)
    }
    assert leads["商务局2024年项目更正：招商引资"] == ("a-1/2024/A1/", "a-1/2024/A1/2024-06-30/")
    assert leads["商务局2024年项目预算调整：招商引资"] == (
        "a-1/2024/A1/2024-06-30/",
        "a-1/2024/A1/original/",
    )
    assert leads["商务局2024年项目撤销：园区管理"] == ("a-1/2024/A2/", "a-1/2024/A2/original/")
    assert leads["商务局公开2024年绩效自评（2个项目）"] == ("a-1/2024/", None)
    assert leads["商务局公开2024年绩效自评：外贸服务"] == ("a-1/2024/A4/", None)


def test_an_adjustment_says_why_and_by_which_document(data: Path) -> None:
    """The reason stands with the event, and the document where the data has one."""
    details = {event.title: event.details for event in events_of(data)}
    assert details["商务局2024年项目预算调整：招商引资"] == (
        "原因：追加预算",
        "文号：财预〔2024〕1号",
    )
    assert details["商务局2024年项目撤销：园区管理"] == ("原因：不再实施",)


def test_the_page_lists_everything_the_data_tells(built_examples: Path) -> None:
    """The built page has a line for each disclosure, later version and day of results."""
    results = {
        (
            path.parts[-4],
            path.parts[-3],
            re.findall(r"^published: (\S+)", path.read_text("utf-8"), re.MULTILINE)[0],
        )
        for path in EXAMPLES.glob("*/*/results/*.yml")
    }
    versions = list(EXAMPLES.glob("*/*/projects/*@*.yml"))
    disclosures = list(EXAMPLES.glob("*/*/disclosure.yml"))
    assert min(map(len, (results, versions, disclosures))) > 5
    page = soup(built_examples / "changes/index.html")
    rows = page.select("table.events tbody tr")
    assert len(rows) == len(results) + len(versions) + len(disclosures)
    dates = [str(time["datetime"]) for time in page.select("table.events time")]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(rows)


def test_every_line_of_the_page_leads_to_a_page(built_examples: Path) -> None:
    """Each link of the built page is a file of the built site."""
    page = built_examples / "changes/index.html"
    links = soup(page).select("table.events a")
    assert len(links) > 50
    for link in links:
        assert (page.parent / str(link["href"]) / "index.html").is_file(), link


def test_the_page_stands_in_the_navigation(built_examples: Path, built_site: Path) -> None:
    """Both sites lead to the page of changes from every page's head."""
    for site in (built_examples, built_site):
        links = soup(site / "years/index.html").select(".places a")
        assert ("公开动态", "../changes/") in {
            (link.get_text().strip(), link["href"]) for link in links
        }


def test_the_first_page_shows_the_newest_five(built_examples: Path) -> None:
    """What was published last stands on the first page, and leads on."""
    home = soup(built_examples / "index.html")
    shown = [time["datetime"] for time in home.select("ul.news time")]
    events = events_of(EXAMPLES)
    assert shown == [event.date for event in events[:5]]
    assert [a["href"] for a in home.select("ul.news a")] == [e.link.address for e in events[:5]]
    assert home.find("a", string="全部公开动态", href="changes/")


def test_no_date_is_invented(built_site: Path) -> None:
    """The real disclosure has no date: it is listed under 2024, and there is no other machinery."""
    page = soup(built_site / "changes/index.html").article
    assert isinstance(page, Tag)
    (row,) = page.select("tbody tr")
    for whole in row.select(".whole"):
        whole.unwrap()
    row.smooth()
    shown = list(row.stripped_strings)
    if shown[-1].startswith("本站录入日期："):  # known to git, and so not in every copy
        shown.pop()
    assert shown == [
        "未注明日期",
        "目标公开",
        "承德市双滦区商务局公开2024年绩效目标（3个项目）",
        "公开文件：shuangluan-commerce-bureau-2024.txt",
    ]
    assert page.select("time") == []
    assert "订阅" not in page.get_text()
    assert not (built_site / "changes/feed.xml").exists()
    home = soup(built_site / "index.html")
    assert "最新动态" not in home.get_text()
    assert home.select('link[rel=alternate][type="application/atom+xml"]') == []


def test_the_banner_is_on_every_page(built_examples: Path, built_site: Path) -> None:
    """Every page of the examples says that all is invented; the real site has no banner."""
    pages = list(built_examples.rglob("*.html"))
    assert len(pages) > 300
    for page in pages:
        assert '<p class="banner">虚构示例：' in page.read_text("utf-8"), page
    assert "md-banner" not in (built_site / "index.html").read_text("utf-8")


def test_hostile_text_stays_text(project: Path, tmp_path: Path) -> None:
    """Markup in a banner, a department's name or a reason is shown and does nothing."""
    config = project / "mkdocs.yml"
    text = config.read_text("utf-8").replace("extra:\n", f"extra:\n  banner: '{HOSTILE}'\n")
    config.write_text(text, "utf-8")
    who = project / "data/130803-322/department.yml"
    named = re.sub("\nname: .*", f"\nname: '{HOSTILE}'", who.read_text("utf-8"))
    who.write_text(named, "utf-8")
    (project / "data/checks.yml").write_text("schema: checks/1\nswitched_off: [C409]\n", "utf-8")
    (table,) = (project / "data").glob("*/2024/projects/*1L.yml")
    later = table.with_name(f"{table.stem}@2024-06-30.yml")
    reason = adjustment("correction", "2024-06-30", f"'{HOSTILE}'")
    later.write_text(table.read_text("utf-8") + reason, "utf-8")
    finished = mkdocs("build", "--strict", "--site-dir", str(tmp_path / "out"), cwd=project)
    assert finished.returncode == 0, finished.stderr
    for name in ("index.html", "changes/index.html"):
        page = soup(tmp_path / "out" / name)
        assert page.select("[onerror]") == []
        assert [p.get_text() for p in page.select(".banner")] == [HOSTILE]
    rows = soup(tmp_path / "out/changes/index.html").select("tbody tr")
    assert f"{HOSTILE}2024年项目" in rows[0].get_text()
    assert f"原因：{HOSTILE}" in rows[0].get_text()


def test_an_undated_publication_names_the_day_of_entry(tmp_path: Path) -> None:
    """Git's first commit of the file is named as the day of entry, and is no day of publication."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    path = tmp_path / "data/130803-322/2024/disclosure.yml"
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "one", day="2024-03-05")
    path.write_text(path.read_text("utf-8") + "# 改过\n", "utf-8")
    git(tmp_path, "commit", "--quiet", "-am", "two", day="2024-06-07")
    (event,) = all_events(reading.read(tmp_path / "data").dataset)
    assert event.date == ""
    first = git(tmp_path, "rev-parse", "HEAD~1")[:10]
    assert event.entered == f"本站录入日期：2024-03-05（提交 {first}）"
