"""What is wrong with a form's file, and with the forms that other files name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from disclosure.forms import faults, library, paths
from disclosure.forms.form import Form
from disclosure.model.fields import Record
from disclosure.reading import rules, tree
from disclosure.reading.datafile import DataFile
from disclosure.reading.quoting import meant, quote
from disclosure.reading.tree import Scalar

#: The kinds of form that the table in a kind of file may have, and where it says which.
_NAMED: Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]] = {
    "project/1": ((("form",), frozenset({"project", "projects"})),),
    "result/1": ((("form",), frozenset({"evaluation"})),),
    "department-result/1": ((("form",), frozenset({"department-evaluation"})),),
    "disclosure/1": (
        (("department_table", "form"), frozenset({"department"})),
        (("project_lists", "*", "form"), frozenset({"projects"})),
    ),
}
#: What people call a kind of form.
_KINDS = {
    "project": "一个项目一张的目标表",
    "projects": "多个项目一张的目标表",
    "department": "部门整体目标表",
    "evaluation": "项目自评表",
    "department-evaluation": "部门自评表",
}


def judge_forms(files: Iterable[DataFile]) -> None:
    """Add to each form's file what is wrong with it."""
    for file in files:
        if file.place.kind == "form/1":
            _own_id(file)
            if isinstance(file.record, Form):
                _fields(file, file.record)
                _grid(file, file.record)


def judge_names_of_forms(files: Iterable[DataFile], own: Mapping[str, Record]) -> None:
    """Add to each file what is wrong with the forms that it names; `own` are the data folder's."""
    for file in files:
        for way, kinds in _NAMED.get(file.place.kind, ()):
            for at in file.scalars(*way):
                _named(file, at, kinds, own)


def _named(file: DataFile, at: Scalar, kinds: frozenset[str], own: Mapping[str, Record]) -> None:
    named = at.text or ""
    known = library.all_ids(own)
    if named not in known:
        guess = meant(named, {one: one for one in known})
        hint = f"是不是想写 {guess}？" if guess else f"可以写：{'、'.join(known)}。"
        hint += f"其他表样请写成 data/forms/{named}.yml。"
        file.report(rules.UNKNOWN_FORM, at, f"没有标识为{quote(named)}的表样。", hint)
        return
    form = library.form_of(named, "project", own)
    if form.kind not in kinds:
        wanted = "或".join(_KINDS[kind] for kind in sorted(kinds))
        message = f"表样{quote(named)}是{_KINDS[form.kind]}，这里要用{wanted}。"
        of_kind = [one for one in known if library.form_of(one, "project", own).kind in kinds]
        file.report(rules.FORM_KIND, at, message, f"可以写：{'、'.join(of_kind)}。")


def _own_id(file: DataFile) -> None:
    for at in file.scalars("id"):
        if at.text != file.place.stem:
            message = f"表样标识{quote(at.text or '')}与文件名 {file.place.stem}.yml 不同。"
            file.report(rules.FORM_ID, at, message, "请把其中一个改成与另一个相同。")


def _fields(file: DataFile, form: Form) -> None:
    every = {path: path for path in (*paths.all_paths(), *paths.LISTS)}
    for fault in faults.unknown_paths(form):
        guess = meant(fault.path, every)
        hint = (
            f"是不是想写 {guess}？"
            if guess
            else "其他栏目写 facts.栏目名称，指标的其他栏写 other.栏目名称。"
        )
        message = f"没有{quote(fault.path)}这一项，这一格会一直空着。"
        file.report(rules.FORM_FIELD, _scalar(file, fault.way), message, hint)
    if form.widths and len(form.widths) != form.columns:
        message = f"列宽写了 {len(form.widths)} 个，表有 {form.columns} 列。"
        file.report(rules.FORM_WIDTHS, file.key("widths"), message, "请给每一列写一个列宽。")


def _grid(file: DataFile, form: Form) -> None:
    for fault in faults.wrong_rows(form):
        if fault.overlaps:
            what = "有格子叠在一起"
        elif fault.below:
            what = "有格子伸到了表的最后一行以下"
        else:
            what = f"的格子一共占 {fault.columns} 列，表有 {form.columns} 列"
        label = fault.label.replace("\n", "")[:20]
        message = f"填上示例后的第 {fault.row} 行（{quote(label)}）{what}。"
        hint = "请核对这一行各格的 columns、rows，以及从上面几行占下来的格子。"
        file.report(rules.FORM_GRID, _scalar(file, fault.way), message, hint)


def _scalar(file: DataFile, way: faults.Way) -> Scalar | None:
    """The first text that stands at a place of the file, or its field's name."""
    node = tree.find(file.root, *way) if file.root else None
    while node is not None and not isinstance(node, Scalar):
        if isinstance(node, tree.Sequence):
            node = node.items[0] if node.items else None
        elif isinstance(node, tree.Mapping):
            key, value = next(iter(node.entries.values()), (None, None))
            node = value if isinstance(value, Scalar) else key
        else:
            node = None
    return node if node is not None else file.key(str(way[0]))
