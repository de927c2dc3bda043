"""The feeds of changes: Atom documents by RFC 4287, made of what the data says."""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree
from msgspec.structs import replace

from disclosure import reading
from disclosure.config.settings import Settings
from disclosure.model.diagnostics import has_errors
from disclosure.pages.events import FEED, Event
from disclosure.pages.view import Link
from disclosure.site import pipeline
from disclosure.site.feed import MAX_ENTRIES, feed
from tests.support.atom import ATOM, texts
from tests.support.datafolder import adjustment, department, disclosure, project, write
from tests.support.pages import parsed
from tests.support.repository import ROOT
from tests.support.shared import made_once
from tests.support.views import all_events

SCHEMA = etree.RelaxNG(file=str(Path(__file__).parents[1] / "support" / "atom.rng"))
EXAMPLES = ROOT / "examples" / "data"
ADDRESS = "https://example.gov.cn/"
#: RFC 4151: a domain-like authority, a date, and the name itself in characters of an address.
TAG = re.compile(r"tag:[a-z0-9]+(-[a-z0-9]+)*,[0-9]{4}:[A-Za-z0-9@/-]+")
HOSTILE = "<b>&amp;]]><script>alert(1)</script>\"'招商"


def event(date: str, tag: str = "tag:a-1,2024:disclosure", title: str = "公开") -> Event:
    """Some event of a day."""
    return Event(
        "disclosure", "目标公开", date, 2024, "商务局", title, Link("页", "a-1/2024/"), tag
    )


