"""Publishing through real pushes: from an empty repository to a site that is taken back."""

from __future__ import annotations

import gzip
import json
import os
import re
import shlex
import sys
from pathlib import Path

import pytest

from disclosure.engine import permissions
from disclosure.publishing import gate
from disclosure.publishing.repository import Repository
from disclosure.publishing.settings import ServerSettings, load
from tests.support.server import (
    CODES,
    FILE_NAME,
    Clerk,
    Published,
    Server,
    disclosure,
    git,
    real,
    tree,
)
from tests.support.server import small as small_site

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a publishing server runs Linux")

PROJECT = "13080324P00514210001L"
TABLE = f"data/130803-322/2024/projects/{PROJECT}.yml"
PAGE = f"130803-322/2024/{PROJECT}/"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, published: Published) -> tuple[Server, Clerk]:
    """A server with a small site, for pushes that are refused."""
    return published(tmp_path_factory.mktemp("small"))


def change(clerk: Clerk, old: str, new: str, message: str) -> None:
    """Replace words of the project's table and commit."""
    text = (clerk.folder / TABLE).read_text("utf-8")
    assert old in text
    clerk.write(TABLE, text.replace(old, new))
    clerk.commit(message)


def test_the_way_of_a_site(tmp_path: Path) -> None:
    """The real data is published, a mistake refused, a correction published and taken back."""
    server = Server.set_up(tmp_path)
    clerk = server.clerk()
    real(clerk)
    clerk.commit("2024年公开")
    accepted, output = clerk.push()
    assert accepted, output
    assert "新增项目 3 个，修改 0 个，删除 0 个；新出现的问题 0 个。" in output
    assert re.search(r"检查和生成用了 \d+\.\d 秒。", output)
    assert f"已发布第 1 版：{server.current}" in output
    assert "招商引资" in server.page(PAGE)
    first = tree(server.current)

    change(clerk, "fiscal: 150.00", "fiscal: 140.00", "改错了")
    accepted, output = clerk.push()
    _, report = disclosure("-C", clerk.folder, "check")
    assert not accepted
    assert f"{TABLE}:7:17 错误 C101" in report
    assert report.rstrip() in output, "the terminal shows what `disclosure check` shows"
    assert "没有发布，网站没有改动。" in output
    assert tree(server.current) == first
    assert server.tip() == git(clerk.folder, "rev-parse", "HEAD~1")

    change(clerk, "fiscal: 140.00", "fiscal: 150.00", "改回来")
    change(clerk, "name: 开放外联", "name: 扩大开放外联", "更正名称")
    accepted, output = clerk.push()
    assert accepted, output
    assert "新增项目 0 个，修改 1 个，删除 0 个" in output
    assert f"扩大开放外联招商引资专项经费（2024年）  {PAGE}" in output
    assert "扩大开放外联" in server.page(PAGE)

    _, output = server.publish("list")
    assert re.search(r"^\* 第 2 版  \w{10}  \d{4}-\d\d-\d\d  张三：更正名称\n", output)
    assert re.search(r"\n  第 1 版  \w{10}  \d{4}-\d\d-\d\d  张三：2024年公开\n", output)
    code, output = server.publish("rollback")
    assert (code, "现在公开的是：第 1 版" in output) == (0, True)
    assert tree(server.current) == first
    code, output = server.publish("rollback")
    assert (code, "没有更早的版本，网站没有改动。" in output) == (2, True)
    code, output = server.publish("rollback", "2")
    assert (code, "扩大开放外联" in server.page(PAGE)) == (0, True)
    code, output = server.publish("rollback", "99")
    assert (code, "没有版本“99”" in output) == (2, True)


def test_the_published_site_is_what_a_build_gives(
    tmp_path: Path, published_real: Published
) -> None:
    """The server makes the very files that the publisher sees at home, byte for byte."""
    server, clerk = published_real(tmp_path)
    at_home = tmp_path / "home"
    code, output = disclosure("-C", clerk.folder, "build", "--site-dir", at_home)
    assert code == 0, output
    home, served = tree(at_home), tree(server.current)
    extra = served.keys() - home.keys()
    assert all(name.endswith(".gz") and name.removesuffix(".gz") in home for name in extra)
    assert {name for name in home if served[name] != home[name]} == {"manifest.json"}
    manifests = [
        json.loads((site / "manifest.json").read_bytes()) for site in (at_home, server.current)
    ]
    settings = [manifest.pop("configuration") for manifest in manifests]
    assert manifests[0] == manifests[1]
    assert settings[0] != settings[1], "the server writes its own mkdocs.yml"


