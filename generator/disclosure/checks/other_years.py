"""Years in a text that are not its own, and whether the text says why they are there."""

from __future__ import annotations

import re

from disclosure.model.target.numerals import digits

# A form is copied from one of the last years' or, when filed late, from the next one's.
_YEARS_BACK, _YEARS_AHEAD = 4, 2

_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})\s*(年度?)")
_SENTENCE = re.compile(r"[。；;!！?？\n]")
_TITLE = re.compile(r"《[^》]*》|“[^”]*”|〔[^〕]*〕|\[[0-9]{4}\]|［[^］]*］")
_RANGE = re.compile(r"(?:19|20)[0-9]{2}年?度?[-—–~～至到、和与及]+(?:(?:19|20)?[0-9]{2})")
_ACADEMIC = re.compile(r"学年|级(?:学生|新生)|届")

# Why another year may stand there: what is before it …
_REASON_BEFORE = re.compile(
    r"(?:自|从|较|比|同|与|超过|高于|低于|达到|恢复到|截至|截止|到|至|始于|成立于|建于|"
    r"上年|去年|往年|以前年度|历年|上一年|次年|下年|明年|续建|结转|为|迎接|备战|谋划|储备|"
    r"支付|兑付|兑现|补发|补缴|补拨|清偿|偿还|归还|清欠|清算|"
    r"[—–~～至、和与及-])[（(]?$"
)
# … and what is after it: a limit, a day that is over, or in the same clause a word of …
_PAST_EVENTS = (
    "决算|结转|结余|遗留|欠|尾款|余款|未付|已|完工|竣工|建成|开工|立项|续建|批复|下达|中标|验收|质保|"
    "工程|建设项目|改造项目|债券|国债|第[一二三四]批|中央|省级|市级|上级|转移支付"
)
_RECORDS = (
    "审计|考核|总结|评价|自评|评估|统计|数据|普查|调查|结算|清算|报告|年报|年鉴|档案|收入|产值|增加值|"
    "同期|水平|基数|基准|基础上|实际|标准|版|修订|修正|颁布|印发|发布|出台|施行|成立|成果|奖"
)
_HAPPENINGS = (
    "汛|灾|损毁|受损|疫情|事故|地震|毕业|招录|招聘|入职|录用|考录|退役|退休|征兵|入伍|"
    "冬|学期|秋季|春季|供暖|采暖|取暖"
)
_AHEAD = (
    "规划|纲要|远景|目标年|三年行动|春节|元旦|春运|预算编制|部门预算|预算草案|项目库|项目储备|"
    "招生|征订"
)
_REASON_AFTER = re.compile(
    r"[底末初]?(?:以来|起|开始|以后|之后|至今|以前|之前|前期|后|至|到|[-—–~～、和与及])|[）)]"
    r"|(?:[0-9]{1,2}月)(?![^，。；,]{0,8}前)"
    rf"|[^，。；,]{{0,12}}?(?:{_PAST_EVENTS}|{_RECORDS}|{_HAPPENINGS}|{_AHEAD})"
)
# What a table lists that began in an earlier year.
_CARRIED_ON = re.compile("结转|续建|延续|结余|跨年")
_PLAN = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2}年)度?(?:全年)?"
    r"(?:工作计划|工作安排|工作要点|年度计划|年初预算|预算安排|任务分解|工作任务)"
)


def other_year(text: str, year: int) -> str:
    """A year in a text of `year` that nothing in the sentence explains; empty if none."""
    if not text or "年" not in text:
        return ""
    for sentence in _SENTENCE.split(_TITLE.sub("", text)):
        printed = [(match, int(digits(match[1]))) for match in _YEAR.finditer(sentence)]
        if not printed or any(value == year for _, value in printed):
            continue
        if _RANGE.search(sentence) or _ACADEMIC.search(sentence):
            continue
        for match, value in printed:
            if _is_near(value, year) and not _is_explained(sentence, match):
                return f"{match[1]}年"
    return ""


def year_of_title(title: str, year: int) -> str:
    """The year that a title names where it should name `year`; empty if it names that, or none."""
    if str(year) in title or _RANGE.search(title) or _CARRIED_ON.search(title):
        return ""
    near = (found[1] for found in _YEAR.finditer(title) if _is_near(int(digits(found[1])), year))
    return next((f"{one}年" for one in near), "")


def planned_in(text: str, year: int) -> str:
    """The year of the plan that a basis names, if it is another than `year`; empty if none."""
    if str(year) in text:
        return ""
    for match in _PLAN.finditer(_TITLE.sub("", text)):
        if _is_near(int(match[1][:4]), year):
            return match[1]
    return ""


def _is_near(value: int, year: int) -> bool:
    return value != year and year - _YEARS_BACK <= value <= year + _YEARS_AHEAD


def _is_explained(sentence: str, match: re.Match[str]) -> bool:
    before, after = sentence[: match.start()], sentence[match.end() :]
    return bool(_REASON_BEFORE.search(before) or _REASON_AFTER.match(after))
