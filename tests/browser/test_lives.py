"""The life of an undertaking in the browser: a renamed, a merged and a split one."""

from __future__ import annotations

from tests.support.browser import SIZES, Visit

LIFE = "990101-402/projects/99010122P00416210028Y/"
MERGED = "990101-501/projects/99010124P005026100729/"
SPLIT = "990101-208/projects/99010125P00849510051W/"


def test_a_life_is_read_downwards_on_a_phone(example_site: str, look: Visit) -> None:
    """At 390 px neither the page nor any table in it is wider than the screen, drawn or not."""
    for scripting in (True, False):
        visitor = look("phone", java_script_enabled=scripting)
        page = visitor.page
        for address in (LIFE, MERGED, SPLIT):
            page.goto(example_site + address)
            if scripting:
                visitor.settle()
            assert page.evaluate("document.scrollingElement.scrollWidth") <= SIZES["phone"][0]
            wide = """() => [...document.querySelectorAll("main table, .table-scroll")]
              .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.id)"""
            assert page.evaluate(wide) == []