def test_each_kind_of_change_is_named(tmp_path: Path, published: Published) -> None:
    """A push says which projects it adds and removes, which pages it changes, what is new."""
    server, clerk = published(tmp_path)
    new = "13080324P00000000003C"
    text = (clerk.folder / FILE_NAME.format(CODES[1])).read_text("utf-8")
    (clerk.folder / FILE_NAME.format(CODES[1])).unlink()
    # An objective without indicators: a remark that does not block.
    clerk.write(FILE_NAME.format(new), text.replace(CODES[1], new).replace("项目2", "新项目"))
    clerk.write("site_src/about.md", "# 关于本站\n\n新的说明。\n")
    clerk.commit("增减")
    accepted, output = clerk.push()
    assert accepted, output
    assert "新增项目 1 个，修改 0 个，删除 1 个" in output
    assert f"新项目（2024年）  a-1/2024/{new}/" in output
    assert f"项目2（2024年）  a-1/2024/{CODES[1]}/" in output
    assert "改动的其他文件 1 个：\n  site_src/about.md" in output
    assert "已发布第 2 版：https://example.gov.cn/" in output
    assert "新的说明" in server.page("about/")


def test_new_findings_are_told_and_old_ones_are_not(tmp_path: Path, published: Published) -> None:
    """A remark that does not block is shown by the push that brings it, and by no later one."""
    server, clerk = published(tmp_path)
    path = FILE_NAME.format(CODES[0])
    text = (clerk.folder / path).read_text("utf-8")
    clerk.write(path, f"{text}contact: 13800138000\npurpose: 联系人手机 13800138000\n")
    clerk.write("data/a-1/说明.txt", "不是数据\n")
    (clerk.folder / path).write_text(text, "utf-8")
    clerk.commit("多了一个文件")
    accepted, output = clerk.push()
    assert accepted, output
    assert "新出现的问题 1 个。" in output
    assert "data/a-1/说明.txt 警告 R109 这个文件不会公开。" in output
    clerk.write("site_src/about.md", "# 关于本站\n\n又改。\n")
    clerk.commit("另一处")
    accepted, output = clerk.push()
    assert accepted, output
    assert "R109" not in output
    assert server.live() == server.tip()


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("--force", "origin", "main"), "P103", "这次推送会抹去已经公开的提交"),
        (("origin", ":main"), "P102", "不能删除已经公开的分支。"),
        (("origin", "HEAD:refs/heads/draft"), "P101", "不接收其他分支和标签"),
        (("origin", "HEAD:refs/tags/v1"), "P101", "不接收其他分支和标签"),
        (("origin", "HEAD:refs/replace/" + 40 * "a"), "P101", "不接收其他分支和标签"),
        (("--force", "origin", "HEAD^{tree}:refs/heads/main"), "P104", "推送的不是提交"),
        (("--mirror", "origin"), "P101", "不接收其他分支和标签"),
    ],
)
def test_the_published_history_stays(
    small: tuple[Server, Clerk], arguments: tuple[str, ...], code: str, reason: str
) -> None:
    """Nothing is rewritten, deleted or pushed beside the one branch."""
    server, clerk = small
    before = server.tip(), tree(server.current), git(server.repository, "for-each-ref")
    clerk.write("site_src/about.md", "# 改写\n")
    git(clerk.folder, "commit", "-qa", "--amend", "-m", "改写")
    git(clerk.folder, "branch", "-f", "draft")
    accepted, output = clerk.push(*arguments)
    clerk.undo()
    assert not accepted
    if "^{tree}" not in str(arguments) or code in output:  # newer gits refuse it themselves
        assert f"错误 {code}" in output
        assert reason in output
    after = server.tip(), tree(server.current), git(server.repository, "for-each-ref")
    assert after == before


