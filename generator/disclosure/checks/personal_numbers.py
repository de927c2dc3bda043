"""Numbers that belong to a person: identity numbers, mobile numbers, bank cards.

Only numbers standing alone are meant: no part of a project code, a checksum or an amount.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from disclosure.checks.texts import TextSubject
from disclosure.model.diagnostics import Remark, Rule

# Full-width digits are digits too; positions stay the same.
_HALF_WIDTH = {ord("０") + digit: str(digit) for digit in range(10)} | {ord("Ｘ"): "X"}
# The shortest number is a mobile number's; most texts have none, and are not looked at further.
_LONG = re.compile(r"\d(?:[ -]?\d){10}")
_ALONE_BEFORE = r"(?<![0-9A-Za-z_.])(?<![0-9][-,/ ])(?<![¥￥])"
_ALONE_AFTER = r"(?![0-9A-Za-z_]|[.,/ -][0-9])"
# 91130803… and the like are numbers of organisations, contracts and accounts of offices.
_NO_PERSON = re.compile(
    r"(?:信用代码|机构代码|项目编[码号]|合同编?号|文号|编码|编号|订单号|发票号码?|流水号|批次号)"
    r"[为是:： ]*$"
)
_MEASURED = re.compile(
    r" ?[余多]?(?:[十百千万亿]|元|%|％|平方|立方|公里|千米|米|吨|公斤|千克|人|次|户|亩|株|个|件)"
)
_PHONE = re.compile(r"(?:电话|手机|联系|热线|微信|tel|phone|mobile)[^0-9]{0,12}$", re.IGNORECASE)

# The first two digits: provinces, as in GB/T 2260.
_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_IDENTITY = re.compile(
    rf"{_ALONE_BEFORE}{_PROVINCE}[0-9]{{4}}(?:[0-9]{{11}}[0-9Xx]|[0-9]{{9}}){_ALONE_AFTER}"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_FIRST_BIRTH, _LAST_BIRTH = 1900, 2100

_MOBILE = re.compile(
    rf"(?:(?<![0-9A-Za-z])(?:\+|00)?86[- ]?|{_ALONE_BEFORE})"
    rf"(1[3-9][0-9](?:[0-9]{{8}}|[ -][0-9]{{4}}[ -][0-9]{{4}})){_ALONE_AFTER}"
)
# 3 to 6 are the schemes in use in China; some city banks' cards begin with 9. What has 18
# digits and does not begin with 6 is rather a number of an organisation (91…, 52…).
_CARD = re.compile(
    rf"{_ALONE_BEFORE}(?:[34569](?:[0-9]{{15,16}}|[0-9]{{18}})|6[0-9]{{17}}"
    r"|[34569][0-9]{3}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{3})?)"
    rf"{_ALONE_AFTER}"
)


def identity_numbers(text: str) -> Iterator[str]:
    """Identity numbers with a right check digit (GB 11643), and old ones of 15 digits."""
    for match in _IDENTITY.finditer(_with_long_numbers(text)):
        number = match[0].upper()
        if _is_identity(number) and not _NO_PERSON.search(match.string[: match.start()]):
            yield number


def mobile_numbers(text: str, region: str = "") -> Iterator[str]:
    """Mobile numbers, `138 0013 8000` and `+86…` included, amounts and codes left out.

    Args:
        text: Any text.
        region: The own region's code. Hebei's begin with 13, so a number that begins with it
            is a code unless the text calls it a telephone.
    """
    for match in _MOBILE.finditer(_with_long_numbers(text)):
        number = re.sub("[ -]", "", match[1])
        before = match.string[: match.start()]
        is_code = bool(region) and number.startswith(region) and not _PHONE.search(before)
        if not (is_code or _NO_PERSON.search(before) or _measured(match)):
            yield number


def card_numbers(text: str) -> Iterator[str]:
    """Bank cards: 16 to 19 digits with a right Luhn check digit."""
    for match in _CARD.finditer(_with_long_numbers(text)):
        number = re.sub("[ -]", "", match[0])
        before = match.string[: match.start()]
        something_else = _is_identity(number) or _NO_PERSON.search(before) or _measured(match)
        if _luhn(number) and not something_else:
            yield number


def remarks(
    subject: TextSubject, rule: Rule, what: str, numbers: Callable[[str], Iterable[str]], hint: str
) -> Iterator[Remark]:
    """A finding for each number in a file's texts; no finding repeats the number itself.

    Args:
        subject: The file.
        rule: The rule that asks.
        what: What the numbers are, in Chinese.
        numbers: Finds them in a text.
        hint: What to do.
    """
    if not _LONG.search(subject.whole):
        return
    for field, text in subject.texts:
        for number in numbers(text):
            message = f"这里有像{what}的数字（{masked(number)}），公开会泄露个人隐私。"
            yield subject.remark(rule, field, message, hint, sensitive=True)


def masked(number: str) -> str:
    """`13800138000` → `138******00`: enough to find it, too little to use it."""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"


def _with_long_numbers(text: str) -> str:
    """The text with all digits half-width; empty if it cannot have a number of a person."""
    return text.translate(_HALF_WIDTH) if _LONG.search(text) else ""


def _measured(match: re.Match[str]) -> bool:
    """Whether the number is an amount of something: 13800000000元."""
    return bool(_MEASURED.match(match.string, match.end()))


def _is_identity(number: str) -> bool:
    if len(number) == 18:
        total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
        return _is_birth(number[6:14]) and _CHECK_DIGITS[total % 11] == number[-1]
    return len(number) == 15 and _is_birth(f"19{number[6:12]}")


def _is_birth(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:  # 19831341: no day of the calendar
        return False
    return _FIRST_BIRTH <= born.year < _LAST_BIRTH


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
