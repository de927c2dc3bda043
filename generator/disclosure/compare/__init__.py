"""What changed: from one year to the next, and from one version to the next. Pure.

- successions: which projects belong together over two years, and on what evidence
- chains: a project through the years
- lives: a project with everything that it came from and that came of it
- transfers: projects that another department carries on
- over_departments: departments compared together, because projects went from one to another
- department_successions: departments that succeed others
- findings: statements of succession that cannot be true
- matching: which indicators of two target tables belong together
- difference: what differs between two target tables
- department_table: the same of a whole department's tables, and its tasks
- regrouped: the indicators of projects that were split or merged, by their names
- changed_targets: those that were changed after they were published
- text_diff: which words of a text changed
- joined_results: what a self-evaluation reports, beside what was promised
- code_lists: the values of columns that have a list of them, and their words
- compared: a department with all its years compared, each comparison made once
- side_by_side: two years over several departments
"""

from disclosure.compare.chains import Chain, Member
from disclosure.compare.changed_targets import (
    ChangedTarget,
    TargetCourse,
    TargetState,
    changed_targets,
    target_courses,
)
from disclosure.compare.compared import ComparedDepartment, ComparedYears, ProjectChange, compared
from disclosure.compare.department_successions import (
    DEPARTMENT_SUCCESSION_RULES,
    DepartmentSuccession,
    department_successions,
    succession_findings,
)
from disclosure.compare.department_table import TableDifference, TaskChange, as_project
from disclosure.compare.difference import (
    ADDED,
    DROPPED,
    LOWERED_STATES,
    IndicatorChange,
    MoneyChange,
    ProjectDifference,
    TextChange,
    project_difference,
)
from disclosure.compare.findings import RULES, findings
from disclosure.compare.joined_results import (
    JoinedResult,
    TargetOutcome,
    indicator_places,
    joined_results,
)
from disclosure.compare.lives import Life, SuccessionGraph
from disclosure.compare.matching import kind_of_indicator, pairs, plain_name
from disclosure.compare.over_departments import compared_together
from disclosure.compare.side_by_side import (
    Comparison,
    Side,
    Sums,
    comparable,
    comparison,
    side,
    summed,
    sums,
)
from disclosure.compare.successions import Basis, Place, Succession, SuccessionKind, SuccessionLink
from disclosure.compare.text_diff import DiffPiece, marked
from disclosure.compare.transfers import claims_outside

__all__ = [
    "ADDED",
    "DEPARTMENT_SUCCESSION_RULES",
    "DROPPED",
    "LOWERED_STATES",
    "RULES",
    "Basis",
    "Chain",
    "ChangedTarget",
    "ComparedDepartment",
    "ComparedYears",
    "Comparison",
    "DepartmentSuccession",
    "DiffPiece",
    "IndicatorChange",
    "JoinedResult",
    "Life",
    "Member",
    "MoneyChange",
    "Place",
    "ProjectChange",
    "ProjectDifference",
    "Side",
    "Succession",
    "SuccessionGraph",
    "SuccessionKind",
    "SuccessionLink",
    "Sums",
    "TableDifference",
    "TargetCourse",
    "TargetOutcome",
    "TargetState",
    "TaskChange",
    "TextChange",
    "as_project",
    "changed_targets",
    "claims_outside",
    "comparable",
    "compared",
    "compared_together",
    "comparison",
    "department_successions",
    "findings",
    "indicator_places",
    "joined_results",
    "kind_of_indicator",
    "marked",
    "pairs",
    "plain_name",
    "project_difference",
    "side",
    "succession_findings",
    "summed",
    "sums",
    "target_courses",
]