def entries(document: bytes) -> list[etree._Element]:
    """The entries of a feed."""
    found: list[etree._Element] = etree.fromstring(document).xpath(
        "/a:feed/a:entry", namespaces=ATOM
    )
    return found


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `render` writes of the invented district; not to be changed."""

    def make(folder: Path) -> None:
        assert not has_errors(pipeline.render_to(ROOT / "examples", folder / "examples"))

    return made_once(tmp_path_factory, "rendered-examples", make) / "examples"


@pytest.fixture(scope="module")
def events() -> tuple[Event, ...]:
    """Everything that happened in the invented district."""
    return all_events(reading.read(EXAMPLES).dataset)


@pytest.mark.parametrize("url", ["", ADDRESS])
def test_the_feed_is_valid(events: tuple[Event, ...], url: str) -> None:
    """With and without an address the feed keeps the grammar and what no grammar can say."""
    document = feed(events, FEED, Settings("网站", "说明", url))
    assert SCHEMA.validate(etree.fromstring(document)), SCHEMA.error_log
    names = texts(document, "//a:id/text()")
    assert len(names) == len(set(names)) == len(events) + 1
    for entry in entries(document):
        assert len(entry.xpath("a:author/a:name[text()]", namespaces=ATOM)) == 1
        assert len(entry.xpath("a:link[@rel='alternate']", namespaces=ATOM)) == 1
    assert len(texts(document, "/a:feed/a:link[@rel='self']/@href")) == 1


@pytest.mark.parametrize("element", ["id", "title", "updated"])
@pytest.mark.parametrize("parent", ["/a:feed", "/a:feed/a:entry[1]"])
def test_the_grammar_can_fail(events: tuple[Event, ...], parent: str, element: str) -> None:
    """The test above can fail: a feed that lacks or repeats what it must have once is not valid."""
    whole = etree.fromstring(feed(events, FEED, Settings("网站")))
    less, more = deepcopy(whole), deepcopy(whole)
    (gone,) = less.xpath(f"{parent}/a:{element}", namespaces=ATOM)
    gone.getparent().remove(gone)
    assert not SCHEMA.validate(less)
    (twice,) = more.xpath(f"{parent}/a:{element}", namespaces=ATOM)
    twice.getparent().append(deepcopy(twice))
    assert not SCHEMA.validate(more)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("//a:updated", "2024-02-20"),
        ("//a:updated", "2024-02-30T00:00:00+08:00"),
        ("//a:updated", "2024-02-20T00:00:00"),
        ("//a:id", "a-1/2024/"),
        ("//a:id", ""),
    ],
)
def test_the_grammar_knows_dates_and_names(path: str, wrong: str) -> None:
    """A date without a time or an offset, a day that is none and a relative name are refused."""
    document = etree.fromstring(feed([event("2024-02-20")], FEED, Settings("网站")))
    assert SCHEMA.validate(document)
    document.xpath(path, namespaces=ATOM)[0].text = wrong
    assert not SCHEMA.validate(document)


def test_times_are_the_dates_of_the_data(events: tuple[Event, ...]) -> None:
    """Each entry has its event's day in China's time, and the feed that of the newest."""
    document = feed(events, FEED, Settings("网站"))
    assert texts(document, "//a:entry/a:updated/text()") == [
        f"{event.date}T00:00:00+08:00" for event in events
    ]
    assert texts(document, "/a:feed/a:updated/text()") == [f"{events[0].date}T00:00:00+08:00"]
    for text in texts(document, "//a:updated/text()"):
        assert datetime.fromisoformat(text).utcoffset() is not None


def test_names_survive_a_move(events: tuple[Event, ...]) -> None:
    """Entries are named by tag URIs, the same with, without and with another address."""
    names = [
        texts(feed(events, FEED, Settings("网站", "", url)), "//a:entry/a:id/text()")
        for url in ("", ADDRESS, "https://other.gov.cn/budget/")
    ]
    assert names[0] == names[1] == names[2]
    assert all(TAG.fullmatch(name) for name in names[0])
    (own,) = texts(feed(events, FEED, Settings("网站")), "/a:feed/a:id/text()")
    assert TAG.fullmatch(own)


def test_names_survive_new_publications(tmp_path: Path) -> None:
    """A later version and a corrected date leave the names of what was there as they are."""
    files = {
        "a-1/department.yml": department(),
        "a-1/2024/disclosure.yml": disclosure(2024, "published: 2024-02-20\n"),
        "a-1/2024/projects/A1.yml": project("A1"),
        "a-1/2024/projects/A1@2024-06-30.yml": project(
            "A1", more=adjustment("adjustment", "2024-06-30")
        ),
    }
    later = files | {
        "a-1/2024/disclosure.yml": disclosure(2024, "published: 2024-02-21\n"),
        "a-1/2024/projects/A1@2024-09-01.yml": project(
            "A1", more=adjustment("correction", "2024-09-01")
        ),
    }
    read = (
        reading.read(write(tmp_path / name, some)).dataset
        for name, some in (("before", files), ("after", later))
    )
    before, after = (
        texts(feed(all_events(dataset), FEED, Settings("网站")), "//a:id/text()")
        for dataset in read
    )
    assert set(before) < set(after)
    assert len(after) == len(before) + 1


def test_what_has_no_date_is_left_out() -> None:
    """An entry must have a date, so an event without one has no entry."""
    document = feed(
        [event("2024-02-20"), event("", "tag:a-1,2023:disclosure")], FEED, Settings("网站")
    )
    assert texts(document, "//a:entry/a:id/text()") == ["tag:a-1,2024:disclosure"]


def test_without_any_date_there_is_no_feed() -> None:
    """Nothing dated, no feed."""
    assert feed([], FEED, Settings("网站")) == b""
    assert feed([event("")], FEED, Settings("网站")) == b""


def test_a_long_feed_ends() -> None:
    """Only the newest entries are sent again and again; the feed's name stays the oldest's."""
    many = [event("2024-02-20", f"tag:a-1,2024:{number}") for number in range(MAX_ENTRIES + 5)]
    document = feed(many, FEED, Settings("网站"))
    assert texts(document, "//a:entry/a:id/text()") == [one.tag for one in many[:MAX_ENTRIES]]
    assert texts(document, "/a:feed/a:id/text()") == [f"{many[-1].tag}/feed"]


def test_with_an_address_links_are_absolute(events: tuple[Event, ...]) -> None:
    """A configured address stands before every link, and names the feed."""
    document = feed(events, FEED, Settings("网站", "", ADDRESS))
    assert texts(document, "//a:entry/a:link/@href") == [ADDRESS + e.link.address for e in events]
    assert texts(document, "/a:feed/a:link/@href") == [
        f"{ADDRESS}changes/feed.xml",
        f"{ADDRESS}changes/",
    ]
    assert texts(document, "/a:feed/a:id/text()") == [f"{ADDRESS}changes/feed.xml"]


def test_without_an_address_links_are_relative_and_lead_somewhere(built_examples: Path) -> None:
    """Seen from the feed's own place, each link of the built feed is a page of the built site."""
    document = (built_examples / "changes/feed.xml").read_bytes()
    links = texts(document, "//a:link[@rel='alternate']/@href")
    assert len(links) > 40
    for link in links:
        page = urljoin("https://site.test/changes/feed.xml", link).removeprefix(
            "https://site.test/"
        )
        assert (built_examples / page / "index.html").is_file(), link
    assert texts(document, "/a:feed/a:link[@rel='self']/@href") == ["feed.xml"]


