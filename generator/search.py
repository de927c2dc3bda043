"""The search data of a built site: a catalogue of names and codes, and a full-text index.

The catalogue is small JSON that the browser searches by substring. The full text goes to
Pagefind as slim documents in which every character is a word of its own (`spell`). Chinese
has no spaces, and Pagefind cuts it into words by one dictionary while indexing and by another
while searching; what they cut differently is never found. Single characters cannot be cut
differently, and a phrase of them is exactly "the page contains this text": nothing that is
there is missed, codes and halves of words included.

The browser's part is `theme/assets/search*.js`; `spell` and its `unspell` are one contract.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from lxml import etree
from pagefind_bin_extended import get_executable

#: Stand for a space and for the end of a block (a paragraph, a table cell) in spelled text.
SPACE, BREAK = "␠", "␟"

#: The order of the kinds of page among equals: what is closest to the source comes first.
KINDS = ("项目", "年度公开", "部门", "年度汇总", "历年", "年度比较", "注释", "指南")

#: What results can be filtered by, in the order in which the search box offers it.
FACETS = ("kind", "year", "department")

#: Elements inside a line: their borders do not separate words.
INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
#: Elements that are not the page's own text.
SKIPPED = frozenset({"button", "nav", "noscript", "script", "style", "svg", "template"})
#: Marks beside the text: a heading's own link, and the number of a note.
SKIPPED_CLASSES = frozenset({"headerlink", "note-ref"})

#: The part of Pagefind's output that our own search box uses; the rest is its own interfaces.
PAGEFIND_FILES = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "*.pf_meta", "wasm.*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the catalogue: a name and a code, and the page they lead to.

    Attributes:
        name: As printed, of a project, a department or a unit.
        code: As printed, or "".
        address: The page, relative to the site, such as `130803-322/2024/<code>/`.
        kind: One of `KINDS`.
        year: Four digits, or "" for a page of no one year.
        department: The department's name, or "".
        chain: The same text for all years of one project, so that they are one result; or "".
    """

    name: str
    code: str
    address: str
    kind: str
    year: str
    department: str
    chain: str = ""


class Index:
    """Gathers the pages of a site while it is built, then writes its search data."""

    def __init__(self) -> None:
        self._pages: dict[str, IndexedPage] = {}

    def add(self, address: str, title: str, html: str, facets: Mapping[str, str]) -> None:
        """Take a page into the full text.

        Args:
            address: Relative to the site, such as `130803-322/2024/`; "" is the home page.
            title: Plain text.
            html: The page's content as HTML. What is not its own text (`SKIPPED`) is left out.
            facets: `kind` (one of `KINDS`) and, where they apply, `year`, `department` and
                `chain` (see `Entry`).
        """
        filed = {name: str(facets.get(name) or "") for name in (*FACETS, "chain")}
        self._pages[address] = IndexedPage(address, title, text_of(html), **filed)

    def take(self) -> list[IndexedPage]:
        """What was gathered, which this index no longer holds: another one is to `accept` it."""
        pages, self._pages = list(self._pages.values()), {}
        return pages

    def accept(self, pages: Iterable[IndexedPage]) -> None:
        """Hold the pages that another index gathered, in another process."""
        self._pages.update((page.address, page) for page in pages)

    def write(self, site_dir: Path, entries: Iterable[Entry]) -> None:
        """Write `search/*.json` and `pagefind/` into the site; the same input, the same bytes.

        Raises:
            subprocess.CalledProcessError: Pagefind failed; its output is attached.
        """
        pages = _ranked(self._pages.values())
        catalogue = sorted(set(entries), key=_rank)
        facets = _facet_values([*catalogue, *pages])
        _write_catalogue(site_dir / "search", catalogue, facets)
        _write_full_text(site_dir / "pagefind", pages, facets)


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as search has it: plain text, and what it is filed under (see `Entry`)."""

    address: str
    title: str
    text: str
    kind: str
    year: str
    department: str
    chain: str


def _ranked(pages: Iterable[IndexedPage]) -> list[IndexedPage]:
    """All pages in the order of results: the years of one project together, as the newest one."""
    places: dict[tuple[str, str], int] = {}
    ordered = sorted(pages, key=_rank)
    for place, page in enumerate(ordered):
        places.setdefault((page.kind, page.chain or page.address), place)
    return sorted(ordered, key=lambda page: places[page.kind, page.chain or page.address])


def _rank(item: Entry | IndexedPage) -> tuple[int, int, str, str, str]:
    """The order among equally good results: kind, newest year first, address."""
    kind = KINDS.index(item.kind) if item.kind in KINDS else len(KINDS)
    code, name = (item.code, item.name) if isinstance(item, Entry) else ("", "")
    return kind, -int(item.year or 0), item.address, code, name


def text_of(html: str) -> str:
    """The text of a page's HTML: white space collapsed, one line for each block or cell."""
    options = {"remove_comments": True, "remove_pis": True, "huge_tree": True}
    parser = etree.HTMLParser(encoding="utf-8", **options)
    page = etree.fromstring(f"<body>{html.replace(chr(0), ' ')}</body>".encode(), parser)
    lines = (" ".join(line.split()) for line in "".join(_pieces(page)).split("\0"))
    return "\n".join(line for line in lines if line)


