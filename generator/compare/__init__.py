"""What changed: from one year to the next, and from one version to the next. Pure.

- lineage: which projects belong together over two years, and on what evidence
- chains: a project through the years
- findings: statements of succession that cannot be true
- matching: which indicators of two target tables belong together
- difference: what differs between two target tables
- words: which words of a text changed
- compared: a department with all its years compared, each comparison made once
- side_by_side: two years over several departments
"""

from generator.compare.chains import Chain, Member
from generator.compare.compared import (
    ADDED,
    DROPPED,
    ComparedDepartment,
    ComparedYears,
    ProjectChange,
    compared,
)
from generator.compare.difference import (
    IndicatorChange,
    MoneyChange,
    ProjectDifference,
    TextChange,
    difference,
)
from generator.compare.findings import RULES, findings
from generator.compare.lineage import Basis, Fate, Link, Succession
from generator.compare.side_by_side import (
    Comparison,
    Side,
    Sums,
    comparable,
    comparison,
    side,
    sums,
    together,
)
from generator.compare.words import Piece, marked

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
    "side",
    "sums",
    "together",
]
