"""Patterns of printed words: titles, chapters, numbers, and the labels of `hebei-project`.

There are two vocabularies of labels. `Head` and `Role`, here, serve the form `hebei-project`
alone, which has a reader of its own that nothing checks: they are narrow. Those of
`learning.field_labels` serve every other form and may be wide, because a learned form must give
its table back cell by cell. A wording that belongs into both is written here, and taken from here.

Names differ from form to form; a name is compared without white space, colon and unit, so that
`项　目　名　称：` is 项目名称. The patterns are those of published forms: 绩效目标表, 申报表,
审批表, 区域绩效目标表, 自评表.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache

from disclosure.model.whitespace import squeezed

#: What the names of departments and of their units end with, as alternatives of a pattern.
BODY_ENDS = (
    "局|委|委员会|办|办公室|厅|部|院|会|中心|政府|街道|办事处|镇|乡|学校|大学|学院|中学|小学|医院"
    "|总队|支队|大队|馆|站|所|社|署|处|团|校|园"
)
_TRIMMED = re.compile(r"[:：]+$|^[*★☆]+")
_MONEY_UNIT = re.compile(r"[(（](?:金额)?(?:单位[:：])?(?:人民币)?(万元|元)(?:人民币)?[)）][:：]?$")
#: The unit of money before something else that a label says, or behind a stroke: `（元）（10分）`.
_UNIT_WITHIN = re.compile(
    r"[(（](?:金额)?(?:单位[:：])?(?:人民币)?(万元|元)(?:[)）][(（]|[,，、;；])[^()（）]{1,10}[)）][:：]?$"
    r"|(?:资金|金额|预算|经费|总额|数)[/／](万元|元)[:：]?$"
)

#: The head of a whole form, and what may stand around its project's name.
TITLE = re.compile(
    r"(?:附[件表][0-9]*[:：]?)?(?:(?P<number>[0-9]{1,6})[.．、])?(?P<name>.*?)"
    r"(?P<kind>(?:项目)?(?:预算)?(?:支出)?(?:区域)?(?:绩效)?目标(?:申报|审批)?表"
    r"|(?:项目)?(?:预算)?(?:支出)?(?:绩效)?(?:审批|申报)表"
    r"|(?:项目)?(?:预算)?(?:支出)?(?:绩效)?自评(?:结果|复核)?表)"
)
ATTACHMENT = re.compile(
    r"附[件表](?:[0-9一二三四五六七八九十]+(?:[-—][0-9]+)?)?(?:[(（]续表?[0-9]*[)）])?[:：]?"
)
PART_ONE = re.compile(r"(?:第[一二三四五六七八九十]+部分[:：]?)?(?:部门)?整体(?:支出)?绩效目标")
PART_TWO = re.compile(
    r"(?:第[一二三四五六七八九十]+部分[:：]?)?(?:部门)?(?:预算项目|项目支出)(?:支出)?绩效目标"
)
PART = re.compile(r"第[一二三四五六七八九十]+部分[:：]?")
YEAR_LINE = re.compile(r"[(（]?((?:19|20)[0-9]{2})年度?[)）]?")
UNIT_LINE = re.compile(
    r"(?:(?:预算|填报|申报|实施)?单位(?:名称|[(（]盖章[)）])*[:：])?"
    r"(?!(?:19|20)[0-9]{2}年)(?P<code>[0-9]{3,20})(?P<name>\D*?)"
    r"(?:(?:金额)?单位[:：](?P<money>万元|元))?"
)
#: Which version a form is, as our own print and workbook say it below the form.
VERSION_LINE = re.compile(r"(?:版本|调整原因)[:：].+", re.DOTALL)
MONEY_LINE = re.compile(
    r"[(（]?(?:金额|货币)?(?:计量)?单位[:：](?:人民币)?(?P<money>万元|元)"
    r"(?:人民币|[(（][^()（）]{1,8}[)）])?[)）]?"
)
#: A unit of money that the data has not.
OTHER_MONEY = re.compile(r"(?:单位[:：]?|[(（])(?:人民币)?(?P<money>(?:千|十万|百万|千万|亿)元)")
PAGE_NUMBER = re.compile(
    r"[-—–_·]*\s*[0-9]{1,4}\s*[-—–_·]*|第[0-9]+页(?:[,，/]?共[0-9]+页)?|[0-9]+/[0-9]+"
)
#: What is left of a page number where a program fills in the numbers itself.
PAGE_FIELD = re.compile(r"[-—–_·]*|第页(?:[,，/]?共页)?")

OVERALL = re.compile(
    r"(?:[一二三四五六七八九十]+、)?(?:(?:19|20)[0-9]{2}年度?)?(?:本?部门|本?单位)?"
    r"(?:总体|整体)(?:支出)?(?:绩效)?目标"
    r"(?!(?:情况|设[置定]|编制|申报|公开|管理|完成|自评|说明|表|及|和|与|的)[^，。]{0,16}$)"
    r"[:：]?(?P<rest>.*)"
)
OBJECTIVES = re.compile(r"(?:[一二三四五六七八九十]+、)?(?:分项|分类)(?:绩效)?目标[:：]?")
SAFEGUARDS = re.compile(
    r"(?:[一二三四五六七八九十]+、)?(?:(?:实现|完成)[^。]{0,12})?(?:工作)?保障措施[:：]?"
)
ORDINAL = re.compile(r"[(（](?P<number>[一二三四五六七八九十]+)[)）]")
#: The number of an item: what begins with a figure might be 1.5, but not where a year follows.
ITEM = r"(?:[0-9]{1,2}[.．、](?:(?![0-9])|(?=(?:19|20)[0-9]{2}年))|[(（][0-9]{1,2}[)）])"
GOAL = re.compile(r"绩效目标[:：]")
INDICATORS = re.compile(r"绩效指标[:：]")

PERIOD = re.compile(r"(?:[0-9]{4}年)?[0-9]{1,2}月(?:底|末|份)?|第?[一二三四1-4]季度(?:末|底)?|全年")
MONEY = re.compile(
    r"[¥￥]?(?P<amount>-?(?:[0-9]{1,3}(?:[,，][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)(?P<unit>万元|元)?"
)


class Head(StrEnum):
    """A label in the upper part of a form, by the field it announces."""

    CODE = "code"
    NAME = "name"
    UNIT = "unit"
    BUDGET = "budget"
    TOTAL = "total"
    FISCAL = "fiscal"
    OTHER = "other"
    PURPOSE = "purpose"
    PLAN = "plan"
    GOALS = "goals"
    INDICATORS = "indicators"
    ACTUAL_GOALS = "actual_goals"
    YEAR_BUDGET = "year_budget"
    SPENT = "spent"
    FIRST_BUDGET = "first_budget"
    RATE = "rate"
    POINTS = "points"
    SCORE = "score"
    DEPARTMENT = "department"
    TOTAL_SCORE = "total_score"


class Role(StrEnum):
    """What a column of the indicator table holds."""

    LEVEL1 = "level1"
    LEVEL2 = "level2"
    LEVEL3 = "level3"
    DESCRIPTION = "description"
    SIGN = "sign"
    VALUE = "value"
    UNIT = "unit"
    BASIS = "basis"
    ACTUAL = "actual"
    POINTS = "points"
    SCORE = "score"
    DEVIATION = "deviation"
    IMPROVEMENT = "improvement"
    EXTRA = "extra"
    SECTION = "section"


#: The narrow vocabulary.
HEADS: Mapping[Head, str] = {
    Head.CODE: r"项目(?:编码|编号|代码)",
    Head.NAME: r"项目名称",
    Head.UNIT: r"(?:预算|项目|项目实施|实施|申报|填报)单位(?:名称)?|单位(?:编码及)?名称",
    Head.DEPARTMENT: r"(?:项目)?主管部门(?:名称|及代码)?|一级预算部门",
    Head.BUDGET: r"预算规模(?:及资金用途)?|项目资金|项目预算|资金情况|预算执行情况",
    Head.TOTAL: r"(?:项目)?预算(?:总)?(?:数|金额|资金|总额)|(?:项目)?资金总额|年度资金总额|合计",
    Head.FISCAL: r"(?:其中[:：]?)?(?:当年|本年|年度)?财政(?:性)?(?:资金|拨款)",
    Head.OTHER: r"其[他它]资金(?:来源)?",
    Head.PURPOSE: r"(?:资金)?用途|资金使用内容",
    Head.PLAN: r"(?:资金)?支出计划(?:[(（][^)）]*[)）])?|(?:资金)?(?:支出|使用)进度计划",
    Head.GOALS: r"(?:项目)?(?:年度|总体|整体|年度总体)?(?:绩效)?目标|预期目标|年初(?:设定)?目标",
    Head.ACTUAL_GOALS: r"(?:目标)?实际完成情况|(?:年度)?总体目标完成情况",
    Head.INDICATORS: r"(?:项目)?(?:年度)?绩效指标",
    Head.FIRST_BUDGET: r"年初预算数",
    Head.YEAR_BUDGET: r"全年预算数(?:[(（]A[)）])?",
    Head.SPENT: r"全年执行数(?:[(（]B[)）])?",
    Head.RATE: r"(?:预算)?执行率(?:[(（].*[)）])?",
    Head.POINTS: r"分值(?:[(（]10分?[)）])?",
    Head.SCORE: r"得分",
    Head.TOTAL_SCORE: r"总分|合计得分|总得分",
}
ROLES: Mapping[Role, str] = {
    Role.LEVEL1: r"一级指标",
    Role.LEVEL2: r"二级指标",
    Role.LEVEL3: r"三级指标|指标名称|指标内容",
    Role.DESCRIPTION: r"(?:绩效)?指标(?:描述|说明|解释)",
    Role.SIGN: r"(?:计算)?符号|指标性质|指标符号|运算符号",
    Role.VALUE: r"(?:年度|绩效|年初|目标)?指标值(?:及单位)?|目标值"
    r"|指标值[(（]包含数字及文字描述[)）]",
    Role.UNIT: r"(?:计量|度量|指标值|指标)?单位",
    Role.BASIS: r"(?:指标值)?(?:确定|设定|设置)依据|绩效标准|指标值依据",
    Role.ACTUAL: r"(?:实际|年度实际|全年实际)(?:完成)?(?:指标)?值|实际完成情况",
    Role.POINTS: r"分值|权重(?:[(（].*[)）])?|指标分值",
    Role.SCORE: r"(?:自评)?得分",
    Role.DEVIATION: r"(?:未完成|偏差|偏离)?度?原因(?:分析)?(?:[及和与]?(?:拟采取的|下一步)?的?"
    r"(?:改进|整改)?(?:措施|意见))?",
    Role.IMPROVEMENT: r"(?:拟采取的|下一步)?(?:改进|整改)措施",
    Role.SECTION: r"(?:年度)?绩效指标",
    Role.EXTRA: r"指标方向性?|上年(?:度)?指标值|前年(?:度)?指标值|历史(?:指标)?值"
    r"|备注|评(?:[(（]扣[)）])?分标准|调整后(?:指标)?值|指标类型|指标属性",
}  # fmt: skip
_HEAD_PATTERNS = {head: re.compile(pattern) for head, pattern in HEADS.items()}
_ROLE_PATTERNS = {role: re.compile(pattern) for role, pattern in ROLES.items()}


def bare(text: str) -> str:
    """A label without white space, colon and unit of money."""
    return _MONEY_UNIT.sub("", _TRIMMED.sub("", squeezed(text)))


@lru_cache(maxsize=4096)
def head(text: str) -> Head | None:
    """Which label of the upper part this is, if it is one."""
    name = bare(text)
    return next((head for head, known in _HEAD_PATTERNS.items() if known.fullmatch(name)), None)


@lru_cache(maxsize=4096)
def role(text: str) -> Role | None:
    """Which column of the indicator table such a head announces, if it does."""
    name = bare(text)
    return next((role for role, known in _ROLE_PATTERNS.items() if known.fullmatch(name)), None)


def money_unit(text: str) -> str | None:
    """The unit of money that a label or line states: 万元 or 元."""
    bare_text = squeezed(text)
    patterns = (_MONEY_UNIT, MONEY_LINE, _UNIT_WITHIN)
    stated = next((found for one in patterns if (found := one.search(bare_text))), None)
    return next(filter(None, stated.groups())) if stated else None
