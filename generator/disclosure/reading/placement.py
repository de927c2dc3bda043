"""Whether the files stand where they say they belong, and agree with each other.

Everything is judged on what the files say, not on the model's values: a mistake elsewhere
in a file must not hide that it stands in the wrong folder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from disclosure.model.fields import SHORT_NUMBER, is_entry
from disclosure.reading import rules, tree
from disclosure.reading.datafile import DataFile
from disclosure.reading.discovery import is_department, is_year
from disclosure.reading.notes import LEVEL3, TABLE, names, notes
from disclosure.reading.quoting import meant, quote
from disclosure.reading.tree import Scalar

#: First parts of addresses that belong to the site itself.
RESERVED_IDS = frozenset(
    {
        "about", "assets", "changes", "compare", "coverage", "data", "downloads", "forms",
        "glossary", "guide", "images", "manifest", "notes", "print", "rules", "search", "targets",
        "themes", "vendor", "years",
    }
)  # fmt: skip


def place(files: list[DataFile]) -> None:
    """Add to each file what is wrong with its place among the others."""
    departments: dict[str, list[DataFile]] = defaultdict(list)
    for file in files:
        departments[file.place.department].append(file)
    for members in departments.values():
        _department(members)
    _same_codes(files)
    for file in files:
        _own_name(file)
        notes(file)
        _themes(file)


def claimed_codes(files: Iterable[DataFile]) -> frozenset[tuple[str, str]]:
    """The project codes that files claim for theirs, each after its year's folder."""
    return frozenset(
        (file.place.year or "", at.text or "")
        for file in files
        if file.place.kind == "project/1"
        for at in file.scalars("code")
    )


def _department(files: list[DataFile]) -> None:
    """What the files of one department must agree about."""
    head = next((file for file in files if file.place.kind == "department/1"), None)
    if head:
        _id(head)
        _former(head)
    years: dict[str, list[DataFile]] = defaultdict(list)
    for file in files:
        if file.place.year:
            years[file.place.year].append(file)
    for members in years.values():
        projects = [file for file in members if file.place.kind == "project/1"]
        results = [file for file in members if file.place.kind == "result/1"]
        if head:
            _units(head, projects)
        _numbers(projects)
        _lists(members, projects)
        _versions(projects)
        _results(results, projects)
        _whole_result(members)


def _id(head: DataFile) -> None:
    folder = head.place.department
    at = next(iter(head.scalars("id")), None)
    if at and at.text != folder and is_department(folder):
        message = f"部门标识{quote(at.text or '')}与文件夹名称“{folder}”不同。"
        hint = "请把其中一个改成与另一个相同。已公开的部门不要改，否则网址会变。"
        head.report(rules.ID_NOT_FOLDER, at, message, hint)
    if folder in RESERVED_IDS:
        message = f"“{folder}”是网站自己的栏目，不能作部门标识。"
        hint = "请给文件夹和 id 换一个名称，如 130803-322（行政区划代码-部门编码）。"
        head.report(rules.RESERVED_ID, at, message, hint)


def _former(head: DataFile) -> None:
    """Former names: one entry for a year, of units that there are, each with another name."""
    _former_without_effect(head)
    codes = {unit.text for unit in head.scalars("units", "*", "code")}
    seen: set[str] = set()
    for at in head.scalars("former", "*", "until"):
        if at.text in seen:
            message = f"曾用名称里有两项都截至{at.text}年。"
            head.report(rules.FORMER_NAMES, at, message, "请合并成一项。")
        seen.add(at.text or "")
    for key in tree.keys(head.root, "former", "*", "units") if head.root else ():
        if key.text not in codes:
            message = f"曾用名称里的预算单位{quote(key.text or '')}不在 units 之中。"
            hint = "请核对编码；已撤销的单位也请保留在 units 里，过去年度的项目还要用到。"
            head.report(rules.FORMER_NAMES, key, message, hint)


