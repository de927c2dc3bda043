"""The official words of the site, each explained in plain Chinese: the one list there is.

Pages link a term to its entry in the glossary; `anchor` is part of that address, so it never
changes. `source` names the rule that the explanation comes from, and is "" where none is known
to us: such an explanation describes how the word is used in the forms and on this site. The
titles and numbers of the rules are cited; their wording was not quoted, and local rules may
differ.
"""

from __future__ import annotations

from msgspec import Struct

BUDGET_LAW = "《中华人民共和国预算法》"
TARGETS = "《中央部门预算绩效目标管理办法》（财预〔2015〕88号）"
EVALUATION = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
SITE = "本站用语"


class Term(Struct, frozen=True):
    """An official word, what it means, and by which rule.

    Attributes:
        anchor: Its place on the glossary page.
        name: The word as printed on forms and pages.
        meaning: What it means, in words that need no further explanation.
        source: The rule that uses it, `SITE` for this site's own words, "" where not verified.
        also: Other ways in which documents print the same word, matched as whole values.
    """

    anchor: str
    name: str
    meaning: str
    source: str = ""
    also: tuple[str, ...] = ()


class TermGroup(Struct, frozen=True):
    """Terms that belong together on the glossary page."""

    title: str
    terms: tuple[Term, ...]


MONEY = TermGroup(
    "钱从哪里来，怎么花",
    (
        Term(
            "budget",
            "预算数",
            "批准给这个项目在这个年度使用的钱，单位是万元。",
            BUDGET_LAW,
        ),
        Term(
            "fiscal",
            "财政资金",
            "由财政预算安排的钱，来自税收、上级补助等公共收入。",
            also=("其中：财政资金",),
        ),
        Term("other", "其他资金", "财政资金以外的钱，例如单位自己的收入、社会捐助。"),
        Term(
            "spending-plan",
            "资金支出计划",
            "到3月底、6月底等时点，累计计划花掉多少。后一个时点的数包含前面的数。",
            also=("资金支出计划（%）", "资金支出计划(%)"),
        ),
        Term("full-year-budget", "全年预算数", "年中调整以后，全年可用的预算。", EVALUATION),
        Term("spent", "全年执行数", "全年实际花掉的钱。", EVALUATION),
        Term("execution", "执行率", "全年执行数占全年预算数的比例，看钱花出去了多少。", EVALUATION),
        Term("ten-thousand", "万元", "一万元人民币，表中金额的统一单位。一亿元等于一万个万元。"),
    ),
)

TARGET = TermGroup(
    "花钱要办成什么事",
    (
        Term(
            "goal",
            "绩效目标",
            "花一笔预算资金，计划在一定时间内要达到的产出和效果。",
            TARGETS,
        ),
        Term("overall-goal", "总体绩效目标", "一个部门全年要达到的目标，不限于某一个项目。"),
        Term("indicator", "绩效指标", "把绩效目标变成可以衡量的一项一项标准。", TARGETS),
        Term("level1", "一级指标", "指标的大类，一般分为成本、产出、效益、满意度。", TARGETS),
        Term("level2", "二级指标", "大类下面的小类，例如产出指标分为数量、质量、时效。", TARGETS),
        Term("level3", "三级指标", "具体衡量的事情，例如“招商引资活动数量”。", TARGETS),
        Term("description", "绩效指标描述", "说明这项指标衡量什么、怎样衡量。"),
        Term(
            "target",
            "指标值",
            "衡量是否做到的标准。“≥8次”是至少8次，“≤5%”是不超过5%。",
            TARGETS,
            also=("年度指标值",),
        ),
        Term("basis", "指标值确定依据", "指标值为什么定这么多，例如文件规定、往年完成情况。"),
    ),
)

KINDS = TermGroup(
    "指标的种类",
    (
        Term("output", "产出指标", "做了什么：提供了多少产品和服务，质量怎样，是否按时。", TARGETS),
        Term("quantity", "数量指标", "做多少，例如举办几次活动、修几公里路。", TARGETS),
        Term("quality", "质量指标", "做得好不好，例如验收合格率。", TARGETS),
        Term("timeliness", "时效指标", "什么时候完成，做得是否及时。", TARGETS),
        Term("cost", "成本指标", "花多少钱、付出多大代价来办成，一般是不超过多少。", TARGETS),
        Term("economic-cost", "经济成本指标", "办成这件事要花的钱。", also=("经济成本",)),
        Term("social-cost", "社会成本指标", "办事时给社会带来的不利影响。", also=("社会成本",)),
        Term(
            "environmental-cost",
            "生态环境成本指标",
            "办事时对自然环境造成的不利影响。",
            also=("生态环境成本",),
        ),
        Term("benefit", "效益指标", "办成以后带来什么好处。", TARGETS),
        Term(
            "economic-benefit",
            "经济效益指标",
            "对经济发展带来的好处，例如增加的收入。",
            TARGETS,
            also=("经济效益",),
        ),
        Term(
            "social-benefit",
            "社会效益指标",
            "对社会生活带来的好处，例如受益的人数。",
            TARGETS,
            also=("社会效益",),
        ),
        Term(
            "environmental-benefit",
            "生态效益指标",
            "对自然环境带来的好处，例如减少的污染。",
            TARGETS,
            also=("生态效益", "环境效益指标", "环境效益"),
        ),
        Term(
            "lasting-effect",
            "可持续影响指标",
            "好处能持续多久，例如设施能用多少年。",
            TARGETS,
            also=("可持续影响",),
        ),
        Term("satisfaction", "满意度指标", "有关的人对结果是否满意。", TARGETS),
        Term(
            "served-satisfaction",
            "服务对象满意度指标",
            "直接得到服务的人是否满意，一般由调查得出。",
            TARGETS,
            also=("服务对象满意度", "社会公众或服务对象满意度指标"),
        ),
    ),
)

