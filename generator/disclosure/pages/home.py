"""The first page: who publishes, what, what is newest, what was lowered and what was missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from msgspec import Struct

from disclosure.compare import DROPPED, LOWERED_STATES, summed
from disclosure.config.settings import Settings
from disclosure.model.dataset import total
from disclosure.model.target import Change, Outcome
from disclosure.pages.addresses import GLOSSARY, HOME, year_list_address, years_address
from disclosure.pages.answers import Answer
from disclosure.pages.comparison_of_all import state_address
from disclosure.pages.events import CHANGES, Event
from disclosure.pages.filtered_rows import OUTCOME
from disclosure.pages.formatting import money
from disclosure.pages.in_force import number_of
from disclosure.pages.list_links import all_lowered, all_missed
from disclosure.pages.outcomes import OutcomeSums
from disclosure.pages.outline import Outline, YearOutline
from disclosure.pages.sentences import spoken
from disclosure.pages.sums import added
from disclosure.pages.terms import READING_GUIDE, Term
from disclosure.pages.view import ALL_DATA, Link, PagePlace, View
from disclosure.pages.year_lists import MISSED
from disclosure.pages.years import MAX_LISTED, Members, Summary, by_year, project_lines, summary

#: How many of the newest publications the first page shows.
MAX_NEWS = 5

#: So many departments are named beside the place; of more only the number is said.
MAX_NAMED = 12


class DepartmentLine(Struct, frozen=True):
    """A department's line on the first page: one summary for each year, None without one."""

    department: Link
    years: tuple[Summary | None, ...]


class HomeView(View, frozen=True, kw_only=True):
    """The first page: who and what, the search box, departments × years (newest first), news.

    `projects` are those of the newest year where the site is of one department only.
    """

    kind: ClassVar[str] = "home"
    place: str
    bodies: tuple[Link, ...]
    answers: tuple[Answer, ...]
    years: tuple[Summary, ...]
    departments: tuple[DepartmentLine, ...]
    projects: tuple[Summary, ...]
    examples: tuple[Link, ...]
    news: tuple[Event, ...]
    themes: tuple[Link, ...]
    guide: tuple[Term, ...]
    changes: Link = CHANGES
    glossary: Link = GLOSSARY


def home_view(
    departments: Sequence[Outline],
    settings: Settings,
    events: Sequence[Event],
    themes: tuple[Link, ...] = (),
) -> HomeView:
    """The first page; of `events` it shows the newest few that have a date."""
    years = by_year(departments)
    projects = _projects(departments, years)
    dated = tuple(event for event in events if event.date)
    return HomeView(
        address=HOME.address,
        title=settings.name,
        description=settings.description,
        data_paths=ALL_DATA,
        place=_place(departments),
        bodies=_bodies(departments),
        answers=tuple(_answers(departments, years, dated)),
        years=tuple(
            summary(Link(f"{year}年", years_address(year)), [one for _, one in members])
            for year, members in years
        ),
        departments=tuple(
            _department_line(department, [year for year, _ in years]) for department in departments
        ),
        projects=projects,
        examples=() if projects else tuple(_examples(departments)),
        news=dated[:MAX_NEWS],
        themes=themes,
        guide=READING_GUIDE,
    )


def _place(departments: Sequence[Outline]) -> str:
    """The region; of several regions only how many they are."""
    every = (one.department.region.name for one in departments)
    names = [name for name in dict.fromkeys(every) if name]
    return names[0] if len(names) == 1 else f"{len(names)}个地区" if names else ""


def _bodies(departments: Sequence[Outline]) -> tuple[Link, ...]:
    if len(departments) > MAX_NAMED:
        return ()
    return tuple(Link(one.department.name, one.address) for one in departments)


def _projects(
    departments: Sequence[Outline], years: Sequence[tuple[int, Members]]
) -> tuple[Summary, ...]:
    """The projects of a site's only department, which nobody should have to look for."""
    if len(departments) != 1 or not years:
        return ()
    _, members = years[0]
    found = tuple(project_lines(members))
    return found if len(found) <= MAX_LISTED else ()


def _examples(departments: Sequence[Outline]) -> Iterator[Link]:
    for department in departments[:1]:
        for year in department.years[:1]:
            for project in year.projects[:3]:
                yield Link(project.name, project.address)


