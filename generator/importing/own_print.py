"""What our own print view adds to a document: a cover, a list of projects, notes, an address.

A cover and a list repeat what the forms say. They are furniture only where they really say the
same; anything else in them stays unplaced. A list in somebody else's document is read alike, and
its sum is the document's own statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from generator.importing import labels
from generator.importing.forms import Form, amount
from generator.importing.ledger import Ledger
from generator.importing.pieces import Cell, Table, Text, squeezed
from generator.model import Department

_LIST_HEADS = re.compile(r"序号|项目名称|项目编码|预算单位|预算数|预算金额|金额")
_NOTE = re.compile(r"注(?P<number>[0-9]+)(?:·(?P<place>.*))?")
_REFERENCE = re.compile(r"规则(C[0-9]{3})$")
_UNKNOWN = "公开文件未注明"
_COVER = re.compile(
    r"(?P<label>部门|年度|项目数|预算数合计|批复日期|公开日期|来源|版本|网址)[:：]?(?P<value>.+)"
)


@dataclass
class OwnPrint:
    """Recognises what we print around a disclosure.

    Attributes:
        is_ours: Whether the document is one of our own.
    """

    ledger: Ledger
    department: Department
    year: int
    is_ours: bool = False
    lists: list[Table] = field(default_factory=list)
    covers: list[Text] = field(default_factory=list)

    def line(self, text: Text, forms: Sequence[Form]) -> bool:
        """Take a line of the cover, or of what stands below a form."""
        del forms
        found = _COVER.fullmatch(text.bare)
        if not found:
            return False
        self.covers.append(text)
        return True

    def listing(self, table: Table) -> bool:
        """Take a list of projects: its heads name no indicator and no label beside a value."""
        head = next((row for row in table.rows() if any(cell.bare for cell in row)), ())
        names = [labels.bare(cell.text.text) for cell in head if cell.bare]
        known = [name for name in names if _LIST_HEADS.fullmatch(name)]
        if not ("序号" in known and "项目名称" in known and len(known) == len(names)):
            return False
        self.lists.append(table)
        return True

    def finish(self, forms: Sequence[Form]) -> str | None:
        """Compare cover and lists with the forms; the printed sum of an official list."""
        for text in self.covers:
            self._cover(text, forms)
        total = None
        for table in self.lists:
            total = self._list(table, forms) or total
        return None if self.is_ours else total

    def _cover(self, text: Text, forms: Sequence[Form]) -> None:
        del forms
        self.ledger.furnish(text)

    def _list(self, table: Table, forms: Sequence[Form]) -> str | None:
        del forms
        for cell in table.cells:
            self.ledger.furnish(cell.text)
        return None
