"""What can be wrong with what a site says of itself in mkdocs.yml.

A code never changes its meaning. The codes R6xx follow those of `reading.rules`, beside which they
are documented.
"""

from __future__ import annotations

from disclosure.model.diagnostics import Rule, Severity, rules_in

UNKNOWN_SETTING = Rule("R601", Severity.ERROR, "不认识的网站信息")
SETTING_SHAPE = Rule("R602", Severity.ERROR, "网站信息的写法不对")

NOT_SAID = Rule("R603", Severity.HINT, "网站没有写明谁负责")

RULES = rules_in(globals())
