"""The theme of a built site: what its owner has of it wins, and only what pages use is shipped."""

from __future__ import annotations

import re
from pathlib import Path

from disclosure.plugin import theme_setup
from tests.support import loaded_mkdocs
from tests.support.folders import contents
from tests.support.repository import mkdocs

MATERIAL = re.compile(r'(?:href|src)="(?:[^"]*/)?(assets/(?:javascripts|stylesheets)/[^"]+)"')


def build(project: Path, target: Path) -> dict[str, bytes]:
    """Every file of a project's site, as our own command builds it."""
    result = loaded_mkdocs.build(project, target)
    assert result.ok, result.log
    return contents(target)


def test_what_the_owner_has_wins(built_project: Path, project: Path, tmp_path: Path) -> None:
    """A template and a style in `custom_dir` replace ours, in both ways to build."""
    plain = contents(built_project / "site")
    own = project / "look"
    (own / "assets").mkdir(parents=True)
    own.joinpath("main.html").write_text(
        '{% extends "disclosure.html" %}{% block announce %}<p>自己的</p>{% endblock %}', "utf-8"
    )
    own.joinpath("assets/print.css").write_text("/* 自己的 */", "utf-8")
    configuration = project / "mkdocs.yml"
    text = configuration.read_text("utf-8")
    configuration.write_text(text.replace("theme:\n", "theme:\n  custom_dir: look\n"), "utf-8")
    dressed = build(project, tmp_path / "site")
    pages = [name for name in dressed if name.endswith(".html")]
    assert pages == [name for name in plain if name.endswith(".html")]
    for name in pages:
        assert "<p>自己的</p>" in dressed[name].decode(), name
        assert dressed[name] != plain[name], name
    assert dressed["assets/print.css"].decode() == "/* 自己的 */"
    assert "Content-Security-Policy" in dressed["index.html"].decode()

    finished = mkdocs("build", "--strict", "--site-dir", str(tmp_path / "plain"), cwd=project)
    assert finished.returncode == 0, finished.stderr
    assert contents(tmp_path / "plain") == dressed


def test_only_what_pages_use_is_shipped(built_examples: Path) -> None:
    """Of Material the site has the styles that its pages ask for, and no script or source map."""
    shipped = contents(built_examples)
    asked = {
        found
        for name, content in shipped.items()
        if name.endswith(".html")
        for found in MATERIAL.findall(content.decode())
    }
    assert asked
    there = {name for name in shipped if re.match(r"assets/(javascripts|stylesheets)/", name)}
    assert there == asked


def test_switches_are_left_out() -> None:
    """What Material has for its drawer and its search goes, with the white space before it."""
    switch = '<input class="md-toggle" type="checkbox" id="__drawer">'
    overlay = '<label class="md-overlay" for="__drawer"></label>'
    page = f"<body>\n  {switch}\n  {switch}\n  {overlay}\n  <header></header></body>"
    assert theme_setup.without_switches(page) == "<body>\n  <header></header></body>"
