"""Findings about a project's year that a dozen places of the site ask for, found once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import finalize

from disclosure.model.dataset import ProjectYear

_Found = TypeVar("_Found")


def once_per_project(
    find: Callable[[ProjectYear, int], tuple[_Found, ...]],
) -> Callable[[ProjectYear, int], tuple[_Found, ...]]:
    """The same function, which remembers what it found as long as the project is in use.

    A bounded cache would not do: passes over a large department would drop each project before
    they come back to it (see decision 0020 for the gain).
    """
    known: dict[int, dict[int, tuple[_Found, ...]]] = {}

    @wraps(find)
    def found(project: ProjectYear, year: int) -> tuple[_Found, ...]:
        key = id(project)  # equal ones may be many, and a project has no hash
        if key not in known:
            known[key] = {}
            finalize(project, known.pop, key).atexit = False  # the next one may get its identity
        of_project = known[key]
        if year not in of_project:
            of_project[year] = find(project, year)
        return of_project[year]

    return found
