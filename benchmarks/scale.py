"""A site of so many project pages, made by this program and by others, one after the other."""

from __future__ import annotations

import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil
from msgspec import Struct, field

from benchmarks import real_texts
from benchmarks.contenders import BASELINES, DISCLOSURE, Contender, Material, MissingError, Work
from benchmarks.district import FOUR_YEARS, REPEATED, Kind, code, write_site
from benchmarks.previewing import preview_seconds
from benchmarks.processes import Usage, environment, git, run
from disclosure.engine.local_workers import processors

SIZES = (48, 1_000)

#: What the texts of the pages are like.
TEXTS: Mapping[str, Callable[[int], Kind]] = {
    "repeated": lambda _: REPEATED,
    "real": real_texts.kind,
}

#: Others build again after a change of sites of up to so many project pages: they take minutes.
_MAX_AGAIN = 1_000

#: The folder of the page of a project in a year, of a version of it, and of one through the years.
_PROJECT_PAGE = re.compile(r"[0-9]+-[0-9]+/([0-9]{4}/(?!print)\w+(/[\w-]+)?|projects/\w+)")
#: The folders of the data that these are made of, and of their texts for search.
_BEHIND_PAGES = re.compile(
    r"data/[0-9]+-[0-9]+/[0-9]{4}/(projects|results)|search/text/[0-9]+-[0-9]+"
)

_ROOT = Path(__file__).parent.parent


class Figures(Struct):
    """What was measured of one contender.

    Attributes:
        missing: Why nothing was measured; "" when it was.
        version: Of the program.
        full: Seconds of each full build, by what was run.
        processor: Processor seconds of each full build.
        change: Seconds of each build in the same folder, after one file of a page has changed.
        again: The same after another change; of our own program, which fills an older site then.
        preview: Seconds from a change of one file to the page that `disclosure serve` shows.
        whole_preview: The same until all of the site is made.
        programs: The most memory that one process of a program had, in bytes.
        together: The most memory that all its processes had at one time, in bytes.
        output_bytes: The size of all files of the site.
        output_files: How many there are.
        page_bytes: The size of one certain project's page.
        file_bytes: The size of the largest file.
        folder_entries: How many files and folders stand in the fullest folder.
        pages: How many pages the site has.
        project_pages: How many of them are of one project: see `files_of_projects`.
        project_files: How many files these pages bring.
        steps: Of each step on the way, each time: seconds, and processor seconds.
    """

    missing: str = ""
    version: str = ""
    full: dict[str, list[float]] = field(default_factory=dict)
    processor: list[float] = field(default_factory=list)
    change: list[float] = field(default_factory=list)
    again: list[float] = field(default_factory=list)
    preview: list[float] = field(default_factory=list)
    whole_preview: list[float] = field(default_factory=list)
    programs: dict[str, int] = field(default_factory=dict)
    together: int = 0
    output_bytes: int = 0
    output_files: int = 0
    page_bytes: int = 0
    file_bytes: int = 0
    folder_entries: int = 0
    pages: int = 0
    project_pages: int = 0
    project_files: int = 0
    steps: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    @property
    def last(self) -> float:
        """Seconds of the last full build, all that was run for it together."""
        return sum(seconds[-1] for seconds in self.full.values())


class Conditions(Struct, frozen=True):
    """What is needed to judge the figures later.

    Attributes:
        commit: The commit of this program, shortened, and the day it is of.
        machine: The system and the kind of processor.
        processors: How many of them may be used.
        memory: Bytes.
        load: How many processes wanted to run, in the minute before.
        python: Its version.
    """

    commit: str
    day: str
    machine: str
    processors: int
    memory: int
    load: float
    python: str


class Scale(Struct, frozen=True):
    """Everything that was measured at one size, and on what.

    Attributes:
        pages: How many of the pages show a project in a year.
        all_pages: How many pages there are.
        conditions: What it was measured on.
        figures: By the name of the contender.
        texts: Which of `TEXTS` stand on them.
    """

    pages: int
    all_pages: int
    conditions: Conditions
    figures: Mapping[str, Figures]
    texts: str = "repeated"

    @property
    def name(self) -> str:
        """Under what it is kept; a later measurement of the same replaces it."""
        return f"{self.pages} {self.texts}"


class Order(Struct, frozen=True):
    """What is to be measured.

    Attributes:
        pages: How many pages are to show a project in a year.
        rounds: How often every contender builds, in turn.
        full_only: Leave out the builds after a change and those that are timed inside, which
            take as long again.
        texts: Which of `TEXTS` are to stand on them.
        against: The names of those that it is compared with; all when it is empty.
    """

    pages: int
    rounds: int
    full_only: bool = False
    texts: str = "repeated"
    against: tuple[str, ...] = ()

    def contenders(self) -> list[Contender]:
        """This program, and what it is compared with at this size."""
        wanted = self.against or tuple(one.name for one in BASELINES)
        others = [one for one in BASELINES if one.name in wanted and one.takes(self.pages)]
        return [DISCLOSURE, *others]


def measure(order: Order, scratch: Path, say: Callable[[str], None]) -> Scale:
    """Build the site with every contender, each time in a folder of its own."""
    pages, rounds = order.pages, order.rounds
    say(f"{pages:,} project pages, {order.texts} texts: writing data and Markdown")
    conditions = _conditions()
    contenders = order.contenders()
    material = _material(order, scratch, with_markdown=len(contenders) > 1)
    figures = {one.name: Figures() for one in contenders}
    for number in range(1, rounds + 1):
        for place, contender in enumerate(contenders, start=1):
            of_all = f"round {number} of {rounds}, {place} of {len(contenders)}"
            say(f"{pages:,} project pages: {of_all}: {contender.title}")
            own = figures[contender.name]
            work = scratch / f"{number}-{contender.name}"
            _measure_one(contender, order, material, own, work)
            say(own.missing or f"  {own.last:.1f} s, {own.processor[-1]:.1f} s of processors")
    return Scale(pages, figures[DISCLOSURE.name].pages, conditions, figures, order.texts)


