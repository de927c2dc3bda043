"""The page for proofreading: every recognised value beside its picture, for any browser.

One file that asks for nothing else: pictures stand in it, and its policy allows no connection.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence

import jinja2

from disclosure.intake.drafts.proofreading import Proof

_DOUBTFUL = 0.9  # a character that is less certain is marked

_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("disclosure.intake", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def proof_page(title: str, proofs: Sequence[Proof]) -> str:
    """The page of some values, in their order."""
    rows = [
        {
            "proof": proof,
            "percent": f"{int(proof.least * 100)}%",
            "runs": [*_runs(proof)],
            "pictures": [base64.b64encode(picture).decode() for picture in proof.pictures],
        }
        for proof in proofs
    ]
    return _ENVIRONMENT.get_template("proofreading.html.j2").render(title=title, rows=rows)


def _runs(proof: Proof) -> Iterator[tuple[str, bool]]:
    """What was recognised, and of each part whether it is doubtful."""
    run, doubtful = "", False
    for char, certain in zip(proof.text, proof.certain, strict=False):
        if run and doubtful != (certain < _DOUBTFUL):
            yield run, doubtful
            run = ""
        run, doubtful = run + char, certain < _DOUBTFUL
    yield run + proof.text[len(proof.certain) :], doubtful
