"""What the conventions for government sites ask of every page: tags, and where to report an error.

The tags are those of the annex 网页标签规范 of 《政府网站发展指引》 (国办发〔2017〕47号): for the
site SiteName, SiteDomain and SiteIDCode; for a column ColumnName, ColumnDescription, ColumnKeywords
and ColumnType; for an article ArticleTitle, PubDate, ContentSource, Keywords, Description and
Url. The names were checked against the pages of government sites that carry them; the annex
itself was not at hand, so that what it makes compulsory, its list of values for ColumnType, and
how it wants a day without a time in PubDate are not verified. Author and Image, which it is said to
know, are left out: the data has neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from disclosure.config.settings import Government, Settings

#: Every column of this site is one of 政府信息公开.
COLUMN_TYPE = "信息公开"


class PageFacts(Struct, frozen=True):
    """What the conventions need to know of a page; all plain text, "" where it has none.

    Attributes:
        title: Its heading.
        description: What it says, in one sentence.
        address: Its whole public address; within the site where there is none.
        column: What kind of page it is.
        publisher: Who published what it shows; "" makes it a page of the site's own.
        published: When that was, as ISO date.
        version: Which version it shows.
    """

    title: str
    description: str = ""
    address: str = ""
    column: str = ""
    publisher: str = ""
    published: str = ""
    version: str = ""


class Conventions(Struct, frozen=True):
    """What the theme prints of them on a page; `report` is "" when not configured."""

    facts: PageFacts
    government: Government
    tags: tuple[tuple[str, str], ...]
    report: str


def tags(page: PageFacts | None, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The page's tags by name; none for a site that says nothing of a government.

    The first page, and one that does not exist, stand for the site alone: `page` is None.
    """
    if replace(settings.government, licence="") == Government():
        return ()
    found = list(_site_tags(settings))
    if page:
        found += _article_tags(page) if page.publisher else _column_tags(page)
    return tuple((name, content) for name, content in found if content)


def _site_tags(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "SiteName", settings.name
    yield "SiteDomain", urlsplit(settings.url).hostname or ""
    yield "SiteIDCode", settings.government.site_code


def _column_tags(page: PageFacts) -> Iterator[tuple[str, str]]:
    yield "ColumnName", page.title
    yield "ColumnDescription", page.description
    yield "ColumnKeywords", page.column
    yield "ColumnType", COLUMN_TYPE


def _article_tags(page: PageFacts) -> Iterator[tuple[str, str]]:
    yield "ColumnName", page.column
    yield "ColumnType", COLUMN_TYPE
    yield "ArticleTitle", page.title
    yield "PubDate", page.published
    yield "ContentSource", page.publisher
    yield "Keywords", ",".join(text for text in (page.publisher, page.column) if text)
    yield "Description", page.description
    yield "Url", page.address if page.address.startswith("http") else ""


def report_link(page: PageFacts, settings: Settings) -> str:
    """Where to report an error on a page, which the message names; "" when not configured."""
    place = settings.government.report
    if not place:
        return ""
    facts = {"网页": page.title, "版本": page.version, "网址": page.address}
    known = {name: text for name, text in facts.items() if text}
    parts = urlsplit(place)
    if parts.scheme == "mailto":
        body = "\n".join(f"{name}：{text}" for name, text in known.items())
        fields = {"subject": f"网页纠错：{page.title}", "body": f"{body}\n\n发现的问题：\n"}
        return f"{place}?{urlencode(fields, quote_via=quote)}"
    named = zip(("title", "version", "url"), facts.values(), strict=True)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *((k, v) for k, v in named if v)]
    return urlunsplit(parts._replace(query=urlencode(query, quote_via=quote)))
