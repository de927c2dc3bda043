"""The meaning of labels in any form: heads of columns and labels beside values, by field.

`formats.labels` has narrower patterns for the one form that has a reader of its own, and says what
each of the two vocabularies is for.

A word without a known meaning is no fault: its value is printed and searched under that word.
Names differ from place to place; those here are the heads and labels of published forms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Literal

from disclosure.forms.grid import FilledCell
from disclosure.intake.formats import labels
from disclosure.intake.formats.labels import HEADS, ROLES, Head, Role
from disclosure.model.whitespace import squeezed

_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")
#: The number of a head where a form has room for several: 绩效指标1, 指标值1.
_LAST_NUMBER = re.compile(r"(?<=[^0-9])[0-9]$")
_NUMBER = re.compile(
    r"^(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.．、]|[（(][一二三四五六七八九十]{1,2}[)）])"
)
#: What a head says of itself: 全年预算数（A）（上年结转+年初预算（不含收回））.
_REMARK = re.compile(r"[（(].*[)）]$")
#: The mark of a footnote behind a label; a formula of marks (③=①+②) is none.
_FOOTNOTE = re.compile(r"(?<=[^①-⑳=＝+＋/×*-])[①-⑳]$")
_MAX_LENGTH = 30

#: Heads of the columns of indicators, by field.
_COLUMNS: Mapping[str, str] = {
    "level1": r"一级(?:(?:绩效)?(?:指标|目标))?",
    "level2": r"二级(?:(?:绩效)?(?:指标|目标))?",
    "level3": r"三级(?:(?:绩效)?(?:指标|目标))?|(?:绩效)?指标名称|指标内容|(?:具体|明细)指标",
    "actual": ROLES[Role.ACTUAL] + r"|自评实际(?:指标)?值|单项指标实际完成值"
    r"|(?:全年|年度|年末|年终|自评)?(?:实际)?完成(?:指标)?值|(?:指标)?完成情况",
    "term_target": r"(?:实施周期|实施期|中长?期|总体|项目期)指标值",
    "sign": ROLES[Role.SIGN] + r"|绩效指标性质|指标值类型|(?:指标)?(?:关系|运算|计算|比较)符号?",
    "unit": ROLES[Role.UNIT] + r"|绩效(?:计量|度量|指标值?)单位",
    "target": r"(?:本[年期]|分?年度|当年|全年|预期|年初|绩效|目标|批复|申报|计划"
    r"|[（(][/／]?项目[）)])*指标值(?:及单位)?"
    r"|(?:年度|预期"
    r"|计划|本年)?目标值|(?:年度|当年|本年|全年)?(?:预期|计划)(?:实现|完成)(?:指标)?值"
    r"|指标(?:目标|标准)值|(?:计划)?标准值|预期值|计划值|批复值|绩效值|值|数值(?:及单位)?"
    r"|(?:年初|绩效|指标|全年(?:[(（]程[)）])?|自评|分年度)*目标值|预计(?:当年|本年)(?:实现|完成)(?:值)?"
    r"|预期(?:20[0-9]{2}年度?|当年|本年)(?:实现|完成)值"
    r"|调整[前后]?的?(?:年度|绩效)?(?:指标|目标)值",
    "basis": ROLES[Role.BASIS] + r"|指标(?:来源|(?:设定|确定)?依据)|指标标准或依据",
    "weight": r"(?:指标|分值)?权重(?:分?值)?|指标分值|分值权重|赋分",
    "points": r"分值|标准分|满分",
    "score": ROLES[Role.SCORE] + r"|(?:实际|指标)得分",
    "deviation": r"(?:未完成|偏差|偏离|扣分)度?(?:的)?原因.*|原因分析.*|扣分说明",
    "improvement": ROLES[Role.IMPROVEMENT],
    "description": ROLES[Role.DESCRIPTION] + r"|指标内涵|评(?:价|分)标准说明",
    "direction": r"指标方向性?|方向性",
    "kind": r"指标(?:类型|属性|类别)",
}
#: Labels beside a value, by field.
_LABELS: Mapping[str, str] = {
    "code": r"(?:项目|专项)(?:编码|编号|代码)",
    "name": r"(?:单位(?:名称)?[/／、（(]|单位名称和)?(?:政策和)?(?:专项)?"
    r"(?:[(（]?(?:[二三]级)?项目(?:支出)?[)）]?|专项资金|专项|政策|资金|支出项目|转移支付(?:项目)?)名称[)）]?|项目(?:全称|名)"
    r"|(?:政府)?(?:购买)?(?:服务|采购|建设|补助|奖补|债券|申报)项目名称"
    r"|转移支付[(（]?(?:项目)?[)）]?名称|险种(?:名称)?|(?:社会?保险?)?基金名称"
    r"|项目(?:编[码号]|代码)[及和与/／、]*名称|项目名称[及和与/／、]+(?:项目)?(?:编[码号]|代码)"
    r"|项目[(（](?:编[码号]|代码)[)）]名称"
    r"|支出项目类别[(（]资金使用单位[)）]"
    r"|(?:项目[(（]政策[)）]|政策[(（]项目[)）]|(?:单位|项目|部门)[(（]专项(?:资金)?[)）])名称",
    "department": r"(?:部门|部门[(（]单位[)）]|单位[(（]部门[)）])(?:名称)?",
    "purpose": HEADS[Head.PURPOSE] + r"|预算规模及资金用途",
    "goals_actual": r"(?:年度|全年)?(?:总体)?(?:目标)?实际完成(?:目标)?(?:情况)?"
    r"|(?:项目)?(?:年度|全年)?(?:总体)?(?:绩效)?目标(?:实际)?(?:完成|实现)情况(?:综述|概述|说明)?"
    r"|全年目标实际完成情况|目标完成|(?:具体|全年|年度|年末|年终)?(?:总体)?完成情况",
    "term_goals": r"(?:项目|专项|政策|部门)?(?:实施期|实施周期|长期|中长期|中期"
    r"|项目期|规划期|[三四五]年)(?:总体?)?(?:绩效)?(?:总?目标)"
    r"|(?:部门)?总体(?:绩效)?目标[(（]20[0-9]{2}年?[-—－~～至到]+20[0-9]{2}年?(?:期间)?[)）]",
    "goals": r"(?:20[0-9]{2}年度?)?(?:购买|服务|项目|部门|整体|资金|专项|政策|当年|本[年期]|本?年度"
    r"|总体|绩效|预算|全年|履职|批复|申报|工作|主要|预期)*(?:总"
    r"|总体)?目标(?:描述|概述)?|预期(?:总体?)?目标"
    r"|(?:年初)?(?:设定)?的?(?:绩效)?目标|(?:年度|项目)?绩效总目标"
    r"|(?:年度|全年)?[（(]?调整[前后]?[）)]?的?(?:年度|总体)?(?:绩效)?目标"
    r"|预算年度(?:[（(]20[0-9]{2}年度?[)）])?(?:绩效)?目标",
    "budget.term_total": r"(?:项目)?实施(?:期|周期)(?:内)?的?(?:资金|预算)?(?:总额|总?金额|合计)"
    r"|项目总(?:预算|金额|投资|投入)"
    r"|(?:中长期|中期|项目期)(?:资金|预算)?总额|总投资",
    "budget.total": r"(?:项目|年度|本年度?|当年|预算|部门|申请)*(?:资金|预算)"
    r"(?:总额|总量|合计|总计)"
    r"|(?:项目)?资金规模|(?:专项|政策|补助)(?:资金)?总额"
    r"|(?:本年度?|当年|年度)(?:项目)?(?:申请|申报|安排|批复)?(?:金额|预算|资金)|项目(?:当年|本年|年度)预算|项目总额"
    r"|(?:本年度?|当年|年度)?拟?(?:申请|发行|安排)(?:新增)?(?:专项|地方政府)*债券(?:资金|额度|金额)?"
    r"|购买(?:服务)?金额|(?:项目|预算)?支出总额|(?:部门|年度|本年度?)*支出预算(?:总额|合计)|年度支出预算"
    r"|(?:部门|单位)?整体支出(?:年度)?(?:预算|总?规模|总额|金额|预算数)"
    r"|(?:年度|当年|本年度?)预算金额|(?:年度|当年|本年)?预算(?:数|金额|资金|安排数)"
    r"|(?:本年度?|当年|年度|本[次期])拟?(?:安排|申请|申报|投入)(?:的?(?:项目)?(?:预算|资金|金额))?"
    r"|(?:预算)?总额|总(?:金额|预算)|(?:年度)?资金(?:总额|额度)"
    r"|调整后的?(?:年度)?(?:预算|资金|金额)(?:数|总额)?|(?:财政)?批复(?:的?(?:年度|项目)?(?:预算|资金|金额)?数|的?(?:年度|项目)?(?:预算|资金|金额))",
    "budget.fiscal": r"(?:其中)?[:：]?(?:当年|本年|年度)?(?:市级|省级|县级|区级|本级"
    r"|中央)?财政(?:性)?(?:资金|拨款|投入)"
    r"|(?:其中)?[:：]?(?:当年|本年|年度)?一般公共预算(?:财政)?拨款(?:收入)?|当年财政拨款预算金额",
    "budget.other": r"(?:其中)?[:：]?(?:当年|本年|年度)?其[他它](?:资金|收入)(?:来源)?",
}
#: Heads above the money of an evaluation.
_FUNDS: Mapping[str, str] = {
    "initial": r"年初预算数?|年初数",
    "budget": r"(?:全年|年度)(?:[（(]调整后?[）)])?预算数?|调整后?(?:的?预算)?数?"
    r"|(?:年度)?预算(?:安排|批复|下达)?数|(?:年度|全年)?预算(?:安排|批复)(?:资金|金额)?",
    "spent": r"(?:全年|年度|实际|预算)*(?:执行|支出|完成)数|(?:全年|实际)(?:预算)?(?:执行|支出)"
    r"|决算数",
    "points": r"分值|(?:执行率)?权重",
    "rate": r"(?:预算)?(?:资金)?执行率",
    "score": r"(?:自评|执行率)?得分",
}
#: Heads above the main tasks of a department.
_TASKS: Mapping[str, str] = {
    "name": r"(?:任务|工作|工作任务|重点工作|活动|项目)?名称|对应项目|任务|活动|主要任务"
    r"|重点工作(?:任务)?",
    "content": r"(?:主要|任务|工作|主要实施|实施)*内容",
    "budget.total": r"(?:预算|拟投入的?|投入)?(?:资金|金额)(?:总额)?|预算数|总额|(?:预算)?金额",
    "budget.fiscal": r"(?:其中[:：]?)?财政(?:拨款|资金)",
    "budget.other": r"其他资金",
    "goal": r"(?:期望|预期)?(?:达到|实现)?的?(?:总体)?目标",
}
#: Words that are labels though no field of their own is known for them.
_OTHER = re.compile(
    r"(?:项目)?主管部门(?:及代码|名称)?|(?:项目)?(?:实施|申请|申报|填报|预算|执行|项目实施"
    r"|一级预算|用款)单位(?:名称)?|(?:责任|牵头|承担)(?:单位|部门|科室|处室|股室)|项目单位"
    r"|单位(?:(?:编码及)?名称|编码|代码)|实施期限|项目(?:类型|类别|属性|性质|期限|负责人|概况|内容)"
    r"|是否新增项目|分配方式"
    r"|(?:政策|测算|立项|设立)依据(?:及说明)?|备注|联系(?:电话|人)|负责人|序号"
    r"|(?:项目)?资金(?:情况|金额|来源)?"
    r"|专项资金情况|预算(?:规模|情况|整体情况|执行情况).*|基本信息|项目支出|基本支出"
    r"|上年结转(?:资金)?|(?:总体|目标)完成率"
    r"|(?:资金|预算)(?:安排|到位|执行)(?:情况|进度)"
    r"|资金来源(?:项目)?|收入来源|金额|年度(?:总体)?绩效指标|绩效(?:目标)?指标|绩效指标"
    r"|项目支出明细"
    r"|(?:总|合计)(?:得)?分(?:值)?|评价等级|合计|总计|小计|财政专户(?:管理)?(?:资金|拨款)|单位资金"
    r"|原因(?:说明|分析)?|(?:项目)?(?:主要)?实施内容(?:及过程)?(?:概述)?"
    r"|项目(?:申请理由|主要内容|主管部门|执行单位)|填报(?:人|日期)|年度主要任务|补助区县|市级支出"
    r"|调整[前后]|(?:分?阶段|阶段性)(?:绩效)?目标"
)
#: What stands at the left of a row below the indicators that is no indicator.
ENDS = re.compile(
    r"备注|(?:合计|总计|总分|总得分|合计得分)(?:分?值)?.*|总分值.*|评价(?:总分|等级|结论).*"
    r"|(?:自评)?等级|说明|填报(?:人|单位|日期).*"
    r"|联系(?:电话|人).*|其他(?:需要?)?说明.*|(?:单位)?负责人.*|自评(?:结论|总分|得分).*"
)
_OF_TERM = re.compile(r"中长?期|长期|实施期|实施周期|项目期|规划期|[三四五]年")
_OF_YEAR = re.compile(r"年度|当年|本年|全年|(?:19|20)[0-9]{2}年(?![-—－~～至到])")
_INDICATORS_OF = re.compile(
    r"[一二三四五0-9（(]{0,3}[)）]?[、.．]?(?:[^，。；]{2,12}指标|\w{2,3}绩效目标表)(?:[(（].{1,20}[)）])?[:：]?"
)
_PARTS_OF_VALUES = re.compile(
    r"数值|数量|(?:指标)?值|符号|内容|单位|性质|上?半年|全年|[一二三四]季度|前年|上年|(?:预计)?(?:本年|当年)(?:实现|完成)?"
    r"|(?:前年|上年|20[0-9]{2}年度?)(?:(?:实际)?(?:指标|实现|完成|目标)值)?|调整[前后]"
)
#: What stands at the left of the sum of points and scores.
SCORE_ROWS = re.compile(
    r"(?:评价|自评|最终|综合|绩效)?总(?:得)?分|合计|总计|(?:自评|评价|综合|最终)?得分(?:合计|总计)"
    r"|(?:自评|评价|综合|最终)得分"
)
SUMS = re.compile(r"(?:金额|资金|项目)?(?:合计|总计|小计)(?:金额)?")
#: The fields of money that is a part of all.
PARTS_OF_MONEY = frozenset({"budget.fiscal", "budget.other"})
CHOICE_SIGNS = frozenset("≥≤＞＜><＝=≧≦") | {
    ">=",
    "<=",
    "定性",
    "大于等于",
    "小于等于",
    "等于",
    "大于",
    "小于",
}

_COMPILED = {
    id(known): {path: re.compile(pattern) for path, pattern in known.items()}
    for known in (_COLUMNS, _LABELS, _FUNDS, _TASKS)
}


def core(text: str) -> str:
    """What names a field in a label: its words without white space, number, colon and unit."""
    return _NUMBER.sub("", labels.bare(text))


def without_brackets(text: str) -> str:
    """A label without what it says in brackets behind it: 权重（%）."""
    return _BRACKETS.sub("", core(text))


def without_footnote(name: str) -> str:
    """A label without the mark of a footnote behind it."""
    return _FOOTNOTE.sub("", name)


def without_number(name: str) -> str:
    """A head without the number behind it."""
    return _LAST_NUMBER.sub("", name)


def _meaning(known: Mapping[str, str], text: str) -> str | None:
    name = without_footnote(core(text))
    short = without_footnote(without_brackets(text))
    wordings = (name, short, without_number(name), without_number(short.rstrip(":：")))
    for wording in dict.fromkeys(wordings):
        for path, pattern in _COMPILED[id(known)].items():
            if wording and pattern.fullmatch(wording):
                return path
    return None


@lru_cache(maxsize=8192)
def column(text: str) -> str | None:
    """The field of a column of indicators, by its head."""
    return _meaning(_COLUMNS, text)


def is_part(text: str) -> bool:
    """Whether a head below 指标值 names a part of it."""
    return bool(_PARTS_OF_VALUES.fullmatch(core(text)))


@lru_cache(maxsize=8192)
def label(text: str) -> str | None:
    """The field that a label announces."""
    return _meaning(_LABELS, text) if len(squeezed(text)) <= _MAX_LENGTH else None


def is_money_label(text: str) -> bool:
    """Whether a text is the label of an amount of a budget."""
    return (label(text) or "").startswith("budget.")


def time(text: str) -> Literal["term", "year", ""]:
    """Whether words say that something is of the whole term or of the year."""
    plain = squeezed(text)
    if _OF_TERM.search(plain):
        return "term"
    return "year" if _OF_YEAR.search(plain) else ""


def is_time_label(text: str) -> bool:
    """Whether a text names the indicators of a time: 中期绩效指标, 年度指标."""
    return bool(time(text)) and bool(_INDICATORS_OF.fullmatch(squeezed(text)))


def is_time_row(row: Sequence[FilledCell]) -> bool:
    """Whether a row only names the indicators of a time, which stand below it."""
    said = [cell for cell in row if cell.text.strip()]
    return len(said) == 1 and said[0] is row[0] and is_time_label(said[0].text)


def is_name_of_project(head: str) -> bool:
    """Whether a column holds the names or codes of projects, by its head."""
    return label(head) in {"name", "code"} or core(head) == "项目"


def fund(text: str) -> str | None:
    """The field of a row of money in an evaluation, by the head above it."""
    return _meaning(_FUNDS, text) or _meaning(_FUNDS, _REMARK.sub("", squeezed(text)))


@lru_cache(maxsize=8192)
def task(text: str) -> str | None:
    """The field of a main task, by the head above it."""
    return _meaning(_TASKS, text)


def is_label(text: str) -> bool:
    """Whether a text is a label wherever it stands."""
    plain = squeezed(text)
    if len(plain) > _MAX_LENGTH:
        return bool(_REMARK.search(plain)) and fund(plain) is not None
    if not plain:
        return False
    name = core(text)
    known = label(text) or column(text) or fund(text)
    return bool(
        known
        or plain[-1] in ":："
        or _OTHER.fullmatch(name)
        or _OTHER.fullmatch(without_brackets(text))
    )


def is_amount(text: str) -> bool:
    """Whether a cell holds an amount, a share, or a stroke for none."""
    plain = squeezed(text)
    return bool(plain) and (
        bool(labels.MONEY.fullmatch(plain))
        or bool(re.fullmatch(r"-?[0-9.,，]+[%％分万]?", plain))
        or set(plain) <= set("-—–－/／")
    )


def field_name(head: str) -> str:
    """A printed head as the name of a field that has no name of its own."""
    name = core(head).replace("{", "").replace("}", "") or "其他"
    return "序号" if name.isdecimal() else name  # the rows of the form are counted, heads and all


def is_code(head: str) -> bool:
    """Whether a head is above codes, which are numbers and no amounts."""
    return core(head).endswith(("编码", "代码", "编号"))
