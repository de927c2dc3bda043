"""The page of changes as an Atom feed (RFC 4287).

Names of entries are tag URIs made of the department and what was published, so that they stay
the same when the site moves or gets an address. Without an address, the feed is named after its
oldest entry and links are relative to the feed, which the standard allows.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from disclosure.config.settings import Settings
from disclosure.pages.events import FEED, Event
from disclosure.pages.render import relative

ATOM = "http://www.w3.org/2005/Atom"
#: Readers look again and again; what is older than this many entries stands on the page.
ENTRIES = 100


def feed(events: Iterable[Event], settings: Settings) -> bytes:
    """The newest events as an Atom document in UTF-8; b"" when none of them has a date.

    Args:
        events: Newest first; those without a date are left out, because an entry must have one.
        settings: The site's name, which is the feed's title, and its address.
    """
    dated = [event for event in events if event.date]
    if not dated:
        return b""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-CN"})
    _add(root, "id", settings.url + FEED if settings.url else f"{dated[-1].tag}/feed")
    _add(root, "title", settings.name)
    if settings.description:
        _add(root, "subtitle", settings.description)
    _add(root, "updated", _instant(dated[0].date))
    _link(root, "self", FEED, "application/atom+xml", settings)
    _link(root, "alternate", FEED.rpartition("/")[0] + "/", "text/html", settings)
    for event in dated[:ENTRIES]:
        _entry(root, event, settings)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _entry(root: ET.Element, event: Event, settings: Settings) -> None:
    entry = ET.SubElement(root, "entry")
    _add(entry, "id", event.tag)
    _add(entry, "title", event.title)
    _add(entry, "updated", _instant(event.date))
    _add(entry, "published", _instant(event.date))
    _add(ET.SubElement(entry, "author"), "name", event.department)
    ET.SubElement(entry, "category", {"term": event.kind, "label": event.label})
    _link(entry, "alternate", event.link.address, "text/html", settings)
    if event.details:
        _add(entry, "summary", "；".join(event.details))


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, relation: str, address: str, kind: str, settings: Settings) -> None:
    target = settings.url + address if settings.url else str(relative("changes/", address))
    ET.SubElement(parent, "link", {"rel": relation, "type": kind, "href": target})


def _instant(date: str) -> str:
    """The day's first moment in China; the data knows no time of day."""
    return f"{date}T00:00:00+08:00"
