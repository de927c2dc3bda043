"""文字中出现手机号码

检查什么：各项文字（包括公开注释）中单独出现的手机号码，写成 138 0013 8000 或带 +86 的也算。
座机号码、项目编码、编号、金额和计量的数字不算；部门联系方式另由 C804 检查。

为什么：手机号码一般属于个人，公开后会招来骚扰，也无法收回。

例子：资金用途中写“联系人李某，138………”。提示信息只显示号码的头三位和末两位。

怎么改：删去号码，需要留联系方式时写办公电话。确属对外公布的值班手机或者不是手机号码的，
在 notes 里写 rule: C802 和说明，说明里不要再写这个号码。

出处：政府信息公开条例第十五条。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from disclosure.checks.personal_numbers import mobile_numbers, remarks
from disclosure.checks.texts import TextSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C802", Severity.ERROR, "文字中出现手机号码")

# An office may publish a mobile number as its contact: that is another rule's, and a hint.
_CONTACT = ("contact",)


def check(subject: TextSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for mobile numbers in every text of the file but the department's contact."""
    texts = tuple((field, text) for field, text in subject.texts if field != _CONTACT)
    hint = (
        "请删去这个号码，或者改写办公电话；确属对外公布的号码或者不是手机号码的，"
        "请在 notes 里写 rule: C802 和说明，说明里不要再写这个号码。"
    )
    numbers = partial(mobile_numbers, region=subject.region)
    yield from remarks(replace(subject, texts=texts), RULE, "手机号码", numbers, hint)
