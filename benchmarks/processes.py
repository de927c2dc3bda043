"""Runs a program and sees how long it takes and how much memory all its processes have."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil
from msgspec import Struct, field

#: Between two looks at the memory, in seconds. A process that lives for less is not seen.
_MOMENT = 0.2


class Usage(Struct):
    """What a run took.

    Attributes:
        seconds: From its start to its end.
        processor: Seconds of any processor that all its processes took together. Other work on
            the machine makes a run last longer, but hardly changes this.
        programs: By the name of a program, the most memory that one process of it had, in bytes.
        together: The most that all its processes had at one time, in bytes. Forked processes
            share memory, and what they share counts once for each of them.
    """

    seconds: float = 0
    processor: float = 0
    programs: dict[str, int] = field(default_factory=dict)
    together: int = 0

    @property
    def largest(self) -> int:
        """The most memory that one process had, in bytes."""
        return max(self.programs.values(), default=0)

    def see(self, process: psutil.Process) -> None:
        """Look at a running process and all that it started."""
        together = 0
        with_children = [process]
        try:
            with_children += process.children(recursive=True)
        except psutil.NoSuchProcess:
            return
        for one in with_children:
            try:
                name, memory = one.name(), one.memory_info().rss
            except psutil.NoSuchProcess:
                continue
            self.programs[name] = max(memory, self.programs.get(name, 0))
            together += memory
        self.together = max(together, self.together)


def processor_of_children() -> float:
    """Seconds of any processor that all that this process started took, once it has ended."""
    import resource  # noqa: PLC0415 - Unix has it, Windows does not

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """That of a user, whose Python keeps what it has compiled."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {**variables}


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Usage:
    """Run a program in a folder to its end.

    Raises:
        RuntimeError: It failed; with the end of what it said.
    """
    usage, ended = Usage(), threading.Event()
    with tempfile.TemporaryFile() as output:
        start, before = time.perf_counter(), processor_of_children()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment(variables),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        watch = threading.Thread(target=_watch, args=(usage, process.pid, ended))
        watch.start()
        try:
            process.wait()
            usage.seconds = time.perf_counter() - start
            usage.processor = processor_of_children() - before
        finally:
            ended.set()
            watch.join()
        if process.returncode:
            output.seek(0)
            text = output.read().decode("utf-8", "replace")[-2_000:]
            raise RuntimeError(f"{' '.join(command)} failed ({process.returncode}):\n{text}")
    return usage


def finish(folder: Path, *command: str) -> str:
    """Run a program that finds no git configuration of this machine; what it printed."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    variables |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        command, cwd=folder, env=variables, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout


def git(folder: Path, *arguments: str) -> str:
    """Run git as a user who may commit, with no tidying up behind our back; what it printed."""
    options = ("user.name=clerk", "user.email=clerk@example.org", "gc.auto=0")
    return finish(folder, "git", *(part for one in options for part in ("-c", one)), *arguments)


def _watch(usage: Usage, number: int, ended: threading.Event) -> None:
    try:
        process = psutil.Process(number)
    except psutil.NoSuchProcess:
        return
    while not ended.wait(_MOMENT):
        usage.see(process)