def _material(order: Order, scratch: Path, *, with_markdown: bool) -> Material:
    project, rendered = scratch / "project", scratch / "rendered"
    projects = order.pages // len(FOUR_YEARS)
    kind = TEXTS[order.texts](projects)
    write_site(project, projects, FOUR_YEARS, kind)
    git(project, "init", "--quiet")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--date", "2026-01-01T00:00:00Z", "--message", "数据")
    git(project, "gc", "--quiet")
    if with_markdown:
        command = [sys.executable, "-m", "disclosure", "-C", str(project), "render", str(rendered)]
        run(command, scratch, {})
    year = FOUR_YEARS[-1]
    last = projects - 1  # of a department of the usual size
    place = Path(f"990101-{kind.place(last)[0]:03d}", str(year))
    source = "data" / place / f"projects/{code(last, year)}.yml"
    return Material(project, rendered, place / code(last, year), source, scratch / "tools")


def _measure_one(
    contender: Contender, order: Order, material: Material, figures: Figures, folder: Path
) -> None:
    """A full build, one after a change, and for our own program one that is timed inside."""
    try:
        work = contender.lay_out(material, folder)
    except MissingError as error:
        figures.missing = str(error)
        return
    figures.version = work.version
    parts = _build(work, folder, figures)
    for part, usage in parts.items():
        figures.full.setdefault(part, []).append(usage.seconds)
    figures.processor.append(sum(usage.processor for usage in parts.values()))
    _weigh(folder / work.site, material.page, figures)
    if order.full_only or (contender is not DISCLOSURE and order.pages > _MAX_AGAIN):
        return
    figures.change.append(_build_after_change(work, folder, figures))
    if contender is DISCLOSURE:
        figures.again.append(_build_after_change(work, folder, figures))
        _preview(folder, material.page, work.source, figures)
        timed = folder.with_name(f"{folder.name}-timed")
        contender.lay_out(material, timed)
        for step, taken in timed_build(timed).items():
            figures.steps.setdefault(step, []).append(taken)


def _preview(folder: Path, page: Path, source: Path, figures: Figures) -> None:
    first, whole = preview_seconds(folder, page, source)
    figures.preview.append(first)
    figures.whole_preview.append(whole)


def _build_after_change(work: Work, folder: Path, figures: Figures) -> float:
    """How long it takes, all that is run for it together."""
    _change_a_file(work.source)
    return sum(usage.seconds for usage in _build(work, folder, figures).values())


def _change_a_file(source: Path) -> None:
    text = source.read_text("utf-8")
    assert "用于" in text, "the page must have something to change"
    source.write_text(text.replace("用于", "修改后用于", 1), "utf-8")


def _weigh(site: Path, page: Path, figures: Figures) -> None:
    sizes: list[int] = []
    figures.pages = 0
    for folder, folders, names in os.walk(site):
        sizes += (Path(folder, name).stat().st_size for name in names)
        figures.folder_entries = max(figures.folder_entries, len(folders) + len(names))
        figures.pages += "index.html" in names
    figures.output_files = len(sizes)
    figures.project_files, figures.project_pages = files_of_projects(site)
    figures.output_bytes, figures.file_bytes = sum(sizes), max(sizes)
    figures.page_bytes = (site / page / "index.html").stat().st_size


def files_of_projects(site: Path) -> tuple[int, int]:
    """How many files the pages of single projects bring, PDFs aside, and how many there are.

    A project has a page for each year, for each earlier version of it and for all years together.
    They bring what stands in their folders, the data that they are made of and the files with their
    texts for search.
    """
    files = pages = 0
    for folder, _, names in os.walk(site):
        place = Path(folder).relative_to(site).as_posix()
        if _PROJECT_PAGE.fullmatch(place):
            pages += 1
        elif not _BEHIND_PAGES.fullmatch(place):
            continue
        files += sum(not name.endswith(".pdf") for name in names)
    return files, pages


def _build(work: Work, folder: Path, figures: Figures) -> dict[str, Usage]:
    """Run it all; what each part took."""
    os.sync()  # or it would wait for what others have written
    parts = {}
    for part, command in work.commands.items():
        usage = parts[part] = run(command, folder, work.variables)
        figures.together = max(usage.together, figures.together)
        for program, memory in usage.programs.items():
            figures.programs[program] = max(memory, figures.programs.get(program, 0))
    return parts


def timed_build(folder: Path) -> dict[str, tuple[float, float]]:
    """A full build that is timed inside: seconds and processor seconds of each step."""
    command = [sys.executable, "-m", "benchmarks.steps"]
    variables = environment({"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(_ROOT)})
    done = subprocess.run(
        command, cwd=folder, env=variables, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return {step: tuple(taken) for step, taken in json.loads(done.stdout).items()}


def _conditions() -> Conditions:
    commit, day = git(_ROOT, "show", "--no-patch", "--format=%h %cs", "HEAD").split()
    return Conditions(
        commit=commit,
        day=day,
        machine=f"{platform.system()} {platform.machine()}",
        processors=processors(),
        memory=psutil.virtual_memory().total,
        load=round(psutil.getloadavg()[0], 2),
        python=platform.python_version(),
    )
