"""The rules about what the data says: what can hardly be meant, as a careful auditor sees it.

One rule, one module: its docstring is the page that users read, `RULE` its code, severity and
title, `check` a generator of findings. A code never changes its meaning. The registries below
are literal: what stands in them runs, in this order.

Codes: C1xx money, C2xx project codes, C3xx target values, C4xx completeness, C5xx copies of
other years and units, C6xx dates and versions, C7xx across years, C8xx privacy,
C9xx notes and settings that speak of rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from msgspec.structs import replace

from disclosure import compare
from disclosure.checks.acceptance import Acceptances, AcceptanceSubject, noted_files
from disclosure.checks.explanation import Explanation, explanation
from disclosure.checks.names import Names
from disclosure.checks.rules import (
    acceptance_without_finding,
    adjustment_too_early,
    adjustment_without_document,
    amount_negative,
    amount_too_fine,
    another_unit_in_text,
    another_year_in_text,
    bank_card_in_text,
    basis_missing,
    budget_jumped,
    budget_missing,
    code_misshapen,
    code_of_another_region,
    code_of_another_year,
    cost_cap_above_budget,
    cost_cap_far_below_budget,
    deadline_outside_year,
    description_contradicts_value,
    execution_rate_wrong,
    funds_do_not_add_up,
    goal_blank,
    identity_number_in_text,
    indicator_repeated,
    initial_budget_not_first,
    left_over_from_conversion,
    level_unknown,
    likely_successor_not_linked,
    linked_by_name_only,
    list_sums_wrong,
    mobile_number_as_contact,
    mobile_number_in_text,
    not_in_form,
    not_proofread,
    objective_without_indicators,
    output_or_benefit_missing,
    parts_do_not_add_up,
    placeholder_left,
    plan_ends_off_budget,
    plan_falls,
    plan_heading_says_percent,
    plan_looks_like_percentages,
    plan_period_impossible,
    points_do_not_add_up,
    project_vanished,
    projects_do_not_add_up_to_year,
    published_before_approved,
    published_late,
    quantity_without_number,
    result_budget_not_in_force,
    row_without_name,
    satisfaction_without_percentage,
    scores_do_not_add_up,
    share_above_all,
    share_at_least_all,
    sign_points_the_wrong_way,
    sources_do_not_add_up,
    spent_over_budget,
    sum_of_parts_wrong,
    target_jumped,
    target_not_as_published,
    target_parts_contradict,
    tasks_above_budget,
    unit_in_name_contradicts,
    unknown_rule_accepted,
    unknown_rule_switched_off,
    value_looks_damaged,
    version_changes_nothing,
    weights_do_not_add_up,
    year_without_goal,
)
from disclosure.checks.subject import (
    DepartmentSubject,
    ProjectSubject,
    ResultSubject,
    SettingsSubject,
    YearSubject,
    project_subjects,
    result_subjects,
    table_subjects,
    term_subjects,
)
from disclosure.checks.texts import TextSubject, text_subjects
from disclosure.compare import ComparedDepartment
from disclosure.config import rules as config_rules
from disclosure.model.dataset import DepartmentYear
from disclosure.model.diagnostics import Remark, Rule
from disclosure.model.records import CheckSettings
from disclosure.reading import rules as reading_rules

_Subject_contra = TypeVar("_Subject_contra", contravariant=True)


class Documented(Protocol):
    """A rule's module, whatever it looks at: its docstring is the page that users read."""

    RULE: Rule
    __doc__: str | None


class Check(Documented, Protocol[_Subject_contra]):
    """A rule's module: what it looks at is `_Subject_contra`."""

    def check(self, subject: _Subject_contra, _settings: CheckSettings, /) -> Iterator[Remark]:
        """Find this defect in one subject."""


#: What is looked for in rows of indicators by themselves, those of the whole term included.
ROW_CHECKS: tuple[Check[ProjectSubject], ...] = (
    indicator_repeated,
    level_unknown,
    row_without_name,
    description_contradicts_value,
    share_above_all,
    share_at_least_all,
    placeholder_left,
    value_looks_damaged,
    quantity_without_number,
    unit_in_name_contradicts,
    satisfaction_without_percentage,
    sign_points_the_wrong_way,
    target_parts_contradict,
)
#: What is looked for in every target table, that of a project or of the whole department.
TABLE_CHECKS: tuple[Check[ProjectSubject], ...] = (
    *ROW_CHECKS,
    sources_do_not_add_up,
    amount_negative,
    amount_too_fine,
    parts_do_not_add_up,
    sum_of_parts_wrong,
    output_or_benefit_missing,
    goal_blank,
    basis_missing,
    weights_do_not_add_up,
    deadline_outside_year,
    another_year_in_text,
    another_unit_in_text,
)
PROJECT_CHECKS: tuple[Check[ProjectSubject], ...] = (
    *TABLE_CHECKS,
    budget_missing,
    plan_falls,
    plan_ends_off_budget,
    plan_looks_like_percentages,
    plan_period_impossible,
    plan_heading_says_percent,
    code_of_another_region,
    adjustment_without_document,
    adjustment_too_early,
    version_changes_nothing,
    cost_cap_above_budget,
    cost_cap_far_below_budget,
)
RESULT_CHECKS: tuple[Check[ResultSubject], ...] = (
    spent_over_budget,
    result_budget_not_in_force,
    initial_budget_not_first,
    execution_rate_wrong,
    funds_do_not_add_up,
    target_not_as_published,
    row_without_name,
    points_do_not_add_up,
    scores_do_not_add_up,
)
YEAR_CHECKS: tuple[Check[YearSubject], ...] = (
    projects_do_not_add_up_to_year,
    list_sums_wrong,
    tasks_above_budget,
    year_without_goal,
    code_misshapen,
    objective_without_indicators,
    published_before_approved,
    published_late,
    another_year_in_text,
    another_unit_in_text,
)
DEPARTMENT_CHECKS: tuple[Check[DepartmentSubject], ...] = (
    mobile_number_as_contact,
    code_of_another_year,
    budget_jumped,
    target_jumped,
    project_vanished,
    linked_by_name_only,
    likely_successor_not_linked,
    not_in_form,
)
TEXT_CHECKS: tuple[Check[TextSubject], ...] = (
    identity_number_in_text,
    mobile_number_in_text,
    bank_card_in_text,
    left_over_from_conversion,
    not_proofread,
)


