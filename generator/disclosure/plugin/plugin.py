"""The MkDocs adapter: hands generated pages to MkDocs, and rendered pages to search.

It translates and never decides: what stands on a page is settled in `pages`, how it is laid
out in `render` and the theme.
"""

from __future__ import annotations

import gc
import html
import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Literal

import jinja2
from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from pymdownx.slugs import slugify

from disclosure import search
from disclosure.config import content_policy, government, mkdocs_yml
from disclosure.config.settings import Settings
from disclosure.engine import local_workers, readable
from disclosure.engine.cache import NO_CACHE
from disclosure.engine.site_folder import FileGroup, SiteFile, SiteFolder
from disclosure.exports.forms import pdf
from disclosure.model.diagnostics import Diagnostic, Severity, has_errors, in_reading_order
from disclosure.pages.addresses import full_address
from disclosure.pages.events import FEED
from disclosure.plugin import html_blocks, page_fingerprint, page_tags, preview, remote_workers
from disclosure.plugin.mkdocs_files import (
    GeneratedPage,
    LeftToWorkers,
    all_files,
    pages_by_hand,
    pages_of,
)
from disclosure.plugin.page_tags import Conventions, PageFacts
from disclosure.plugin.workers import (
    Executor,
    Made,
    RenderContext,
    cache_templates,
    data_and_pdfs,
    processes,
    read_ahead,
)
from disclosure.site import handwritten, manifest, mkdocs_process, pipeline, sitemap

#: What MkDocs counts as a warning, so that `--strict` fails.
LOG = logging.getLogger("mkdocs.plugins.disclosure")
_MKDOCS_LOG = logging.getLogger("mkdocs.commands.build")
THEME = Path(__file__).parent / "theme"
#: Material's switches for its drawer and its search, and what they lay over the page: no block
#: of its frame holds them, and as HTML they are not valid.
_SWITCHES = re.compile(r'<(?:input class="md-toggle"[^>]*>|label class="md-overlay"[^>]*></label>)')

WORKER_DIED = (
    "生成网页的一个进程被系统中止了，多半是内存不够。"
    "请关闭其他程序后再试，或者用 --jobs 1 减少同时进行的工作。"
)


class DisclosureConfig(base.Config):
    """The plugin's options in mkdocs.yml."""

    data_dir = options.Dir(default="data")
    pdf = options.Type(bool, default=False)


