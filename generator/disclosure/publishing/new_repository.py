"""A new publishing repository: bare, with its settings and its hooks."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from disclosure.engine.git import GitError
from disclosure.engine.permissions import make_folder
from disclosure.publishing import repository
from disclosure.publishing.settings import FILE_NAME, ServerSettings, as_toml

#: Rules that git itself enforces on every push, even where a hook has a gap.
_CONFIGURATION = {
    # Hooks of a machine's or a user's configuration must not stand in for ours.
    "core.hooksPath": "hooks",
    "core.logAllRefUpdates": "true",
    "receive.fsckObjects": "true",
    "receive.denyDeletes": "true",
    "receive.denyNonFastForwards": "true",
    "receive.maxInputSize": "500m",
    "receive.advertisePushOptions": "false",
}

HOOKS = ("pre-receive", "post-receive")


class InitError(Exception):
    """The repository cannot be made; the text says in Chinese why. Nothing was changed."""


def init(path: Path, settings: ServerSettings) -> None:
    """Make the repository and the folder of the releases.

    Raises:
        InitError: A folder is in use for something else, or git refuses the branch's name.
        OSError: A folder cannot be written.
    """
    path, www = path.resolve(), settings.www
    for folder in (path, www):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise InitError(f"{folder} 里有别的内容，没有动它。请换一个空的或新的文件夹。")
    if path == www or path.is_relative_to(www) or www.is_relative_to(path):
        raise InitError("仓库和网站不能放在同一个文件夹里，请分开放。")
    existed = path.exists()
    try:
        made = repository.create(path, settings.branch)
        for key, value in _CONFIGURATION.items():
            made.set(key, value)
    except GitError as error:
        if not existed:
            shutil.rmtree(path, ignore_errors=True)
        raise InitError(f"git 没能建立仓库：{error}") from None
    (path / FILE_NAME).write_text(as_toml(settings), "utf-8")
    (path / "hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        hook = path / "hooks" / name
        hook.write_text(_hook(name), "utf-8")
        hook.chmod(0o755)
    make_folder(www)


def _hook(name: str) -> str:
    """A hook that hands over to this very installation, whatever its folder and variables are."""
    python = shlex.quote(sys.executable)
    return f"#!/bin/sh\nexec {python} -E -P -X utf8 -m disclosure publish {name}\n"
