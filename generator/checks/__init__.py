"""A careful auditor's eye: what the data says that can hardly be meant.

One rule, one module: its docstring is the page that users read, `RULE` its code, severity and
title, `check` a generator of findings. A code never changes its meaning. The registries below
are literal: what stands in them runs, in this order.

Codes: C1xx money, C2xx project codes, C3xx target values, C4xx completeness, C5xx copies of
other years and units, C6xx dates and versions, C7xx across years, C8xx privacy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, TypeVar

from generator.checks import sources_do_not_add_up
from generator.checks.subject import (
    DepartmentSubject,
    ProjectSubject,
    ResultSubject,
    YearSubject,
    project_subjects,
    result_subjects,
)
from generator.compare import ComparedDepartment
from generator.diagnostics import Remark, Rule
from generator.model import CheckSettings

_Subject = TypeVar("_Subject", contravariant=True)


class Check(Protocol[_Subject]):
    """A rule's module: `__doc__` is its page."""

    RULE: Rule

    def check(self, subject: _Subject, _settings: CheckSettings, /) -> Iterator[Remark]:
        """Find this defect in one subject."""


PROJECT_CHECKS: tuple[Check[ProjectSubject], ...] = (sources_do_not_add_up,)
RESULT_CHECKS: tuple[Check[ResultSubject], ...] = ()
YEAR_CHECKS: tuple[Check[YearSubject], ...] = ()
DEPARTMENT_CHECKS: tuple[Check[DepartmentSubject], ...] = ()


def run(department: ComparedDepartment, settings: CheckSettings) -> Iterator[Remark]:
    """Everything that the rules find in a department, but for the rules switched off."""
    off = set(settings.switched_off)
    who = department.data.department
    yield from _apply(DEPARTMENT_CHECKS, department, settings, off)
    for year in department.data.years:
        yield from _apply(YEAR_CHECKS, YearSubject(who, year), settings, off)
        for project in project_subjects(who, year):
            yield from _apply(PROJECT_CHECKS, project, settings, off)
        for result in result_subjects(year):
            yield from _apply(RESULT_CHECKS, result, settings, off)


_S = TypeVar("_S")


def _apply(
    checks: tuple[Check[_S], ...], subject: _S, settings: CheckSettings, off: set[str]
) -> Iterator[Remark]:
    for check in checks:
        if check.RULE.code not in off:
            yield from check.check(subject, settings)