RESULT = TermGroup(
    "年终怎样评价",
    (
        Term(
            "self-evaluation",
            "绩效自评",
            "年度结束以后，部门自己对照绩效目标检查完成得怎样，并打分。",
            EVALUATION,
            also=("自评",),
        ),
        Term("actual", "实际完成值", "这项指标实际做到了多少，与指标值对照着看。", EVALUATION),
        Term("points", "分值", "这项指标满分多少分，由部门按重要程度确定。", EVALUATION),
        Term("score", "得分", "这项指标按完成情况得了多少分。", EVALUATION, also=("自评得分",)),
        Term("total-score", "自评总分", "各项得分相加，满分一般是100分。", EVALUATION),
        Term(
            "deviation",
            "偏差原因分析",
            "实际完成值与指标值不一样时，说明为什么。",
            EVALUATION,
            also=("偏差原因",),
        ),
        Term("improvement", "改进措施", "没有做到或差得太多时，准备怎样改。", EVALUATION),
        Term("outcome", "结论", "本站把指标值和实际完成值放在一起比较得出，不是部门的评价。", SITE),
        Term(
            "not-met",
            "未达到",
            "没有做到指标值所要求的，差一点也是未达到；差多少写在旁边。颜色只表示远近：相差在5%以内"
            "（期限晚18天以内）的浅，超过20%（晚73天）的深。百分数四舍五入到一位小数，"
            "没有达到的不会写成100%。",
            SITE,
        ),
        Term(
            "differs",
            "有差异",
            "实际完成值和指标值不一样，但原文没有写“≥”“≤”“前”等，不能判断算不算达到，只列出差额。",
            SITE,
        ),
    ),
)

PUBLISHING = TermGroup(
    "公开和变化",
    (
        Term(
            "approved",
            "批复日期",
            "财政部门正式批准部门预算的日期；部门应在批复后20天内公开。",
            f"{BUDGET_LAW}第十四条",
        ),
        Term("published", "公开日期", "部门首次向社会公开的日期。", f"{BUDGET_LAW}第十四条"),
        Term("adjustment", "预算调整", "年度中间经批准改变预算数或绩效目标。", TARGETS),
        Term("correction", "更正", "公开以后发现写错，改正过来；原来的版本仍然保留。", SITE),
        Term("withdrawal", "撤销", "项目不再实施，预算收回。", SITE),
        Term(
            "stricter",
            "要求提高",
            "指标值比上年更难做到，例如“≥8次”改为“≥10次”。没有“≥”“≤”的只列出增减，不作判断。",
            SITE,
            also=("从严",),
        ),
        Term(
            "looser",
            "要求降低",
            "指标值比上年更容易做到，例如“6月30日前”改为“7月15日前”。",
            SITE,
            also=("放宽",),
        ),
        Term(
            "lower",
            "数值减少",
            "指标值的数比上年小，但原文没有写“≥”或“≤”，不能判断要求是高了还是低了；数大了的写“数值增加”。",
            SITE,
            also=("数值增加",),
        ),
        Term("size", "幅度", "指标值的变化占上年数值的百分比，单位不同的先换算。", SITE),
        Term(
            "first-published",
            "首次公开",
            "部门当年第一次公开的内容，公开后的调整、更正不改动它。",
            SITE,
        ),
        Term(
            "in-force", "现行版本", "公开以后经过调整、更正的内容；已撤销的项目不计入合计。", SITE
        ),
        Term("project-code", "项目编码", "预算管理系统给项目的编号，同名项目也可以凭它区分。"),
        Term("unit", "预算单位", "使用这笔预算的单位，是部门本身或它下属的单位。"),
        Term("year", "预算年度", "预算从1月1日起到12月31日止。", f"{BUDGET_LAW}第十八条"),
    ),
)

GROUPS = (MONEY, TARGET, KINDS, RESULT, PUBLISHING)

#: Where in the glossary a word is explained, by every way it is printed.
ANCHORS = {
    name: term.anchor
    for group in GROUPS
    for term in group.terms
    for name in (term.name, *term.also)
}

_BY_ANCHOR = {term.anchor: term for group in GROUPS for term in group.terms}

#: What one must know to read a target table; the first page explains it.
READING_GUIDE = tuple(
    _BY_ANCHOR[anchor]
    for anchor in (
        "budget",
        "spending-plan",
        "goal",
        "output",
        "benefit",
        "satisfaction",
        "target",
    )
)
