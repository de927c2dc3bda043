"""Hostile texts in every field of the data are shown as they are, and never do anything.

The browser ignores the site's policy here: the escaping alone must hold.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.support.browser import SearchBox, Visit, Visitor, served
from tests.support.loaded_mkdocs import mkdocs
from tests.support.repository import ROOT

#: Each would do something if any layer took it for its own language.
PAYLOADS = (
    "<script>window.__pwned=1</script>",
    "<img src=x onerror=window.__pwned=2>",
    "\"'><svg onload=window.__pwned=3>",
    "</title></textarea></style></td></table><!--",
    "--> ]]> &lt;b&gt; &amp;amp; &#60;",
    "[x](javascript:window.__pwned=4) ![x](https://elsewhere.test/x.png)",
    "<https://elsewhere.test/> https://elsewhere.test/ [^1] [x][1]",
    "[TOC] {: onclick=window.__pwned=5 } --8<-- 'mkdocs.yml'",
    "***x*** __x__ `x` ~~x~~ ==x== ^x^ :smile: $x$ | a | b | \\",
    "# x * x 1. x ??? x !!! note x === x --- x > x",
    "{{ config }} {% raw %} {# x #} ${x} <%= x %>",
    "שלום مرحبا",
)
HOSTILE = " ".join(PAYLOADS)
LONG_WORD = "W" * 10_000

#: Fields that hold no free text: the reader refuses everything but codes, numbers and dates.
FIXED = {
    *("schema", "id", "code", "unit", "year", "number", "sha256", "date", "kind", "rule"),
    *("total", "fiscal", "other", "approved", "published", "continues", "points", "score"),
}
#: What a note may stand at besides an indicator.
PLACES = {"name", "budget", "purpose", "spending_plan", "goals"}


def hostile(key: str, value: object) -> object:
    """A value of a YAML file with every free text in it made hostile."""
    if isinstance(value, dict):
        if key == "spending_plan":
            return {f"{HOSTILE}{period}": amount for period, amount in value.items()}
        return {name: hostile(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [hostile(key, item) for item in value]
    if value in ("", "~") or key in FIXED or (key == "at" and value in PLACES):
        return value
    return f"{HOSTILE}{value}"


def read(path: Path) -> dict[str, object]:
    """A YAML file with nothing but texts in it."""
    content = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - only text
    assert isinstance(content, dict)
    return content


def write(path: Path, content: object) -> None:
    """A YAML file in which every text is quoted, and an empty cell is still empty."""
    text = yaml.safe_dump(content, allow_unicode=True, default_style='"', width=10**9)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(re.sub(r'"~"', "~", text), encoding="utf-8")


def add_years(department: Path) -> None:
    """A second year, a later version and a self-evaluation, so that every kind of page exists."""
    old, new = department / "2024", department / "2025"
    shutil.copytree(old, new)
    write(new / "disclosure.yml", read(new / "disclosure.yml") | {"year": "2025"})
    for path in sorted((new / "projects").glob("*.yml")):
        project = read(path)
        changed = {
            "budget": {"total": "9.00", "fiscal": "9.00", "other": "~"},
            "spending_plan": {"12月底": "9.00"},
            "purpose": f"{project['purpose']}二",
        }
        write(path, project | changed)
        adjustment = {"kind": "adjustment", "date": "2025-06-01", "reason": "调", "document": "文"}
        later = project | {"adjustment": adjustment, "purpose": "三"}
        write(path.with_name(f"{path.stem}@2025-06-01.yml"), later)
        indicators = project["indicators"]
        assert isinstance(indicators, list)
        lines = [
            {"level3": line["level3"], "actual": "实", "deviation": "偏", "improvement": "改"}
            for line in indicators
        ]
        result = {"schema": "result/1", "code": path.stem, "indicators": lines}
        write(old / "results" / path.name, result)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this repository's project with hostile data."""
    copy = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "site_src", copy / "site_src")
    shutil.copytree(ROOT / "data", copy / "data")
    shutil.copy(ROOT / "mkdocs.yml", copy)
    department = copy / "data" / "130803-322"
    add_years(department)
    for path in copy.glob("data/**/*.yml"):
        content = hostile("", read(path))
        assert isinstance(content, dict)
        if path.stem.startswith("13080324P00514110001Y") and path.parent.name == "projects":
            content |= {"name": content["name"] + LONG_WORD, "purpose": LONG_WORD}
        write(path, content)
    # What looks like a leftover of a conversion is here on purpose.
    (copy / "data/checks.yml").write_text("schema: checks/1\nswitched_off: [C409]\n", "utf-8")
    return copy


@pytest.fixture(scope="module")
def hostile_site(chromium: Browser, project: Path) -> Iterator[str]:
    """The site that MkDocs makes of the hostile data."""
    assert chromium.is_connected()
    finished = mkdocs("build", "--strict", "--site-dir", str(project / "site"), cwd=project)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    with served(project / "site") as address:
        yield address


def squeezed(text: str) -> str:
    """A text without white space."""
    return re.sub(r"\s", "", text)


