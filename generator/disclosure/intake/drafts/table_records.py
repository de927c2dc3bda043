"""What stands in the fields of a form → the records of the data format, as text.

Nothing is converted: amounts stay as printed, in the file's own unit, and an empty cell is `~`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from disclosure.forms import divided_goals, library, templates
from disclosure.forms.filling import IS_SUM
from disclosure.forms.values import Values
from disclosure.intake.drafts.yamltext import YamlValue
from disclosure.intake.learning import field_labels
from disclosure.intake.understanding.reading_tables import ReadTable
from disclosure.model.fields import MONEY
from disclosure.model.whitespace import squeezed

_BUDGET = ("total", "fiscal", "other", "term_total")
_INDICATOR = ("level1", "level2", "level3", "description", "target", "sign", "value", "unit",
              "basis", "weight", "direction", "kind", "term_target")  # fmt: skip
_RESULT = ("level1", "level2", "level3", "target", "actual", "points", "score", "deviation",
           "improvement")  # fmt: skip
_FUND = ("initial", "budget", "spent", "points", "rate", "score")

#: A cell of the money of an evaluation whose rows are fields of the table itself.
_OF_FUND = re.compile(
    rf"funds\.(?P<name>.+?)\.(?:other\.(?P<other>.+)|(?P<column>{'|'.join(_FUND)}))"
)
#: The first amount of a year's initial budget in an evaluation.
_INITIAL = re.compile(r"funds\.(?P<name>.*)\.initial")
#: The note on a project of which only an evaluation is known.
NO_TABLE = "公开文件没有本项目的绩效目标表，以上目标和指标是自评表所列的。"

Record = dict[str, YamlValue]


def is_in_yuan(table: ReadTable) -> bool:
    """Whether the amounts of a table are in 元."""
    return (table.values.texts.get("money") or table.form.money) == "元"


def layout(table: ReadTable, form_id: str) -> Record:
    """The form of a table, its title where that differs, and its unit of money."""
    record: Record = {"form": form_id}
    if table.title:
        record["title"] = table.title
    if is_in_yuan(table):
        record["money"] = "元"
    return record


def own_title(printed: str, fields: Mapping[str, str], number: int) -> Record:
    """The title of a project's table, where it is another one than the default form prints."""
    texts = {"name": fields.get("name") or "", "number": fields.get("number") or str(number)}
    template = library.shipped(library.DEFAULTS["project"]).title or ""
    usual = templates.filled(template, lambda path: texts.get(path, ""))
    return {"title": printed} if printed and squeezed(printed) != squeezed(usual) else {}


def project(item: Values, table: ReadTable, form_id: str, number: int) -> Record:
    """A project's target table, or what a list says of one project."""
    texts = item.texts
    return {
        "schema": "project/1",
        "code": texts.get("code") or None,
        "name": texts.get("name", "").strip() or None,
        **layout(table, form_id),
        "unit": texts.get("unit") or None,
        "number": str(number),
        "budget": budget(item) or {"total": None},
        **_if_printed(texts, "purpose"),
        **_plan(item),
        "goals": divided_goals.listed("goals", texts),
        **_optional("term_goals", divided_goals.listed("term_goals", texts)),
        "indicators": indicators(item.lists.get("indicators", ())),
        **_optional("term_indicators", indicators(item.lists.get("term_indicators", ()))),
        **_optional("facts", facts(item)),
    }


def evaluated_project(item: Values, table: ReadTable, number: int) -> Record:
    """A project of which only an evaluation is known, with the targets that this states."""
    texts = item.texts
    total = _initial(item)
    return {
        "schema": "project/1",
        "code": texts.get("code") or None,
        "name": texts.get("name", "").strip() or None,
        "form": library.EVALUATED,
        **({"money": "元"} if is_in_yuan(table) else {}),
        "unit": None,
        "number": str(number),
        "budget": {"total": total if re.fullmatch(MONEY, total.strip(), re.ASCII) else None},
        "goals": divided_goals.listed("goals", texts),
        "indicators": [_evaluated(row) for row in item.lists.get("indicators", ())],
        "notes": [{"note": NO_TABLE}],
    }