def test_old_releases_are_removed_and_never_the_one_that_is_served(
    tmp_path: Path, published: Published
) -> None:
    """Three are kept, and after a return to an old one that one as well, however many follow."""
    server, clerk = published(tmp_path)
    server.set("keep", "2")
    for number in range(2, 4):
        clerk.write("site_src/about.md", f"# 第{number}版\n")
        clerk.commit()
        assert clerk.push()[0]
    assert [name[:6] for name in server.releases()] == [".spare", "000002", "000003"]
    copies = [*server.current.rglob("*.gz")]
    assert len(copies) > 100
    for copy in copies:  # some of them were already in the spare folder
        assert gzip.decompress(copy.read_bytes()) == copy.with_suffix("").read_bytes(), copy
    assert server.publish("rollback")[0] == 0
    second = server.live()
    refused = [name for name in server.releases() if name.endswith(second)]
    assert [name[:6] for name in refused] == ["000002"]
    clerk.write("site_src/about.md", "# 第4版\n")
    clerk.commit()
    assert clerk.push()[0]
    assert [name[:6] for name in server.releases()] == [".spare", "000003", "000004"]
    notes = {path.name for path in (server.repository / "disclosure-findings").iterdir()}
    assert notes == {name[7:] for name in server.releases()[1:]}


