"""The one way in: sets up `.venv` and runs what was asked for.

With nothing but Python >= 3.11 and git on the machine:

    python3 noxfile.py -s site     builds the site and says where it is
    python3 noxfile.py -s tests    runs the tests
    python3 noxfile.py --list      shows everything else

Run as a program, this file makes `.venv`, installs the hash-locked requirements and this
project into it, and starts nox from there. A nox that is installed elsewhere may be used as well:
the sessions only ever run the programs of `.venv`, so nothing is installed anywhere else.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
INSTALLED = VENV / "installed.txt"  # which lock is installed, and the digest of what led to it
OLDEST = (3, 11)


def digest(lock: str) -> str:
    """What an environment with `lock` depends on: the locks, the metadata, Python, the place."""
    parts = [(ROOT / "requirements" / f"{name}.txt").read_bytes() for name in ("site", lock)]
    parts += [(ROOT / "pyproject.toml").read_bytes(), f"{PYTHON.resolve()} {ROOT}".encode()]
    return f"{lock} {hashlib.sha256(b'|'.join(parts)).hexdigest()}"


def prepare(lock: str) -> None:
    """Make `.venv` hold exactly `lock` (`site` or `dev`, which holds all of `site`)."""
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"需要 Python 3.11 或更高版本，当前为 {have}。Python 3.11 or newer is needed.")
    accepted = {digest("dev"), digest(lock)}
    if INSTALLED.exists() and INSTALLED.read_text("utf-8") in accepted:
        return
    INSTALLED.unlink(missing_ok=True)  # killed from here on, the next run installs again
    if not has_pip():
        make_environment()
    print(f"正在安装 requirements/{lock}.txt …", file=sys.stderr, flush=True)
    pip("--require-hashes", "-r", f"requirements/{lock}.txt")
    pip("--no-deps", "--no-build-isolation", "-e", ".")
    INSTALLED.write_text(digest(lock), "utf-8")


def has_pip() -> bool:
    """Whether `.venv` works; not so when it is half made or its Python was replaced."""
    if not PYTHON.exists():
        return False
    command = [str(PYTHON), "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Make an empty `.venv`; Debian keeps a part of what this needs in a package of its own."""
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], check=False)
    if made.returncode:
        sys.exit(
            "无法建立 .venv。Debian、Ubuntu 请先安装 python3-venv。"
            "Could not make .venv; on Debian or Ubuntu install python3-venv first."
        )


def pip(*arguments: str) -> None:
    """Install with the environment's own pip; a failure has said why itself."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode:
        sys.exit("安装没有完成，原因见上。The installation failed, see above.")


if __name__ == "__main__":
    prepare("site")
    nox_command = [str(PYTHON), "-m", "nox", "-f", __file__, *sys.argv[1:]]
    try:
        sys.exit(subprocess.run(nox_command, check=False).returncode)
    except KeyboardInterrupt:  # nox and its session have been told as well, and have ended
        sys.exit(130)

import nox  # noqa: E402 - only there once the lines above have made the environment

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "none"
nox.options.sessions = ["site"]

NPM = ROOT / "tests" / "npm"
NPM_OF_BENCHMARKS = ROOT / "benchmarks" / "npm"
SLOWEST = "--durations=10"  # are named in each run, so that a test that grows is noticed
# A test waits for other programs a fifth of the time. Each process begins with files of its own,
# so that what a file shares is mostly made once, and takes over from another when it has none.
WHOLE_RUN = (
    SLOWEST,
    f"--numprocesses={(os.cpu_count() or 1) + 1}",
    "--dist=worksteal",
    "--ignore=tests/browser",
    "--ignore=tests/platforms",
)


def run(session: nox.Session, *arguments: str) -> None:
    """Run a module of `.venv`, whichever nox this is."""
    session.run(str(PYTHON), "-m", *arguments, external=True)


def npm(folder: Path = NPM) -> None:
    """Install what only tests need from npm; without npm those tests say why they are skipped."""
    program = shutil.which("npm")
    installed, lock = folder / "node_modules/.package-lock.json", folder / "package-lock.json"
    if not program or (installed.exists() and installed.stat().st_mtime > lock.stat().st_mtime):
        return
    command = [program, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(command, cwd=folder, check=True)


def run_from_npm(session: nox.Session, name: str, *arguments: str) -> None:
    """Run a program that npm brings; without npm say so, or fail where all must be there."""
    npm()
    program = shutil.which(name, path=str(NPM / "node_modules" / ".bin"))
    if program:
        session.run(program, *arguments, external=True)
    elif os.environ.get("REQUIRE_BROWSER") == "1":
        session.error(f"npm is not installed, so that {name} cannot run")
    else:
        session.warn(f"{name} does not run: npm is not installed")


@nox.session
def install(session: nox.Session) -> None:
    """Install what all the other sessions need."""
    prepare("dev")
    npm()
    session.log("已安装 / installed")


@nox.session
def site(session: nox.Session) -> None:
    """Build the site from data/ and say where it is."""
    prepare("site")
    run(session, "disclosure", "build", *session.posargs)
    session.log("浏览网站 / to browse it: python3 noxfile.py -s serve")


@nox.session
def demo(session: nox.Session) -> None:
    """Build the site of the invented district in examples/ and say where it is."""
    prepare("site")
    run(session, "disclosure", "-C", "examples", "build", *session.posargs)


@nox.session
def serve(session: nox.Session) -> None:
    """Show the site in the browser and rebuild it whenever a file changes."""
    prepare("site")
    run(session, "disclosure", "serve", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Check the data, as `disclosure check` does."""
    prepare("site")
    run(session, "disclosure", "check", *session.posargs)


