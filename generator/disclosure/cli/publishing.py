"""The commands of a publishing server: all of `disclosure publish`, and what its hooks run.

All but `init` are about the repository in the current folder, or in that of `-C`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure.cli import chinese
from disclosure.cli.common import CLEAN, FAILED, FINDINGS, Refusal, progress

if TYPE_CHECKING:
    from disclosure.publishing.published_site import PublishedSite
    from disclosure.publishing.release import Release
    from disclosure.publishing.repository import Repository
    from disclosure.publishing.settings import ServerSettings
    from disclosure.publishing.verify import VerifyResult

#: How long a site is read at most, in seconds, and how many files of each kind are named.
_MAX_SECONDS, _MAX_NAMED = 3600, 20

_BUSY = "另一次推送正在发布，请等它结束后再试。"


@click.group(
    cls=chinese.Group,
    options_metavar="[选项]",
    subcommand_metavar="命令 [参数]…",
    help="在自己的服务器上，用 git push 发布网站。\n\n"
    "除 init 外，请在仓库文件夹里运行，或这样指明：disclosure -C 仓库.git publish …",
    epilog="某个命令的详细说明：disclosure publish 命令 --help",
)
def publish() -> None:
    """Publishing by git push: set it up, look at its releases, go back."""


@publish.command(
    options_metavar="[选项]",
    help="建立接收推送的仓库。\n\n推送的数据先检查，没有错误才生成网站，全部生成好以后才替换。",
)
@click.argument(
    "repository", type=click.Path(path_type=Path), metavar="仓库", help="新的文件夹，如 site.git。"
)
@click.option(
    "--www",
    required=True,
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="网站放在哪里；网页服务器对外提供其中的 current。",
)
@click.option("--branch", default="main", metavar="分支", help="发布哪个分支，默认 main。")
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=10,
    metavar="个数",
    help="保留最近多少个版本，默认 10。",
)
def init(repository: Path, www: Path, branch: str, keep: int) -> int:
    """Make a bare repository with hooks that check, build and switch."""
    from disclosure.publishing import new_repository
    from disclosure.publishing.settings import FILE_NAME, ServerSettings

    settings = ServerSettings(www=www.resolve(), branch=branch, keep=keep)
    try:
        new_repository.init(repository, settings)
    except new_repository.InitError as error:
        raise Refusal(str(error)) from None
    place = repository.resolve()
    click.echo(f"仓库已建立：{place}")
    click.echo(f"设置在 {place / FILE_NAME}，说明写在里面。")
    click.echo(f"网站将在 {settings.www / 'current'}，第一次推送以后才有。")
    click.echo(f"在数据所在的电脑上：git push 用户名@服务器:{place} {branch}")
    return CLEAN


@publish.command(name="list", options_metavar="[选项]", help="列出保留的版本，星号是正在公开的。")
@click.pass_obj
def list_releases(folder: Path) -> int:
    """List the releases, newest first."""
    from disclosure.publishing.release import Releases

    repository, settings = _server(folder)
    releases = Releases(settings.www)
    live = releases.live()
    if not releases.all():
        _require_none_published(repository, settings)
        click.echo("还没有发布过。")
    for release in releases.all():
        mark = "*" if release == live else " "
        click.echo(f"{mark} {_described(repository, release)}")
    return CLEAN


@publish.command(
    options_metavar="[选项]",
    help="立即退回以前的版本；不写版本号，就退回上一个。\n\n"
    "只换网站，不改数据：下一次推送仍会发布分支上的内容。",
)
@click.argument(
    "name", required=False, metavar="[版本]", help="publish list 列出的版本号，或提交的开头。"
)
@click.pass_obj
def rollback(folder: Path, name: str | None) -> int:
    """Serve an earlier release again."""
    from disclosure.publishing.release import LockedError, Releases, locked

    repository, settings = _server(folder)
    releases = Releases(settings.www)
    try:
        with locked(repository.path, 0):
            release = releases.find(name) if name else releases.before_live()
            if release is None:
                if not releases.all():
                    _require_none_published(repository, settings)
                what = f"没有版本“{name}”" if name else "没有更早的版本"
                raise Refusal(f"{what}，网站没有改动。有哪些版本：disclosure publish list")
            releases.switch(release)
    except LockedError:
        raise Refusal(_BUSY) from None
    click.echo(f"现在公开的是：{_described(repository, release)}")
    click.echo(
        f"{settings.branch} 分支没有改动，下一次推送会发布它的内容。\n"
        "要撤回一次提交：在数据所在的电脑上运行 git revert 提交，再推送。"
    )
    return CLEAN


@publish.command(
    options_metavar="[选项]",
    help="核对公开的网站是否由数据原样生成。\n\n"
    "先核对每个文件的校验值，再从仓库重新生成同一提交，逐字节比较。\n"
    "一致时退出码为 0，不一致为 1，无法判断为 2。\n\n"
    "请使用您信任的仓库：核对时按其中的 mkdocs.yml 生成网站，会运行其中的插件。",
)
@click.argument("site", metavar="网址或文件夹", help="网站的网址，或网站所在的文件夹。")
@click.option(
    "--repository",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="仓库",
    help="数据的 git 仓库，也可以是服务器上的；默认当前文件夹。",
)
@click.pass_obj
def verify(folder: Path, site: str, repository: Path | None) -> int:
    """Say whether a published site is what its commit gives, byte for byte."""
    from disclosure.engine.git import GitError
    from disclosure.publishing import settings, verify

    place = repository or folder
    try:
        source = verify.source_in(place)
    except (GitError, settings.SettingsError) as error:
        raise Refusal(str(error)) from None
    if source is None:
        raise Refusal(f"{place.resolve()} 不是 git 仓库。请用 --repository 指明数据的仓库。")
    with progress() as say:
        verdict = verify.verify(_site(site), source, say)
    click.echo(_verdict_text(verdict))
    codes = {verify.VerifyOutcome.SAME: CLEAN, verify.VerifyOutcome.DIFFERENT: FINDINGS}
    return codes.get(verdict.outcome, FAILED) or (FINDINGS if verdict.closed else CLEAN)


@publish.command(
    options_metavar="[选项]",
    help="写出 nginx 的完整配置。\n\n含安全响应头、压缩、缓存、文件类型、404 页、旧地址的跳转。\n\n"
    "例：disclosure -C 仓库.git publish nginx --server-name example.gov.cn > 文件",
)
@click.option(
    "--server-name",
    "server_names",
    multiple=True,
    default=("_",),
    metavar="域名",
    help="网站的域名，可以写几次；不写就不论域名。",
)
@click.option(
    "--listen",
    multiple=True,
    default=("80", "[::]:80"),
    metavar="端口",
    help="监听的端口，如 127.0.0.1:8080；可写几次，默认 80。",
)
@click.option(
    "--moved",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="文件",
    help="新旧地址对照表，每行“旧地址 新地址”，如 /old/ /about/。",
)
@click.pass_obj
def nginx(folder: Path, server_names: list[str], listen: list[str], moved: Path | None) -> int:
    """Print a server block for what the repository publishes."""
    from disclosure.publishing import nginx as web

    _, settings = _server(folder)
    try:
        pairs = web.moved_addresses(moved.read_text("utf-8")) if moved else ()
        text = web.configuration(web.Host(settings.www, server_names, listen, pairs))
    except UnicodeDecodeError:
        raise Refusal(f"{moved} 的编码不是 UTF-8。") from None
    except web.RefusedError as error:
        raise Refusal(str(error)) from None
    click.echo(text, nl=False)
    return CLEAN


@publish.command(name="pre-receive", hidden=True, help="由 git 在收到推送时运行。")
def pre_receive() -> int:
    """Git's hook before the branch moves: judge the push and finish its site."""
    from disclosure.publishing import hooks
    from disclosure.publishing.push import push
    from disclosure.publishing.release import LockedError

    _repository, settings = _server(Path())
    try:
        this = push(Path(), settings, _say)
        return CLEAN if hooks.pre_receive(this, sys.stdin) else FINDINGS
    except LockedError:
        raise Refusal(_BUSY) from None


