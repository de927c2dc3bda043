"""One build with MkDocs' own program, in which the steps on the way are timed.

`python -m benchmarks.steps` in a folder with mkdocs.yml builds into the folder `steps` there and
prints as JSON, for each step, the seconds that went by and those that processors worked. One
process does it all, or steps would run beside each other. Results are cached as in any build, or
the rows of the open data would be made again for each file that needs them. What a step is made of
is a function of the generator; each is put into a wrapper that looks at the clocks before and
after, and a step inside another one does not count for the outer one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.__main__ import cli

from disclosure import checks, compare, reading
from disclosure.plugin import workers
from disclosure.search import index_parts
from disclosure.site import downloads, manifest, page_group
from disclosure.site.build_protocol import BuildOrder

#: What each step is: where its function is known by, and under which name.
STEPS: tuple[tuple[str, Any, str], ...] = (
    ("reading", reading, "read_files"),
    ("comparing", compare, "compared_together"),
    ("checking", checks, "examine"),
    ("views", page_group, "department_views"),
    ("rendering", workers.RenderContext, "make_all"),
    ("search indexing", workers, "stored_texts"),
    ("search indexing", index_parts, "files"),
    ("data files", downloads, "_bundle"),
    ("data files", page_group.DepartmentPages, "data_files"),
    ("data files", workers.RenderContext, "_sources"),
    ("manifest", manifest, "write"),
)

#: What is none of them: MkDocs itself, its own pages and files.
REST = "everything else"


class Clock:
    """How long each step took so far: seconds that went by, and processor seconds."""

    def __init__(self) -> None:
        self.steps = dict.fromkeys((*(step for step, _, _ in STEPS), REST), (0.0, 0.0))
        self._inside = (0.0, 0.0)  # what steps inside the running one have taken

    @contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Add what goes by meanwhile to a step, but for the steps inside of it."""
        outer, self._inside = self._inside, (0.0, 0.0)
        start = _now()
        yield
        seconds = [now - then for now, then in zip(_now(), start, strict=True)]
        own = [all_ - inside for all_, inside in zip(seconds, self._inside, strict=True)]
        self.steps[step] = _sum(self.steps[step], own)
        self._inside = _sum(outer, seconds)

    def timed(self, work: Callable[..., Any], step: str) -> Callable[..., Any]:
        """`work`, which is timed as a part of a step; what it yields is made at once."""

        def wrapper(*arguments: Any, **options: Any) -> Any:
            with self.running(step):
                result = work(*arguments, **options)
                return iter(list(result)) if isinstance(result, Iterator) else result

        return wrapper


def _now() -> tuple[float, float]:
    """Seconds, and processor seconds of this process and of those it started that have ended."""
    used = os.times()
    busy = used.user + used.system + used.children_user + used.children_system
    return time.perf_counter(), busy


def _sum(one: Sequence[float], other: Sequence[float]) -> tuple[float, float]:
    return one[0] + other[0], one[1] + other[1]


def main() -> None:
    """Build, and say what took how long."""
    order = BuildOrder(jobs=1, cache_folder=Path(".cache", "steps").absolute())
    os.environ.update(order.variables())
    clock = Clock()
    for step, place, name in STEPS:
        setattr(place, name, clock.timed(getattr(place, name), step))
    with clock.running(REST):
        options = ["--quiet", "--dirty", "--site-dir", "steps"]
        cli.main(["build", *options], standalone_mode=False)
    json.dump(clock.steps, sys.stdout)


if __name__ == "__main__":
    main()
