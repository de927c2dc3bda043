"""How projects that went from one department to another are named, linked and told."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from disclosure.compare import (
    ComparedDepartment,
    DepartmentSuccession,
    Place,
    Succession,
    SuccessionKind,
)
from disclosure.model.dataset import DepartmentData, DepartmentYear, ProjectYear
from disclosure.pages.addresses import project_address
from disclosure.pages.formatting import marked_name
from disclosure.pages.view import Link


class SuccessionLine(Struct, frozen=True):
    """Another department that this one succeeded, or that succeeded it, and what was said of it."""

    text: str
    department: Link
    note: str


class TransferLine(Struct, frozen=True):
    """Where a project came from, or went: in words, and the projects there."""

    text: str
    links: tuple[Link, ...]


def project_links(
    data: DepartmentData,
    year: DepartmentYear,
    succession: Succession,
    projects: tuple[ProjectYear, ...],
    *,
    bare: bool = False,
) -> tuple[Link, ...]:
    """To projects of a succession.

    Args:
        data: The department where they stand if nothing else is said; others' are named with it.
        year: The year where they stand if nothing else is said.
        succession: What they are part of.
        projects: Those of one side.
        bare: Not to say which of them were called off.
    """
    return tuple(
        Link(
            (project.current.name if bare else marked_name(project)) + _whose(succession, place),
            project_address(place.department, place.year, project),
        )
        for project in projects
        for place in [succession.place(project) or Place(data, year)]
    )


def _whose(succession: Succession, place: Place) -> str:
    foreign = succession.home and place.department.department.id != succession.home
    return f"（{place.year.department.name}，{place.year.year}年）" if foreign else ""


def transferred(succession: Succession) -> str:
    """From which departments projects came and to which they went, in words; "" when to none."""
    parts = []
    came = _names(succession, succession.old)
    if came and succession.kind is not SuccessionKind.TRANSFERRED:
        parts.append(f"由{came}转来")
    had = any(succession.home_of(project) == succession.home for project in succession.old)
    if had and (went := _names(succession, succession.new)):
        part = "" if succession.kind is SuccessionKind.TRANSFERRED else "部分"
        parts.append(f"{part}转到{went}")
    return "，".join(parts)


def _names(succession: Succession, projects: tuple[ProjectYear, ...]) -> str:
    """The other departments that have some of the projects, as they were called then."""
    places = (succession.place(project) for project in projects)
    names = (
        place.year.department.name
        for place in places
        if place and place.department.department.id != succession.home
    )
    return "、".join(dict.fromkeys(names))


def explained(succession: Succession, evidence: str) -> str:
    """The evidence of a succession, and the departments that it is about."""
    return "；".join(filter(None, (transferred(succession), evidence)))


def transfer_lines(
    department: ComparedDepartment, year: DepartmentYear, project: ProjectYear
) -> Iterator[TransferLine]:
    """From where a project came to its department, and where it went."""
    came = department.change_to(year.year, project.current.id)
    if came and (names := _names(came.succession, came.succession.old)):
        yield TransferLine(f"由{names}转来", _foreign(came.succession, came.succession.old))
    went = department.departure_of(project)
    if went and (names := _names(went.succession, went.succession.new)):
        yield TransferLine(f"转到{names}", _foreign(went.succession, went.succession.new))


def _foreign(succession: Succession, projects: tuple[ProjectYear, ...]) -> tuple[Link, ...]:
    """To those of the projects that are of other departments."""
    return tuple(
        Link(
            f"{place.year.year}年{marked_name(project)}",
            project_address(place.department, place.year, project),
        )
        for project in projects
        if (place := succession.place(project))
        and place.department.department.id != succession.home
    )


def succession_lines(
    successions: tuple[DepartmentSuccession, ...],
) -> tuple[SuccessionLine, ...]:
    """The departments that one succeeded, and those that succeeded it."""
    return tuple(
        SuccessionLine(
            f"{one.since}年起承接" if one.earlier else f"{one.since}年起承接本部门职责的部门：",
            Link(one.name, f"{one.id}/"),
            one.note,
        )
        for one in successions
    )
