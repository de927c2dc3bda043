"""Groups departments that must be analysed together: one carries on projects of another, or all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from disclosure.reading import FilePlace

#: The files of one department, or of several.
FilePlaces = list[FilePlace]


def connected(groups: Sequence[FilePlaces], claims: Sequence[Collection[str]]) -> list[FilePlaces]:
    """The departments' files; those of departments that a claim ties are one group.

    Args:
        groups: The files of each department.
        claims: For each, the project codes that it states to carry on and does not have, and the
            departments that it succeeds, each with a `/` behind it.
    """
    wanted = frozenset().union(*claims)
    owners: dict[str, set[int]] = {code: set() for code in wanted}
    for number, group in enumerate(groups if wanted else ()):
        for place in group:
            of_project = place.kind == "project/1"
            own = place.id if of_project else ""
            for name in {own, f"{place.department}/{own}"} - {""}:
                if name in wanted:
                    owners[name].add(number)
    leader = list(range(len(groups)))
    for number, codes in enumerate(claims):
        for owner in sorted({owner for code in codes for owner in owners[code]}):
            one, other = sorted((leader[number], leader[owner]))
            leader = [one if lead == other else lead for lead in leader]
    tied: dict[int, list[int]] = {}
    for number, lead in enumerate(leader):
        tied.setdefault(lead, []).append(number)
    return [
        groups[numbers[0]]
        if len(numbers) == 1
        else [place for number in numbers for place in groups[number]]
        for numbers in tied.values()
    ]
