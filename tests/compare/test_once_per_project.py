"""What was found about a project is remembered as long as the project is in use."""

from __future__ import annotations

import gc

from disclosure.compare.once_per_project import once_per_project
from disclosure.model.dataset import ProjectYear


def test_it_is_found_once_for_each_project_and_year() -> None:
    """Equal projects are told apart, and nothing is known of one that took a former one's place."""
    asked = []

    @once_per_project
    def find(_project: ProjectYear, year: int) -> tuple[int, ...]:
        asked.append(year)
        return (len(asked),)

    one, other = ProjectYear(()), ProjectYear(())
    assert [find(one, 2024), find(one, 2024), find(one, 2025)] == [(1,), (1,), (2,)]
    assert find(other, 2024) == (3,)
    for number in range(4, 20):
        del one
        gc.collect()
        one = ProjectYear(())  # at the place of the last one, as a rule
        assert find(one, 2024) == (number,)
