"""The guide for publishers: every command in it does what the guide says."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support import systems
from tests.support.documents import real_document
from tests.support.guide import ADDRESS, GUIDE, PICTURES, walk

pytestmark = systems.SERVER

PAGE = "130803-322/2024/13080324P00514210001L/"


def test_the_guide_leads_to_a_published_site(tmp_path: Path) -> None:
    """Every command in it is typed, the terminal shows what it says, and the site is served.

    The adjusted value is served with the original beside it; what was taken back is gone.
    """
    publisher = walk(tmp_path, real_document)
    written = {line for step in publisher.guide.values() for block in step.blocks for line in block}
    assert written - publisher.typed == set()

    shown = publisher.shown
    assert "未能归入 0 字" in shown["导入公开文件"]
    assert "怎么改：" in shown["检查"]
    assert "开放外联招商引资专项经费" in shown["预览"]
    assert "新增项目 3 个" in shown["发布"]
    assert f"已发布第 2 版：{ADDRESS}" in shown["发布"]

    page = publisher.server.page(PAGE)
    assert "≥10次" in page
    assert "≥8次" in publisher.server.page(f"{PAGE}original/")
    insurance = publisher.server.page("130803-322/2024/13080324P005140100019/")
    assert "医保缴费要求" in insurance
    assert "39人" not in insurance
    assert (publisher.folder / "绩效公开/data/990101-101/department.yml").is_file()


def test_every_picture_is_there_and_described() -> None:
    """Each has words for those who do not see it, and is no burden on a phone."""
    shown = re.findall(r"!\[(.+)\]\(images/(.+)\)", GUIDE.read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(path.name for path in PICTURES.iterdir())
    for words, name in shown:
        assert len(words) > 10
        assert (PICTURES / name).stat().st_size < 120_000, name
