"""Characters that only look right: a PDF keeps one code for each glyph, not always the one meant.

Fonts draw 用 and the radical ⽤ with one glyph, and so `—` and `―`, `～` and `〜`; a PDF made with
such a font gives back either. What was meant is what Chinese text uses.
"""

from __future__ import annotations

import unicodedata

#: Radicals that have no decomposition of their own, from Unicode's EquivalentUnifiedIdeograph.txt;
#: and 户, of which Unicode makes the traditional 戶, although fonts for simplified Chinese draw it
#: alike.
_RADICALS = str.maketrans(
    "⼾⺂⺃⺋⺯⺳⺺⺁⺅⺉⺎⺏⺐⺒⺓⺔⺕⺖⺘⺙⺛⺝⺞⺟⺠⺡⺣⺤⺦⺧⺨⺩⺬⺭⺮⺰⺱⺲⺹⺾⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "户乛乚㔾糹㓁肀厂亻刂兀尣尢巳幺彑彐忄扌攵旡月歺母民氵灬爫丬牛犭王示礻竹纟罓罒耂艹虎衤覀西见角讠贝足车辶辶辶阝钅長镸长门阝青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)
#: Seen in PDFs that Chromium makes with Noto Sans CJK and Noto Serif CJK.
_OTHERS: dict[int, int | str] = {
    **str.maketrans("―‒〜∕\u2329\u232a‵㬵", "—–～／〈〉｀胶"),
    0x2E3A: "——",  # both dashes drawn as one glyph
}


def unified(text: str) -> str:
    """A text in which each character is the one that Chinese text uses for what it looks like."""
    if text.isascii():
        return text
    return "".join(map(_radical, text.translate(_OTHERS)))


def _radical(char: str) -> str:
    """A radical or a compatibility ideograph as the character that looks the same."""
    alike = char.translate(_RADICALS)
    odd = "\u2e80" <= alike <= "\u2fdf" or "\uf900" <= alike <= "\ufaff"
    return unicodedata.normalize("NFKC", alike) if odd else alike
