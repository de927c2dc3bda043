"""What departments state of earlier projects, departments and names, as values of rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from disclosure.compare import ComparedDepartment
from disclosure.exports.schema.columns import Value
from disclosure.model.dataset import DepartmentYear
from disclosure.model.departments import Department
from disclosure.model.records import Project

#: For a code that is carried on, the department and the year in which it stood.
Origins = Mapping[str, tuple[str, int]]


def origins_of(compared: ComparedDepartment, year: DepartmentYear, code: str) -> Origins:
    """Where the projects stood, by their ids, that a project of the year carries on."""
    change = compared.change_to(year.year, code)
    if change is None:
        return {}
    (pair,) = (one for one in compared.years if one.new.year == year.year)
    succession, own = change.succession, (compared.data.department.id, pair.old.year)
    places = [(one.current.id, succession.place(one)) for one in succession.old]
    return {
        one: (place.department.department.id, place.year.year) if place else own
        for one, place in places
    }


def predecessors(project: Project, origins: Origins) -> Iterator[Mapping[str, Value]]:
    """The projects that one states to carry on; those of another version may have no origin."""
    for code in project.continues or ():
        department, year = origins.get(code.rpartition("/")[2], (None, None))
        yield {
            "predecessor_code": code,
            "predecessor_department_id": department,
            "predecessor_year": year,
        }


def succeeded(department: Department) -> Iterator[Mapping[str, Value]]:
    """The departments that one states to have succeeded."""
    for succession in department.succeeds:
        yield {
            "predecessor_department_id": succession.department,
            "since": succession.since,
            "note": succession.note,
        }


def former_names(department: Department) -> Iterator[Mapping[str, Value]]:
    """Each name, in the order of the file: the department's, its region's, its units'."""
    for names in department.former:
        for what, code, name in (
            ("department", None, names.name),
            ("region", None, names.region),
            *(("unit", code, name) for code, name in names.units.items()),
        ):
            if name is not None:
                yield {"until": names.until, "named": what, "unit_code": code, "name": name}
