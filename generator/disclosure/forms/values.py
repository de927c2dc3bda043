"""What stands in the fields of a form, as printed: the common language of pages and import.

A table is an item. Its single fields are texts by path, "" for an empty cell:

    name  code  unit  unit_name  number  year  department  money  plan_heading
    budget.total  budget.fiscal  budget.other  budget.term_total  budget.parts.<栏目>
    purpose  goals  goals.numbered  goals_actual  term_goals  facts.<栏目>
    funds.<资金名称>.initial|budget|spent|points|rate|score|other.<栏目>
    score (of an evaluation)

`goals` holds the goals as printed, one paragraph each; `goals.numbered` the same with `1.` before
each; `goals.1`, `goals.2` … one goal each, and so `term_goals.1` and `goals_actual.1`. What a form
repeats are lists of items with paths of their own:

    plan         period  amount
    parts        name  amount: the parts of the budget that no field of the form names
    facts        name  content: the facts that no field of the form names
    funds        name  initial  budget  spent  points  rate  score  other.<栏目>
    tasks        name  content  goal  budget.*  other.<栏目>
    indicators   level1  level2  level3  description  target  sign  value  unit  basis  weight
                 direction  kind  term_target  actual  points  score  deviation  improvement
                 other.<栏目>
    term_indicators   the same for the whole term, where a form lists them apart
    projects     every field and list of a project; a sum row has `is_sum` and no indicators

A field of an inner item is looked up in it first, then in the items around it. `place` is no
value: it prints which item of its list an item is, counted from 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

#: The lists whose items are rows of indicators.
INDICATOR_LISTS = ("indicators", "term_indicators")


class Values(Struct, frozen=True):
    """An item: the texts of its fields and the items of its lists.

    Attributes:
        texts: By path; a field that is not there prints as an empty cell.
        lists: By name, in order.
        apart: Fields whose cell begins again although the item above has the same text.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
