"""Everything that reading can find wrong. A code never changes its meaning.

R1xx files and folders, R2xx how YAML is written, R3xx the fields, R4xx whether a file
stands where it says it belongs, R5xx the hand-written pages. The title names the
defect; each finding's hint the remedy.
"""

from __future__ import annotations

from disclosure.model.diagnostics import Rule, Severity

_ERROR = Severity.ERROR
_WARNING = Severity.WARNING
_HINT = Severity.HINT

NO_FOLDER = Rule("R101", _ERROR, "找不到数据文件夹")
EMPTY_FOLDER = Rule("R102", _ERROR, "数据文件夹里没有部门")
UNREADABLE = Rule("R103", _ERROR, "无法读取")
SYMLINK = Rule("R104", _ERROR, "符号链接（快捷方式）")
NO_REGULAR_FILE = Rule("R105", _ERROR, "不是普通文件")
TOO_LARGE = Rule("R106", _ERROR, "文件过大")
NOT_UTF8 = Rule("R107", _ERROR, "编码不是 UTF-8")
HIDDEN_CHARACTER = Rule("R108", _ERROR, "看不见的字符或控制字符")
UNEXPECTED_FILE = Rule("R109", _WARNING, "不会公开的文件")
FOLDER_NAME = Rule("R110", _ERROR, "文件夹名称不对")
EMPTY_FILE = Rule("R111", _ERROR, "空文件")
TOO_MANY = Rule("R112", _ERROR, "问题太多")
CONFLICT = Rule("R113", _ERROR, "没有合并完的改动")
LFS_POINTER = Rule("R114", _ERROR, "只有 Git LFS 的指针")
FOREIGN = Rule("R115", _ERROR, "改了扩展名的别种文件")

SYNTAX = Rule("R201", _ERROR, "格式错误")
TAB = Rule("R202", _ERROR, "用制表符（Tab）缩进")
FULL_WIDTH_COLON = Rule("R203", _ERROR, "用了全角冒号")
UNQUOTED = Rule("R204", _ERROR, "以特殊符号开头而没有加引号")
DUPLICATE_KEY = Rule("R205", _ERROR, "栏目重复")
ANCHOR = Rule("R206", _ERROR, "使用了 & 或 * 引用")
TAG = Rule("R207", _ERROR, "使用了 ! 标签")
SEVERAL_DOCUMENTS = Rule("R208", _ERROR, "一个文件里有多份内容")
TOO_DEEP = Rule("R209", _ERROR, "层次过深")
NO_MAPPING = Rule("R210", _ERROR, "不是“栏目: 内容”的写法")
LOST_BLOCK = Rule("R211", _ERROR, "> 或 | 后面的内容会丢失")
FOLDED = Rule("R212", _WARNING, "折行处会多出空格")
LOST_COMMENT = Rule("R213", _WARNING, "# 之后的内容会丢失")
QUOTES = Rule("R214", _ERROR, "引号用错")
COLON_IN_VALUE = Rule("R215", _ERROR, "内容里有“冒号加空格”")
NO_COLON = Rule("R216", _ERROR, "缺少冒号，或冒号后缺少空格")
FULL_WIDTH_SPACE = Rule("R217", _ERROR, "用全角空格缩进")
BRACKETS = Rule("R218", _ERROR, "括号没有成对")
NO_KEY = Rule("R219", _ERROR, "冒号前面不是栏目名称")

NO_SCHEMA = Rule("R301", _ERROR, "没有写文件类型")
UNKNOWN_SCHEMA = Rule("R302", _ERROR, "不认识的文件类型")
WRONG_SCHEMA = Rule("R303", _ERROR, "文件类型与位置不符")
UNKNOWN_FIELD = Rule("R304", _ERROR, "不认识的栏目")
MISSING_FIELD = Rule("R305", _ERROR, "缺少必填栏目")
WRONG_TYPE = Rule("R306", _ERROR, "内容的写法不对")
BLANK = Rule("R307", _ERROR, "内容是空白")
MONEY = Rule("R308", _ERROR, "不是金额或数值")
DATE = Rule("R309", _ERROR, "不是日期")
YEAR = Rule("R310", _ERROR, "不是年度")
NUMBER = Rule("R311", _ERROR, "不是序号")
PATTERN = Rule("R312", _ERROR, "编码或标识的写法不对")
TOO_LONG = Rule("R313", _ERROR, "内容过长")
CHOICE = Rule("R314", _ERROR, "不是可选的内容")
TOO_FEW = Rule("R315", _ERROR, "项数太少")