class DisclosurePlugin(BasePlugin[DisclosureConfig]):
    """Adds the pages made from the data folder to the site, and its search.

    Attributes:
        order: In a worker of a cluster, the build that it works for; elsewhere None.
    """

    order: remote_workers.WorkerOrder | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, and whether the pages are made by workers.

        A preview reloads itself by an inline script. In a `--dirty` build MkDocs passes over the
        files that say they are not modified, and that is how the workers' pages are left to them.
        One plugin makes all the sites of a preview, one after the other in the same folder.
        """
        readable.let_others_read_what_is_made()
        gc.set_threshold(100_000, 50, 50)  # millions of small values that stay: see "How it scales"
        self._preview = command == "serve"
        self._shares = dirty
        self._made: list[Made] = []
        self._written: frozenset[str] = frozenset()
        # That a dirty build may be stale is not so in a new folder, and must not fail `--strict`.
        _MKDOCS_LOG.addFilter(lambda record: "'dirty' build" not in record.msg)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our theme folder first and keep the build free of the clock."""
        config.extra["content_policy"] = "" if self._preview else content_policy.IN_PAGES
        config.theme.dirs.insert(0, str(THEME))
        config.extra_css[:0] = ["assets/disclosure.css", "assets/search.css", "assets/print.css"]
        script = options.ExtraScriptValue("assets/search.js")
        script.type = "module"
        config.extra_javascript.append(script)
        if not Path(config.docs_dir, "robots.txt").exists():  # a site may have its own
            config.theme.static_templates.add("robots.txt")
        # Headings keep readable addresses in Chinese instead of _1, _2, which shift.
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
        # MkDocs gives every theme the day of the build; a site's own may print it.
        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Generate the pages, in memory; errors in the data stop the build with their text."""
        self._typesetter = self._make_typesetter()
        said = government.read(Path(config.config_file_path))
        self._settings = Settings(
            config.site_name,
            config.site_description or "",
            config.site_url or "",
            pdf=self._typesetter is not None,
            government=said.government,
        )
        pages = Path(config.docs_dir)
        data = Path(self.config.data_dir)
        self._output, self._site = self._read(Path(config.site_dir), data, pages)
        self._found = in_reading_order([*said.diagnostics, *self._site.diagnostics])
        _stop_at_errors(self._found)
        self._index = search.Index()
        self._made = []
        if self._site.feed:
            files.append(_generated(config, FEED, content=self._site.feed))
            config.extra["feed"] = FEED  # for the theme, which links it in every page's head
        if self._shares:
            return LeftToWorkers(files, config, self._site.all_page_groups(), data)
        for file in all_files(config, self._site.all_page_groups(), data):
            files.append(file)
        return files

    def _read(self, folder: Path, data: Path, pages: Path) -> tuple[SiteFolder, pipeline.Site]:
        """Where the site is written to, and what came of the data: a worker is given that."""
        if self.order:
            return self.order.output(folder), self.order.site
        _reach_cluster()  # whether it is there should be known before the data are read
        output = SiteFolder(
            mkdocs_process.site(folder),
            mkdocs_process.previous(),
            mkdocs_process.cache(),
            mkdocs_process.copies(),
            private=self._preview,
        )
        return output, pipeline.generate(
            data, self._settings, pages, mkdocs_process.jobs(), output.cache
        )

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Make harmless what stands above a hand-written page; spare Markdown the rest's HTML."""
        if _is_handwritten(page):
            page.meta = handwritten.harmless(page.meta)
            return markdown
        self._taken = html_blocks.take_out(markdown)
        return self._taken.markdown

    def on_page_content(
        self, content: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Give search the page as it was rendered, and how it is filed; clean it if by hand."""
        if _is_handwritten(page):
            cleaned = handwritten.clean(content)
            path = f"{Path(config.docs_dir).name}/{page.file.src_uri}"
            unclean = handwritten.unclean(path, cleaned.removed)
            _stop_at_errors((*self._site.diagnostics, *unclean))
            content = cleaned.html
        else:
            content = self._taken.put_back(content)
            if not self._shares:  # otherwise MkDocs only asks for those that were read ahead
                page.present_anchor_ids = html_blocks.anchors(content)
        facets = page.meta.get("search")
        if facets:
            self._index.add(page.url, html.unescape(str(page.title)), content, facets)
        return content

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember what there is, for the workers and for the sitemap."""
        self._nav, self._files = nav, files
        return nav

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Give the theme what the conventions ask of a page, and make the pages left to workers."""
        env.globals["conventions"] = self._conventions
        config.theme.static_templates.discard(sitemap.NAME)  # ours has limits; see `sitemap`
        if isinstance(files, LeftToWorkers):
            read_ahead(config, files, self._nav, self._index)
            around = page_fingerprint.digest_of(config, self._nav)
            if around:  # otherwise nobody knows what templates are compiled to
                cache_templates(env, self._output.cache)
            context = RenderContext(
                config=config,
                files=files,
                env=env,
                nav=self._nav,
                index=self._index,
                data=Path(self.config.data_dir),
                output=self._output,
                typesetter=self._typesetter,
                frame=around,
            )
            if self.order:
                raise remote_workers.Opened(context)
            with _shared_work():
                self._made, self._downloads = context.make_all(
                    self._site.all_page_groups(),
                    [*self._site.tasks()],
                    self._crew(config),
                    mkdocs_process.report_progress,
                )
        return env

    def _crew(self, config: MkDocsConfig) -> Executor:
        """Who makes the departments' pages."""
        asked = mkdocs_process.cluster()
        if asked is None:
            return processes(mkdocs_process.jobs())
        previous, cache = mkdocs_process.previous(), self._output.cache
        order = remote_workers.order(config, self._site, previous, cache)
        return remote_workers.crew(asked, order, mkdocs_process.jobs())

    def _conventions(self, page: Page | None) -> Conventions:
        """For any page, and with None for the one that is shown where there is none."""
        facts = self._facts(page) if page else PageFacts("没有这个页面")
        of_its_own = page and not page.is_homepage
        return Conventions(
            facts=facts,
            government=self._settings.government,
            tags=page_tags.tags(facts if of_its_own else None, self._settings),
            report=page_tags.report_link(facts, self._settings),
        )

    def _facts(self, page: Page) -> PageFacts:
        """What is known of a page; its version is what it shows, and the commit of that."""
        meta = page.meta
        origin = {key: html.unescape(text) for key, text in meta.get("origin", {}).items()}
        revision = meta.get("version", {})
        if revision.get("commit"):
            state = f"数据提交 {revision['commit']}（{revision['day']}）"
            origin["version"] = "；".join(filter(None, (origin.get("version"), state)))
        origin.setdefault("column", meta.get("search", {}).get("kind", ""))
        return PageFacts(
            title=html.unescape(str(meta.get("title") or page.title)),
            description=html.unescape(meta.get("description", "")),
            address=full_address(page.url, self._settings),
            **origin,
        )

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Leave out what Material's frame holds for parts that this site does not have."""
        return _without_switches(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """The same for the page that is shown where there is none."""
        return _without_switches(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index, the data, the PDFs, and at the end the list of all files."""
        written: list[SiteFile] = []
        entries: list[search.SearchName] = []
        dates = [made.dated for made in self._made]
        if not self._shares:
            for group in self._site.all_page_groups():
                entries += group.entries()
                dates.append(group.dated())
                written += self._output.write(data_and_pdfs(group, self._typesetter))
                group.forget()
        unset = [one for made in self._made for one in made.unset]
        unset += self._typesetter.take_missing() if self._typesetter else ()
        for finding in unset:
            LOG.warning("%s %s\n  怎么改：%s", finding.span.path, finding.message, finding.hint)
        if unset:  # the program that started MkDocs says it where MkDocs is quiet
            told = [replace(finding, severity=Severity.WARNING) for finding in unset]
            mkdocs_process.leave_findings(in_reading_order([*self._found, *told]))
        documents = self._index.take(entries)
        written += self._output.write(search.text_files(documents))
        with _shared_work():
            if not self._shares:
                works = [*self._site.tasks()]
                self._downloads = iter(self._output.make_all(works, mkdocs_process.jobs()))
            index = self._make_index(documents)  # while workers may still make the downloads
            shared = [*self._downloads, *index]
        dated = iter(dates)  # of the shared portions first
        shared_pages = [*pages_by_hand(self._files), *pages_of(self._site.shared, dated)]
        pages = [*pages_of(self._site.groups, dated)]
        written += self._output.write(sitemap.files(self._settings.url, shared_pages, pages))
        written += (file for made in self._made for file in made.files)
        written += (file for made in shared for file in made.files)
        # A preview goes on in the same folder.
        paths = frozenset(file.path for file in written)
        self._output.remove(self._written - paths)
        others = self._output.move_in(Path(config.site_dir), paths | {manifest.NAME})
        self._written = paths | self._write_manifest(config, chain(written, others))
        self._output.cache.prune()
        if not self._preview:  # all of it ends here, and Python would look through it once more
            gc.freeze()

    def _write_manifest(self, config: MkDocsConfig, files: Iterable[SiteFile]) -> frozenset[str]:
        """List all files of the site, tell who waits how many pages it has; where the lists are."""
        file = Path(config.config_file_path)
        origin = manifest.SiteSources(
            root=file.parent,
            data=Path(self.config.data_dir),
            pages=Path(config.docs_dir),
            configuration=mkdocs_yml.files(file),
        )
        listed = manifest.write(self._output, origin, self._site.history, files)
        mkdocs_process.leave_pages(sum(path.endswith("index.html") for path in listed.files))
        return frozenset(listed.lists)

    def _make_index(self, documents: Iterable[search.Document]) -> list[FileGroup]:
        """Make the search index of all departments."""
        batches = [batch for made in self._made for batch in made.batches]
        parts = search.parts([*batches, *search.batched(documents, NO_CACHE)])
        made = self._output.make_all(search.tasks(parts, self._output.cache), mkdocs_process.jobs())
        return [*made, FileGroup(self._output.write([search.summary_file(parts, made)]))]

    def _make_typesetter(self) -> pdf.Typesetter | None:
        """What sets the PDFs; a preview does without, and so does a machine without a font."""
        if not self.config.pdf or self._preview:
            return None
        try:
            return pdf.Typesetter()
        except pdf.NoFontError as error:
            LOG.warning("网站里没有 PDF：%s", error)
            return None

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuild the preview when a data file changes, and show why it could not be rebuilt."""
        server.watch(self.config.data_dir)
        configuration = Path(config.config_file_path)
        preview.Preview(server, configuration, Path(self.config.data_dir), Path(config.docs_dir))
        return server


def _reach_cluster() -> None:
    with _shared_work():
        if asked := mkdocs_process.cluster():
            asked.reach()


@contextmanager
def _shared_work() -> Iterator[None]:
    """Say why those who share the work could not do it."""
    try:
        yield
    except local_workers.WorkerDiedError:
        raise PluginError(WORKER_DIED) from None
    except local_workers.ClusterError as error:
        raise PluginError(str(error)) from None


def _without_switches(text: str) -> str:
    """The page without them and what white space is before them."""
    *previous, rest = _SWITCHES.split(text, maxsplit=3)
    return "".join((*map(str.rstrip, previous), rest))


def _is_handwritten(page: Page) -> bool:
    return not isinstance(page.file, GeneratedPage)


def _stop_at_errors(findings: tuple[Diagnostic, ...]) -> None:
    """Tell the program that started MkDocs what was found; with errors, stop the build."""
    mkdocs_process.leave_findings(findings)
    if has_errors(findings):
        raise preview.FindingsError(findings)


def _generated(config: MkDocsConfig, path: str, **source: str | bytes) -> File:
    return File.generated(config, path, inclusion=InclusionLevel.NOT_IN_NAV, **source)
