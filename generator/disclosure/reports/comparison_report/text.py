"""A comparison for people at a terminal of 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from disclosure.compare import (
    ComparedYears,
    DiffPiece,
    ProjectChange,
    ProjectDifference,
    SuccessionKind,
    sums,
)
from disclosure.compare.code_lists import SUCCESSION_KINDS
from disclosure.exports.writers.change_rows import LIKELY, names
from disclosure.model.departments import Department
from disclosure.model.target import Change
from disclosure.pages.change_wording import (
    NOT_A_LOWERING,
    ChangeLine,
    Count,
    IndicatorLine,
    State,
    differences,
    evidence,
    indicator_line,
    indicator_lines,
)
from disclosure.pages.comparison import MoneyLine, money_line, totals
from disclosure.pages.indicator_list import first_differences, with_first
from disclosure.pages.table_comparison import table_comparison
from disclosure.pages.transfers import transferred
from disclosure.reports.comparison_report.common import FullComparison

WIDTH = 80
CONSOLE = Console(width=WIDTH, color_system=None)


class ReportLine(NamedTuple):
    """A line of the report; where it is too long it goes on below the end of `label`."""

    indent: int
    text: str
    label: str = ""


_NOT_LISTED = "未列"

EMPTY = ReportLine(0, "")


def render_text(comparison: FullComparison) -> str:
    """The sums, then what changed for each department and project; no line over 80 cells."""
    pairs = [pair for _, pair in comparison.pairs]
    lines = [ReportLine(0, f"{comparison.old}年与{comparison.new}年比较（单位：万元）")]
    if len(pairs) > 1:
        lines += [EMPTY, ReportLine(0, f"合计：{len(pairs)}个部门"), *_sums(pairs)]
    for data, pair in comparison.pairs:
        lines += [EMPTY, *_department(data.department, pair)]
    for year, departments in (
        (comparison.old, comparison.only_old),
        (comparison.new, comparison.only_new),
    ):
        if departments:
            who = "、".join(data.department.name for data in departments)
            lines += [EMPTY, ReportLine(0, who, f"只公开了{year}年、不单独比较的部门：")]
    return "".join(f"{part}\n" for line in lines for part in _wrapped(line))


def _wrapped(line: ReportLine) -> Iterator[str]:
    """The line as the lines of a terminal, where a Chinese character takes two cells."""
    begin = " " * line.indent + line.label
    width = cell_len(begin)
    for part in Text(line.text).wrap(CONSOLE, WIDTH - width, overflow="fold"):
        yield f"{begin}{part.plain}".rstrip()
        begin = " " * width


def _sums(pairs: Sequence[ComparedYears]) -> Iterator[ReportLine]:
    found = totals([sums(pair) for pair in pairs])
    old, new = found.projects
    succession_kinds = " ".join(f"{count.label}{count.number}" for count in found.succession_kinds)
    yield ReportLine(2, f"项目预算数合计（现行版本）：{_money(found.money)}")
    if found.first:
        yield ReportLine(2, f"按首次公开：{_money(found.first)}")
    sides = (f"{number}个{off}" for number, off in zip((old, new), found.called_off, strict=True))
    yield ReportLine(2, f"项目：{' → '.join(sides)}（{succession_kinds}）")
    if found.states:
        title = "承接上年的项目的绩效指标（现行版本）："
        yield ReportLine(2, " ".join(map(_counted, found.states)), title)
    if found.first_states:
        yield ReportLine(2, " ".join(map(_counted, found.first_states)), "按首次公开：")


def _counted(count: Count) -> str:
    explained = f"（{count.explanation}）" if count.explained else ""
    return f"{count.label}{count.number}{explained}"


def _money(line: MoneyLine) -> str:
    """Both amounts, then the change, and its share of the old amount."""
    if not (line.old and line.new):
        return f"{line.old or _NOT_LISTED} → {line.new or _NOT_LISTED}"
    if line.direction == "same":
        return f"{line.new}（未变）"
    # The pages' minus sign is not among the characters of a GBK terminal.
    changes = "，".join(filter(None, (line.change, line.growth))).replace("−", "-")
    return f"{line.old} → {line.new}（{changes}）"


def _department(department: Department, pair: ComparedYears) -> Iterator[ReportLine]:
    yield ReportLine(0, f"{department.name}（{department.id}）")
    if pair.taken_over:
        yield ReportLine(2, f"{pair.old.year}年没有公开绩效目标，只比较由其他部门转来的项目。")
    yield from _sums([pair])
    yield from _table(pair)
    unchanged = []
    years = pair.old.year, pair.new.year
    for change, then in with_first(pair):
        lines = [*_changes(change, years), *(_first(change, then, years) if then else ())]
        if (
            lines
            or change.succession.places
            or change.succession.kind is not SuccessionKind.CONTINUED
        ):
            yield EMPTY
            yield ReportLine(2, _title(change))
            yield from lines
        else:
            unchanged.append(names(change.succession.new))
    if unchanged:
        yield EMPTY
        yield ReportLine(2, "、".join(unchanged), f"没有变化的项目（{len(unchanged)}个）：")


def _table(pair: ComparedYears) -> Iterator[ReportLine]:
    """What changed in the table of the whole department; nothing where no year has one."""
    found, years = table_comparison(pair), (pair.old.year, pair.new.year)
    if found is None:
        return
    yield EMPTY
    yield ReportLine(2, "【部门整体绩效目标表】")
    if found.only:
        yield ReportLine(4, f"只有{found.only}公开了，不能比较")
    elif not found.any:
        yield ReportLine(4, "没有差别")
    for line in found.differences.lines:
        yield from _line(4, line, years)
    for item in found.differences.indicators:
        yield from _indicator(item, years)
    for task in found.tasks:
        amounts = " → ".join(filter(None, (task.old, task.new)))
        yield ReportLine(4, f"{task.state} {task.name}" + (f"：{amounts}" if amounts else ""))
        for line in task.lines:
            yield from _line(6, line, years)


def _title(change: ProjectChange) -> str:
    succession = change.succession
    sides = [names(succession.old), names(succession.new)]
    if succession.kind is SuccessionKind.CONTINUED:
        del sides[0]
    return f"【{SUCCESSION_KINDS[succession.kind]}】{' → '.join(filter(None, sides))}"


def _changes(change: ProjectChange, years: tuple[int, int]) -> Iterator[ReportLine]:
    """Everything that is to be said of a project; nothing when it went on as it was."""
    succession, money = change.succession, money_line(change.old_budget, change.new_budget)
    if transfer := transferred(succession):
        yield ReportLine(4, f"{transfer}。")
    moved = any(one.transferred for one in succession.links)
    if succession.links and (moved or succession.kind is not SuccessionKind.CONTINUED):
        yield ReportLine(4, f"承接依据：{evidence(succession)}")
    if not succession.old:
        yield ReportLine(4, f"预算数：{money.new or _NOT_LISTED}")
    elif not succession.new:
        yield ReportLine(4, f"{years[0]}年预算数：{money.old or _NOT_LISTED}")
    elif succession.kind is SuccessionKind.WITHDRAWN:
        yield ReportLine(4, f"预算数：{money.old} → {money.new}（已撤销）")
    elif change.difference is None or money.direction != "same" or money.old != money.new:
        yield ReportLine(4, f"预算数：{_money(money)}")
    if change.difference:
        yield from _difference(change.difference, years)
    shown, unchanged = indicator_lines(change.regrouped)
    for item in shown:
        yield from _indicator(item, years)
    if unchanged and shown:
        yield ReportLine(4, f"另有{unchanged}项指标未变")


def _first(
    change: ProjectChange, then: ProjectChange, years: tuple[int, int]
) -> Iterator[ReportLine]:
    """What compares otherwise as it was first published; nothing where nothing does."""
    lines = []
    if (then.old_budget, then.new_budget) != (change.old_budget, change.new_budget):
        money, succession = money_line(then.old_budget, then.new_budget), change.succession
        both = succession.old and succession.new
        amount = _money(money) if both else money.new if succession.new else money.old
        lines.append(ReportLine(6, f"预算数：{amount or _NOT_LISTED}"))
    for item in first_differences(change, then):
        worded = _indicator(indicator_line(item), years)
        lines += (line._replace(indent=line.indent + 2) for line in worded)
    if lines:
        yield ReportLine(4, "按首次公开比较：")
        yield from lines


def _difference(difference: ProjectDifference, years: tuple[int, int]) -> Iterator[ReportLine]:
    """What differs but for the total, which stands above."""
    parts = tuple(item for item in difference.budget if item.field != "total")
    worded = differences(replace(difference, budget=parts))
    for line in worded.lines:
        yield from _line(4, line, years)
    for item in worded.indicators:
        yield from _indicator(item, years)
    if worded.unchanged and worded.any:
        yield ReportLine(4, f"另有{worded.unchanged}项指标未变")


def _line(indent: int, line: ChangeLine, years: tuple[int, int]) -> Iterator[ReportLine]:
    """Old and new on one line where they fit, else below each other."""
    old, new = _text(line.old), _text(line.new)
    short = f"{line.field}：{old} → {new}"
    if "\n" not in short and indent + cell_len(short) <= WIDTH:
        yield ReportLine(indent, short)
    else:
        yield ReportLine(indent, f"{line.field}：")
        yield ReportLine(indent + 2, old, f"{years[0]}年：")
        yield ReportLine(indent + 2, new, f"{years[1]}年：")


def _text(pieces: Iterable[DiffPiece]) -> str:
    return "".join(piece.text for piece in pieces) or "（空）"


def _indicator(item: IndicatorLine, years: tuple[int, int]) -> Iterator[ReportLine]:
    values = dict.fromkeys(value for value in (item.old, item.new) if value)
    yield ReportLine(4, f"{item.state.arrow}{item.state.label} {item.name}：{' → '.join(values)}")
    changed = item.state.key != Change.SAME or item.old != item.new
    if item.state.reason and changed:
        yield ReportLine(6, item.state.reason + _size(item.state))
    if item.state.disputed:
        yield ReportLine(6, NOT_A_LOWERING)
    for note in item.state.notes:
        yield ReportLine(6, note, "公开注释：")
    if not item.certain:
        yield ReportLine(6, LIKELY)
    for line in item.lines:
        yield from _line(6, line, years)


def _size(state: State) -> str:
    """How large a change is, where the reason does not say it already."""
    if state.key in {Change.LOWER, Change.HIGHER, Change.MOVED}:
        return ""
    size = state.size or (state.days and f"{state.days}天")
    return f"（{size.replace('−', '-')}）" if size else ""
