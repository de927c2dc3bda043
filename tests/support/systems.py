"""What some tests need of a system, each with the reason why they are skipped elsewhere."""

from __future__ import annotations

import multiprocessing
import os
import sys

import pytest

_IS_LINUX = sys.platform == "linux"
_IS_UNIX = os.name == "posix"
_FORKS = "fork" in multiprocessing.get_all_start_methods()

LINKS = pytest.mark.skipif(not _IS_UNIX, reason="Windows lets administrators alone make links")
SIGNALS = pytest.mark.skipif(not _IS_UNIX, reason="only Unix sends Ctrl-C and kill as signals")
TERMINAL = pytest.mark.skipif(not _IS_UNIX, reason="only Unix has terminals that a program can be")
SHELL = pytest.mark.skipif(not _IS_UNIX, reason="the commands are those of a Unix shell")
FORK = pytest.mark.skipif(not _FORKS, reason="work is shared only where processes can be forked")
PROC = pytest.mark.skipif(not _IS_LINUX, reason="only Linux lists processes in /proc")
USAGE = pytest.mark.skipif(not _IS_UNIX, reason="only Unix says what ended processes took")
MEMORY = pytest.mark.skipif(not _IS_LINUX, reason="only Linux limits the memory of a process")
MOVES = pytest.mark.skipif(not _IS_LINUX, reason="only Linux notes when a folder was moved")
NAMES = pytest.mark.skipif(
    not _IS_LINUX, reason="only Linux takes any bytes and both cases as names"
)
SERVER = pytest.mark.skipif(not _IS_LINUX, reason="a publishing server runs Linux")
CLUSTER = pytest.mark.skipif(not _IS_LINUX, reason="the machines of a cluster run Linux")