def _department_line(department: Outline, years: Sequence[int]) -> DepartmentLine:
    published = {year.year: year for year in department.years}
    return DepartmentLine(
        Link(department.department.name, department.address),
        tuple(_year_summary(published[year]) if year in published else None for year in years),
    )


def _year_summary(year: YearOutline) -> Summary:
    """A department's year, led to by its sum (万元)."""
    return summary(Link(money(year.budget), year.address), [year])


def _answers(
    departments: Sequence[Outline], years: Sequence[tuple[int, Members]], dated: Sequence[Event]
) -> Iterator[Answer]:
    """What is published, what is newest, what was lowered, what was missed."""
    if not years:
        return
    counted = "projects" if _projects(departments, years) else "overview"
    yield Answer("published", "公开", _published(departments, years), counted)
    for event in dated[:1]:
        place = PagePlace(event.title, event.link.address)
        yield Answer("newest", "最新", f"{event.date}：", list=place)
    if lowered := _lowered(departments):
        yield lowered
    if missed := _missed(years):
        yield missed


def _published(departments: Sequence[Outline], years: Sequence[tuple[int, Members]]) -> str:
    newest, members = years[0]
    first = min(year for year, _ in years)
    span = f"{newest}年" if first == newest else f"{first}年至{newest}年"
    who = departments[0].department.name if len(departments) == 1 else f"{len(departments)}个部门"
    found = [one for _, one in members]
    called_off = sum(one.withdrawn for one in found)
    count = number_of(sum(one.in_force for one in found), called_off)
    amount = spoken(total(one.budget for one in found))
    when = "，共" if first == newest else f"；{newest}年"
    return f"{who}公开了{span}的预算绩效目标{when}{count}，预算合计{amount}。"


def _lowered(departments: Sequence[Outline]) -> Answer | None:
    """The targets of the newest two years that can be compared; None before there are two."""
    pairs = [pair for one in departments for pair in one.pairs]
    if not pairs:
        return None
    old, new = max((pair.old, pair.new) for pair in pairs)
    found = summed([pair.sums for pair in pairs if (pair.old, pair.new) == (old, new)]).indicators
    raised, lowered, lower = (found[key] for key in (Change.STRICTER, Change.LOOSER, Change.LOWER))
    facts = [
        Link(f"要求降低的指标{lowered}项", state_address(new, Change.LOOSER) if lowered else "")
    ]
    if lower:
        label = f"没有写明方向、数值减少的{lower}项"
        facts.append(Link(label, state_address(new, Change.LOWER)))
    if dropped := found[DROPPED]:
        facts.append(Link(f"取消的{dropped}项", state_address(new, DROPPED)))
    there_raised = state_address(new, Change.STRICTER) if raised else ""
    facts.append(Link(f"要求提高的{raised}项", there_raised))
    there = all_lowered(old, new) if any(found[key] for key in LOWERED_STATES) else None
    return _linked("lowered", "降低", f"{new}年与{old}年相比，", facts, there)


def _linked(
    key: str, label: str, opening: str, facts: Sequence[Link], there: PagePlace | None
) -> Answer:
    """A line whose numbers lead to what they count."""
    parts = [Link(opening, "")]
    for fact in facts:
        parts += [fact, Link("，", "")]
    parts[-1] = Link("。", "")
    text = "".join(part.text for part in parts)
    return Answer(key, label, text, list=there, linked=tuple(parts))


def _missed(years: Sequence[tuple[int, Members]]) -> Answer | None:
    """The targets of the newest year that was evaluated; None before there is one."""
    for year, members in years:
        sums = added(OutcomeSums, (one.outcomes for _, one in members))
        if sums.total:
            there = all_missed(year) if sums.missed + sums.differs else None
            listed = year_list_address(year, MISSED.name)
            facts = [
                Link(f"{word}{number}项", OUTCOME.address(listed, key) if number else "")
                for word, number, key in (
                    ("未达到", sums.missed, Outcome.NOT_MET),
                    ("有差异", sums.differs, Outcome.DIFFERS),
                )
                if number or key is Outcome.NOT_MET
            ]
            every = Link(f"{year}年自评的{sums.total}项指标", f"{years_address(year)}#outcomes")
            return _linked("missed", "未达到", "", [every, *facts], there)
    return None
