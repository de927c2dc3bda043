"""What may stand around a value without changing what it says.

A value is understood only with everything around it. What could turn its meaning (another
number, a second sign, 不, 左右, 前) makes the whole text words.
"""

from __future__ import annotations

import re

from disclosure.model.target.values import Sign, Target

_COMPARED = "低高少多小大短长早晚迟"
_AT_LEAST = "低少小短早"
#: Every way to write a sign in front of a number.
SIGNS: dict[str, Sign] = {sign.value: sign for sign in Sign} | {
    "等于": Sign.EQUAL,
    "至少": Sign.AT_LEAST,
    "最少": Sign.AT_LEAST,
    "最低": Sign.AT_LEAST,
    "至多": Sign.AT_MOST,
    "最多": Sign.AT_MOST,
    "最高": Sign.AT_MOST,
    "不超": Sign.AT_MOST,
    "不突破": Sign.AT_MOST,
    "超过": Sign.MORE,
    "超出": Sign.MORE,
    "不足": Sign.LESS,
    "不到": Sign.LESS,
    "不满": Sign.LESS,
}
for _no in ("不", "不得", "不能", "不应", "不可"):
    SIGNS |= {f"{_no}超过": Sign.AT_MOST, f"{_no}超出": Sign.AT_MOST}
    for _word in _COMPARED:
        SIGNS[f"{_no}{_word}于"] = Sign.AT_LEAST if _word in _AT_LEAST else Sign.AT_MOST
for _word in _COMPARED:
    SIGNS[f"{_word}于"] = Sign.LESS if _word in _AT_LEAST else Sign.MORE
    for _or in ("等于", "或等于", "或者等于"):
        _limit = Sign.AT_MOST if _word in _AT_LEAST else Sign.AT_LEAST
        SIGNS[f"{_word}于{_or}"] = _limit
#: Every way to write a sign behind a number. 以上, 以下 and 以内 include it (民法典 §1259).
ENDINGS: dict[str, Sign] = {
    f"{included}{word}": sign
    for word, sign in {
        "以上": Sign.AT_LEAST,
        "以下": Sign.AT_MOST,
        "以内": Sign.AT_MOST,
        "之内": Sign.AT_MOST,
    }.items()
    for included in ("", "及", "或", "(含)", "（含）")
}
#: 内 alone is a sign only where no other word begins with it (内部, 内容).
WITHIN = "内(?=$|[完成办交付支审验发建整，,。；;、（(])"


def alternatives(words: dict[str, Sign]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


_TURNING = re.compile(
    rf"[0-9±%‰~]|{alternatives(SIGNS)}|{alternatives(ENDINGS)}|约|左右|上下|不含(?=$|本数|[)）])|除外"
)
_UNFINISHED_BEFORE = re.compile(r"[不非未没无/·+》〉-]$")
_UNFINISHED_AFTER = re.compile(
    r"[半多余几来一二两三四五六七八九十百千万亿前后底末初之内起期级度代份号月/·+:：-]"
)
_NEUTRAL = re.compile(r"(?:已|实际|共计|共|合计|累计|全部|按时|如期|及时)*(?:完成|实现|达成)?")
_COPULA = re.compile(
    r"(?:^(?:应|须|需)?(?:达|为|是)|(?:应|须|需)?达到|控制在|保持在|稳定在)[:：]?$"
)


def neutral(words: str) -> bool:
    """Whether the words add nothing but that something is done: 完成, 已完成."""
    return bool(_NEUTRAL.fullmatch(words))


def same_words(old: Target, new: Target) -> bool:
    """Whether both say the same around the value; 完成 and the like count for nothing."""
    return all(
        first == second or (neutral(first) and neutral(second))
        for first, second in ((old.before, new.before), (old.words, new.words))
    )


def without_copula(before: str) -> str:
    """满意度达到 → 满意度: the verb that only joins a name to its value says nothing more."""
    return _COPULA.sub("", before)


def may_stand_before(before: str) -> bool:
    """Whether the value means the same with this in front of it."""
    return not (_TURNING.search(before) or _UNFINISHED_BEFORE.search(before))


def may_stand_after(words: str) -> bool:
    """Whether the value means the same with this behind it."""
    return not (_TURNING.search(words) or _UNFINISHED_AFTER.match(words))
