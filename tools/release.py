"""Builds a release into `dist/`: wheel, source archive, offline bundle, notes and checksums.

The offline bundle is for a server that reaches no package index: the wheels of the locked runtime
for this platform and this Python, which two commands install. It is installed in an environment
without any index before the release counts as built.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "runtime.txt"

#: What installs the bundle, from its folder; the README says the same.
INSTALL = (
    "python3 -m venv ~/disclosure",
    (
        "~/disclosure/bin/python -m pip install --no-index --find-links wheels"
        " --require-hashes -r requirements.txt"
    ),
)
README = """\
离线安装包：预算绩效目标公开程序 {version}
适用于 {system}、Python {python}。服务器不需要连接互联网。

在本文件夹里依次运行：

    {install}

装好以后，程序是 ~/disclosure/bin/disclosure（位置可以换成别的文件夹）。
核对文件是否完整：sha256sum --check SHA256SUMS
装不上时，请先确认 python3 --version 是 {python}，Debian、Ubuntu 还要有 python3-venv。

Offline bundle of budget-disclosure {version}, for {system} and Python {python}.
Run the two commands above in this folder; no network is needed.
To verify the files: sha256sum --check SHA256SUMS
"""


def version() -> str:
    """The version, from the one place where it stands."""
    text = (ROOT / "generator" / "disclosure" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert found
    return found[1]


def section(changelog: str, wanted: str) -> str:
    """What the changelog says of a version; "" if it has no section with a day, or an empty one."""
    head = rf"^## \[{re.escape(wanted)}\] - \d{{4}}-\d\d-\d\d\n"
    found = re.search(rf"{head}(.*?)(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def problems(tag: str, is_version: str, changelog: str) -> list[str]:
    """Why a tag must not be released; none if tag, version and changelog say the same."""
    found = []
    if tag != f"v{is_version}":
        found.append(f"the tag is {tag}, the version {is_version}: they must be the same")
    if not section(changelog, is_version):
        found.append(f"CHANGELOG.md has no section “## [{is_version}] - YYYY-MM-DD” with text")
    return found


def checksums(folder: Path, pattern: str = "**/*") -> str:
    """A line for each file below a folder, as `sha256sum --check` reads it."""
    files = sorted(path for path in folder.glob(pattern) if path.is_file())
    return "".join(f"{digest(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fill_bundle(folder: Path, wheel: Path) -> None:
    """Write into a folder with `wheels` all that makes a bundle of it: lock, README, checksums."""
    shutil.copy(wheel, folder / "wheels")
    own = f"budget-disclosure=={version()} --hash=sha256:{digest(wheel)}\n"
    (folder / "requirements.txt").write_text(LOCK.read_text("utf-8") + own, "utf-8")
    words = {"version": version(), "system": sysconfig.get_platform(), "python": _python()}
    text = README.format(install="\n    ".join(INSTALL), **words)
    (folder / "README.txt").write_text(text, "utf-8", newline="\n")
    (folder / "SHA256SUMS").write_text(checksums(folder), "utf-8", newline="\n")


def archive(folder: Path, target: Path) -> None:
    """Pack a folder, so that the same files give the same bytes."""
    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = Path(target.name.removesuffix(".tar.gz"), path.relative_to(folder))
                entry = tar.gettarinfo(path, name.as_posix())
                entry.mode, entry.mtime, entry.uid, entry.gid = 0o644, 0, 0, 0
                entry.uname = entry.gname = ""
                with path.open("rb") as content:
                    tar.addfile(entry, content)


def try_bundle(packed: Path, folder: Path) -> None:
    """Install a bundle by its own two commands where no index is known, and build a site with it.

    Raises:
        subprocess.CalledProcessError: A command failed.
    """
    with tarfile.open(packed) as tar:
        tar.extractall(folder, filter="data")
    bundle = folder / packed.name.removesuffix(".tar.gz")
    home = folder / "home"
    home.mkdir()
    outside = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    # Neither a configuration nor a cache of this machine may help.
    alone = {
        **outside,
        "HOME": str(home),
        "PIP_NO_INDEX": "1",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_CACHE_DIR": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    program = home / "disclosure" / "bin" / "disclosure"
    site = f"{program} -C {ROOT / 'examples'} build --site-dir {folder / 'site'}"
    for command in ("sha256sum --check --quiet SHA256SUMS", *INSTALL, f"{program} --version", site):
        subprocess.run(["/bin/bash", "-ec", command], cwd=bundle, env=alone, check=True)


def download(wheels: Path) -> None:
    """Fetch the wheels of the locked runtime for this platform."""
    options = ("--quiet", "--only-binary=:all:", "--require-hashes", "--no-deps")
    _run("pip", "download", *options, "--dest", str(wheels), "--requirement", str(LOCK))


def build(target: Path) -> None:
    """Build everything into a folder."""
    target.mkdir(exist_ok=True)
    _run("hatchling", "build", "-d", str(target))
    (wheel,) = target.glob(f"budget_disclosure-{version()}-*.whl")
    python = f"cp{sys.version_info.major}{sys.version_info.minor}"
    name = f"budget-disclosure-{version()}-offline-{sysconfig.get_platform()}-{python}"
    packed = target / f"{name}.tar.gz"
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, name)
        (folder / "wheels").mkdir(parents=True)
        download(folder / "wheels")
        fill_bundle(folder, wheel)
        archive(folder, packed)
        try_bundle(packed, Path(scratch))
    (target / "SHA256SUMS").write_text(checksums(target, "budget*"), "utf-8", newline="\n")


def main(arguments: Sequence[str]) -> int:
    """Build a release; with `--tag`, only if tag, version and changelog agree."""
    parser = argparse.ArgumentParser(prog="release", description=__doc__)
    parser.add_argument("--tag", help="the tag that is released, such as v1.2.3")
    tag = parser.parse_args(arguments).tag
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    wrong = problems(tag, version(), changelog) if tag else []
    if wrong:
        print(*wrong, sep="\n", file=sys.stderr)
        return 1
    target = ROOT / "dist"
    build(target)
    (target / "NOTES.md").write_text(section(changelog, version()) + "\n", "utf-8", newline="\n")
    print(*_listed(target), sep="\n")
    return 0


def _listed(target: Path) -> Iterable[str]:
    return (f"{path.stat().st_size:>11,}  {path}" for path in sorted(target.iterdir()))


def _python() -> str:
    return ".".join(platform.python_version_tuple()[:2])


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
