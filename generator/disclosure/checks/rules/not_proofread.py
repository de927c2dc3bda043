"""机器识别的文字还没有校对

检查什么：文件的 unproofread 里还列着栏目，就是由机器从扫描件识别、还没有人与原件核对的。

为什么：机器会认错字，“≥”认成“2”、“8”认成“3”，差之一字，目标就变了；认错的字机器自己看不出来。

例子：`unproofread: [budget, 设施验收合格率]`。

怎么改：打开导入时写的校对页，逐处对照原件的图片；核对无误的从 unproofread 里删去，认错的先改正
再删去。全部核对后删去 unproofread，年度页面就会写明“已与原件核对”。

出处：本站的经验规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from disclosure.checks.texts import TextSubject
from disclosure.model.diagnostics import Remark, Rule, Severity
from disclosure.model.records import CheckSettings

RULE = Rule("C414", Severity.WARNING, "机器识别的文字还没有校对")

_FIELD = "unproofread"
_MAX_NAMED = 3


def check(subject: TextSubject, _settings: CheckSettings) -> Iterator[Remark]:
    """Remind once for each file, however many places are left."""
    left = [text for field, text in subject.texts if field[0] == _FIELD]
    if left:
        named = "、".join(f"“{text}”" for text in left[:_MAX_NAMED])
        more = " 等" if len(left) > _MAX_NAMED else ""
        yield subject.remark(
            RULE,
            (_FIELD,),
            f"有 {len(left)} 处文字由机器识别，还没有与原件核对：{named}{more}。",
            "请对照原件逐处核对，核对一处，就从 unproofread 里删去一处。",
        )
