"""One build with MkDocs' own program, in which the steps on the way are timed.

`python -m benchmarks.steps` in a folder with mkdocs.yml builds into the folder `steps` there and
prints the seconds of each step as JSON. What a step is made of is a function of the generator;
each is put into a wrapper that looks at the clock before and after.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
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


def timed(work: Callable[..., Any], seconds: dict[str, float], step: str) -> Callable[..., Any]:
    """`work`, which adds the time it takes to a step; what it yields is made at once."""

    def wrapper(*arguments: Any, **options: Any) -> Any:
        start = time.perf_counter()
        try:
            result = work(*arguments, **options)
            return iter(list(result)) if isinstance(result, Iterator) else result
        finally:
            seconds[step] += time.perf_counter() - start

    return wrapper


def main() -> None:
    """Build, and say what took how long."""
    seconds = {step: 0.0 for step, _, _ in STEPS}
    for step, place, name in STEPS:
        setattr(place, name, timed(getattr(place, name), seconds, step))
    options = ["--quiet", "--dirty", "--site-dir", "steps"]
    start = time.perf_counter()
    cli.main(["build", *options], standalone_mode=False)
    seconds["everything else"] = time.perf_counter() - start - sum(seconds.values())
    json.dump(seconds, sys.stdout)


if __name__ == "__main__":
    main()