ID_NOT_FOLDER = Rule("R401", _ERROR, "部门标识与文件夹名称不同")
RESERVED_ID = Rule("R402", _ERROR, "部门标识与网站栏目重名")
NO_DEPARTMENT = Rule("R403", _ERROR, "缺少 department.yml")
NO_DISCLOSURE = Rule("R404", _ERROR, "缺少 disclosure.yml")
YEAR_NOT_FOLDER = Rule("R405", _ERROR, "年度与文件夹名称不同")
CODE_NOT_FILE = Rule("R406", _ERROR, "项目编码与文件名不同")
VERSION_NAME = Rule("R407", _ERROR, "文件名里 @ 之后不是日期")
VERSION_DATE = Rule("R408", _ERROR, "调整日期与文件名不同")
NO_ADJUSTMENT = Rule("R409", _ERROR, "调整文件里没有调整信息")
STRAY_ADJUSTMENT = Rule("R410", _ERROR, "原始文件里写了调整信息")
NO_ORIGINAL = Rule("R411", _ERROR, "调整文件没有对应的原始文件")
SAME_CODE = Rule("R412", _ERROR, "同一年度项目编码重复")
SAME_NUMBER = Rule("R413", _ERROR, "同一年度序号重复")
UNKNOWN_UNIT = Rule("R414", _ERROR, "预算单位不在部门的单位之中")
NO_PROJECT = Rule("R415", _ERROR, "自评结果没有对应的项目")
UNKNOWN_INDICATOR = Rule("R416", _WARNING, "自评的指标不在目标表中")
UNKNOWN_PLACE = Rule("R417", _ERROR, "注释所注的位置不存在")
FORMER_NAMES = Rule("R418", _ERROR, "曾用名称写得不对")
ID_NOT_FILE = Rule("R419", _ERROR, "项目标识与文件名不同")
RESULT_CODE = Rule("R420", _ERROR, "自评结果的项目编码与目标表不同")
LIST_PLACE = Rule("R421", _ERROR, "合计行所在位置的项目不存在")
SAME_THEME = Rule("R425", _ERROR, "主题标识重复")
UNKNOWN_FORM = Rule("R431", _ERROR, "没有这个表样")
FORM_KIND = Rule("R432", _ERROR, "表样的种类不合用")
FORM_ID = Rule("R433", _ERROR, "表样标识与文件名不同")
FORM_FIELD = Rule("R434", _ERROR, "表样里的内容不存在")
FORM_WIDTHS = Rule("R435", _ERROR, "列宽的个数与列数不同")
FORM_GRID = Rule("R436", _ERROR, "表样的格子没有排好")
DOCUMENT_MISSING = Rule("R441", _WARNING, "公开文件不在数据旁边")
DOCUMENT_PLACE = Rule("R442", _HINT, "公开文件写成了路径")
DOCUMENT_NAME = Rule("R443", _ERROR, "公开文件的名称只差大小写或写法")
DOCUMENT_SUM = Rule("R444", _ERROR, "公开文件与校验值不符")

PAGE_FILE = Rule("R501", _ERROR, "不能放到网站上的文件")
NOT_WHAT_IT_SAYS = Rule("R502", _ERROR, "文件内容与扩展名不符")
PAGE_SETTING = Rule("R503", _ERROR, "手写页面不能用的设置")
PAGE_SETTING_VALUE = Rule("R504", _ERROR, "手写页面的设置不对")
PAGE_MARKUP = Rule("R505", _ERROR, "手写页面里不能用的 HTML")
NO_PAGES = Rule("R506", _ERROR, "找不到手写页面的文件夹")

RULES: tuple[Rule, ...] = (
    NO_FOLDER,
    EMPTY_FOLDER,
    UNREADABLE,
    SYMLINK,
    NO_REGULAR_FILE,
    TOO_LARGE,
    NOT_UTF8,
    HIDDEN_CHARACTER,
    UNEXPECTED_FILE,
    FOLDER_NAME,
    EMPTY_FILE,
    TOO_MANY,
    CONFLICT,
    LFS_POINTER,
    FOREIGN,
    SYNTAX,
    TAB,
    FULL_WIDTH_COLON,
    UNQUOTED,
    DUPLICATE_KEY,
    ANCHOR,
    TAG,
    SEVERAL_DOCUMENTS,
    TOO_DEEP,
    NO_MAPPING,
    LOST_BLOCK,
    FOLDED,
    LOST_COMMENT,
    QUOTES,
    COLON_IN_VALUE,
    NO_COLON,
    FULL_WIDTH_SPACE,
    BRACKETS,
    NO_KEY,
    NO_SCHEMA,
    UNKNOWN_SCHEMA,
    WRONG_SCHEMA,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    WRONG_TYPE,
    BLANK,
    MONEY,
    DATE,
    YEAR,
    NUMBER,
    PATTERN,
    TOO_LONG,
    CHOICE,
    TOO_FEW,
    ID_NOT_FOLDER,
    RESERVED_ID,
    NO_DEPARTMENT,
    NO_DISCLOSURE,
    YEAR_NOT_FOLDER,
    CODE_NOT_FILE,
    VERSION_NAME,
    VERSION_DATE,
    NO_ADJUSTMENT,
    STRAY_ADJUSTMENT,
    NO_ORIGINAL,
    SAME_CODE,
    SAME_NUMBER,
    UNKNOWN_UNIT,
    NO_PROJECT,
    UNKNOWN_INDICATOR,
    UNKNOWN_PLACE,
    FORMER_NAMES,
    ID_NOT_FILE,
    RESULT_CODE,
    LIST_PLACE,
    SAME_THEME,
    UNKNOWN_FORM,
    FORM_KIND,
    FORM_ID,
    FORM_FIELD,
    FORM_WIDTHS,
    FORM_GRID,
    DOCUMENT_MISSING,
    DOCUMENT_PLACE,
    DOCUMENT_NAME,
    DOCUMENT_SUM,
    PAGE_FILE,
    NOT_WHAT_IT_SAYS,
    PAGE_SETTING,
    PAGE_SETTING_VALUE,
    PAGE_MARKUP,
    NO_PAGES,
)
