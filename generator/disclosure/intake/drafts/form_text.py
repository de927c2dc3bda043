"""A learned form as YAML, laid out so that a clerk can read and correct it: one cell a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from disclosure.forms.form import Form, FormBlock, FormCell, Row
from disclosure.intake.drafts import yamltext

_HEAD = (
    "yaml-language-server: $schema={up}schemas/form.schema.json",
    "由公开文件里的表格得出的表样，请与原表核对：没有花括号的是栏目，",
    "{name} 等花括号里的是填的内容。",
    "facts.栏目名称、other.栏目名称 是还不认识的栏目，照印；认识的可以改成相应的字段。",
)


def form_text(form: Form, up: str = "../../") -> str:
    """A whole file."""
    lines = [f"# {line.replace('{up}', up)}" for line in _HEAD]
    lines += [f"schema: {form.schema_}", f"id: {form.id}", f"name: {yamltext.scalar(form.name)}",
              f"kind: {form.kind}", f"title: {yamltext.scalar(form.title)}"]  # fmt: skip
    for key in ("above", "below"):
        if texts := getattr(form, key):
            lines += [f"{key}:", *(f"- {yamltext.scalar(text)}" for text in texts)]
    if form.money:
        lines.append(f"money: {form.money}")
    if form.orientation != "portrait":
        lines.append(f"orientation: {form.orientation}")
    lines.append(f"columns: {form.columns}")
    if form.widths:
        lines.append(f"widths: [{', '.join(map(str, form.widths))}]")
    if form.printed:
        lines.append("printed:")
        for path, known in form.printed.items():
            lines.append(f"  {path}:")
            lines += [f"    {yamltext.scalar(value)}: {yamltext.scalar(printed)}"
                      for value, printed in known.items()]  # fmt: skip
    return "\n".join([*lines, "rows:", *_rows(form.rows, "")]) + "\n"


def _rows(rows: Sequence[Row | FormBlock], indent: str) -> Iterator[str]:
    for row in rows:
        if isinstance(row, FormBlock):
            yield from _block(row, indent)
        else:
            yield from _row(row, indent)


def _block(block: FormBlock, indent: str) -> Iterator[str]:
    mark = "- "
    for key in ("each", "of", "needs"):
        if value := getattr(block, key):
            yield f"{indent}{mark}{key}: {value}"
            mark = "  "
    yield f"{indent}{mark}rows:"
    yield from _rows(block.rows, f"{indent}  ")


def _row(row: Row, indent: str) -> Iterator[str]:
    if not row:
        yield f"{indent}- []"
    for number, cell in enumerate(row):
        yield f"{indent}{'- ' if number == 0 else '  '}- {_cell(cell)}"


def _cell(cell: FormCell) -> str:
    text = yamltext.scalar(cell.text)
    more = []
    if cell.rows != 1:
        more.append(f"rows: {cell.rows}")
    if cell.columns != 1:
        more.append(f"columns: {cell.columns}")
    if cell.merge:
        more.append(f"merge: [{', '.join(map(yamltext.within, cell.merge))}]")
    named = ((key, getattr(cell, key)) for key in ("each", "joined", "blank", "empty"))
    more += [f"{key}: {value}" for key, value in named if value]
    if not more:
        return text
    return "{" + ", ".join([f"text: {yamltext.within(cell.text)}", *more]) + "}"
