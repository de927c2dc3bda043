"""How well search finds, how many bytes a query costs, and what the index costs to make.

    python -m benchmarks.search --pages 48000       prints and writes the figures

Search data of so many project pages is made without building so many pages: the pages of a small
district are built once, and their texts are taken again and again with other numbers, names and
codes. Then 500 queries made from the data are asked in Chromium, each by a reader who was never
there before, and every answer is held against a search through all texts.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median, quantiles

from msgspec import Struct
from msgspec.structs import replace
from pagefind_bin_extended import get_executable
from playwright.sync_api import Page, sync_playwright

from benchmarks import district
from benchmarks.harness import Benchmark
from benchmarks.lighthouse import FLAGS, Handler, served
from benchmarks.search_queries import QUERIES, Oracle, Query, queries
from disclosure import search as index
from disclosure.engine.cache import NO_CACHE
from disclosure.engine.site_folder import SiteFolder
from disclosure.reading import shipped_words
from disclosure.search.pages import IndexedPage, SearchDocument
from disclosure.search.text_files import places, read_text

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
ASSETS = ROOT / "generator/disclosure/plugin/theme/assets"

#: How many projects the district has that is really built.
BUILT = 40
DEPARTMENTS = BUILT // district.PER_DEPARTMENT

#: Searches as the box does, and loads the first ten results.
ASK = """
async (query) => {
  const { search } = await import("/assets/search-data.js");
  const started = performance.now();
  const results = await search(query, {});
  const found = results.found;
  const shown = await results.next(10);
  const milliseconds = performance.now() - started;
  return { found, shown: shown.map(({ path }) => path), milliseconds };
}
"""


def documents(scratch: Path, pages: int) -> list[SearchDocument]:
    """The search data of so many project pages in four years, and of what belongs to them."""
    district.write(scratch / "data", projects=BUILT, years=district.FOUR_YEARS)
    (scratch / "mkdocs.yml").write_text(_configuration(), "utf-8")
    shutil.copytree(ROOT / "site_src", scratch / "site_src")
    command = [sys.executable, "-m", "disclosure", "-C", str(scratch), "build"]
    command += ["--site-dir", str(scratch / "built")]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    own = list(read(scratch / "built"))
    copies = pages // (BUILT * len(district.FOUR_YEARS))
    shared = [document for document in own if not document.page.department]
    filed = [document for document in own if document.page.department]
    return shared + [_again(document, copy) for copy in range(copies) for document in filed]


def _configuration() -> str:
    """The real site's configuration, without PDFs."""
    return (ROOT / "mkdocs.yml").read_text("utf-8").replace("pdf: true", "pdf: false")


def read(site: Path) -> Iterator[SearchDocument]:
    """The pages of a finished site, as search knows them."""
    for place in places(site).values():
        rows = [read_text(site, place, piece) for piece in range(len(place.sizes))]
        names = tuple((name, code) for name, code in rows[0].pop("names"))
        del rows[0]["others"]
        text = "\n".join(row["text"] for row in rows)
        yield SearchDocument(IndexedPage(**{**rows[0], "text": text}), names)


def _again(document: SearchDocument, copy: int) -> SearchDocument:
    """The same page of another department, with other codes, names and amounts."""
    renumbered = partial(_renumbered, copy)
    page = document.page
    return SearchDocument(
        replace(
            page,
            address=renumbered(page.address),
            title=renumbered(page.title),
            text=renumbered(page.text),
            department=renumbered(page.department),
            chain=renumbered(page.chain),
        ),
        tuple((renumbered(name), renumbered(code)) for name, code in document.names),
    )


#: What differs from copy to copy: codes, projects, departments, their folders and units, amounts.
_NUMBERS = re.compile(
    r"(?<=990101\d\dP)\d{12}|(?<=项目)\d+?(?=990101|\D|$)|(?<=示例局)\d+|(?<=990101-)\d{3}"
    r"|(?<!\d)\d{3}(?=001(?!\d))|\d+(?=人次|亩|公里)"
)