@nox.session
def changes(session: nox.Session) -> None:
    """Say what the data as it is now changes on the site, as `disclosure changes` does."""
    prepare("site")
    run(session, "disclosure", "changes", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run every test that needs no browser."""
    prepare("dev")
    npm()
    run(session, "pytest", *WHOLE_RUN, *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the same tests, measure what they run of the program, and keep the floor of that."""
    prepare("dev")
    npm()
    data = ROOT / ".cache" / "coverage" / "data"  # one place, wherever a program is started
    data.parent.mkdir(parents=True, exist_ok=True)
    session.env["COVERAGE_FILE"] = str(data)
    run(session, "coverage", "erase")
    run(session, "coverage", "run", "-m", "pytest", *WHOLE_RUN, *session.posargs)
    run(session, "coverage", "combine", "--quiet")
    run(session, "coverage", "report")


@nox.session
def mutation(session: nox.Session) -> None:
    """Change target, compare and checks line by line and list what no test notices."""
    prepare("dev")
    run(session, "tools.mutation", *session.posargs)


@nox.session
def browser(session: nox.Session) -> None:
    """Run the tests that drive the built site in a real Chromium."""
    prepare("dev")
    npm()
    # A test waits for its browser half of the time; those of a file share the sites they look at.
    how = (SLOWEST, "--numprocesses=3", "--dist=loadfile", "--no-loadscope-reorder")
    run(session, "pytest", "tests/browser", *how, *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, formatting and the import contract of the code."""
    prepare("dev")
    run(session, "ruff", "check", ".")
    run(session, "ruff", "format", "--check", ".")
    import_linter = "from importlinter.cli import lint_imports_command as main; main()"
    session.run(str(PYTHON), "-c", import_linter, external=True)


@nox.session
def types(session: nox.Session) -> None:
    """Check every type hint strictly."""
    prepare("dev")
    run(session, "mypy")


@nox.session
def scripts(session: nox.Session) -> None:
    """Check style, formatting and types of the site's scripts and style sheets."""
    prepare("dev")
    biome = ("check", "--config-path=tests/npm", "--error-on-warnings")
    run_from_npm(session, "biome", *biome, "generator/disclosure/plugin/theme/assets")
    run_from_npm(session, "tsc", "--project", "tests/npm")


@nox.session
def platforms(session: nox.Session) -> None:
    """Build with what may take the place of MkDocs and Material, in environments of their own."""
    prepare("dev")
    locks = ROOT / "requirements"
    for name in ("properdocs", "materialx", "renderers", "ocr"):
        folder = ROOT / ".cache" / "platforms" / name
        lock = locks / "ocr.txt" if name == "ocr" else locks / "platforms" / f"{name}.txt"
        installed = folder / "installed.txt"
        parts = [lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
        wanted = hashlib.sha256(b"|".join(parts)).hexdigest()
        if installed.exists() and installed.read_text("utf-8") == wanted:
            continue
        run(session, "uv", "venv", "--quiet", "--clear", "--python", str(PYTHON), str(folder))
        # A lock without mkdocs holds packages that ask for it.
        pip = ("uv", "pip", "install", "--quiet", "--python", str(folder), "--no-deps")
        run(session, *pip, "--require-hashes", "-r", str(lock))
        if name != "renderers":
            run(session, *pip, "--no-build-isolation", "-e", ".")
        installed.write_text(wanted, "utf-8")
    run(session, "pytest", "tests/platforms", SLOWEST, *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Lock the newest versions of all requirements again, with their hashes."""
    prepare("dev")
    options = "--universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11"
    compile_ = ["uv", "pip", "compile", "pyproject.toml", "--quiet", "--upgrade", *options.split()]
    run(session, *compile_, "--group", "site", "-o", "requirements/site.txt")
    constraint = ["-c", "requirements/site.txt"]
    run(session, *compile_, *constraint, "--group", "dev", "-o", "requirements/dev.txt")
    run(session, *compile_, *constraint, "-o", "requirements/runtime.txt")
    ocr = ("--group", "site", "--extra", "ocr", "-o", "requirements/ocr.txt")
    run(session, *compile_, *constraint, *ocr)
    folder = "requirements/platforms"
    for name in ("properdocs", "materialx"):
        inputs = [f"{folder}/{name}.in", "--override", f"{folder}/{name}.without.in"]
        output = ["--group", "site", "-o", f"{folder}/{name}.txt"]
        run(session, *compile_, *constraint, *inputs, *output)
    compile_[3] = f"{folder}/renderers.in"
    run(session, *compile_, "-o", f"{folder}/renderers.txt")


@nox.session
def release(session: nox.Session) -> None:
    """Build wheel, source archive and offline bundle into dist/, and try them without an index."""
    prepare("dev")
    run(session, "tools.release", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure how much longer a build takes than a plain one, and write the figures as JSON."""
    prepare("dev")
    run(session, "benchmarks", *session.posargs)


@nox.session
def pictures(session: nox.Session) -> None:
    """Draw the pictures of the guide for publishers again."""
    prepare("dev")
    run(session, "tests.tools.pictures")


@nox.session
def lighthouse(session: nox.Session) -> None:
    """Let Lighthouse judge every kind of page and write the scores as JSON."""
    prepare("dev")
    npm(NPM_OF_BENCHMARKS)
    run(session, "benchmarks.lighthouse", *session.posargs)