def _initial(item: Values) -> str:
    """The money at the beginning of the year: in the row of the sum, or else in the first."""
    found = [(one["name"], text) for path, text in item.texts.items()
             if (one := _INITIAL.fullmatch(path))]  # fmt: skip
    found += [(squeezed(one.texts.get("name", "")), one.texts.get("initial", ""))
              for one in item.lists.get("funds", ())]  # fmt: skip
    of_all = (text for name, text in found if text and _is_of_all_money(name))
    return next(of_all, found[0][1] if found else "")


def _is_of_all_money(name: str) -> bool:
    is_sum = field_labels.SUMS.fullmatch(field_labels.core(name)) is not None
    return is_sum or field_labels.label(name) == "budget.total"


def _evaluated(row: Values) -> Record:
    """A row of an evaluation as one of a target table."""
    record = _row(row, ("level1", "level2", "level3"))
    record.pop("other", None)
    sign, unit = (row.texts.get(f"other.{name}", "") for name in ("符号", "单位"))
    value = row.texts.get("target", "")
    if not (sign or unit):
        return {**record, "target": value or None}
    return {**record, "sign": sign or None, "value": value or None, "unit": unit or None}


def department(table: ReadTable, form_id: str) -> Record:
    """The target table of a whole department."""
    item = table.values
    return {
        **layout(table, form_id),
        **_optional("budget", budget(item)),
        **_optional("tasks", tasks(item)),
        "goals": divided_goals.listed("goals", item.texts),
        **_optional("term_goals", divided_goals.listed("term_goals", item.texts)),
        "indicators": indicators(item.lists.get("indicators", ())),
        **_optional("term_indicators", indicators(item.lists.get("term_indicators", ()))),
        **_optional("facts", facts(item)),
    }


def project_list(
    table: ReadTable, form_id: str, before: Sequence[tuple[Values, str | None]]
) -> Record:
    """A table that lists projects: `before` holds its sums, each with the project it precedes."""
    sums: list[YamlValue] = [
        {
            "name": _name_of_sum(item),
            **_optional("before", id_),
            **_optional("budget", budget(item)),
            **_optional("facts", facts(item)),
        }
        for item, id_ in before
    ]
    return {
        **layout(table, form_id),
        **_optional("sums", sums),
        **_optional("facts", facts(table.values)),
    }


def _name_of_sum(item: Values) -> str | None:
    """What a sum is called; it may say so below the head of another column, such as 序号."""
    facts_ = (text for path, text in item.texts.items() if path.startswith("facts."))
    said = (item.texts.get("name", ""), *facts_)
    return next((text.strip() for text in said if text.strip()), None)


def evaluation(table: ReadTable, form_id: str, schema: str) -> Record:
    """A self-evaluation, of a project or of a department."""
    item, texts = table.values, table.values.texts
    return {
        "schema": schema,
        **({"code": texts.get("code") or None} if schema == "result/1" else {}),
        "name": texts.get("name", "").strip() or None,
        **layout(table, form_id),
        "published": None,
        **_optional("funds", funds(item)),
        **_if_printed(texts, "score"),
        "goals": divided_goals.listed("goals", texts),
        **_optional("goals_actual", divided_goals.listed("goals_actual", texts)),
        **_optional("tasks", tasks(item)),
        "indicators": [_row(one, _RESULT) for one in item.lists.get("indicators", ())],
        **_optional("facts", facts(item)),
    }