@publish.command(name="post-receive", hidden=True, help="由 git 在分支更新后运行。")
def post_receive() -> int:
    """Git's hook after the branch has moved: switch to the finished site."""
    from disclosure.engine import permissions
    from disclosure.publishing import hooks
    from disclosure.publishing.push import push
    from disclosure.publishing.release import LockedError

    repository, settings = _server(Path())
    try:
        release = hooks.post_receive(push(Path(), settings, _say))
    except LockedError:
        raise Refusal(f"提交已收下，但网站还没有更新。{_BUSY}") from None
    if release is None:
        return FAILED
    where = hooks.address(repository, release) or f"{settings.www / 'current'}"
    _say(f"已发布第 {release.number} 版：{where}")
    if permissions.is_closed(settings.www):
        _say(f"注意：其他用户不能读取 {settings.www}，网页服务器如果用别的用户运行，读不到网站。")
    return CLEAN


def _say(text: str) -> None:
    """Tell the user who pushes, at once: git passes on what comes, line by line."""
    click.echo(text, err=True)


def _site(name: str) -> PublishedSite:
    """The site at an address or in a folder."""
    from disclosure.publishing.published_site import Address, Folder

    if name.startswith(("http://", "https://")):
        return Address(name, _MAX_SECONDS)
    if not Path(name).is_dir():
        raise Refusal(f"{name} 不是网址（http:// 或 https:// 开头），也不是文件夹。")
    return Folder(Path(name))


