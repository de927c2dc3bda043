"""文字中出现银行卡号

检查什么：各项文字（包括公开注释）中单独出现的、像银行卡号的数字：16 至 19 位，以 3、4、5、6、9
开头，并且最后一位符合银行卡的校验规则。编码、编号、金额和统一社会信用代码不算。

为什么：收款人的银行卡号属于个人隐私，公开后可能被用来诈骗。

例子：说明中写“补贴打入 6222………”。提示信息只显示号码的头三位和末两位。

怎么改：删去号码，写“发放到本人银行账户”即可。确实不是银行卡号的，在 notes 里写 rule: C803
和说明，说明里不要再写这个号码。

出处：政府信息公开条例第十五条；校验规则为银行卡通用的 Luhn 算法。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.personal_numbers import card_numbers, remarks
from disclosure.checks.texts import TextSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C803", Severity.ERROR, "文字中出现银行卡号")


def check(subject: TextSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for bank cards in every text of the file."""
    hint = (
        "请删去这个号码；确实不是银行卡号的，请在 notes 里写 rule: C803 和说明，"
        "说明里不要再写这个号码。"
    )
    yield from remarks(subject, RULE, "银行卡号", card_numbers, hint)
