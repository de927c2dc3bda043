"""What changed: from one year to the next, and from one version to the next. Pure.

- lineage: which projects belong together over two years, and on what evidence
- chains: a project through the years
- findings: statements of succession that cannot be true
- matching: which indicators of two target tables belong together
- difference: what differs between two target tables
- across: the indicators of projects that were split or merged, by their names
- moved: targets that were changed after they were published
- words: which words of a text changed
- compared: a department with all its years compared, each comparison made once
- side_by_side: two years over several departments
"""

from disclosure.compare.chains import Chain, Member
from disclosure.compare.compared import ComparedDepartment, ComparedYears, ProjectChange, compared
from disclosure.compare.difference import (
    ADDED,
    DROPPED,
    IndicatorChange,
    MoneyChange,
    ProjectDifference,
    TextChange,
    difference,
)
from disclosure.compare.findings import RULES, findings
from disclosure.compare.lineage import Basis, Fate, Link, Succession
from disclosure.compare.matching import pairs
from disclosure.compare.moved import Moved, moved
from disclosure.compare.side_by_side import (
    Comparison,
    Side,
    Sums,
    comparable,
    comparison,
    side,
    sums,
    together,
)
from disclosure.compare.words import Piece, marked

__all__ = [
    "ADDED",
    "DROPPED",
    "RULES",
    "Basis",
    "Chain",
    "ComparedDepartment",
    "ComparedYears",
    "Comparison",
    "Fate",
    "IndicatorChange",
    "Link",
    "Member",
    "MoneyChange",
    "Moved",
    "Piece",
    "ProjectChange",
    "ProjectDifference",
    "Side",
    "Succession",
    "Sums",
    "TextChange",
    "comparable",
    "compared",
    "comparison",
    "difference",
    "findings",
    "marked",
    "moved",
    "pairs",
    "side",
    "sums",
    "together",
]
