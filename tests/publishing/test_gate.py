"""What a push may bring: everything else is refused, and nothing of it is ever run."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.repository import Run
from tests.support.server import (
    CODES,
    ENVIRONMENT,
    FILE_NAME,
    MKDOCS,
    Clerk,
    Published,
    Server,
    git,
    small,
    tree,
)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a publishing server runs Linux")

FILE, PROGRAM, LINK, MODULE = "100644", "100755", "120000", "160000"
BOMB = "a: &a {x: [1, 2]}\n" + "".join(
    f"{new}: &{new} {{<<: [*{old}, *{old}, *{old}]}}\n"
    for old, new in zip("abcdefghijklmnopqrstuvw", "bcdefghijklmnopqrstuvwx", strict=True)
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, published: Published) -> tuple[Server, Clerk]:
    """A server with a small site and low limits, for pushes that are refused."""
    server, clerk = published(tmp_path_factory.mktemp("gate"))
    server.set("max_megabytes", "1")
    server.set("max_files", "60")
    return server, clerk


@pytest.fixture
def refused(place: tuple[Server, Clerk]) -> Iterator[Callable[[], str]]:
    """Pushes what was committed: it is refused and changes nothing; gives what was said."""
    server, clerk = place
    before = server.tip(), tree(server.www)

    def push() -> str:
        accepted, output = clerk.push()
        assert not accepted, output
        assert (server.tip(), tree(server.www)) == before
        return output

    yield push
    clerk.undo()


@pytest.fixture
def refused_here(
    place: tuple[Server, Clerk], run: Run, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], str]]:
    """The same by the hook's command in this process, which git does not start: for many cases.

    `refused` shows for one of each kind that a push is refused with what the command says.
    """
    server, clerk = place
    before = server.tip(), tree(server.www)

    def judge() -> str:
        git(server.repository, "fetch", "-q", str(clerk.folder), "main")
        new = git(clerk.folder, "rev-parse", "main")
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{server.tip()} {new} refs/heads/main\n"))
        code, out, output = run("publish", "pre-receive", folder=server.repository)
        assert (code, out) == (1, ""), output
        assert (server.tip(), tree(server.www)) == before
        return output

    yield judge
    clerk.undo()


# ---- What files are, and what they are called.


#: A file's path, mode and content, and what is said of it.
ODD_FILES = [
    (b"data/a-1/link.yml", LINK, b"/etc/passwd", "P201 这是符号链接"),
    (b"site_src/link.md", LINK, b"../../../etc/passwd", "P201 这是符号链接"),
    (b"site_src/module", MODULE, b"", "P202 这是子模块"),
    (b"data/a-1/a\nb.yml", FILE, b"x", "a<U+000A>b.yml 错误 P203"),
    (b"data/a-1/a\x1b[2Jb.yml", FILE, b"x", "<U+001B>[2Jb.yml 错误 P203"),
    ("data/a-1/a\u202elmy.b".encode(), FILE, b"x", "<U+202E>lmy.b 错误 P203"),
    (b"site_src/a\\..\\b.md", FILE, b"x", "P203 文件名含有 \\ : *"),
    (b"site_src/..\\b.md", FILE, b"x", "P203 文件名含有 \\ : *"),
    (b"site_src/C:b.md", FILE, b"x", "P203 文件名含有 \\ : *"),
    (b'site_src/"onload=".md', FILE, b"x", "P203 文件名含有 \\ : *"),
    (b"site_src/<img>.md", FILE, b"x", "P203 文件名含有 \\ : *"),
    (b"data/a-1/\xff\xfe.yml", FILE, b"x", "\\xff\\xfe.yml 错误 P203 文件名不是 UTF-8"),
    (b"site_src/con.md", FILE, b"x", "P203 文件名是 Windows 保留的名称"),
    (b"site_src/LPT1/a.md", FILE, b"x", "P203 文件名是 Windows 保留的名称"),
    (b"site_src/a .md/b.md ", FILE, b"x", "P203 文件名以空格"),
    (b"site_src/.../b.md", FILE, b"x", "P203 文件名以空格"),
    (b"site_src/" + 201 * b"a" + b".md", FILE, b"x", "P203 文件名太长"),
    (b"site_src/" + 12 * (99 * b"a" + b"/") + b"a.md", FILE, b"x", "P203 文件名太长"),
    (b"site_src/About.md", FILE, b"x", "P204 与“site_src/About.md”只差大小写"),
    ("site_src/ａbout.md".encode(), FILE, b"x", "P204 与“site_src/about.md”只差"),
    (b"Site_src/a.md", FILE, b"x", "site_src 错误 P204 与“Site_src”只差大小写"),
    (b"site_src/huge.png", FILE, 1_000_001 * b"x", "P205 文件有 1.0 MB，超过 1 MB"),
]


@pytest.mark.parametrize(("path", "mode", "content", "expected"), ODD_FILES)
def test_odd_files_are_refused(
    place: tuple[Server, Clerk],
    refused_here: Callable[[], str],
    path: bytes,
    mode: str,
    content: bytes,
    expected: str,
) -> None:
    """Links, submodules, hostile and colliding names and huge files stop at the gate."""
    place[1].commit_raw({path: (mode, content)})
    output = refused_here()
    assert expected in output
    assert "怎么改：" in output
    assert "\x1b" not in output


def test_odd_files_of_one_push_are_all_named(
    place: tuple[Server, Clerk], refused: Callable[[], str]
) -> None:
    """Git takes them as they are to our hook, and shows the pusher what that says of each."""
    place[1].commit_raw({path: (mode, content) for path, mode, content, _ in ODD_FILES})
    output = refused()
    assert [expected for *_, expected in ODD_FILES if expected not in output] == []
    assert "\x1b" not in output.replace("\x1b[K", "")


def test_too_many_files_are_refused(
    place: tuple[Server, Clerk], refused: Callable[[], str]
) -> None:
    """The owner's limit holds."""
    place[1].commit_raw({f"site_src/{n}.md".encode(): (FILE, b"x") for n in range(60)})
    assert "P206 文件和文件夹超过 60 个。" in refused()