def test_init_leaves_alone_what_is_there(tmp_path: Path) -> None:
    """A folder with something in it is not touched, and both folders must be apart."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("重要")
    for repository, www in (("full", "www"), ("site.git", "full"), ("a", "a/www"), ("b/a", "b")):
        code, output = disclosure("publish", "init", tmp_path / repository, "--www", tmp_path / www)
        assert code == 2
        assert "请" in output
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["full", "letter.txt"]
    odd = ("--www", tmp_path / "www", "--branch", "a..b")
    code, output = disclosure("publish", "init", tmp_path / "site.git", *odd)
    assert (code, "git 没能建立仓库" in output) == (2, True)
    assert not (tmp_path / "site.git").exists()


def test_another_branch_can_be_the_published_one(tmp_path: Path) -> None:
    """What `--branch` names is published, and main is refused with the command that works."""
    server = Server.set_up(tmp_path, "--branch", "发布", "--keep", "2")
    assert "keep = 2\n" in (server.repository / "disclosure.toml").read_text("utf-8")
    clerk = server.clerk()
    small_site(clerk)
    clerk.commit()
    accepted, output = clerk.push()
    assert not accepted
    assert "只接收 发布 分支" in output
    (command,) = re.findall(r"git push (origin '?main:发布'?)", output)
    accepted, output = clerk.push(*shlex.split(command))
    assert accepted, output
    assert server.live() == git(clerk.folder, "rev-parse", "HEAD")


def shut(server: Server) -> None:
    """What stands there gets the modes that a strict umask gives it."""
    for path in (server.www, *server.www.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def is_open(folder: Path) -> bool:
    """Whether everything in a folder can be read by others."""
    return not list(permissions.closed(folder))


def test_what_is_published_can_be_read_whatever_the_umask(
    tmp_path: Path, published: Published
) -> None:
    """Folders are 755 and files 644, also those of an older release that had been shut."""
    server, clerk = published(tmp_path)
    shut(server)
    for number, umask in enumerate((0o077, 0o027), start=2):
        clerk.write("site_src/about.md", f"# 第{number}版\n")
        clerk.commit()
        before = os.umask(umask)
        accepted, output = clerk.push()
        os.umask(before)
        assert accepted, output
        assert "其他用户不能读取" not in output
        release = server.current.resolve()
        files = (path for path in release.rglob("*") if path.is_file())
        assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o644"}
        assert is_open(release)
        assert is_open(server.www / "kept")
        assert not permissions.is_closed(server.www)
        assert not permissions.is_closed(server.www / "releases")
        shut(server)
    code, output = server.publish(
        "verify", str(server.current), "--repository", str(server.repository)
    )
    assert code == 1
    assert "一致：网站的每个文件都与提交" in output
    assert "权限不对、网页服务器的用户读不到的文件" in output
    assert server.publish("rollback")[0] == 0
    assert is_open(server.current.resolve())
    assert is_open(server.www / "kept")


def branches(clerk: Clerk, *names: str) -> None:
    """Branches at what is checked out."""
    for name in names:
        git(clerk.folder, "branch", "-f", name)


@pytest.mark.parametrize(
    ("checked_out", "pushed", "works"),
    [
        ("master", ("master",), "git push origin master:main"),
        ("调整(2)", ("调整(2)",), "git push origin '调整(2):main'"),
        ("--detach", ("HEAD:refs/heads/draft",), "git push origin HEAD:refs/heads/main"),
        ("c", ("c", "HEAD:refs/tags/v1"), "git push origin HEAD:refs/heads/main"),
        ("main", ("main", "c", "HEAD:refs/tags/v1"), "git push --no-follow-tags origin main"),
    ],
)
def test_the_command_that_works_is_named(
    tmp_path: Path, published: Published, checked_out: str, pushed: tuple[str, ...], works: str
) -> None:
    """A push of another branch or a tag is refused with a command, to which nothing is objected.

    Git takes it, and our hook would: what it is given is written down instead of built.
    """
    server, clerk = published(tmp_path)
    clerk.write("site_src/about.md", "# 新的说明\n")
    clerk.commit()
    branches(clerk, "master", "调整(2)", "c")
    git(clerk.folder, "checkout", "-q", checked_out)
    if checked_out != "main":
        git(clerk.folder, "branch", "-D", "main")
    accepted, output = clerk.push("origin", *pushed)
    assert not accepted
    assert "错误 P101" in output
    assert works in output
    given = tmp_path / "given"
    for name, command in (("pre-receive", f"cat > '{given}'"), ("post-receive", "exit 0")):
        (server.repository / "hooks" / name).write_text(f"#!/bin/sh\n{command}\n")
    accepted, output = clerk.push(*shlex.split(works)[2:])
    assert accepted, output
    assert server.tip() == git(clerk.folder, "rev-parse", "HEAD")
    updates = gate.updates(given.read_text("utf-8").splitlines())
    repository = Repository(server.repository)
    assert [*gate.of_updates(updates, repository, load(repository.path))] == []


@pytest.mark.parametrize(
    ("new", "name", "hint"),
    [
        ("0" * 40, "refs/heads/master", "这里不能删除，也不需要删除。要公开现在检出的提交"),
        ("1" * 40, "refs/tags/master", "要公开现在检出的提交，请运行：git push origin HEAD:refs"),
        (
            "1" * 40,
            "refs/heads/a\u202eb",
            "要公开现在检出的提交，请运行：git push origin HEAD:refs",
        ),
        ("1" * 40, "refs/heads/a;b", "请运行：git push origin 'a;b:main'"),
    ],
)
def test_no_command_is_named_that_cannot_work(
    tmp_path: Path, new: str, name: str, hint: str
) -> None:
    """What is deleted, is no branch or cannot be typed is not named as what to push."""
    update = gate.Update("0" * 40, new, name)
    settings = ServerSettings(www=tmp_path)
    (found,) = gate.of_updates([update], Repository(tmp_path), settings)
    assert hint in found.hint


def test_outside_a_publishing_repository_the_commands_say_so(tmp_path: Path) -> None:
    """Without disclosure.toml there is nothing to list or to take back."""
    for command in ("list", "rollback"):
        code, output = disclosure("-C", tmp_path, "publish", command)
        assert code == 2
        assert "里没有 disclosure.toml" in output
        assert "disclosure -C 仓库.git publish" in output


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("keep", "0", "keep 应当是大于 0 的整数"),
        ("seconds", "true", "seconds 应当是大于 0 的整数"),
        ("www", '"www"', "www 应当是以 / 开头的文件夹"),
        ("branch", "3", "branch 应当是分支的名称"),
        ("allow", '"README.md"', "allow 应当是一列带引号的路径"),
        ("allow", "[", "写法有误"),
        ("keep", "1\nkeeep = 2", "不认识的设置：keeep"),
    ],
)
def test_wrong_settings_refuse_every_push(
    small: tuple[Server, Clerk], name: str, value: str, complaint: str
) -> None:
    """A slip of the owner's is named with its file, and nothing is published by guess."""
    server, clerk = small
    settings = server.repository / "disclosure.toml"
    right = settings.read_text("utf-8")
    server.set(name, value)
    code, output = server.publish("list")
    assert code == 2
    assert complaint in output
    clerk.write("site_src/about.md", "# 另一页\n")
    clerk.commit()
    accepted, output = clerk.push()
    clerk.undo()
    settings.write_text(right, "utf-8")
    assert not accepted
    assert complaint in output