def _former_without_effect(head: DataFile) -> None:
    """Entries of former names that name nothing, or what was called so afterwards as well."""
    entries = tree.find(head.root, "former") if head.root else None
    texts = _present_names(head)
    listed = entries.items if isinstance(entries, tree.Sequence) else ()
    dated = [
        (until, entry)
        for entry in listed
        if isinstance(entry, tree.Mapping)
        for until in tree.texts(entry, "until")
    ]
    for until, entry in sorted(dated, key=lambda one: one[0].text or "", reverse=True):
        names = dict(_names(entry))
        if not names:
            message = f"截至{until.text}年的一项没有写任何原名称。"
            head.report(rules.FORMER_NAMES, until, message, "请写明当时的名称，或删去这一项。")
        for what, at in names.items():
            if texts.get(what) == at.text:
                message = f"截至{until.text}年的名称{quote(at.text or '')}与后来的名称相同。"
                head.report(rules.FORMER_NAMES, at, message, "没有改名的不写；请核对。")
            texts[what] = at.text or ""


def _present_names(head: DataFile) -> dict[str, str]:
    """The names of today: of the department, its region, its units by their codes."""
    single = {"name": ("name",), "region": ("region", "name")}
    found = {what: at.text or "" for what, path in single.items() for at in head.scalars(*path)}
    units = tree.find(head.root, "units") if head.root else None
    for unit in units.items if isinstance(units, tree.Sequence) else ():
        for code in tree.texts(unit, "code"):
            found.update((code.text or "", at.text or "") for at in tree.texts(unit, "name"))
    return found


def _names(entry: tree.Mapping) -> Iterator[tuple[str, Scalar]]:
    """What an entry of former names names, and its words."""
    for what in ("name", "region"):
        yield from ((what, at) for at in tree.texts(entry, what))
    for code in tree.keys(entry, "units"):
        yield from ((code.text or "", at) for at in tree.texts(entry, "units", code.text or ""))


def _themes(words: DataFile) -> None:
    """No two themes of a file share their identifier."""
    if words.place.kind != "words/1":
        return
    seen: set[str] = set()
    for at in words.scalars("themes", "*", "id"):
        if at.text in seen:
            message = f"主题标识{quote(at.text or '')}写了两次。"
            words.report(rules.SAME_THEME, at, message, "请把两项合并，或给其中一项换一个标识。")
        seen.add(at.text or "")


def _units(head: DataFile, projects: list[DataFile]) -> None:
    """Each project's unit is one of the department's, or `~` where its table prints none."""
    codes = [unit.text or "" for unit in head.scalars("units", "*", "code")]
    if not codes:
        return
    for file in projects:
        if file.root and _is_unwritten(tree.find(file.root, "unit")):
            hint = f"可以写：{'、'.join(codes[:20])}；公开文件没有印预算单位的写 ~。"
            _missing(file, "unit", "预算单位编码", hint)
        for at in file.scalars("unit"):
            if at.text is None or at.text in codes:
                continue
            guess = meant(at.text or "", {code: code for code in codes})
            hint = f"是不是想写 {guess}？" if guess else f"可以写：{'、'.join(codes[:20])}。"
            hint += "如果是新单位，请先加到 department.yml 的 units 里。"
            message = f"department.yml 里没有编码为{quote(at.text or '')}的预算单位。"
            file.report(rules.UNKNOWN_UNIT, at, message, hint)


def _numbers(projects: list[DataFile]) -> None:
    """No two projects of a year share their number in the document."""
    owners: dict[str, DataFile] = {}
    for file in projects:
        for at in file.scalars("number"):
            owner = owners.setdefault(at.text or "", file)
            if owner.place.id != file.place.id:
                message = f"序号 {at.text} 已经用于 {_name(owner)}。"
                hint = "请按公开文件第二部分的顺序，给每个项目写不同的序号。"
                file.report(rules.SAME_NUMBER, at, message, hint)


def _lists(files: list[DataFile], projects: list[DataFile]) -> None:
    """A row of a list that is no project stands before a project of the year."""
    ids = {file.place.id: file.place.id for file in projects}
    for file in files:
        for at in file.scalars("project_lists", "*", "sums", "*", "before"):
            if at.text in ids:
                continue
            message = f"本年度没有项目{quote(at.text or '')}，合计行不知道排在哪里。"
            guess = meant(at.text or "", ids)
            hint = f"是不是想写 {guess}？" if guess else "请写项目的文件名（不含 .yml）；"
            hint += "" if guess else "排在最后的不写 before。"
            file.report(rules.LIST_PLACE, at, message, hint)


