"""The commands that make something: the site, its preview, its Markdown, the schemas."""

from __future__ import annotations

import socket  # noqa: TID251 - only to see whether a port of this machine is free
from pathlib import Path

import click

from disclosure.cli import chinese
from disclosure.cli.common import (
    CLEAN,
    FAILED,
    FINDINGS,
    Refusal,
    new_folder,
    progress,
    project,
    say_findings,
)
from disclosure.model.diagnostics import has_errors


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="生成完整的网站。\n\n新网站全部生成好以后才替换旧网站；中途出错或中断，旧网站原样不动。",
)
@click.option(
    "--site-dir",
    "site_dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="文件夹",
    help="网站放在哪里，默认项目里的 site。",
)
@click.option("--strict", is_flag=True, help="有任何提醒即视为失败，供正式发布前使用。")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    metavar="个数",
    help="同时用几个进程生成网页，默认与处理器个数相同。",
)
@click.option(
    "--scheduler",
    metavar="地址",
    help="由集群生成网页：Dask 调度程序的地址，如 10.0.0.1:8786。",
)
@click.option(
    "--fresh", is_flag=True, help="全部重新生成，不用上次留下的结果。生成的网站完全相同。"
)
@click.pass_obj
def build(
    folder: Path,
    site_dir: Path | None,
    strict: bool,
    jobs: int | None,
    scheduler: str | None,
    fresh: bool,
) -> int:
    """Build the site beside the old one and swap it in when it is complete."""
    from disclosure.engine import atomic_folder
    from disclosure.site import mkdocs_process
    from disclosure.site.build_protocol import BuildOrder

    here = project(folder)
    target = site_dir or here.site
    if mkdocs_process.is_in_the_way(here, target):
        raise Refusal(f"{target} 里有别的内容，为免误删，没有动它。请换一个空的或新的文件夹。")
    retired = atomic_folder.spare_of(target)
    is_free = not fresh and not mkdocs_process.is_in_the_way(here, retired)
    order = BuildOrder(
        jobs=jobs or 0,
        scheduler=scheduler or "",
        cache_folder=None if fresh else here.cache.resolve() / "build",
        retired_site=retired if is_free else None,
    )
    try:
        with progress() as say:
            result = mkdocs_process.build(
                here.root, target, strict=strict, progress=say, order=order
            )
    except atomic_folder.BusyError:
        raise Refusal(f"另一个程序正在生成 {target}，请等它结束后再试。") from None
    say_findings(result.diagnostics)
    if result.ok:
        click.echo(f"网站已生成，共 {result.pages} 个页面：{(target / 'index.html').resolve()}")
        return CLEAN
    _say_log(result.log)
    click.echo("网站没有生成，原来的网站没有改动。", err=True)
    return FINDINGS if strict or has_errors(result.diagnostics) else FAILED


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="在本机预览网站，改动数据后自动更新。\n\n按 Ctrl-C 结束预览。",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    metavar="端口",
    help="本机端口，默认 8000。",
)
@click.pass_obj
def serve(folder: Path, port: int) -> int:
    """Preview the site on this machine only, until interrupted."""
    from disclosure.site import checking, mkdocs_process
    from disclosure.site.build_protocol import BuildOrder

    here = project(folder)
    if not _is_free(port):
        raise Refusal(f"端口 {port} 不能使用，可能已有别的程序在用。请用 --port 换一个。")
    findings = checking.check(here.data, here.pages)
    say_findings(findings)
    if has_errors(findings):
        click.echo("数据有错误，请改好后再预览。", err=True)
        return FINDINGS
    click.echo(f"正在准备预览，稍后请用浏览器打开 http://127.0.0.1:{port}/", err=True)
    order = BuildOrder(cache_folder=here.cache.resolve() / "preview")
    return FAILED if mkdocs_process.serve(here.root, "127.0.0.1", port, order) else CLEAN


@click.command(
    cls=chinese.Command,
    options_metavar="[选项]",
    help="把网站内容写成 Markdown 文件，任何 Markdown 工具都能使用。",
)
@new_folder("写到哪里")
@click.pass_obj
def render(folder: Path, target: Path) -> int:
    """Write the pages as Markdown to a new folder; nothing is written when there are errors."""
    from disclosure.site import pipeline

    try:
        with progress() as say:
            say("正在写 Markdown 文件")
            findings = pipeline.render_to(project(folder).root, target)
    except FileExistsError:
        raise Refusal(f"{target} 不是空文件夹，没有写入。请换一个空的或新的文件夹。") from None
    say_findings(findings)
    if has_errors(findings):
        click.echo("数据有错误，没有写入。", err=True)
        return FINDINGS
    click.echo(f"已写入：{target.resolve()}")
    return CLEAN


@click.command(
    cls=chinese.Command,
    name="schema",
    options_metavar="[选项]",
    help="写出数据格式说明（JSON Schema），编辑器据此提示和检查字段。",
)
@click.argument(
    "target",
    required=False,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="[文件夹]",
    help="写到哪里，默认项目里的 schemas。",
)
@click.option("--check", "only_check", is_flag=True, help="不写，只看现有文件是否最新。")
@click.pass_obj
def write_schemas(folder: Path, target: Path | None, only_check: bool) -> int:
    """Write the JSON Schemas of format 1, or say which of the written ones are out of date."""
    from disclosure.forms.files import schemas

    target = target or project(folder).root / "schemas"
    texts = {target / name: text for name, text in schemas().items()}
    if only_check:
        stale = [path for path, text in texts.items() if _read(path) != text]
        for path in stale:
            click.echo(f"不是最新：{path}")
        return FINDINGS if stale else CLEAN
    target.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    click.echo(f"已写入：{target.resolve()}")
    return CLEAN


def _say_log(log: str) -> None:
    """Why MkDocs failed, where that was no fault of the data."""
    from disclosure.engine.crash_report import apology

    if "Traceback (most recent call last)" in log:
        click.echo(apology(log), err=True)
    elif log:
        click.echo(f"MkDocs 没有完成，它说：\n{log.strip()}\n", err=True)


def _is_free(port: int) -> bool:
    """Whether the preview can listen on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