def _renumbered(copy: int, text: str) -> str:
    def number(match: re.Match[str]) -> str:
        value, width = int(match[0]), len(match[0])
        if text[match.end() : match.end() + 1] in {"人", "亩", "公"}:
            return str((value * (2 * copy + 1)) % 4001)
        step = BUILT if width == 12 or text[: match.start()].endswith("项目") else DEPARTMENTS
        return f"{value + copy * step:0{width}}" if width in {3, 12} else str(value + copy * step)

    return _NUMBERS.sub(number, text) if copy else text


class Counting(Handler):
    """Notes how many bytes it sent for each file."""

    sent: list[tuple[str, int]] = []  # noqa: RUF012 - one server at a time

    def send_header(self, keyword: str, value: str) -> None:
        """Note the length."""
        if keyword == "Content-Length":
            self.sent.append((self.path, int(value)))
        super().send_header(keyword, "no-store" if keyword == "Cache-Control" else value)


class Answer(Struct, frozen=True):
    """The result of a query in the browser."""

    query: Query
    recall: float
    precision: float
    right_first: bool
    fetched: int
    without_index: int
    requests: int
    milliseconds: float


def ask(
    site: Path, documents: Sequence[SearchDocument], asked: Sequence[Query], slow: int
) -> Iterator[Answer]:
    """Each query, by a reader who was never there before."""
    addresses = {
        part.name: [document.page.address for document in part.documents(NO_CACHE)]
        for part in index.parts(index.batched(documents, NO_CACHE))
    }
    oracle = Oracle(documents)
    with served(site, Counting) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS.split()
        )
        page = browser.new_page()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slow})
        for query in asked:
            yield _ask_one(page, root, query, addresses, oracle)
        browser.close()


def _ask_one(
    page: Page, root: str, query: Query, addresses: Mapping[str, Sequence[str]], oracle: Oracle
) -> Answer:
    page.goto(f"{root}empty.html")
    Counting.sent.clear()
    answer = page.evaluate(ASK, query.text)
    sent = list(Counting.sent)
    found = {addresses[part][place] for part, place in answer["found"]}
    every, right = oracle.answer(query.text)
    first = answer["shown"][0] if answer["shown"] else ""
    data = [(path, size) for path, size in sent if not path.startswith("/assets/")]
    return Answer(
        query=query,
        recall=len(found & every) / len(every) if every else 1.0,
        precision=len(found & every) / len(found) if found else 1.0,
        right_first=first in right or not every,
        fetched=sum(size for _, size in sent),
        without_index=sum(size for path, size in data if path != "/search/index.json"),
        requests=len(data),
        milliseconds=answer["milliseconds"],
    )


def figures(answers: Sequence[Answer]) -> dict[str, object]:
    """What is reported of all answers."""
    sorts = Counter(answer.query.sort for answer in answers if not answer.right_first)
    return {
        "queries": len(answers),
        "recall": sum(answer.recall for answer in answers) / len(answers),
        "precision": sum(answer.precision for answer in answers) / len(answers),
        "right_first": sum(answer.right_first for answer in answers) / len(answers),
        "wrong_first": dict(sorts),
        "first_query_bytes": _spread([answer.fetched for answer in answers]),
        "further_query_bytes": _spread([answer.without_index for answer in answers]),
        "requests": _spread([answer.requests for answer in answers]),
        "milliseconds": _spread([round(answer.milliseconds) for answer in answers]),
    }


def _spread(values: Sequence[int]) -> dict[str, int]:
    return {
        "median": int(median(values)),
        "of 95 in 100 at most": int(quantiles(values, n=20)[-1]),
        "most": max(values),
    }


def write_index(site: Path, documents: Sequence[SearchDocument], jobs: int = 1) -> None:
    """Our index."""
    output = SiteFolder(site)
    stored, texts = index.stored_texts(documents)
    output.write(texts)
    cut = index.parts(index.batched(stored, NO_CACHE))
    made = output.make_all(index.tasks(cut, NO_CACHE, shipped_words()), jobs)
    output.write([index.summary_file(cut, made)])


