"""The open data as catalogues describe them: once as facts, in the words of two vocabularies.

schema.org's Dataset is for search engines (https://schema.org/Dataset), DCAT for portals of open
data that harvest others (https://www.w3.org/TR/vocab-dcat-3/). Neither fetches anything: what looks
like an address of another site only names a term. Without a public address links count from the
page of the downloads, beside which the catalogue lies.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from msgspec import Struct

DESCRIPTION = (
    "部门预算项目的绩效目标、绩效指标、资金支出计划、历次版本、"
    "自评结果和年度变化，与公开文件原文一致。"
)
KEYWORDS = ("预算", "绩效目标", "绩效指标", "项目支出", "政府信息公开")

_VOCABULARIES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_CHINESE = {"@id": "http://publications.europa.eu/resource/authority/language/ZHO"}
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


class CataloguedFile(Struct, frozen=True):
    """A file of the data set; its address is whole, or counts from the page of the downloads."""

    title: str
    address: str
    media: str


class DataCatalogue(Struct, frozen=True):
    """What is said of the open data.

    Attributes:
        site: What the site is called.
        name: What the data set is called.
        address: The page of the downloads; "" without a public address.
        licence: Where it says how the data may be used.
        creators: Who published the data.
        regions: Which places they are about.
        years: Which years they are about.
        day: The newest date in them, ISO; "" where they have none.
        files: Those that hold every table.
    """

    site: str
    name: str
    address: str
    licence: str
    creators: tuple[str, ...]
    regions: tuple[str, ...]
    years: tuple[int, ...]
    day: str
    files: tuple[CataloguedFile, ...]


def schema_org(data: DataCatalogue) -> dict[str, object]:
    """The data set in the words of schema.org."""
    span = f"{min(data.years)}/{max(data.years)}" if data.years else ""
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": data.name,
            "description": DESCRIPTION,
            "url": data.address,
            "license": data.licence,
            "inLanguage": "zh-CN",
            "isAccessibleForFree": True,
            "keywords": [*KEYWORDS],
            "creator": [
                {"@type": "GovernmentOrganization", "name": name} for name in data.creators
            ],
            "temporalCoverage": span,
            "spatialCoverage": [{"@type": "Place", "name": name} for name in data.regions],
            "dateModified": data.day,
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": file.title,
                    "contentUrl": file.address,
                    "encodingFormat": file.media,
                }
                for file in data.files
            ],
        }
    )


def dcat_catalog(data: DataCatalogue) -> bytes:
    """A catalogue of this one data set in the words of DCAT, as JSON-LD."""
    catalog: dict[str, object] = {
        "@context": _VOCABULARIES,
        "@type": "dcat:Catalog",
        "dct:title": _chinese(data.site),
        "dct:description": _chinese(DESCRIPTION),
        "dct:publisher": _agents(data.creators),
        "dct:language": _CHINESE,
        "dcat:dataset": [_dcat_dataset(data)],
    }
    return (json.dumps(_known(catalog), ensure_ascii=False, indent=2) + "\n").encode()


def _dcat_dataset(data: DataCatalogue) -> dict[str, object]:
    page = {"@id": data.address or "./"}
    return _known(
        {
            **page,
            "@type": "dcat:Dataset",
            "dct:title": _chinese(data.name),
            "dct:description": _chinese(DESCRIPTION),
            "dcat:keyword": [_chinese(word) for word in KEYWORDS],
            "dct:creator": _agents(data.creators),
            "dct:publisher": _agents(data.creators),
            "dct:language": _CHINESE,
            "dct:spatial": [
                {"@type": "dct:Location", "rdfs:label": _chinese(name)} for name in data.regions
            ],
            "dct:temporal": _period(data.years),
            "dct:modified": {"@type": "xsd:date", "@value": data.day} if data.day else None,
            "dct:license": {"@id": data.licence},
            "dcat:landingPage": page,
            "dcat:distribution": [
                {
                    "@type": "dcat:Distribution",
                    "dct:title": _chinese(file.title),
                    "dcat:accessURL": page,
                    "dcat:downloadURL": {"@id": file.address},
                    "dcat:mediaType": {"@id": _MEDIA_TYPES + file.media},
                    "dct:license": {"@id": data.licence},
                }
                for file in data.files
            ],
        }
    )


def _period(years: Sequence[int]) -> dict[str, object] | None:
    if not years:
        return None
    ends = {"dcat:startDate": min(years), "dcat:endDate": max(years)}
    written = {name: {"@type": "xsd:gYear", "@value": str(year)} for name, year in ends.items()}
    return {"@type": "dct:PeriodOfTime", **written}


def _agents(names: Sequence[str]) -> list[dict[str, object]]:
    return [{"@type": "foaf:Agent", "foaf:name": _chinese(name)} for name in names]


def _chinese(text: str) -> dict[str, str]:
    return {"@language": "zh", "@value": text}


def _known(described: dict[str, object]) -> dict[str, object]:
    """Without what is not known."""
    return {name: value for name, value in described.items() if value}