def test_hostile_text_stays_text() -> None:
    """Markup in the site's name, a title, a department or a reason is text, nothing else."""
    hostile = Event(
        "correction", HOSTILE, "2024-02-20", 2024, HOSTILE, HOSTILE, Link("页", "a-1/2024/"),
        "tag:a-1,2024:x", None, (HOSTILE,),
    )  # fmt: skip
    document = feed([hostile], FEED, Settings(HOSTILE, HOSTILE))
    assert SCHEMA.validate(etree.fromstring(document)), SCHEMA.error_log
    for path in (
        "/a:feed/a:title",
        "/a:feed/a:subtitle",
        "//a:entry/a:title",
        "//a:name",
        "//a:summary",
    ):
        assert texts(document, f"{path}/text()") == [HOSTILE]


def test_a_department_has_a_feed_of_its_own(events: tuple[Event, ...], rendered: Path) -> None:
    """What it published is in it and nothing else, under a name and a title of its own."""
    documents = {
        path.parent.name: path.read_bytes()
        for path in rendered.glob("*/feed.xml")
        if path.parent.name != "changes"
    }
    dated = [event for event in events if event.date]
    departments = {event.link.address.partition("/")[0] for event in dated}
    assert documents.keys() == departments
    for folder, document in documents.items():
        assert SCHEMA.validate(etree.fromstring(document)), SCHEMA.error_log
        own = [e for e in dated if e.link.address.startswith(f"{folder}/")]
        assert texts(document, "//a:entry/a:id/text()") == [e.tag for e in own[:MAX_ENTRIES]]
        (title,) = texts(document, "/a:feed/a:title/text()")
        assert title.startswith(f"{own[0].department}公开动态：")
        for link in texts(document, "//a:link[@rel='alternate']/@href"):
            assert (rendered / folder / link / "index.md").is_file(), link
    names = [texts(document, "/a:feed/a:id/text()")[0] for document in documents.values()]
    names += texts(feed(events, FEED, Settings("网站")), "//a:id/text()")
    assert all(map(TAG.fullmatch, names))
    assert len(set(names)) == len(names)


def test_a_project_has_a_feed_of_its_own(rendered: Path, built_examples: Path) -> None:
    """It tells what its page through the years tells, in the build and in the Markdown alike."""
    documents = {path.parent: path.read_bytes() for path in rendered.glob("*/projects/*/feed.xml")}
    histories = [path.parent for path in rendered.glob("*/projects/*/index.md")]
    assert len(documents) > 60
    names = []
    for folder in histories:
        page = parsed(built_examples / folder.relative_to(rendered) / "index.html")
        days = [str(time.attributes["datetime"]) for time in page.css("#events tbody th time")]
        document = documents.get(folder)
        assert (document is None) == (not days), folder
        if document is None:
            continue
        assert SCHEMA.validate(etree.fromstring(document)), SCHEMA.error_log
        updated = texts(document, "//a:entry/a:updated/text()")
        assert [one.partition("T")[0] for one in updated] == sorted(days, reverse=True), folder
        assert document == (built_examples / folder.relative_to(rendered) / "feed.xml").read_bytes()
        own = texts(document, "//a:entry/a:id/text()")
        assert len(own) == len(set(own))
        names += texts(document, "/a:feed/a:id/text()")
        assert all(map(TAG.fullmatch, (*own, names[-1])))
        for link in texts(document, "//a:link[@rel='alternate']/@href"):
            assert (folder / link / "index.md").is_file(), link
    assert len(set(names)) == len(names) == len(documents)


