"""The command line speaks Chinese: its help, its mistakes, and every word of click's."""

from __future__ import annotations

import gettext
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from rich.cells import cell_len

from disclosure import cli
from tests.support.repository import ROOT, Run

CATALOGUE = ROOT / "generator/disclosure/cli/locale/zh_CN/LC_MESSAGES/disclosure.po"
COMMANDS = sorted(cli.disclosure.commands)
#: Every command that a user can see, as it is typed.
LINES = [
    line
    for name, command in sorted(cli.disclosure.commands.items())
    for line in (
        (name,),
        *(
            (name, inner)
            for inner, one in sorted(getattr(command, "commands", {}).items())
            if not one.hidden
        ),
    )
]
WORDS = sorted({word for line in LINES for word in line})

#: Names of things that stay as they are in Chinese: commands, options, formats, files, keys.
NAMES = re.compile(
    r"disclosure\.conf|/old/|/about/|git push|"
    r"--?[a-zA-Z][\w-]*|disclosure|mkdocs\.yml|Markdown|JSON Schema|Ctrl-C|"
    r"origin/main|HEAD~1|example\.gov\.cn|site\.git|"
    rf"\b(?:{'|'.join(WORDS)}|github|markdown|sarif|text|schemas|x)\b|"
    r"\b(?:csv|data|datapackage|json|parquet|pdf|sqlite|tables|xlsx|yaml)\b|"
    r"\b(?:current|git|main|nginx|pip|CSV|Dask|Excel|LibreOffice|OpenDocument|PDF|RTF|WPS|Word)\b"
)


def english(text: str) -> list[str]:
    """The words of another language than Chinese in a text, names aside."""
    return re.findall(r"[A-Za-z]{2,}", NAMES.sub("", text))


@pytest.mark.parametrize("command", [(), *LINES])
def test_help_is_chinese_and_fits_a_terminal(run: Run, command: tuple[str, ...]) -> None:
    """No English is left in any --help, and no line is wider than 80 columns."""
    code, out, err = run(*command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith("用法： disclosure")
    assert english(out) == []
    assert max(map(cell_len, out.splitlines())) <= 80


def test_no_command_shows_the_help(run: Run) -> None:
    """Without a command there is the help, and the exit code of something that did not run."""
    code, out, err = run()
    assert (code, out) == (2, "")
    assert err.startswith("用法： disclosure [选项] 命令 [参数]…")


def test_the_version_is_that_of_the_package(run: Run) -> None:
    """--version names the program and its version."""
    code, out, _ = run("--version")
    assert code == 0
    assert re.fullmatch(r"disclosure \d+\.\d+\.\d+\n", out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("bild", "错误：没有命令 bild。 是否想写：'build'？"),
        ("publish-everything", "错误：没有命令 publish-everything。"),
        ("build --strct", "错误：没有选项 --strct。 是否想写：'--strict'？"),
        ("build --site-dir", "错误：选项 --site-dir 后面缺少值。"),
        ("build --strict=1", "错误：选项 --strict 后面不写值。"),
        (
            "build --site-dir mkdocs.yml",
            "错误：'--site-dir' 的值不正确：mkdocs.yml 是文件，不是文件夹。",
        ),
        ("build a b", "错误：多出了不认识的内容：a b"),
        ("check no.yml", "错误：'[路径]…' 的值不正确：路径 no.yml 不存在。"),
        (
            "check --format x",
            (
                "错误：'--format' 的值不正确：“x”不在可选范围内，"
                "可选：'github', 'json', 'sarif', 'text'。"
            ),
        ),
        ("serve --port 0", "错误：'--port' 的值不正确：0 不在范围 1<=x<=65535 内。"),
        ("serve --port 八千", "错误：'--port' 的值不正确：“八千”不是有效的数字。"),
        ("render", "错误：缺少参数 '文件夹'."),
    ],
)
def test_usage_errors_are_chinese(run: Run, arguments: str, message: str) -> None:
    """Each mistake on the command line is explained in Chinese, on the last line."""
    code, out, err = run(*arguments.split())
    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == message


def test_usage_errors_show_the_way_to_the_help(run: Run) -> None:
    """Above the explanation stand the usage and the command that explains more."""
    assert run("serve", "--port", "0")[2].splitlines()[:2] == [
        "用法： disclosure serve [选项]",
        "查看帮助：disclosure serve --help",
    ]


def test_the_language_does_not_depend_on_the_machine() -> None:
    """An English machine gets the same Chinese words."""
    environment = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "disclosure", "nothing"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "错误：没有命令 nothing。" in done.stderr


def test_the_catalogue_holds_all_of_clicks_words() -> None:
    """Whatever this version of click can say has a translation that keeps its placeholders."""
    package = Path(click.__file__).parent
    messages = extract_from_dir(str(package), keywords={"_": None, "ngettext": (1, 2)})
    translations = gettext.translation("disclosure", CATALOGUE.parents[2], ["zh_CN"])
    for _file, _line, words, *_ in messages:
        singular, plural = (words, words) if isinstance(words, str) else words
        chinese = translations.ngettext(singular, plural, 2)
        if isinstance(words, str):
            chinese = translations.gettext(words)
        assert re.search("[一-龥]|%", chinese), words
        known = set(re.findall(r"{(\w+)", singular + plural))
        assert set(re.findall(r"{(\w+)", chinese)) <= known


def test_the_compiled_catalogue_is_fresh() -> None:
    """The .mo file is what the .po file compiles to."""
    compiled = BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        kept, fresh = (vars(gettext.GNUTranslations(each)) for each in (file, compiled))
    for translations in (kept, fresh):
        del translations["_catalog"][""]  # the head, with the minute of its making
    assert kept["_catalog"] == fresh["_catalog"]