def test_a_tree_that_unfolds_to_billions_is_refused(
    place: tuple[Server, Clerk], refused: Callable[[], str]
) -> None:
    """A few bytes that name a million million files: git is asked for no more than the limit."""
    clerk = place[1]
    inner = git(clerk.folder, "mktree", given=b"")
    for _ in range(12):
        lines = "".join(f"040000 tree {inner}\t{name}\n" for name in "0123456789")
        inner = git(clerk.folder, "mktree", given=lines.encode())
    rest = git(clerk.folder, "ls-tree", "HEAD")
    top = git(clerk.folder, "mktree", given=f"{rest}\n040000 tree {inner}\tx\n".encode())
    commit = git(clerk.folder, "commit-tree", top, "-p", "HEAD", "-m", "bomb")
    git(clerk.folder, "update-ref", "refs/heads/main", commit)
    assert "P206 文件和文件夹超过 60 个。" in refused()


@pytest.mark.parametrize("name", [b"..", b".", b".git", b".GIT", b"a/../b"])
def test_what_is_no_tree_is_refused_by_git(
    place: tuple[Server, Clerk], refused: Callable[[], str], name: bytes
) -> None:
    """Names that lead out of the folder are no valid tree, and git does not take them."""
    clerk = place[1]
    blob = git(clerk.folder, "hash-object", "-w", "--stdin", given=b"x")
    raw = b"100644 " + name + b"\0" + bytes.fromhex(blob)
    literally = ("hash-object", "-t", "tree", "-w", "--literally", "--stdin")
    bad = git(clerk.folder, *literally, given=raw)
    commit = git(clerk.folder, "commit-tree", bad, "-p", "HEAD", "-m", "out")
    git(clerk.folder, "update-ref", "refs/heads/main", commit)
    refused()


# ---- What a push may change.


#: Neither data nor a page, a picture or mkdocs.yml.
OTHER_FILES = (
    "hooks/pre-receive",
    "disclosure.toml",
    "generator/disclosure/plugin/plugin.py",
    "yaml.py",
    "overrides/main.html",
    "README.md",
    ".gitattributes",
    ".github/workflows/check.yml",
    "site_src/page.html",
    "site_src/assets/search.js",
    "site_src/assets/disclosure.css",
    "site_src/picture.svg",
    "site_src/.htaccess",
    "site_src/.hidden/a.md",
    "data.yml",
)


