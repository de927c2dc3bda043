"""The MkDocs adapter: hands generated pages to MkDocs, and rendered pages to search.

It translates and never decides: what stands on a page is settled in `pages`, how it is laid
out in `render` and the theme.
"""

from __future__ import annotations

import html
import os
from pathlib import Path
from typing import Literal

from mkdocs.config import base
from mkdocs.config import config_options as options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from pymdownx.slugs import slugify

from generator import building, report, search, site
from generator.diagnostics import has_errors
from generator.pages import FEED
from generator.settings import Settings

THEME = Path(__file__).parent / "theme"


class DisclosureConfig(base.Config):
    """The plugin's options in mkdocs.yml."""

    data_dir = options.Dir(default="data")


class DisclosurePlugin(BasePlugin[DisclosureConfig]):
    """Adds the pages made from the data folder to the site, and its search."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a preview, which reloads itself by an inline script."""
        self._preview = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put our theme folder first and keep the build free of the clock."""
        config.extra["preview"] = self._preview  # then the theme leaves out its script policy
        config.theme.dirs.insert(0, str(THEME))
        config.extra_css[:0] = ["assets/disclosure.css", "assets/search.css"]
        script = options.ExtraScriptValue("assets/search.js")
        script.type = "module"
        config.extra_javascript.append(script)
        # Headings keep readable addresses in Chinese instead of _1, _2, which shift.
        config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify(case="lower"))
        # The only use of the date here is the time stamp inside sitemap.xml.gz.
        os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Generate the pages, in memory; errors in the data stop the build with their text."""
        settings = Settings(config.site_name, config.site_description or "", config.site_url or "")
        self._site = site.generate(Path(self.config.data_dir), settings)
        building.leave_findings(self._site.diagnostics)
        if has_errors(self._site.diagnostics):
            raise PluginError(report.render_text(self._site.diagnostics))
        self._index = search.Index()
        for page in self._site.files:
            files.append(_generated(config, page.path, content=page.text))
        for source in self._site.sources:
            files.append(_generated(config, source.address, abs_src_path=str(source.path)))
        if self._site.feed:
            files.append(_generated(config, FEED, content=self._site.feed))
            config.extra["feed"] = FEED  # for the theme, which links it in every page's head
        return files

    def on_page_content(
        self, content: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Give search the page as it was rendered, and how it is filed."""
        facets = page.meta.get("search")
        if facets:
            self._index.add(page.url, html.unescape(str(page.title)), content, facets)
        return content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the search index beside the pages."""
        self._index.write(Path(config.site_dir), self._site.entries)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Rebuild the preview when a data file changes."""
        server.watch(self.config.data_dir)
        return server


def _generated(config: MkDocsConfig, path: str, **source: str | bytes) -> File:
    return File.generated(config, path, inclusion=InclusionLevel.NOT_IN_NAV, **source)