def budget(item: Values) -> Record:
    """Money of a project, a task, a sum or a department."""
    texts = item.texts
    record: Record = {key: texts[f"budget.{key}"] or None for key in _BUDGET
                      if f"budget.{key}" in texts}  # fmt: skip
    parts: Record = dict(_below(texts, "budget.parts."))
    for one in item.lists.get("parts", ()):
        parts[unused(one.texts.get("name", "").strip(), parts)] = one.texts.get("amount") or None
    return {**record, **_optional("parts", parts)}


def facts(item: Values) -> Record:
    """Everything else that is printed under a head of its own."""
    found: Record = dict(_below(item.texts, "facts."))
    for one in item.lists.get("facts", ()):
        found[unused(one.texts.get("name", ""), found)] = one.texts.get("content") or None
    return found


def tasks(item: Values) -> list[YamlValue]:
    """The main tasks of the year."""
    return [
        {
            **{key: one.texts[key] or None for key in ("name", "content") if key in one.texts},
            **_optional("budget", budget(one)),
            **_if_printed(one.texts, "goal"),
            **_optional("other", dict(_below(one.texts, "other."))),
        }
        for one in item.lists.get("tasks", ())
    ]


def funds(item: Values) -> list[YamlValue]:
    """The rows of money in an evaluation."""
    rows: dict[str, Record] = {}
    others: dict[str, Record] = {}
    for path, text in item.texts.items():
        if found := _OF_FUND.fullmatch(path):
            row = rows.setdefault(found["name"], {"name": found["name"]})
            if found["other"]:
                others.setdefault(found["name"], {})[found["other"]] = text or None
            else:
                row[found["column"]] = text or None
    listed: list[YamlValue] = [
        {
            "name": one.texts.get("name"),
            **{key: one.texts[key] or None for key in _FUND if key in one.texts},
            **_optional("other", dict(_below(one.texts, "other."))),
        }
        for one in item.lists.get("funds", ())
    ]
    return [
        *({**row, **_optional("other", others.get(name))} for name, row in rows.items()),
        *listed,
    ]


def indicators(rows: Iterable[Values]) -> list[YamlValue]:
    """The rows of a target table."""
    return [_row(row, _INDICATOR) for row in rows]


def _row(row: Values, keys: Sequence[str]) -> Record:
    record: Record = {key: row.texts[key] or None for key in keys
                      if key in row.texts or key == "level3" if key in row.texts}  # fmt: skip
    return {
        **record,
        **_optional("other", dict(_below(row.texts, "other."))),
        **_optional("apart", sorted(row.apart)),
    }


def _plan(item: Values) -> Record:
    plan = item.lists.get("plan")
    if plan is None:
        return {}
    return {"spending_plan": {one.texts.get("period", ""): one.texts.get("amount") or None
                              for one in plan if one.texts.get("period")}}  # fmt: skip


def _if_printed(texts: Mapping[str, str], key: str) -> Record:
    return {key: texts[key] or None} if key in texts else {}


def _optional(key: str, value: YamlValue) -> Record:
    return {key: value} if value else {}


def _below(texts: Mapping[str, str], prefix: str) -> Iterable[tuple[str, str | None]]:
    return ((path.removeprefix(prefix), text or None) for path, text in texts.items()
            if path.startswith(prefix))  # fmt: skip


def unused(name: str, taken: Mapping[str, YamlValue]) -> str:
    """A name, with a number behind it where it is taken."""
    number, made = 2, name
    while made in taken:
        made, number = f"{name}（{number}）", number + 1
    return made


def is_sum(item: Values) -> bool:
    """Whether an item of a list is a sum and no project: by its form, or else by its name."""
    if item.texts.get(IS_SUM):
        return True
    named = field_labels.SUMS.fullmatch(squeezed(item.texts.get("name", "")))
    return bool(named) and not item.lists.get("indicators") and not item.texts.get("code")


def are_same(one: Mapping[str, object], other: Mapping[str, object]) -> bool:
    """Whether two records say the same, but for a number that may only be a place in a document."""
    return {**one, "number": None} == {**other, "number": None}