def test_other_files_are_refused(place: tuple[Server, Clerk], refused: Callable[[], str]) -> None:
    """Whatever is not for a push to change is named, each file for itself."""
    for path in OTHER_FILES:
        place[1].write(path, "x\n")
    place[1].commit()
    output = refused()
    for path in OTHER_FILES:
        assert f"\n{path} 错误 P301 推送只能改动 data 里的数据" in output, path
    assert "请管理员在服务器的 disclosure.toml 里允许" in output


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("hooks: [evil.py]\n", "推送不能改动其中的 hooks。"),
        ("plugins:\n  - search\n", "推送不能改动其中的 plugins。"),
        ("theme: {name: material, custom_dir: overrides}\n", "推送不能改动其中的 theme。"),
        ("markdown_extensions: [pymdownx.snippets]\n", "推送不能改动其中的 markdown_extensions。"),
        ("INHERIT: ../evil.yml\n", "推送不能改动其中的 INHERIT。"),
        ("extra: {homepage: x}\n", "推送不能改动其中的 extra。"),
        ("extra_javascript: [https://evil.example/x.js]\n", "推送不能改动其中的 extra_javascript"),
        ("docs_dir: /etc\n", "推送不能改动其中的 docs_dir。"),
        ("hooks: !!python/object/apply:os.system [id]\n", "推送不能改动其中的 hooks。"),
        ("copyright: [1]\n", "copyright 应当是一段文字"),
        ("extra: {banner: <script>alert(1)</script>}\n", "extra.banner 只能是一行普通文字"),
        (BOMB, "不能用 & 和 * 引用"),
        (
            "<<<<<<< HEAD\nsite_name: a\n=======\n>>>>>>> b\n",
            "mkdocs.yml 第 4 行：两人的改动有冲突",
        ),
        ("x: " + 1000 * "[" + "\n", "无法读取"),
        ("x: " + 100_000 * "x" + "\n", "mkdocs.yml 太长"),
        ("nav: [javascript:alert(1)]\n", "nav 只能列出 site_src 里的页面"),
        ("nav: [../../etc/passwd.md]\n", "nav 只能列出 site_src 里的页面"),
    ],
)
def test_the_configuration_is_the_servers_own(
    place: tuple[Server, Clerk], refused_here: Callable[[], str], more: str, expected: str
) -> None:
    """Of mkdocs.yml a push can change harmless words only, and they must be harmless."""
    text = MKDOCS.replace("nav: [index.md, about.md]\n", "") if "nav" in more else MKDOCS
    place[1].write("mkdocs.yml", text + more)
    place[1].commit()
    output = refused_here()
    assert "mkdocs.yml 错误 P302" in output
    assert expected in output


def test_without_a_configuration_nothing_is_published(
    place: tuple[Server, Clerk], refused: Callable[[], str]
) -> None:
    """A push that removes mkdocs.yml is told that the site has no name then."""
    (place[1].folder / "mkdocs.yml").unlink()
    place[1].commit()
    assert "没有 mkdocs.yml" in refused()


def test_harmless_words_count(tmp_path: Path, published: Published) -> None:
    """Name, banner, footer and navigation are changed by a push, and shown."""
    server, clerk = published(tmp_path)
    words = "site_name: 新名称\ncopyright: 某某局\nextra: {banner: 试运行}\n"
    clerk.write("mkdocs.yml", f"{words}nav:\n  - 首页: index.md\n  - 说明一下: about.md\n")
    clerk.commit()
    accepted, output = clerk.push()
    assert accepted, output
    for text in ("新名称", "某某局", "试运行", "说明一下"):
        assert text in server.page("")


def test_the_owner_can_allow_more(tmp_path: Path, published: Published) -> None:
    """What `allow` names may be changed; it is kept, and never becomes a part of the site."""
    server, clerk = published(tmp_path)
    server.set("allow", '["README.md", ".github/*"]')
    clerk.write("README.md", "# 说明\n")
    clerk.write(".github/workflows/check.yml", "on: push\n")
    clerk.commit()
    accepted, output = clerk.push()
    assert accepted, output
    assert not (server.current / "README").exists()
    assert not (server.current / ".github").exists()
    clerk.write("site_src/x.html", "x")
    clerk.commit()
    accepted, output = clerk.push()
    assert not accepted
    assert "site_src/x.html 错误 P301" in output


# ---- Nothing that is pushed is run.


