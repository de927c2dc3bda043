"""Old formats of texts by LibreOffice, where it is installed: made into a Word document first.

A document comes from anywhere, so LibreOffice gets a home and a profile of its own in which no
macro runs and no link is followed, no network where the system allows that, and the limits of the
process that reads: its memory, its time and its end. Nothing is kept of it but the new document.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from disclosure.intake import rules
from disclosure.intake.formats.opening import OFFICE, FileFormat
from disclosure.intake.formats.pieces import Say
from disclosure.intake.rules import UnreadableError

_MAX_SECONDS = 100  # less than one step may take
_MAX_BYTES = 200_000_000  # bytes of a file that it writes
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
)
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Writer/Content/Update", "Field", "false"),
)
_ITEM = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse">'
    "<value>{}</value></prop></item>"
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry">{}</oor:items>\n'
)


def executable() -> str | None:
    """Where LibreOffice is, if it is installed."""
    found = next((one for name in _PROGRAMS if (one := shutil.which(name))), None)
    return found or next((str(place) for place in _PLACES if place.is_file()), None)


@contextmanager
def as_word(file: Path, kind: FileFormat, say: Say) -> Iterator[Path]:
    """The Word document that LibreOffice makes of a file.

    Raises:
        UnreadableError: LibreOffice is not there, or cannot open the file.
    """
    where = executable()
    if where is None:
        raise _not_installed(kind)
    say("正在用 LibreOffice 转换")
    with TemporaryDirectory() as scratch:
        yield _converted(where, file, kind, Path(scratch))


def _not_installed(kind: FileFormat) -> UnreadableError:
    return UnreadableError(
        rules.KIND,
        f"这是{OFFICE[kind]}，本机没有安装 LibreOffice，不能直接导入。",
        "请用 Word 或 WPS 打开它，另存为 .docx（或者导出为 PDF），再导入；"
        "也可以安装 LibreOffice，再导入这个文件。",
    )


def _converted(where: str, file: Path, kind: FileFormat, scratch: Path) -> Path:
    """The Word document that LibreOffice makes; it is given a copy with a plain name."""
    source, made = scratch / f"in/document.{kind}", scratch / "out/document.docx"
    profile = scratch / "profile"
    for folder in (source.parent, made.parent, profile / "user"):
        folder.mkdir(parents=True)
    shutil.copyfile(file, source)
    settings = "".join(_ITEM.format(*one) for one in _SETTINGS)
    (profile / "user/registrymodifications.xcu").write_text(_PROFILE.format(settings), "utf-8")
    command = [
        *_offline(), where, f"-env:UserInstallation={profile.as_uri()}", "--headless",
        "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made.parent), str(source),
    ]  # fmt: skip
    environment = {**_kept_environment(), "HOME": str(scratch), "TMPDIR": str(scratch)}
    try:
        subprocess.run(
            command, env=environment, cwd=scratch, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=_MAX_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise rules.too_long() from None
    if not made.is_file():
        raise UnreadableError(
            rules.DAMAGED,
            f"LibreOffice 打不开这个{OFFICE[kind]}，可能是文件损坏，或者设有密码。",
            "请用 Word 或 WPS 打开它，另存为 .docx（或者导出为 PDF），再导入。",
        )
    if made.stat().st_size > _MAX_BYTES:
        raise rules.too_long()
    return made


def _kept_environment() -> dict[str, str]:
    """What LibreOffice needs to know of the system, and nothing else of ours."""
    wanted = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "SYSTEMDRIVE")
    return {name: os.environ[name] for name in wanted if name in os.environ}


def _offline() -> Sequence[str]:
    """What starts a program without network, where the system lets anybody do that."""
    unshare = shutil.which("unshare")
    if not unshare:
        return ()
    command = [unshare, "--map-current-user", "--net", "--"]
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return () if tried.returncode else command
