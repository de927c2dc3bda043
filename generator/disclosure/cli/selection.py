"""The files that `disclosure check PATH` covers; any path but data and pages is refused."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from disclosure import reading
from disclosure.config import mkdocs_yml
from disclosure.config.site_project import SiteProject
from disclosure.model.diagnostics import Diagnostic
from disclosure.reports import finding_report
from disclosure.site import handwritten


class NotLookedAtError(Exception):
    """A path is neither among the data nor among the pages; the text says so in Chinese."""


class Selection(Struct, frozen=True):
    """The paths that a command is given.

    Attributes:
        inside: Those in the project.
        others: Data folders that are not the project's; each is checked by itself.
    """

    inside: tuple[Path, ...]
    others: tuple[Path, ...]


def select(here: SiteProject, paths: Sequence[Path]) -> Selection:
    """The paths, told apart by where they are."""
    own = (here.root.resolve(), here.data.resolve(), here.pages.resolve())
    others = [path for path in paths if path.resolve() not in own and _is_data_folder(path)]
    return Selection(tuple(path for path in paths if path not in others), tuple(others))


def require_looked_at(
    here: SiteProject, findings: Sequence[Diagnostic], paths: Sequence[Path]
) -> None:
    """See that something was looked at in each of these paths.

    Args:
        here: The project that was checked.
        findings: All that was found in it: a file or folder with a finding was looked at.
        paths: The paths as given.

    Raises:
        NotLookedAtError: Nothing was, in one of them, or only a part of it.
    """
    known = [file.resolve() for file in _files(here)] if paths else []
    for path in paths:
        place = path.resolve()
        if place != here.root.resolve() and here.root.resolve().is_relative_to(place):
            raise NotLookedAtError(
                f"{path} 里不止这一个项目，没有全部检查。"
                "请指明项目里的文件或文件夹；要检查别的项目，请用 -C 指明它的文件夹。"
            )
        if not any(file.is_relative_to(place) for file in known) and not finding_report.within(
            findings, here, (path,)
        ):
            raise NotLookedAtError(_why_not(here, path))


def _files(here: SiteProject) -> Iterator[Path]:
    """Every file that is looked at."""
    yield from mkdocs_yml.files(here.root / mkdocs_yml.FILE_NAME)
    yield from (Path(place.file) for place in reading.discover(here.data)[0])
    if here.pages.is_dir():
        yield from handwritten.files(here.pages)


def _is_data_folder(path: Path) -> bool:
    return path.is_dir() and any(path.glob("*/department.yml"))


def _why_not(here: SiteProject, path: Path) -> str:
    """Why nothing was looked at, and what to do."""
    place = path.resolve()
    if (path / mkdocs_yml.FILE_NAME).is_file():
        return f"{path} 是另一个项目，没有检查。请运行：disclosure -C {path} check"
    folder = next(filter(_is_data_folder, place.parents), None)
    if place.is_relative_to(here.data.resolve()):
        why = "里没有数据文件" if path.is_dir() else "不是数据文件"
        hint = f"看看有没有放错、写错名称的：disclosure check {here.data}"
    elif place.is_relative_to(here.pages.resolve()):
        why, hint = (
            "里没有网页和图片" if path.is_dir() else "不会放到网站上",
            "请检查它的名称和位置。",
        )
    elif folder is not None:
        why, hint = "不在这个项目的数据里", f"要检查它所在的数据文件夹：disclosure check {folder}"
    else:
        why = "不在数据文件夹和手写页面的文件夹里"
        hint = f"这个项目的数据在 {here.data}，页面在 {here.pages}。"
    return f"{path} {why}，没有检查。{hint}"