def canaries(clerk: Clerk, canary: Path) -> None:
    """Code in every place where some program might run it; each would leave a file behind."""
    python = f"open({str(canary)!r}, 'a').write(__file__)\n"
    shell = f"#!/bin/sh\necho $0 >> {canary}\n"
    for name in ("yaml", "mkdocs", "jinja2", "sitecustomize", "usercustomize"):
        clerk.write(f"{name}.py", python)
        clerk.write(f"data/{name}.py", python)
        clerk.write(f"site_src/{name}.py", python)
    for name in ("generator/plugin", "site_src/generator/plugin", "data/a-1/plugin", "evil"):
        clerk.write(f"{name}.py", python)
    clerk.write("generator/disclosure/__init__.py", python)
    clerk.write("overrides/main.html", "{{ 1/0 }}")
    clerk.write("hooks/post-receive", shell)
    clerk.write("hooks/pre-receive", shell)
    clerk.write(".gitattributes", "* filter=evil diff=evil\n*.md export-subst\n")
    clerk.write(".gitconfig", f'[filter "evil"]\n\tsmudge = {canary}\n')
    clerk.write("site_src/assets/search.js", "evil")
    clerk.write("site_src/evil.html", "<script>evil</script>")
    clerk.write(
        "mkdocs.yml",
        MKDOCS + "hooks: [evil.py]\nplugins: [search, {evil: {}}]\n"
        "theme: {name: material, custom_dir: overrides}\n"
        f"extra_javascript: [evil.js]\nmarkdown_extensions:\n"
        f"  - pymdownx.emoji:\n      emoji_index: !!python/name:evil.run\n"
        f"x: !!python/object/apply:os.system ['echo yaml >> {canary}']\n"
        "INHERIT: evil.yml\n",
    )


def test_the_first_push_may_bring_anything_and_nothing_of_it_is_run(tmp_path: Path) -> None:
    """Hooks, plugins, themes, modules and YAML objects: taken, kept, and never looked at."""
    server = Server.set_up(tmp_path)
    clerk, canary = server.clerk(), tmp_path / "canary"
    small(clerk)
    canaries(clerk, canary)
    clerk.commit("首次")
    before = (server.repository / "hooks" / "pre-receive").read_text("utf-8")
    accepted, output = clerk.push()
    assert accepted, output
    assert not canary.exists(), canary.read_text()
    assert (server.repository / "hooks" / "pre-receive").read_text("utf-8") == before
    served = tree(server.current)
    assert "evil.html" not in served
    assert all(
        b"evil" not in (server.current / name).read_bytes()
        for name in served
        if name.endswith((".html", ".js"))
    )
    assert not any(
        name.startswith("evil") or name.endswith(".py")
        for name in served
        if not name.startswith("data/")
    )
    # Data and pages go on as ever; code stays as it is.
    clerk.write("site_src/about.md", "# 关于\n\n改过。\n")
    clerk.commit()
    assert clerk.push()[0]
    assert "改过" in server.page("about/")
    clerk.write("evil.py", "more\n")
    clerk.commit()
    accepted, output = clerk.push()
    assert not accepted
    assert "evil.py 错误 P301" in output
    assert not canary.exists()


def test_the_environment_of_whoever_pushes_steers_nothing(
    tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over a local path git hands on the pusher's variables: neither hooks nor modules change."""
    server, clerk = published(tmp_path)
    canary, evil = tmp_path / "canary", tmp_path / "evil"
    evil.mkdir()
    for name in ("sitecustomize", "yaml", "pymdownx"):
        (evil / f"{name}.py").write_text(f"open({str(canary)!r}, 'w')\n")
    (evil / "config").write_text("[core]\n\thooksPath = /nowhere\n")
    monkeypatch.setitem(ENVIRONMENT, "PYTHONPATH", str(evil))
    monkeypatch.setitem(ENVIRONMENT, "GIT_CONFIG_GLOBAL", str(evil / "config"))
    monkeypatch.setitem(ENVIRONMENT, "DISCLOSURE_COMMIT", "0" * 40)
    clerk.write("site_src/about.md", "# 关于\n\n改过。\n")
    clerk.commit()
    accepted, output = clerk.push()
    assert accepted, output
    assert "改过" in server.page("about/")
    assert clerk.folder.joinpath(".git").exists()
    clerk.write("evil.py", "x")
    clerk.commit()
    assert not clerk.push()[0], "our hooks are in force"
    assert not canary.exists()


def test_hostile_data_is_only_data(tmp_path: Path, published: Published) -> None:
    """Texts that try to be HTML, templates or terminal commands reach the pages as text."""
    server, clerk = published(tmp_path)
    path = FILE_NAME.format(CODES[0])
    text = (clerk.folder / path).read_text("utf-8")
    hostile = "<script>alert(1)</script>{{ 1/0 }}{% raw %}](javascript:alert(1))"
    clerk.write(path, text.replace("name: 项目1", f"name: '{hostile}'"))
    clerk.commit("\x1b[2J<script>")
    accepted, output = clerk.push()
    assert accepted, output
    page = server.page(f"a-1/2024/{CODES[0]}/")
    assert "<script>alert" not in page
    assert "alert(1)" in page.replace("&#40;", "(").replace("&#41;", ")")
    _, listed = server.publish("list")
    assert "\x1b" not in listed