def test_an_entry_about_one_project_names_it() -> None:
    """Its id is a category, so that a reader can follow one project alone."""
    about = replace(event("2024-02-20"), project="A1", link=Link("展会", "a-1/2024/A1/"))
    document = feed([about, event("2024-02-19", "tag:a-1,2024:x")], FEED, Settings("网站"))
    assert SCHEMA.validate(etree.fromstring(document)), SCHEMA.error_log
    assert [
        [(one.get("term"), one.get("label")) for one in entry.findall("{*}category")]
        for entry in entries(document)
    ] == [[("disclosure", "目标公开"), ("A1", "展会")], [("disclosure", "目标公开")]]


def test_adjustments_and_single_evaluations_name_their_project(events: tuple[Event, ...]) -> None:
    """What leads to a project's page is about that project, and nothing else is."""
    for one in events:
        _, _, *project = one.link.address.strip("/").split("/")
        assert one.project == "".join(project[:1]), one


def test_every_page_leads_to_the_feed(built_examples: Path) -> None:
    """The head of every page names the site's feed, then its department's and its project's."""
    pages = [page for page in built_examples.rglob("*.html") if page.name != "404.html"]
    assert len(pages) > 300
    near = 0
    for page in pages:
        read = parsed(page)
        links = read.css("head link[rel=alternate][type='application/atom+xml']")
        found = [(page.parent / str(link.attributes["href"])).resolve() for link in links]
        own = built_examples / page.relative_to(built_examples).parts[0] / "feed.xml"
        wanted = [built_examples / "changes/feed.xml"]
        wanted += [own] if own.is_file() and own not in wanted else []
        if history := read.css_first("nav.page-contents a[href*='/projects/']"):
            place = (page.parent / str(history.attributes["href"])).resolve()
        else:
            place = page.parent
        if place.parent.name == "projects" and (place / "feed.xml").is_file():
            wanted.append(place / "feed.xml")
            shown = read.css("main a[type='application/atom+xml']")
            assert [(page.parent / str(a.attributes["href"])).resolve() for a in shown] == wanted[
                -1:
            ]
            assert shown[0].text() == f"{links[-1].attributes['title']}（Atom）"
            near += 1
        assert found == wanted, page
    assert near > 250


def test_a_department_says_where_its_feed_is(built_examples: Path) -> None:
    """Its own page has the link for all to see, with the title that its head gives."""
    feeds = [path for path in built_examples.glob("*/feed.xml") if path.parent.name != "changes"]
    assert feeds
    for path in feeds:
        page = parsed(path.parent / "index.html")
        (link,) = page.css("main a[type='application/atom+xml']")
        assert link.attributes["href"] == "feed.xml"
        head = page.css("head link[type='application/atom+xml']")[-1].attributes
        assert link.text() == f"{head['title']}（Atom）"


def test_the_markdown_on_disk_has_the_same_feed(
    built_examples: Path, rendered: Path, tmp_path: Path
) -> None:
    """`render` writes the feed that MkDocs publishes, and none where nothing is dated."""
    written = (rendered / "changes/feed.xml").read_bytes()
    assert written == (built_examples / "changes/feed.xml").read_bytes()
    assert not has_errors(pipeline.render_to(ROOT, tmp_path / "real"))
    assert (tmp_path / "real/changes/index.md").is_file()
    assert not [*(tmp_path / "real").rglob("feed.xml")]
