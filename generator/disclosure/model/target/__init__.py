"""What an indicator's target value says, and which of two says more.

A target value is a cell of the official form: a sign, a number and a unit printed together
(`≥90百分比`), a date (`6月30日前完成发放工作`), or words. Here it is taken apart as far as its
text says what it means, and no further: a value that is not understood whole stays words,
because a wrong meaning beside an official figure is worse than none. What was printed is
always kept.

Why no library reads the numbers and units (looked at in November 2026):

- cn2an 0.5.24: its strict mode knows no 两 (两次) and returns fractions as floats; its other
  modes guess (两三次 becomes 23, 十分满意 becomes 10分满意). What is hard, namely whether a
  numeral stands for a number at all, it leaves to the caller; what it saves is twelve lines.
- Pint 0.25: none of the units of these forms (亩, 万元, 次, 百分比) is defined, so that the
  table would still be ours, for 0.2 s at every start and 15 µs a conversion. A conversion here
  is one exact multiplication.
- Babel writes numbers and units in Chinese but reads no Chinese numerals and no units.
"""

from __future__ import annotations

from disclosure.model.target.comparison import compare
from disclosure.model.target.conversion import in_unit_of
from disclosure.model.target.judgement import PLAIN_REASONS, judge
from disclosure.model.target.parsing import parse
from disclosure.model.target.values import Kind, MeasureUnit, Sign, Target
from disclosure.model.target.verdict import (
    Band,
    Change,
    Distance,
    Judgement,
    Outcome,
    Reason,
    Verdict,
    band,
)
from disclosure.model.target.wording import meaning, shown

__all__ = [
    "PLAIN_REASONS",
    "Band",
    "Change",
    "Distance",
    "Judgement",
    "Kind",
    "MeasureUnit",
    "Outcome",
    "Reason",
    "Sign",
    "Target",
    "Verdict",
    "band",
    "compare",
    "in_unit_of",
    "judge",
    "meaning",
    "parse",
    "shown",
]
