"""文字中出现身份证号码

检查什么：各项文字（包括公开注释）中单独出现的、像居民身份证号码的数字：18 位且校验码正确，
或者 15 位且出生日期合理。项目编码、统一社会信用代码、文号、金额和校验值不算。

为什么：公开的内容任何人都能看到并长期保存。身份证号码属于个人隐私，公开后无法收回。

例子：说明中写“领款人张某（身份证号 130803………）”。提示信息只显示号码的头三位和末两位。

怎么改：删去号码；需要区分同名人员时，可以写单位和姓氏。确实不是身份证号码的，在 notes 里写
rule: C801 和说明，说明里不要再写这个号码。

出处：政府信息公开条例第十五条；18 位号码的校验码按 GB 11643。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.personal_numbers import identity_numbers, remarks
from disclosure.checks.texts import TextSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C801", Severity.ERROR, "文字中出现身份证号码")


def check(subject: TextSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for identity numbers in every text of the file."""
    hint = (
        "请删去这个号码；确实不是身份证号码的，请在 notes 里写 rule: C801 和说明，"
        "说明里不要再写这个号码。"
    )
    yield from remarks(subject, RULE, "身份证号码", identity_numbers, hint)