def _pieces(page: etree._Element) -> Iterator[str]:
    """Text, with NUL between blocks: HTML text itself can never hold a NUL."""
    walk = etree.iterwalk(page, events=("start", "end"))
    for event, element in walk:
        if element.tag not in INLINE:
            yield "\0"
        if event == "start":
            if _is_skipped(element):
                walk.skip_subtree()
            else:
                yield element.text or ""
        else:
            yield element.tail or ""


def _is_skipped(element: etree._Element) -> bool:
    """Whether an element is not the page's own text."""
    classes = (element.get("class") or "").split()
    return element.tag in SKIPPED or not SKIPPED_CLASSES.isdisjoint(classes)


def spell(text: str) -> str:
    """`text` with every character a word: "招商 引资" → "招 商 ␠ 引 资".

    Full-width letters and digits become ordinary ones, because people type either. The
    browser undoes it for excerpts: it removes the spaces and puts back `SPACE` and `BREAK`.
    """
    return " ".join(_spelled(character) for character in text)


@cache
def _spelled(character: str) -> str:
    if character == "\n":
        return BREAK
    if character.isspace() or character in (SPACE, BREAK):
        return SPACE
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 and narrow.isalnum() else character


def _facet_values(items: Sequence[Entry | IndexedPage]) -> dict[str, list[str]]:
    """Everything there is to filter by, in the order in which it is offered."""
    kinds = {item.kind for item in items}
    return {
        "kind": [kind for kind in KINDS if kind in kinds],
        "year": sorted({item.year for item in items} - {""}, reverse=True),
        "department": sorted({item.department for item in items} - {""}),
    }


def _write_catalogue(
    folder: Path, entries: Sequence[Entry], facets: Mapping[str, list[str]]
) -> None:
    """One file for each year, so that it can grow, and `index.json`, which names them all.

    Years stand newest first; entries of no one year are in `all.json`.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shards: dict[str, list[list[str]]] = {}
    for entry in entries:
        row = [entry.name, entry.code, entry.address, entry.kind, entry.department, entry.chain]
        shards.setdefault(entry.year, []).append(row)
    for year, rows in shards.items():
        _write_json(folder / f"{year or 'all'}.json", {"year": year, "entries": rows})
    names = [f"{year or 'all'}.json" for year in sorted(shards, reverse=True)]
    _write_json(folder / "index.json", {"shards": names, "facets": facets})


def read_catalogue(site_dir: Path) -> Iterator[Entry]:
    """What the catalogue of a finished site holds, newest year first."""
    folder = site_dir / "search"
    for shard in json.loads((folder / "index.json").read_text("utf-8"))["shards"]:
        content = json.loads((folder / shard).read_text("utf-8"))
        for name, code, address, kind, department, chain in content["entries"]:
            yield Entry(name, code, address, kind, content["year"], department, chain)


def _write_json(path: Path, content: object) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_full_text(
    folder: Path, pages: Sequence[IndexedPage], facets: Mapping[str, list[str]]
) -> None:
    """Let Pagefind index the slim documents, and keep of its output what we use."""
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as temporary:
        for order, page in enumerate(pages):
            path = Path(temporary, page.address, "index.html")
            path.parent.mkdir(parents=True, exist_ok=True)
            document = _slim_document(page, order, facets)
            path.write_text(document, encoding="utf-8", newline="\n")
        # Its program, not its Python API: that one sleeps for every page.
        command = [str(get_executable()), "--silent"]
        command += ["--site", temporary, "--output-path", str(folder.resolve())]
        subprocess.run(command, check=True, capture_output=True, text=True)
    used = {path for pattern in PAGEFIND_FILES for path in folder.glob(pattern)}
    for path in folder.iterdir():
        if path.is_file() and path not in used:
            path.unlink()


def _slim_document(page: IndexedPage, order: int, facets: Mapping[str, list[str]]) -> str:
    """A page as Pagefind needs it: what results show, its facets, its rank, the spelled text.

    No language is named: with every character a word already, there is nothing to segment, and
    Pagefind saves itself the loading of its Chinese dictionary.
    """
    meta = {"title": page.title, "kind": page.kind, "year": page.year}
    meta |= {"department": page.department, "chain": page.chain}
    meta |= {"facets": _facet_words(page, facets)}
    shown = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">'
        for name, value in meta.items()
        if value
    )
    return (
        f'<!doctype html><html lang="und"><head><meta charset="utf-8">{shown}'
        f'<meta data-pagefind-sort="order:{order}"></head>'
        f"<body><p>{escape(spell(page.text))}</p></body></html>"
    )


def _facet_words(page: IndexedPage, facets: Mapping[str, list[str]]) -> str:
    """The page's facets as words to search for, such as `kindb yeara`: the 2nd kind, 1st year.

    Pagefind 1.5 has filters, but writes them in random order: no two builds would be equal.
    Letters instead of digits, so that no segmenter cuts the word in two.
    """
    own = {"kind": page.kind, "year": page.year, "department": page.department}
    return " ".join(
        name + "".join("abcdefghij"[int(digit)] for digit in str(values.index(own[name])))
        for name, values in facets.items()
        if own[name]
    )
