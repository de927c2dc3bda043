"""What was published as Atom feeds (RFC 4287): one of the whole site, and one of each department.

Names of entries are tag URIs made of the department and what was published, so that they stay
the same when the site moves or gets an address. Without an address, the feed is named after its
oldest entry and links are relative to the feed, which the standard allows. An entry about one
project has its id as a category, by which a reader can follow that project alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from xml.etree import ElementTree as ET

from disclosure.config.settings import Settings
from disclosure.pages.events import FEED, Event
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
    name = f"{dated[-1].tag}/{'feed' if whole else 'department-feed'}"
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
