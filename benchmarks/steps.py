"""One build with MkDocs' own program, in which the steps on the way are timed.

`python -m benchmarks.steps` in a folder with mkdocs.yml builds into the folder `steps` there and
prints as JSON, for each step, the seconds that went by and those that processors worked, in all
processes. What a step is made of is a function of the generator; each is put into a wrapper that
looks at the clocks before and after.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from mkdocs.__main__ import cli

from generator import checks, compare, manifest, page_making, reading, search, site

#: What each step is: where its function is known by, and under which name.
STEPS: tuple[tuple[str, Any, str], ...] = (
    ("reading", reading, "read"),
    ("comparing", compare, "compared"),
    ("checking", checks, "examine"),
    ("views", site, "all_views"),
    ("rendering", page_making.Workshop, "make_all"),
    ("search indexing", search.Index, "write"),
    ("data files", site, "write_data"),
    ("manifest", manifest, "write"),
)

#: What is none of them: MkDocs itself, its own pages and files.
REST = "everything else"


class Clock:
    """How long each step took so far: seconds that went by, and processor seconds."""

    def __init__(self) -> None:
        self.steps = {step: (0.0, 0.0) for step, _, _ in STEPS}

    @contextmanager
    def running(self, step: str) -> Iterator[None]:
        """Add what goes by meanwhile to a step."""
        start, busy = time.perf_counter(), _processor()
        yield
        seconds, processor = self.steps[step]
        seconds += time.perf_counter() - start
        processor += _processor() - busy
        self.steps[step] = seconds, processor

    def timed(self, work: Callable[..., Any], step: str) -> Callable[..., Any]:
        """`work`, which is timed as a part of a step; what it yields is made at once."""

        def wrapper(*arguments: Any, **options: Any) -> Any:
            with self.running(step):
                result = work(*arguments, **options)
                return iter(list(result)) if isinstance(result, Iterator) else result

        return wrapper


def _processor() -> float:
    """Of this process and of those that it has started and that have ended."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def main() -> None:
    """Build, and say what took how long."""
    clock = Clock()
    for step, place, name in STEPS:
        setattr(place, name, clock.timed(getattr(place, name), step))
    parts = [*clock.steps]
    clock.steps[REST] = (0.0, 0.0)
    with clock.running(REST):
        options = ["--quiet", "--dirty", "--site-dir", "steps"]
        cli.main(["build", *options], standalone_mode=False)
    whole, known = clock.steps[REST], [clock.steps[step] for step in parts]
    rest = [total - sum(steps) for total, *steps in zip(whole, *known, strict=True)]
    json.dump({**clock.steps, REST: rest}, sys.stdout)


if __name__ == "__main__":
    main()
