"""What a command and the MkDocs process that it starts tell each other about one build.

MkDocs passes nothing on to its plugins, so a `BuildOrder` travels as JSON in one environment
variable, and a `BuildReport` comes back in the file that the order names. A plain `mkdocs build`
has no order: every field has its default, and nobody reads a report.

Both sides import this module, so what it imports is light.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from disclosure.engine import local_workers
from disclosure.engine.cache import NO_CACHE, Cache
from disclosure.model.diagnostics import Diagnostic

#: The environment variable that holds the order.
VARIABLE = "DISCLOSURE_BUILD"


class BuildOrder(Struct, frozen=True):
    """How one build is to be made. Nothing in it changes a byte of the site.

    Attributes:
        jobs: How many processes make the pages; 0 for as many as there are processors.
        scheduler: The address of the Dask scheduler whose workers make the pages; "" to make
            them on this machine.
        cache_folder: Holds results of earlier builds; None to use none.
        previous_site: The site of an earlier build, whose unchanged files become hard links.
        copy_suffix: How the names of the copies end that the web server's files have beside
            them, such as ".gz"; "" for no copies.
        retired_site: The folder of a site before the previous one; the new site is made in it:
            see `atomic_folder.replacing`.
        seconds: How long the process and all that it starts may take; None for no limit.
        site_folder: The folder that becomes the site; None for the one that MkDocs writes to.
        report_file: Where the report is to be written.
        progress_file: Where to keep how much of the pages is done.
    """

    jobs: int = 0
    scheduler: str = ""
    cache_folder: Path | None = None
    previous_site: Path | None = None
    copy_suffix: str = ""
    retired_site: Path | None = None
    seconds: float | None = None
    site_folder: Path | None = None
    report_file: Path | None = None
    progress_file: Path | None = None

    @classmethod
    def received(cls, environment: Mapping[str, str] = os.environ) -> BuildOrder:
        """In the MkDocs process: the order that this process was started with."""
        text = environment.get(VARIABLE, "{}")
        return msgspec.json.decode(text, type=cls, dec_hook=lambda path, text: path(text))

    def variables(self) -> dict[str, str]:
        """The environment variable to start MkDocs with."""
        return {VARIABLE: msgspec.json.encode(self, enc_hook=str).decode()}

    @property
    def processes(self) -> int:
        """How many processes make the pages."""
        return self.jobs or local_workers.processors()

    @property
    def cache(self) -> Cache:
        """The results of earlier builds."""
        return Cache(self.cache_folder) if self.cache_folder else NO_CACHE

    @property
    def cluster(self) -> local_workers.Cluster | None:
        """The machines that make the pages; None when it is this one."""
        return local_workers.Cluster(self.scheduler) if self.scheduler else None

    def report(self, report: BuildReport) -> None:
        """In the MkDocs process: write the report; a later one replaces it."""
        if self.report_file:
            self.report_file.write_bytes(pickle.dumps(report))

    def report_progress(self, done: int, total: int) -> None:
        """In the MkDocs process: say how many pages are made."""
        if self.progress_file:
            self.progress_file.write_text(f"{done} {total}", "utf-8")


#: That of a plain `mkdocs build`.
DEFAULT_ORDER = BuildOrder()


class BuildReport(Struct, frozen=True):
    """What the plugin tells of a build.

    Attributes:
        diagnostics: All findings in the data and in the hand-written pages.
        pages: How many pages the site has; 0 as long as it is not complete.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    pages: int = 0

    @classmethod
    def read(cls, file: Path) -> BuildReport:
        """The report in a file; an empty one where MkDocs failed before it came to the data."""
        if not file.exists():
            return cls()
        found: BuildReport = pickle.loads(file.read_bytes())  # noqa: S301 - our own child's
        return found