def _same_codes(files: list[DataFile]) -> None:
    """No two projects of a year share a code, in whichever department."""
    named: dict[tuple[str | None, str], DataFile] = {}
    tables = [file for file in files if file.place.kind == "project/1"]
    # A file that bears the code as its name owns it, wherever it stands in the alphabet.
    for file in sorted(tables, key=lambda file: file.text("code") != file.place.id):
        for at in file.scalars("code"):
            owner = named.setdefault((file.place.year, at.text or ""), file)
            same_department = owner.place.department == file.place.department
            entry = owner.place.id == file.place.id or is_entry(file.place.id or "", at.text or "")
            if same_department and entry:
                continue
            message = f"项目编码{quote(at.text or '')}已经用于 {owner.path}。"
            hint = "如果是另一个项目，请改正编码；如果是同一项目的调整，"
            hint += "请把文件命名为“编码@日期.yml”，与原文件放在一起；"
            hint += "如果原表把同一编码列了几次，请把后面的命名为“编码-2.yml”。"
            file.report(rules.SAME_CODE, at, message, hint)


def _own_name(file: DataFile) -> None:
    """The file's name, and its folder's, say the same as the file."""
    if file.place.kind == "disclosure/1":
        for at in file.scalars("year"):
            if at.text != file.place.year and is_year(file.place.year or ""):
                message = f"年度 {at.text} 与文件夹名称“{file.place.year}”不同。"
                hint = "请把其中一个改成与另一个相同。"
                file.report(rules.YEAR_NOT_FOLDER, at, message, hint)
    elif file.place.kind in {"project/1", "result/1"} and file.root is not None:
        _identity(file)


def _identity(file: DataFile) -> None:
    """A project's file is named by its code, a further entry of it, or by a short number."""
    name, code = file.place.id, next(iter(file.scalars("code")), None)
    for at in file.scalars("id"):
        if at.text != name:
            message = f"项目标识{quote(at.text or '')}与文件名“{name}”不同。"
            hint = "标识就是文件名，可以不写；请删去这一行，或改成与文件名相同。"
            file.report(rules.ID_NOT_FILE, at, message, hint)
    if SHORT_NUMBER.fullmatch(name):
        return
    if code and is_entry(name or "", code.text or ""):
        return
    if code and code.text != name:
        message = f"项目编码{quote(code.text or '')}与文件名“{name}”不同。"
        hint = "请核对公开文件，改正编码，或把文件改名为“编码.yml”。"
        file.report(rules.CODE_NOT_FILE, code, message, hint)
    elif not code and not file.key("code"):
        _no_code(file)


def _no_code(file: DataFile) -> None:
    """A file that is named like one with a code, and does not say it."""
    hint = "请填写项目编码，并用作文件名；公开文件没有印编码的，"
    hint += "请把文件改名为项目的序号，如 01.yml，code 写 ~。"
    _missing(file, "code", "项目编码", hint)


def _is_unwritten(node: tree.Node | None) -> bool:
    """Whether a field is absent or empty, and not left open with `~`; others have findings."""
    return node is None or (
        isinstance(node, Scalar) and node.text is None and node.start == node.end
    )


def _missing(file: DataFile, name: str, title: str, hint: str) -> None:
    """A field that this file must have, and others need not."""
    value = tree.find(file.root, name) if file.root else None
    key = file.root.entries[name][0] if file.root and value else None
    message = f"{name}（{title}）没有填写。" if key else f"缺少 {name}（{title}）。"
    file.report(rules.MISSING_FIELD, key or _beginning(file), message, hint)


def _beginning(file: DataFile) -> Scalar | None:
    """Where the file's first field begins."""
    return next((key for key, _ in file.root.entries.values()), None) if file.root else None