ACCEPTANCE_CHECKS: tuple[Check[AcceptanceSubject], ...] = (
    acceptance_without_finding,
    unknown_rule_accepted,
)
SETTINGS_CHECKS: tuple[Check[SettingsSubject], ...] = (unknown_rule_switched_off,)

#: Every rule about the data itself: they can be switched off, and their findings accepted.
DATA_RULES: tuple[Documented, ...] = tuple(
    dict.fromkeys((*PROJECT_CHECKS, *RESULT_CHECKS, *YEAR_CHECKS, *DEPARTMENT_CHECKS, *TEXT_CHECKS))
)
#: Every rule with a page.
RULES: tuple[Documented, ...] = (*DATA_RULES, *ACCEPTANCE_CHECKS, *SETTINGS_CHECKS)

CAN_BE_SWITCHED_OFF: Mapping[str, str] = {one.RULE.code: one.RULE.title for one in DATA_RULES}
CAN_BE_ACCEPTED: Mapping[str, str] = {
    **CAN_BE_SWITCHED_OFF,
    **{rule.code: rule.title for rule in compare.RULES},
}


def explanations() -> Iterator[Explanation]:
    """Every rule there is, with its page where it has one, in the order of its code."""
    pages = [explanation(one.RULE, one.__doc__ or "") for one in RULES]
    yield from sorted(pages, key=lambda page: page.rule.code)
    others = (
        *compare.RULES,
        *compare.DEPARTMENT_SUCCESSION_RULES,
        *reading_rules.RULES,
        *config_rules.RULES,
    )
    yield from (Explanation(rule) for rule in others)


def examine_settings(settings: CheckSettings) -> Iterator[Remark]:
    """Everything found in the settings of the rules."""
    yield from _apply(SETTINGS_CHECKS, SettingsSubject(CAN_BE_SWITCHED_OFF), settings, off=set())


def examine(
    department: ComparedDepartment, settings: CheckSettings, names: Names, broken: frozenset[str]
) -> Iterator[Remark]:
    """Everything found in a department that no note accepts.

    Args:
        department: The department, compared.
        settings: What to look for.
        names: Those of all departments.
        broken: The files with an error, relative to the data folder. They are missing from the
            dataset, so their projects are not judged, nor is anything that needs all projects
            of their department.
    """
    off = set(settings.switched_off)
    prefix = f"{department.data.department.id}/"
    missing = {
        path.removesuffix(".yml").partition("@")[0] for path in broken if path.startswith(prefix)
    }
    acceptances = Acceptances(noted_files(department.data))
    others_missing = any(not path.startswith(prefix) for path in broken)
    found = _department(department, settings, off, missing, names, others_missing=others_missing)
    yield from (remark for remark in found if not acceptances.accept(remark))
    unjudged = CAN_BE_ACCEPTED if missing else off
    for statement in acceptances.subjects(CAN_BE_ACCEPTED, unjudged):
        yield from _apply(ACCEPTANCE_CHECKS, statement, settings, off=set())


def _department(
    department: ComparedDepartment,
    settings: CheckSettings,
    off: set[str],
    missing: set[str],
    names: Names,
    *,
    others_missing: bool,
) -> Iterator[Remark]:
    """What is found in a department; `missing` are files that it lacks for their errors.

    `others_missing` says that files of other departments are missing.
    """
    who = department.data.department
    if not missing:
        yield from compare.findings(department.data, department.others, whole=not others_missing)
        yield from _apply(DEPARTMENT_CHECKS, department, settings, off)
    for year in department.data.years:
        if not missing:
            yield from _apply(YEAR_CHECKS, YearSubject(who, year, names), settings, off)
        for table in table_subjects(who, year, names):
            yield from _apply(TABLE_CHECKS, table, settings, off)
            for term in term_subjects(table):
                yield from _apply(ROW_CHECKS, term, settings, off)
        whole = _without(year, missing)
        for project in project_subjects(who, whole, names):
            yield from _apply(PROJECT_CHECKS, project, settings, off)
            for term in term_subjects(project):
                yield from _apply(ROW_CHECKS, term, settings, off)
        for result in result_subjects(whole):
            yield from _apply(RESULT_CHECKS, result, settings, off)
    for file in text_subjects(department.data):
        yield from _apply(TEXT_CHECKS, file, settings, off)


def _without(year: DepartmentYear, missing: set[str]) -> DepartmentYear:
    """The year without the projects that lack a file: a version, or the self-evaluation."""
    if not missing:
        return year
    folder = year.path.rpartition("/")[0]
    projects = tuple(
        project
        for project in year.projects
        if f"{folder}/projects/{project.current.id}" not in missing
        and f"{folder}/results/{project.current.id}" not in missing
    )
    return replace(year, projects=projects)


_S = TypeVar("_S")


def _apply(
    checks: tuple[Check[_S], ...], subject: _S, settings: CheckSettings, off: set[str]
) -> Iterator[Remark]:
    for check in checks:
        if check.RULE.code not in off:
            yield from check.check(subject, settings)
