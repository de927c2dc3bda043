"""Why a push is refused. A code never changes its meaning.

The title names the defect; each finding's hint says what to do. The site stays as it was then.
"""

from __future__ import annotations

from disclosure.model.diagnostics import Rule, Severity, rules_in

_ERROR = Severity.ERROR

OTHER_BRANCH = Rule("P101", _ERROR, "不是发布的分支")
DELETION = Rule("P102", _ERROR, "删除分支")
REWRITTEN = Rule("P103", _ERROR, "改写了已经公开的历史")
NO_COMMIT = Rule("P104", _ERROR, "不是提交")
OUTRUN = Rule("P105", _ERROR, "别人先推送了")
LINK = Rule("P201", _ERROR, "符号链接")
SUBMODULE = Rule("P202", _ERROR, "子模块")
ODD_NAME = Rule("P203", _ERROR, "文件名不能用")
SAME_NAME = Rule("P204", _ERROR, "文件名只差大小写或写法")
TOO_LARGE = Rule("P205", _ERROR, "文件过大")
TOO_MANY = Rule("P206", _ERROR, "文件过多")
NOT_ALLOWED = Rule("P301", _ERROR, "推送不能改动的文件")
CONFIGURATION = Rule("P302", _ERROR, "推送不能改动的配置")

RULES = rules_in(globals())
