"""部门联系方式是手机号码

检查什么：department.yml 的联系方式里是否有手机号码。座机、热线和邮箱都可以。

为什么：手机号码多半属于某个工作人员，人员变动后公众就联系不上单位，还会打扰个人。

例子：联系方式写“138………”，而不是办公电话“0314-………”。

怎么改：改写办公电话或邮箱。确实是单位对外公布的值班手机的，可以保留；这只是提示，不影响发布。
整个站点都不需要这项提示时，在 checks.yml 的 switched_off 里写 C804。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.personal_numbers import masked, mobile_numbers
from disclosure.checks.subject import DepartmentSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C804", Severity.HINT, "部门联系方式是手机号码")


def check(subject: DepartmentSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Look for a mobile number in the department's contact."""
    for number in mobile_numbers(subject.data.department.contact or ""):
        yield Remark(
            RULE,
            subject.data.path,
            ("contact",),
            f"联系方式是手机号码（{masked(number)}），可能属于个人。",
            "请尽量改写办公电话或邮箱；确实是单位对外公布的号码的，可以保留。",
            sensitive=True,
        )