def _verdict_text(verdict: VerifyResult) -> str:
    """The result of a comparison; names of files are the site's own words."""
    from disclosure.model.safe_text import visible
    from disclosure.publishing.verify import VerifyOutcome

    if verdict.outcome is VerifyOutcome.UNDECIDED:
        return f"无法判断：{visible(verdict.reason)}"
    is_same = verdict.outcome is VerifyOutcome.SAME
    same = f"一致：网站的每个文件都与提交 {verdict.commit[:10]} 生成的逐字节相同。"
    lines = [same if is_same else "不一致："]
    kinds = {
        "与网站自己的清单不符": verdict.altered,
        "清单里有而网站上没有": verdict.missing,
        "网站上有而清单里没有": verdict.extra,
        f"与提交 {verdict.commit[:10]} 生成的不同": verdict.unlike,
        "权限不对、网页服务器的用户读不到": verdict.closed,
    }
    for kind, paths in kinds.items():
        if paths:
            lines.append(f"{kind}的文件 {len(paths)} 个：")
            lines += [f"  {visible(path)}" for path in paths[:_MAX_NAMED]]
            lines += ["  ……"] if len(paths) > _MAX_NAMED else []
    return "\n".join(lines)


def _server(folder: Path) -> tuple[Repository, ServerSettings]:
    """The publishing repository in `folder` and its settings, or a refusal that says why not."""
    from disclosure.publishing import settings
    from disclosure.publishing.repository import Repository

    try:
        return Repository(folder), settings.load(folder)
    except settings.SettingsError as error:
        raise Refusal(
            f"{error}\n请进入仓库文件夹，或者这样指明：disclosure -C 仓库.git publish …"
        ) from None


def _require_none_published(repository: Repository, settings: ServerSettings) -> None:
    """Refuse to say that nothing was published when it is only gone."""
    if repository.tip(settings.branch):
        raise Refusal(
            f"{settings.branch} 分支上已有提交，{settings.www} 里却没有一个版本。\n"
            "请确认这个文件夹没有移走或改名，它所在的磁盘已经接上；"
            "找不回来的，再推送一次，会重新生成网站。"
        )


def _described(repository: Repository, release: Release) -> str:
    """A release on one line; what a commit says of itself may not steer the terminal."""
    from disclosure.model.safe_text import visible

    header = repository.header(release.commit)
    summary = visible(f"{header.day}  {header.author}：{header.subject}")
    return f"第 {release.number} 版  {release.commit[:10]}  {summary}"