def write_pagefind(site: Path, documents: Sequence[SearchDocument]) -> None:
    """Pagefind's index of the same texts, as it comes."""
    with tempfile.TemporaryDirectory() as stubs:
        for document in documents:
            path = Path(stubs, document.page.address, "index.html")
            path.parent.mkdir(parents=True, exist_ok=True)
            text = "".join(f"<p>{escape(line)}</p>" for line in document.page.text.split("\n"))
            title = escape(document.page.title)
            path.write_text(
                f'<html lang="zh"><head><title>{title}</title></head><body>{text}</body></html>',
                "utf-8",
            )
        command = [str(get_executable()), "--silent", "--site", stubs]
        subprocess.run([*command, "--output-path", str(site / "pagefind")], check=True)


def cost(work: partial[None]) -> dict[str, float]:
    """Seconds of a piece of work, and the most memory of any process of it, in MB."""
    context = get_context("fork")
    answers = context.SimpleQueue()

    def child() -> None:
        started = time.perf_counter()
        work()
        seconds = time.perf_counter() - started
        used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
        answers.put(
            {
                "seconds": round(seconds, 1),
                "processor_seconds": round(sum(each.ru_utime + each.ru_stime for each in used), 1),
                "memory_mb": round(max(each.ru_maxrss for each in used) / 1024),
            }
        )

    process = context.Process(target=child)
    process.start()
    process.join()
    answer: dict[str, float] = answers.get()
    return answer


def search(scratch: Path) -> Benchmark:
    """Indexing 1,200 project pages in four years against Pagefind over the same texts."""
    found = documents(scratch, 1_200)
    places = iter(range(1_000))

    return Benchmark(
        name="search",
        subject_is="the search data of 1,200 project pages",
        baseline_is="Pagefind's index of the same texts",
        subject=lambda: write_index(scratch / f"own{next(places)}", found),
        baseline=lambda: write_pagefind(scratch / "theirs", found),
        limit=2.0,
    )


def main() -> int:
    """The exit code: 0 when all limits are kept, otherwise 1."""
    parser = argparse.ArgumentParser(prog="benchmarks.search", description=__doc__)
    parser.add_argument("--pages", type=int, default=4_800, help="project pages (default: 4800)")
    parser.add_argument("--queries", type=int, default=QUERIES)
    parser.add_argument("--slow", type=int, default=1, help="how many times slower a processor")
    parser.add_argument("--no-baseline", action="store_true", help="leave Pagefind out")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch, site = Path(folder), Path(folder, "site")
        found = documents(scratch, asked.pages)
        result: dict[str, object] = {"project_pages": asked.pages, "pages": len(found)}
        result["own"] = cost(partial(write_index, site, found))
        if not asked.no_baseline:
            result["pagefind"] = cost(partial(write_pagefind, scratch / "theirs", found))
        shutil.copytree(ASSETS, site / "assets")
        (site / "empty.html").write_text("<!doctype html><title>Empty</title>", "utf-8")
        answers = list(ask(site, found, queries(found, asked.queries), asked.slow))
        result |= figures(answers)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=2, ensure_ascii=False)
    (RESULTS / f"search-{asked.pages}.json").write_text(text + "\n", "utf-8")
    print(text)
    return 0 if _kept(answers) else 1


def _kept(answers: Sequence[Answer]) -> bool:
    """Whether the limits hold that the project sets itself for 48,000 pages."""
    return (
        sum(answer.recall for answer in answers) >= 0.99 * len(answers)
        and sum(answer.right_first for answer in answers) >= 0.97 * len(answers)
        and max(answer.fetched for answer in answers) <= 200_000
        and max(answer.without_index for answer in answers) <= 60_000
    )


if __name__ == "__main__":
    sys.exit(main())
