"""Changes the program line by line and says which changes no test notices (with mutmut).

mutmut wants the package at the top of the tree, so it works in a copy, `.cache/mutation`. Nothing
is changed in the repository itself. A change that survives is a missing test or a line too many;
`mutmut show NAME` in the copy prints it.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / ".cache" / "mutation"

#: What may be mutated, and the tests that must notice, by a short name.
PARTS = {
    "target": ("disclosure/model/target/", ["tests/model/test_target.py"]),
    "compare": ("disclosure/compare/", ["tests/compare"]),
    "checks": ("disclosure/checks/", ["tests/checks/test_checks.py"]),
}
#: mutmut runs pytest many times in one process, and pytest would escape a Chinese id once more each
#: time, until no test has the name that it had the first time.
PLAIN_IDS = "disable_test_id_escaping_and_forfeit_all_rights_to_community_support = true"
BESIDE = ("data", "examples", "schemas", "site_src", "tests", "benchmarks", "tools", "mkdocs.yml")


def copy(part: str) -> None:
    """Make the copy, told to mutate one part."""
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in BESIDE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("npm"))
        else:
            shutil.copy(ROOT / name, COPY)
    shutil.copytree(ROOT / "generator" / "disclosure", COPY / "disclosure")
    source, tests = PARTS[part]
    settings = re.sub(
        r"(?m)^pythonpath = .*$",
        f'pythonpath = ["."]\n{PLAIN_IDS}',
        (ROOT / "pyproject.toml").read_text("utf-8"),
    )
    more = {
        "source_paths": [source],
        "also_copy": ["disclosure", *BESIDE],
        "pytest_add_cli_args_test_selection": tests,
    }
    lines = (f"{key} = {json.dumps(value)}" for key, value in more.items())
    text = "\n".join([settings, "[tool.mutmut]", *lines, ""])
    (COPY / "pyproject.toml").write_text(text, "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Mutate one part after the other, and list what survived."""
    parser = argparse.ArgumentParser(prog="mutation", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help="all, if none is named")
    for part in parser.parse_args(arguments).parts or PARTS:
        copy(part)
        print(f"== {part}", flush=True)
        for command in (["run"], ["results"]):
            done = subprocess.run([sys.executable, "-m", "mutmut", *command], cwd=COPY, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
