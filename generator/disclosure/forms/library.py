"""Which form a table has: one of those that ship with the program, or one of the data folder.

The forms that ship are one file each in `known/`; a file is read when its form is first asked
for. Those of a data folder are `data/forms/<id>.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from disclosure.forms.form import Form, Kind
from disclosure.model.fields import Record

FOLDER = Path(__file__).with_name("known")

#: The form of a table that names none. A list of projects always names one.
DEFAULTS: Mapping[Kind, str] = {
    "project": "hebei-project",
    "department": "department",
    "evaluation": "evaluation",
    "department-evaluation": "department-evaluation",
}

#: The form of a project of which only an evaluation was published.
EVALUATED = "evaluated-targets"

#: No data folder: only the forms that ship.
NO_FORMS: Mapping[str, Record] = {}


class _FormLoader(yaml.CSafeLoader):
    """Reads every plain scalar as text, but for `~`, as data files are read."""


_FormLoader.yaml_implicit_resolvers = {
    "~": [("tag:yaml.org,2002:null", yaml.SafeLoader.yaml_implicit_resolvers["~"][0][1])]
}


@cache
def known() -> tuple[str, ...]:
    """The ids of the forms that ship, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


@cache
def shipped(form_id: str) -> Form:
    """One of the forms that ship.

    Raises:
        KeyError: There is none of this id.
    """
    if form_id not in known():
        raise KeyError(form_id)
    return parsed((FOLDER / f"{form_id}.yml").read_text("utf-8"))


def parsed(text: str) -> Form:
    """The form that a text of our own says.

    Raises:
        ValueError: It is none.
    """
    return Form.model_validate(yaml.load(text, _FormLoader), strict=False)  # noqa: S506 - a safe one


def all_ids(own: Mapping[str, Record] = NO_FORMS) -> tuple[str, ...]:
    """The ids of every form there is, those of the data folder first."""
    return (*sorted(own), *(one for one in known() if one not in own))


def form_of(named: str | None, kind: Kind, own: Mapping[str, Record] = NO_FORMS) -> Form:
    """The form of a table.

    Args:
        named: The form that the table's data name; None where they name none.
        kind: What the table is of.
        own: The forms of the data folder, by id; they go before those that ship.

    Raises:
        KeyError: There is no such form; reading says so to the user.
    """
    form_id = named or DEFAULTS[kind]
    found = own.get(form_id)
    return found if isinstance(found, Form) else shipped(form_id)
