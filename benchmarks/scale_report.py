"""What `scale` measured: kept as JSON, said as a table, drawn as a plot, held against limits."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

import leather
import msgspec
from msgspec import Struct
from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.contenders import BASELINES, DISCLOSURE
from benchmarks.scale import Figures, Scale

FOLDER = Path(__file__).parent / "results"
FIGURES, PLOT = FOLDER / "scale.json", FOLDER / "scale.svg"
PAPER = FOLDER.parents[1] / "docs" / "benchmarks.md"
#: Between these the tables stand in the paper.
_BEGIN, _END = "<!-- measured: begin -->\n", "<!-- measured: end -->\n"

#: The sizes for which there are limits: the smallest, a district, a city.
SMALLEST, DISTRICT, CITY = 48, 4_800, 48_000

#: In this order, and this is what the table calls them.
STEPS = {
    "reading": "reading",
    "comparing": "comparing",
    "checking": "checking",
    "views": "views of the pages",
    "rendering": "rendering and writing",
    "search indexing": "search indexing",
    "data files": "data files and downloads",
    "manifest": "manifest",
    "everything else": "everything else",
}

_Value = Callable[[Figures], float | None]


def load() -> dict[str, Scale]:
    """What was measured before, by its name."""
    text = FIGURES.read_bytes() if FIGURES.exists() else b"[]"
    found = msgspec.json.decode(text, type=list[Scale])
    return {scale.name: scale for scale in found}


def save(scales: Mapping[str, Scale]) -> None:
    """Keep all of it, the plot, and the tables in the paper."""
    FOLDER.mkdir(exist_ok=True)
    ordered = sorted(scales.values(), key=lambda scale: (scale.pages, scale.texts != "repeated"))
    FIGURES.write_bytes(msgspec.json.format(msgspec.json.encode(ordered)) + b"\n")
    PLOT.write_text(plot(ordered), "utf-8")
    before, _, rest = PAPER.read_text("utf-8").partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAPER.write_text(f"{before}{_BEGIN}{tables(ordered)}{_END}{after}", "utf-8")


def tables(scales: Iterable[Scale]) -> str:
    """Everything measured as Markdown, the smallest size first, with the limits that it has."""
    parts = []
    for scale in scales:
        parts.append(f"\n{table(scale)}\n\n{conditions(scale)}\n")
        if lines := [f"- {limit}\n" for limit in limits([scale])]:
            parts += ["\n", *lines]
    return "".join(parts)


def conditions(scale: Scale) -> str:
    """What it was measured on and with."""
    rounds = len(scale.figures[DISCLOSURE.name].processor)
    versions = (
        f"{one.title} {scale.figures[one.name].version}"
        for one in (DISCLOSURE, *BASELINES)
        if one.name in scale.figures and not scale.figures[one.name].missing
    )
    on = scale.conditions
    return (
        f"Measured {'once' if rounds == 1 else f'{rounds} times, medians'}, at {on.commit} of "
        f"{on.day}, on {on.machine} with {on.processors} processors and "
        f"{_megabytes(on.memory)}, load before {on.load:.1f}; Python {on.python}; "
        f"{'; '.join(versions)}."
    )


def full(figures: Figures) -> float | None:
    """Seconds of a full build, all that is run for it together."""
    rounds = zip(*figures.full.values(), strict=True)
    return median(map(sum, rounds)) if figures.full else None


def processor(figures: Figures) -> float | None:
    """Processor seconds of a full build."""
    return median(figures.processor) if figures.processor else None


def change(figures: Figures) -> float | None:
    """Seconds of the build after one file has changed."""
    return median(figures.change) if figures.change else None


def again(figures: Figures) -> float | None:
    """Seconds of the build after another change."""
    return median(figures.again) if figures.again else None


def preview(figures: Figures) -> float | None:
    """Seconds until the preview shows a change."""
    return median(figures.preview) if figures.preview else None


def whole_preview(figures: Figures) -> float | None:
    """Seconds until all of the preview is as changed."""
    return median(figures.whole_preview) if figures.whole_preview else None


def files_of_page(figures: Figures) -> float | None:
    """How many files a page of a single project brings."""
    pages = figures.project_pages
    return figures.project_files / pages if pages else None


def content_alone(figures: Figures) -> float | None:
    """Seconds of a full build without data beside pages and downloads.

    Their share is that of the processor seconds of the build that is timed inside.
    """
    seconds = full(figures)
    if not figures.steps or seconds is None:
        return None
    taken = {step: median(busy for _, busy in times) for step, times in figures.steps.items()}
    return seconds * (1 - taken["data files"] / sum(taken.values()))


def largest(figures: Figures, *, search: bool) -> float | None:
    """Bytes of the largest process: of Pagefind, or of everything but Pagefind."""
    found = [m for name, m in figures.programs.items() if name.startswith("pagefind") is search]
    return max(found, default=None)


class Row(Struct, frozen=True):
    """A line of the table.

    Attributes:
        title: What was measured.
        text: A value as text.
        value: Of any contender.
        against: What our own value is divided by; that of the same kind when there is one.
    """

    title: str
    text: Callable[[float], str]
    value: _Value
    against: _Value


def _row(title: str, text: Callable[[float], str], value: _Value) -> Row:
    return Row(title, text, value, value)


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def _megabytes(value: float) -> str:
    return f"{value / 1_000_000:,.0f} MB"


def _count(value: float) -> str:
    return f"{value:,.0f}"


def _step(name: str) -> Row:
    """A step has no equal in the others: it is divided by their whole build, or their search."""

    def value(figures: Figures) -> float | None:
        if figures.steps:
            return median(seconds for seconds, _ in figures.steps[name])
        return median(figures.full["search"]) if _searches(figures, name) else None

    def against(figures: Figures) -> float | None:
        return value(figures) if _searches(figures, name) else full(figures)

    return Row(f"· {STEPS[name]}", _seconds, value, against)


def _searches(figures: Figures, name: str) -> bool:
    return name == "search indexing" and "search" in figures.full


ROWS = (
    _row("full build", _seconds, full),
    _row("the same, processor time", _seconds, processor),
    Row("without data and downloads", _seconds, content_alone, full),
    *map(_step, STEPS),
    _row("one file changed", _seconds, change),
    Row("and from the second time on", _seconds, again, change),
    Row("and in the preview", _seconds, preview, change),
    Row("until all of that is made", _seconds, whole_preview, change),
    _row("memory, largest process", _megabytes, lambda figures: largest(figures, search=False)),
    _row("memory, Pagefind", _megabytes, lambda figures: largest(figures, search=True)),
    _row("memory, all together", _megabytes, lambda figures: figures.together or None),
    _row("size of the site", _megabytes, lambda figures: figures.output_bytes or None),
    _row("files", _count, lambda figures: figures.output_files or None),
    _row("files for each page of a project", lambda value: f"{value:.2f}", files_of_page),
    _row("entries in the fullest folder", _count, lambda figures: figures.folder_entries or None),
    _row("largest file", _megabytes, lambda figures: figures.file_bytes or None),
    _row("bytes of a project's page", _count, lambda figures: figures.page_bytes or None),
)


def table(scale: Scale) -> str:
    """All figures of one size, as a table in Markdown."""
    ours = scale.figures[DISCLOSURE.name]
    others = [one for one in BASELINES if one.name in scale.figures]
    shown = Table(box=box.MARKDOWN)
    like = ", texts like real ones" if scale.texts == "real" else ""
    shown.add_column(f"{scale.pages:,} project pages, {scale.all_pages:,} in all{like}")
    for contender in (DISCLOSURE, *others):
        shown.add_column(contender.title, justify="right")
    for row in ROWS:
        own = row.value(ours)
        cells = [_cell(row, own, scale.figures[one.name]) for one in others]
        if own is not None or any(cells):  # or it was not asked for
            shown.add_row(row.title, "" if own is None else row.text(own), *cells)
    console = Console(file=io.StringIO(), width=200)
    console.print(shown)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _cell(row: Row, own: float | None, other: Figures) -> str:
    """What a baseline needed, and in brackets how many times as much we do."""
    if other.missing:
        return "missing"
    value, against = row.value(other), row.against(other)
    parts = [] if value is None else [row.text(value)]
    if own is not None and against:
        parts.append(f"({own / against:.2f})")
    return " ".join(parts)


class Limit(Struct, frozen=True):
    """A ratio, or a number of gigabytes, and the highest that is acceptable."""

    name: str
    value: float
    limit: float

    @property
    def kept(self) -> bool:
        """Whether the value is within the limit."""
        return self.value <= self.limit

    def __str__(self) -> str:
        """As a line to print."""
        kept = "kept" if self.kept else "BROKEN"
        return f"{self.name}: {self.value:.2f} (limit {self.limit:.2f}, {kept})"


def limits(scales: Iterable[Scale]) -> Iterator[Limit]:
    """All that can be said of what was measured."""
    by_size = {(scale.pages, scale.texts): scale for scale in scales}
    for (pages, texts), scale in by_size.items():
        if pages == DISTRICT:
            yield from _of_district(scale)
        if pages == CITY:
            yield from _of_city(scale)
        city = by_size.get((CITY, texts))
        if city and pages == DISTRICT:  # of one run, as the machine is not the same in every hour
            growth = _per_page(city) / _per_page(scale)
            yield Limit(f"time for a page at {CITY:,}, against {DISTRICT:,}", growth, 1.15)
        if city and pages == SMALLEST:
            sizes = [one.figures[DISCLOSURE.name].page_bytes for one in (city, scale)]
            name = f"bytes of a page at {CITY:,}, against {SMALLEST:,}"
            yield Limit(name, sizes[0] / sizes[1], 1.0)


def _of_district(scale: Scale) -> Iterator[Limit]:
    """Time against others, and after a change."""
    ours = scale.figures[DISCLOSURE.name]
    own = full(ours) or math.nan
    for name, limit in (("mkdocs", 0.20), ("zensical", 0.25), ("hugo", 1.0)):
        if other := full(scale.figures.get(name, Figures())):
            yield Limit(f"full build, against {name}", own / other, limit)
            if name == "hugo" and (alone := content_alone(ours)):
                yield Limit("the same without data and downloads", alone / other, 0.8)
    for seconds, time in ((change(ours), "first"), (again(ours), "second")):
        if seconds:
            yield Limit(f"one file changed, the {time} time, in full builds", seconds / own, 0.08)
    if seconds := preview(ours):
        yield Limit("seconds until the preview shows a change", seconds, 1.5)
    if files := files_of_page(ours):
        yield Limit("files for each page of a project", files, 6)


def _of_city(scale: Scale) -> Iterator[Limit]:
    """Memory."""
    ours = scale.figures[DISCLOSURE.name]
    memory = (largest(ours, search=False) or math.nan) / 1e9
    yield Limit("gigabytes of the largest process", memory, 1.0)
    if ours.together:
        yield Limit("gigabytes of all processes together", ours.together / 1e9, 2.5)


def _per_page(scale: Scale) -> float:
    return (full(scale.figures[DISCLOSURE.name]) or math.nan) / scale.all_pages


def plot(scales: Sequence[Scale]) -> str:
    """The full builds: each step of the grid across is ten times the pages, or up ten times."""
    drawn = [scale for scale in scales if scale.texts == "repeated"]
    chart = leather.Chart("Seconds of a full build")
    for contender in (DISCLOSURE, *BASELINES):
        measured = [
            (math.log10(scale.pages), math.log10(seconds))
            for scale in drawn
            if (seconds := full(scale.figures.get(contender.name, Figures())))
        ]
        if measured:
            chart.add_line(measured, name=contender.title)

    def as_number(value: float, *_: object) -> str:
        number = round(10**value, 1)
        return f"{number:,.0f}" if number >= 1 else f"{number}"

    chart.add_x_axis(
        ticks=[math.log10(scale.pages) for scale in drawn], tick_formatter=as_number, name="Pages"
    )
    chart.add_y_axis(ticks=[-1, 0, 1, 2, 3], tick_formatter=as_number)
    return str(chart.to_svg(width=760, height=420)) + "\n"
