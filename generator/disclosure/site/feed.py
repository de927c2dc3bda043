"""What was published as Atom feeds (RFC 4287): of the whole site, each department, each project.

Names of entries are tag URIs made of the department and what was published, so that they stay
the same when the site moves or gets an address. Without an address, the feed is named after its
oldest entry and links are relative to the feed, which the standard allows. An entry about one
project has its id as a category. In the feed of a project each publication of its table and each
evaluation is an entry of its own, those of projects that it came from and became among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from xml.etree import ElementTree as ET

from disclosure.compare.code_lists import ADJUSTMENT_KINDS
from disclosure.config.settings import Settings
from disclosure.pages.events import FEED, Event
from disclosure.pages.history import HistoryView
from disclosure.pages.life_events import LifeEvent
from disclosure.pages.render import relative
from disclosure.pages.view import Link

ATOM = "http://www.w3.org/2005/Atom"
#: Readers look again and again; what is older than this many entries stands on the page.
MAX_ENTRIES = 100


def feed(events: Iterable[Event], at: Link, settings: Settings) -> bytes:
    """The newest events as an Atom document in UTF-8; b"" when none of them has a date.

    Args:
        events: Newest first; those without a date are left out, because an entry must have one.
        at: What the feed is called and where it is, beside the page of what it is about.
        settings: The site's name and address.
    """
    dated = [event for event in events if event.date]
    if not dated:
        return b""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    whole = at == FEED
    name = f"{dated[-1].tag}/{_suffix(at)}"
    _add(root, "id", settings.url + at.address if settings.url else name)
    _add(root, "title", settings.name if whole else f"{at.text}：{settings.name}")
    if settings.description:
        _add(root, "subtitle", settings.description)
    _add(root, "updated", _instant(dated[0].date))
    page = at.address.rpartition("/")[0] + "/"
    link = partial(_link, here=page, settings=settings)
    link(root, "self", at.address, "application/atom+xml")
    link(root, "alternate", page, "text/html")
    for event in dated[:MAX_ENTRIES]:
        entry = _entry(root, event)
        link(entry, "alternate", event.link.address, "text/html")
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def project_feed(view: HistoryView, at: Link, settings: Settings) -> bytes:
    """What was published of a project through the years, as an Atom document."""
    return feed(map(_of_project, reversed(view.events)), at, settings)


def _of_project(event: LifeEvent) -> Event:
    """An event of a project's life as one of the site."""
    what = "文号" if event.kind in ADJUSTMENT_KINDS else "公开文件"
    document = (f"{what}：{event.document}",) if event.document else ()
    return Event(
        kind=event.kind,
        label=event.label,
        date=event.date,
        budget_year=event.year,
        department=event.department,
        title=f"{event.department}{event.year}年项目{event.label}：{event.name}",
        link=Link(event.name, event.link.address),
        tag=event.tag,
        details=(*event.details, *document),
        project=event.project,
    )


def _suffix(at: Link) -> str:
    """What tells feeds apart that have the same oldest entry."""
    if at == FEED:
        return "feed"
    page = at.address.rpartition("/")[0]
    return f"{page}/feed" if "/" in page else "department-feed"


def _entry(root: ET.Element, event: Event) -> ET.Element:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", event.tag)
    _add(entry, "title", event.title)
    _add(entry, "updated", _instant(event.date))
    _add(entry, "published", _instant(event.date))
    _add(ET.SubElement(entry, "author"), "name", event.department)
    ET.SubElement(entry, "category", {"term": event.kind, "label": event.label})
    if event.project:
        ET.SubElement(entry, "category", {"term": event.project, "label": event.link.text})
    if event.details:
        _add(entry, "summary", "；".join(event.details))
    return entry


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(
    parent: ET.Element, relation: str, address: str, kind: str, *, here: str, settings: Settings
) -> None:
    target = settings.url + address if settings.url else str(relative(here, address))
    ET.SubElement(parent, "link", {"rel": relation, "type": kind, "href": target})


def _instant(date: str) -> str:
    """The day's first moment in China; the data knows no time of day."""
    return f"{date}T00:00:00+08:00"
