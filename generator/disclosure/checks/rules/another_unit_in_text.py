"""文字里是别的单位

检查什么：项目名称、用途、绩效目标、三级指标、描述、指标值、第一部分的各项文字和年度主要任务里，是否写着
本站其他部门或单位的全称。说明合作或来源的写法不算（会同、配合、联合、由、经、报、向、拨付、牵头、印发
等）；本部门本级的项目可以写所属单位；指标值确定依据不检查。

为什么：文字从别的单位的文件复制过来时，最容易漏改的就是单位名称。

例子：商务局的总体目标写“示例市示例区民政局坚持……”。

怎么改：对照公开文件改正录错的名称。公开文件本身如此的，请按原文保留，并在 notes 里写 rule: C502
和说明。

出处：本站的经验规则。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from disclosure.checks.names import official_names
from disclosure.checks.subject import ProjectSubject, TableSubject, YearSubject
from disclosure.checks.texts import aims
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C502", Severity.WARNING, "文字里是别的单位")

_ITSELF = ("本级", "机关")

_WORKS_WITH = re.compile(
    r"(?:会同|协同|协助|配合|联合|联系|与|和|同|及|、|由|经|报|向|给|对|受|按|按照|根据|依据|"
    r"委托|移交|拨付|支付|划转|转|驻|原|为|在|到|对接|协调|支持|补助|帮扶|借用|租用|使用|迁入)[（(“]?$"
)
_IS_SOURCE = re.compile(
    r"[”）)]?(?:、|牵头|批复|文件|下达|印发|关于|核定|审核|认定|提供|审批|统一|委托|要求|出具|联合|等|"
    r"负责|共同|的?(?:规定|通知|意见|标准|数据|统计|办公楼|院内|楼|食堂))"
)


def check(subject: ProjectSubject | YearSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for whole names of others where nothing says that they work together."""
    own = _own_names(subject)
    for field, text in aims(subject):
        for at, name in subject.names.find(text):
            if any(name in mine for mine in own) or _is_explained(text, at, name):
                continue
            yield subject.remark(
                RULE,
                field,
                f"这里写的是“{name}”，而这是{subject.department.name}的文件。",
                "请核对名称是否漏改；公开文件本身如此的，请在 notes 里写 rule: C502 和说明。",
            )
            break


def _own_names(subject: ProjectSubject | YearSubject) -> list[str]:
    """The names that the text may say: a project of a subordinate unit has only its own."""
    department = subject.department
    every = [*official_names(department)]
    if isinstance(subject, YearSubject | TableSubject):
        return every
    mine = [unit.name for unit in department.units if unit.code == subject.project.unit]
    if any(word in name for name in mine for word in _ITSELF) or department.name in mine:
        return every
    return [department.name, *mine]


def _is_explained(text: str, at: int, name: str) -> bool:
    return bool(_WORKS_WITH.search(text[:at]) or _IS_SOURCE.match(text[at + len(name) :]))
