"""The MkDocs plugin: hands every event of MkDocs to the build that it belongs to.

It translates and never decides: what stands on a page is settled in `pages`, how it is laid out
in `pages.render` and the theme, and how pages are made in `strategies`.
"""

from __future__ import annotations

import gc
import html
from functools import partial
from pathlib import Path
from typing import Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from disclosure.engine import permissions
from disclosure.pages import cards
from disclosure.plugin import mkdocs_internals, site_build, theme_setup
from disclosure.plugin.errors import as_plugin_errors
from disclosure.plugin.mkdocs_files import GeneratedFile, feed_file
from disclosure.plugin.page_conventions import conventions
from disclosure.plugin.plugin_config import DisclosureConfig
from disclosure.plugin.preview import Preview
from disclosure.plugin.strategies import MkDocsStrategy, Strategy, WorkerStrategy
from disclosure.plugin.watched_files import WatchedFiles
from disclosure.site import handwritten, sitemap


class DisclosurePlugin(BasePlugin[DisclosureConfig]):
    """Adds the pages made from the data folder to the site, and its search.

    Attributes:
        source: What reads the data; a worker of a cluster is given the result instead.
    """

    source: site_build.OpenSite = staticmethod(site_build.read_source)
    _build: site_build.SiteBuild
    _strategy: Strategy
    _files: Files
    _nav: Navigation
    _watched: WatchedFiles
    _preview: Preview | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """A preview calls this once and then builds again and again, in the same folder."""
        self._is_preview, self._is_dirty = command == "serve", dirty
        self._finished, self._is_finished = site_build.FilesOfSite(), True
        gc.set_threshold(100_000, 50, 50)  # millions of small values that stay
        mkdocs_internals.silence_dirty_warning()
        permissions.let_others_read_what_is_made()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Set up the theme; note what a preview's files look like before its first build."""
        theme_setup.set_up(config, preview=self._is_preview)
        if self._is_preview and not self._preview:
            places = config.config_file_path, self.config.data_dir, config.docs_dir
            self._watched = WatchedFiles(*map(Path, places))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Read the data and add what is generated; errors in the data stop MkDocs."""
        with as_plugin_errors():
            self._build = site_build.open_build(
                config,
                Path(self.config.data_dir),
                with_pdfs=self.config.pdf and not self._is_preview,
                source=self.source,
            )
        if self._is_dirty:
            self._strategy = WorkerStrategy(self._build, self._preview)
        else:
            self._strategy = MkDocsStrategy(self._build)
        if self._build.site.feed:
            files.append(feed_file(config, self._build.site.feed))
        theme_setup.drop_unused(files, config)
        return self._strategy.add_files(files)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Keep both: MkDocs does not hand them to the events that need them."""
        self._nav, self._files = nav, files
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Keep HTML blocks away from Markdown; take harmful front matter off a page by hand."""
        if isinstance(page.file, GeneratedFile):
            return page.file.without_blocks(markdown)
        page.meta = handwritten.harmless(page.meta)
        return markdown

    def on_page_content(
        self, content: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Put the HTML blocks back, or clean a hand-written page; let search index it."""
        if isinstance(page.file, GeneratedFile):
            content = page.file.with_blocks(content)
            self._strategy.page_rendered(page, content)
        else:
            content = cards.labelled(self._build.cleaned(content, page.file.src_uri))
        if facets := page.meta.get("search"):
            self._build.index.add(page.url, html.unescape(str(page.title)), content, facets)
        return content

    @event_priority(-100)
    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Give the theme what it prints beside the content; pages left to workers are made here."""
        env.globals["conventions"] = partial(conventions, settings=self._build.settings)
        config.theme.static_templates.discard(sitemap.NAME)  # ours has limits; see `sitemap`
        self._earlier = self._finished.generated
        if not self._is_finished:
            self._earlier |= site_build.left_behind(self._build, files, self._finished)
        self._is_finished = False
        with as_plugin_errors():
            self._strategy.pages_read(env, files, self._nav)
        return env

    def on_post_page(self, output: str, **_: object) -> str:
        """Leave out the controls of parts of Material that this site does not have."""
        return theme_setup.without_switches(output)

    on_post_template = on_post_page  # of 404.html

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what is made of the whole site, and at the end the list of all files."""
        with as_plugin_errors():
            rendered = self._strategy.finish()
            build, files = self._build, self._files
            self._finished = site_build.finish(build, files, rendered, self._earlier)
        self._is_finished = True
        if not self._is_preview:  # the process ends, and Python would look through all once more
            gc.freeze()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuild the preview when a data file changes, and show why it could not be rebuilt."""
        self._preview = Preview(server, self._watched)
        return server
