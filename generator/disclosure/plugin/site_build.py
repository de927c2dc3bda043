"""One build of the site inside MkDocs: what it is made of, and how it is finished.

How its pages are made is in `strategies`; everything here is the same for both of them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from msgspec import Struct
from msgspec.structs import replace

from disclosure import search
from disclosure.config import government, mkdocs_yml
from disclosure.config.settings import Settings
from disclosure.engine import site_folder
from disclosure.engine.cache import NO_CACHE
from disclosure.engine.listing import names_below
from disclosure.engine.site_folder import SiteFile, SiteFolder
from disclosure.exports.forms import pdf
from disclosure.model.diagnostics import Diagnostic, Severity, has_errors, in_reading_order
from disclosure.plugin import remote_workers, theme_setup
from disclosure.plugin.mkdocs_files import handwritten_pages
from disclosure.plugin.preview import FindingsError
from disclosure.plugin.workers import Executor, GroupFiles, local_executor
from disclosure.site import handwritten, manifest, pipeline, sitemap
from disclosure.site.build_protocol import BuildOrder, BuildReport
from disclosure.site.page_group import PageGroup
from disclosure.site.sitemap import ListedPage

#: MkDocs counts what is logged here, so that `--strict` fails of a warning.
LOG = logging.getLogger("mkdocs.plugins.disclosure")


class SiteBuild(Struct, frozen=True):
    """What a site is made of, once the data are read.

    Attributes:
        data: The data folder.
        order: What the command asks for.
        diagnostics: All findings in the data and the configuration; none of them is an error.
        site: Everything generated from the data.
        output: The folder of the site, and the results of earlier builds.
        typesetter: Sets the PDFs; None where there are to be none.
        executor: Makes the generated pages, if workers are to make them.
        index: Gathers the pages for search while they are rendered.
    """

    config: MkDocsConfig
    data: Path
    order: BuildOrder
    settings: Settings
    diagnostics: tuple[Diagnostic, ...]
    site: pipeline.Site
    output: SiteFolder
    executor: Executor
    typesetter: pdf.Typesetter | None
    index: search.Index

    def cleaned(self, content: str, path: str) -> str:
        """A hand-written page's content without what must not be on the site.

        Args:
            content: The page as HTML.
            path: Its file, relative to the folder of the hand-written pages.

        Raises:
            PluginError: Something was left out; it is reported.
        """
        cleaned = handwritten.clean(content)
        file = f"{Path(self.config.docs_dir).name}/{path}"
        report(self.order, (*self.diagnostics, *handwritten.unclean(file, cleaned.removed)))
        return cleaned.html


class RenderedSite(Struct, frozen=True):
    """What a build strategy has made, when MkDocs has written its own pages.

    Attributes:
        groups: The files of each page group, in the order of the site.
        documents: The pages that are in no group's batches, for search.
        downloads: The files of open data.
    """

    groups: Sequence[GroupFiles]
    documents: Sequence[search.SearchDocument]
    downloads: Iterable[site_folder.FileGroup]


#: Gives everything generated from the data, the folder of the site, and who makes the pages.
OpenSite = Callable[
    [MkDocsConfig, Path, Settings, BuildOrder], tuple[pipeline.Site, SiteFolder, Executor]
]


def read_source(
    config: MkDocsConfig, data: Path, settings: Settings, order: BuildOrder
) -> tuple[pipeline.Site, SiteFolder, Executor]:
    """Read the data."""
    cluster = order.cluster
    if cluster:  # whether it can be reached should be known before that
        cluster.reach()
    pages = Path(config.docs_dir)
    site = pipeline.generate(data, settings, pages, order.processes, order.cache)
    output = SiteFolder(
        order.site_folder or Path(config.site_dir),
        order.previous_site,
        order.cache,
        order.copy_suffix,
        time=site.history.time,
        private=theme_setup.is_preview(config),
    )
    if cluster is None:
        return site, output, local_executor(order.processes)
    task = remote_workers.worker_order(config, site, order)
    return site, output, remote_workers.cluster_executor(cluster, task, order.processes)


def open_build(
    config: MkDocsConfig, data: Path, *, with_pdfs: bool, source: OpenSite = read_source
) -> SiteBuild:
    """Start a build.

    Raises:
        PluginError: The data have errors; they are reported and are its text.
        local_workers.ClusterError: The cluster that is asked for cannot be used.
    """
    typesetter = _typesetter() if with_pdfs else None
    responsible = government.read(Path(config.config_file_path))
    settings = Settings(
        config.site_name,
        config.site_description or "",
        config.site_url or "",
        pdf=typesetter is not None,
        government=responsible.government,
    )
    order = BuildOrder.received()
    site, output, executor = source(config, data, settings, order)
    found = in_reading_order([*responsible.diagnostics, *site.diagnostics])
    report(order, found)
    return SiteBuild(
        config=config,
        data=data,
        order=order,
        settings=settings,
        diagnostics=found,
        site=site,
        output=output,
        executor=executor,
        typesetter=typesetter,
        index=search.Index(),
    )


def _typesetter() -> pdf.Typesetter | None:
    """What sets the PDFs; a machine without a Chinese font makes a site without them."""
    try:
        return pdf.Typesetter()
    except pdf.NoFontError as error:
        LOG.warning("网站里没有 PDF：%s", error)
        return None


def report(order: BuildOrder, findings: tuple[Diagnostic, ...]) -> None:
    """Report the findings to the command; errors stop the build.

    Raises:
        FindingsError: There are errors.
    """
    order.report(BuildReport(findings))
    if has_errors(findings):
        raise FindingsError(findings)


class FilesOfSite(Struct, frozen=True):
    """The addresses of all files of a site.

    Attributes:
        generated: What is made of the data.
        others: What MkDocs and its plugins wrote.
    """

    generated: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()


def left_behind(build: SiteBuild, files: Files, finished: FilesOfSite) -> frozenset[str]:
    """What builds that did not end may have written to the folder of the site.

    Args:
        build: The build, of which nothing is written yet.
        files: All files that MkDocs knows.
        finished: Those of the last build that ended.
    """
    known = {file.dest_uri for file in files}
    return frozenset(names_below(build.output.folder)) - finished.others - known


def finish(
    build: SiteBuild, files: Files, rendered: RenderedSite, earlier: frozenset[str]
) -> FilesOfSite:
    """Write search index, sitemap and manifest, prune the cache and report that all is done.

    Args:
        build: The build.
        files: All files that MkDocs knows.
        rendered: What the strategy has made.
        earlier: What an earlier build of a preview has written to the same folder: what is not
            written again is removed.

    Returns:
        The addresses of all files.
    """
    output = build.output
    documents, texts = search.stored_texts(rendered.documents)
    written = [*output.write(texts)]
    shared = [*rendered.downloads, *_search_index(build, rendered.groups, documents)]
    written += output.write(build.site.for_programs)
    written += output.write(_sitemap(build, files, rendered.groups))
    written += (file for group in (*rendered.groups, *shared) for file in group.files)
    paths = frozenset(file.path for file in written)
    output.remove(earlier - paths)
    others = output.move_in(Path(build.config.site_dir), paths | {manifest.NAME})
    listed = _write_manifest(build, chain(written, others))
    output.cache.prune()
    pages = sum(path.endswith("index.html") for path in listed.files)
    found = in_reading_order([*build.diagnostics, *_warnings(build, rendered)])
    build.order.report(BuildReport(found, pages))
    generated = paths.union(listed.lists)
    return FilesOfSite(generated, frozenset(listed.files) - generated)


def _warnings(build: SiteBuild, rendered: RenderedSite) -> Iterator[Diagnostic]:
    """Characters that no font has, as warnings: the PDFs are made all the same.

    MkDocs is told, so that `--strict` fails; the command tells them where MkDocs is quiet.
    """
    unset = [one for group in rendered.groups for one in group.unset]
    unset += build.typesetter.take_missing() if build.typesetter else ()
    for finding in unset:
        LOG.warning("%s %s\n  怎么改：%s", finding.span.path, finding.message, finding.hint)
        yield replace(finding, severity=Severity.WARNING)


def _search_index(
    build: SiteBuild, groups: Iterable[GroupFiles], others: Iterable[search.SearchDocument]
) -> list[site_folder.FileGroup]:
    """The search index over all departments, and over pages that are in no group."""
    batches = [batch for group in groups for batch in group.batches]
    parts = search.parts([*batches, *search.batched(others, NO_CACHE)])
    tasks = search.tasks(parts, build.output.cache, build.site.words)
    made = build.output.make_all(tasks, build.order.processes)
    themes = [(link.text, link.address) for link in build.site.themes]
    summary = build.output.write([search.summary_file(parts, made, themes)])
    return [*made, site_folder.FileGroup(summary)]


def _sitemap(
    build: SiteBuild, files: Files, groups: Sequence[GroupFiles]
) -> Iterable[tuple[str, bytes]]:
    """The files of the sitemap: first the pages of no one department, then the departments'."""
    shared, departments = build.site.shared, build.site.groups
    dates = [group.dates for group in groups]
    first = [*handwritten_pages(files), *_listed(shared, dates[: len(shared)])]
    return sitemap.files(build.settings.url, first, [*_listed(departments, dates[len(shared) :])])


def _listed(groups: Sequence[PageGroup], dates: Sequence[Sequence[str]]) -> Iterator[ListedPage]:
    """The pages of groups, each with its date."""
    for group, own in zip(groups, dates, strict=True):
        for address, day in zip(group.addresses(), own, strict=True):
            yield ListedPage(address, day)


def _write_manifest(build: SiteBuild, files: Iterable[SiteFile]) -> manifest.ListedPaths:
    """List all files of the site."""
    file = Path(build.config.config_file_path)
    origin = manifest.SiteSources(
        root=file.parent,
        data=build.data,
        pages=Path(build.config.docs_dir),
        configuration=mkdocs_yml.files(file),
    )
    return manifest.write(build.output, origin, build.site.history, files)