def texts(key: str, value: object) -> Iterator[str]:
    """The free texts of hostile data, white space aside."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from texts(name, item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(key, item)
    elif HOSTILE in str(value) and key != "at":
        yield squeezed(str(value))


def shown(page: Page) -> str:
    """What a reader sees on a page, white space aside."""
    return squeezed(page.inner_text("body"))


def assert_harmless(visitor: Visitor, address: str) -> None:
    """Nothing ran, nothing was asked for, nothing was smuggled in, nothing hangs over."""
    page = visitor.page
    assert page.evaluate("window.__pwned") is None, address
    assert visitor.complaints == [], address
    smuggled = page.evaluate(
        """() => [...document.querySelectorAll("article *, header *, nav *, dialog *")]
          .filter((element) => element.matches(
                "script:not([src]), img:not([src^='../images/']), iframe, [src=x]")
            || [...element.attributes].some(({ name }) => name.startsWith("on"))
            || /^javascript:/i.test(element.getAttribute("href") ?? ""))
          .map((element) => element.outerHTML)"""
    )
    assert smuggled == [], address
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_no_page_runs_any_of_it(hostile_site: str, project: Path, look: Visit) -> None:
    """On every page, at the size of a phone, hostile texts do nothing and break nothing.

    Of the pages of rules, which are alike and hold nothing of the data, one is looked at.
    """
    visitor = look("phone", bypass_csp=True)
    pages = sorted((project / "site").rglob("index.html"))
    _, *rules = sorted((project / "site/guide/rules").glob("*/index.html"))
    assert not [path for path in rules if "pwned" in path.read_text("utf-8")]
    assert len(pages) > 20 + len(rules)
    for path in pages:
        if path not in rules:
            address = path.relative_to(project / "site").parent.as_posix() + "/"
            visitor.open(hostile_site + address)
            assert_harmless(visitor, address)


def test_every_text_is_shown_as_it_is(hostile_site: str, project: Path, look: Visit) -> None:
    """Each field of each file stands on its page character for character."""
    page = look(bypass_csp=True).page
    data = project / "data"
    for path in data.glob("*/**/*.yml"):
        *folders, _ = path.relative_to(data).parts
        if folders[-1] == "results":
            continue  # shown on the project's page, and looked for there
        folders = [folder for folder in folders if folder != "projects"]
        code, _, date = path.stem.partition("@")
        parts = [*folders, code] if path.parent.name == "projects" else folders
        superseded = not date and path.with_name(f"{code}@2025-06-01.yml").exists()
        address = "/".join([*parts, "original"] if superseded else parts) + "/"
        answer = page.goto(hostile_site + address)
        assert answer is not None
        assert answer.ok, address
        seen = shown(page)
        expected = list(texts("", read(path)))
        results = path.parent.parent / "results" / path.name
        if results.exists() and path.parent.name == "projects":
            expected += texts("", read(results))
        assert expected
        missing = [text[-40:] for text in expected if text not in seen]
        assert missing == [], address


def test_titles_are_shown_as_they_are(hostile_site: str, project: Path, look: Visit) -> None:
    """The tab, the heading and the lists carry a hostile name as text."""
    page = look(bypass_csp=True).page
    code = "13080324P00514210001L"
    name = str(read(project / f"data/130803-322/2024/projects/{code}.yml")["name"])
    page.goto(f"{hostile_site}130803-322/2024/{code}/")
    assert squeezed(page.title()).startswith(squeezed(name))
    assert squeezed(page.inner_text("h1")) == squeezed(name)
    page.goto(f"{hostile_site}130803-322/2024/")
    assert squeezed(name) in shown(page)


@pytest.mark.parametrize("query", ["pwned", "elsewhere", "שלום", "WWWW", "10001Y", "<script>"])
def test_search_results_are_text(hostile_site: str, look: Visit, query: str) -> None:
    """Titles and excerpts of results are shown as they are, whatever is searched."""
    visitor = look("phone", bypass_csp=True)
    visitor.page.goto(hostile_site)
    box = SearchBox(visitor.page)
    box.open()
    box.type(query)
    assert box.addresses
    results = squeezed(visitor.page.locator(".search__results").inner_text())
    assert squeezed(PAYLOADS[0]) in results
    assert_harmless(visitor, query)
    dialog = visitor.page.locator("dialog.search")
    assert dialog.evaluate("dialog => dialog.scrollWidth") <= 390
    with visitor.page.expect_navigation():
        visitor.page.locator(".search__link").first.click()
    visitor.settle()
    assert_harmless(visitor, query)


def test_the_trap_works(hostile_site: str, look: Visit) -> None:
    """What the other tests look for would be seen if a text were not escaped."""
    visitor = look("phone", bypass_csp=True)
    visitor.page.goto(hostile_site)
    visitor.page.evaluate("html => document.querySelector('article').innerHTML += html", HOSTILE)
    visitor.page.wait_for_function("window.__pwned")
    visitor.page.evaluate("window.__pwned = undefined")
    with pytest.raises(AssertionError):
        assert_harmless(visitor, "")
