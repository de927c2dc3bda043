"""What the owner of a publishing server has decided: `disclosure.toml` in the bare repository.

No push can change that file; those who may log in to the server edit it.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from msgspec import Struct

FILE_NAME = "disclosure.toml"

#: The settings that are whole numbers above zero.
NUMBERS = ("keep", "seconds", "max_files", "max_megabytes")

_TEMPLATE = """\
# 本站的发布设置。只有能登录这台服务器的人可以修改，推送改不了它；改好后下一次推送生效。

# 网站放在哪里；网页服务器对外提供其中的 current
www = {www}
# 只发布这一个分支
branch = {branch}
# 保留最近多少个版本，可以随时退回其中任何一个
keep = {keep}
# 生成一次网站最多用多少秒，超过就停止，网站不变
seconds = {seconds}
# 推送的内容最多有多少个文件和文件夹，单个文件最大多少 MB
max_files = {max_files}
max_megabytes = {max_megabytes}
# 除数据、手写页面和 mkdocs.yml 里的文字外，还允许推送改动哪些文件，如 ["README.md", ".github/*"]
# * 也包括下级文件夹
allow = []
"""


class SettingsError(Exception):
    """The settings cannot be used; the text says in Chinese what is wrong with them."""


class ServerSettings(Struct, frozen=True):
    """What the owner of the server has decided.

    Attributes:
        www: The folder of all releases, absolute; its `current` is what the web server serves.
        branch: The one branch that is published.
        keep: How many releases stay, at least 1.
        seconds: How long a build may take.
        max_files: How many files and folders a commit may hold.
        max_megabytes: How large each of its files may be.
        allow: Patterns of paths that a push may change besides data and hand-written pages.
    """

    www: Path
    branch: str = "main"
    keep: int = 10
    seconds: int = 900
    max_files: int = 50_000
    max_megabytes: int = 20
    allow: tuple[str, ...] = ()


def load(repository: Path) -> ServerSettings:
    """Read the settings of a bare repository.

    Raises:
        SettingsError: There are none, or they are wrong.
        OSError: They cannot be read.
    """
    file = repository / FILE_NAME
    try:
        found = tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        raise SettingsError(
            f"{repository.resolve()} 里没有 {FILE_NAME}，"
            "不是用 disclosure publish init 建立的仓库。"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file} 写法有误：{error}") from None
    unknown = found.keys() - set(ServerSettings.__struct_fields__)
    if unknown:
        raise SettingsError(f"{file} 里有不认识的设置：{'、'.join(sorted(unknown))}。")
    return _settings(file, found)


def as_toml(settings: ServerSettings) -> str:
    """The settings as a file with an explanation of each; JSON's quoting is TOML's as well."""
    words = {"www": str(settings.www), "branch": settings.branch}
    quoted = {key: json.dumps(value, ensure_ascii=False) for key, value in words.items()}
    return _TEMPLATE.format(**quoted, **{name: getattr(settings, name) for name in NUMBERS})


def _settings(file: Path, found: dict[str, object]) -> ServerSettings:
    """The settings, each of its kind."""
    for name, value in found.items():
        number = isinstance(value, int) and not isinstance(value, bool) and value > 0
        if name in NUMBERS and not number:
            raise SettingsError(f"{file} 里的 {name} 应当是大于 0 的整数。")
    www, allow = found.get("www"), found.get("allow", [])
    if not isinstance(www, str) or not Path(www).is_absolute():
        raise SettingsError(f"{file} 里的 www 应当是以 / 开头的文件夹。")
    if not isinstance(found.get("branch", "main"), str) or found.get("branch") == "":
        raise SettingsError(f"{file} 里的 branch 应当是分支的名称。")
    if not isinstance(allow, list) or not all(isinstance(one, str) for one in allow):
        raise SettingsError(f"{file} 里的 allow 应当是一列带引号的路径。")
    others: dict[str, Any] = {name: found[name] for name in found.keys() - {"www", "allow"}}
    return ServerSettings(www=Path(www), allow=tuple(allow), **others)