def _versions(projects: list[DataFile]) -> None:
    """A later version has its date in its name, an original to follow, and says why it is."""
    originals = {file.place.stem for file in projects if "@" not in file.place.stem}
    for file in projects:
        code, sign, day = file.place.stem.partition("@")
        if not sign:
            _original(file)
            continue
        if not _is_date(day):
            message = "文件名里 @ 之后应是像 2024-06-30 这样的日期。"
            hint = f"请改名为 {code}@年-月-日.yml，月和日各两位。"
            file.report(rules.VERSION_NAME, None, message, hint)
        elif file.root is not None:
            _adjustment(file, day)
        if code not in originals:
            message = f"没有原始文件 {code}.yml，不知道调整的是哪个项目。"
            hint = "请把年初公开的目标表保存为原始文件；公开过的文件不要删改。"
            file.report(rules.NO_ORIGINAL, None, message, hint)


def _original(file: DataFile) -> None:
    """The first version of a project is no adjustment."""
    at = file.key("adjustment")
    if at:
        message = "原始文件里不应有 adjustment（调整信息）。"
        hint = "请把调整后的内容另存为“编码@日期.yml”，原始文件保持公开时的样子。"
        file.report(rules.STRAY_ADJUSTMENT, at, message, hint)


def _adjustment(file: DataFile, day: str) -> None:
    """A later version says why it is one, and the same day as its name."""
    if not file.key("adjustment"):
        message = "文件名带 @日期，里面却没有 adjustment（调整信息）。"
        hint = "请加上 adjustment，在它下面写 kind（类别）、date（日期）、reason（原因）"
        hint += "和 document（文号）。"
        file.report(rules.NO_ADJUSTMENT, None, message, hint)
    for at in file.scalars("adjustment", "date"):
        if at.text != day:
            message = f"调整日期{quote(at.text or '')}与文件名里的 {day} 不同。"
            file.report(rules.VERSION_DATE, at, message, "请把其中一个改成与另一个相同。")


def _results(results: list[DataFile], projects: list[DataFile]) -> None:
    """A self-evaluation belongs to a project of its year, and speaks of its indicators."""
    current: dict[str, DataFile] = {}
    for file in sorted(projects, key=lambda file: file.place.stem.partition("@")[2]):
        current[file.place.id] = file
    for file in results:
        table = current.get(file.place.id)
        if table is None:
            message = f"本年度没有项目 {file.place.stem} 的目标表。"
            hint = "请核对文件名，或把这个项目的目标表放到 projects 文件夹。"
            file.report(rules.NO_PROJECT, None, message, hint)
            continue
        _result_code(file, table)
        _known_indicators(file, table, LEVEL3)


def _whole_result(files: list[DataFile]) -> None:
    """The self-evaluation of a department speaks of its table, where the year has one."""
    part_one = next((file for file in files if file.place.kind == "disclosure/1"), None)
    has_table = part_one and part_one.root and tree.find(part_one.root, TABLE)
    for file in files:
        if file.place.kind == "department-result/1" and part_one and has_table:
            _known_indicators(file, part_one, (TABLE, *LEVEL3))


def _known_indicators(file: DataFile, table: DataFile, way: tuple[str, ...]) -> None:
    """The indicators of a self-evaluation are those of the table."""
    indicators = names(table, way)
    for at in file.scalars(*LEVEL3):
        if table.root is None or at.text in indicators:
            continue
        guess = meant(at.text or "", indicators)
        message = f"目标表里没有三级指标{quote(at.text or '')}，这一项不会显示在目标旁边。"
        hint = f"是不是想写{quote(guess)}？" if guess else "请按目标表填写三级指标的名称。"
        file.report(rules.UNKNOWN_INDICATOR, at, message, hint)


def _result_code(file: DataFile, table: DataFile) -> None:
    """A result says the code of the target table; where the name is the code, that tells it."""
    code = table.text("code")
    for at in file.scalars("code"):
        if code and at.text != code and SHORT_NUMBER.fullmatch(file.place.id):
            message = f"项目编码{quote(at.text or '')}与目标表的{quote(code)}不同。"
            hint = "请核对自评表，改正编码，或把文件改成与它所评价的目标表同名。"
            file.report(rules.RESULT_CODE, at, message, hint)


def _name(file: DataFile) -> str:
    """The file's own name."""
    return file.path.rpartition("/")[2]


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
