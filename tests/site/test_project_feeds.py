"""The feeds of single projects: what their pages through the years tell, as Atom."""

from __future__ import annotations

import re
from pathlib import Path

from disclosure.config.settings import Settings
from disclosure.model.diagnostics import has_errors
from disclosure.site import pipeline
from tests.support.atom import texts
from tests.support.datafolder import adjustment, department, disclosure, project, write


def test_a_project_that_was_called_off_says_so_last(tmp_path: Path) -> None:
    """Its feed goes on: who follows it learns why, by which document, and where that stands."""
    (document,) = project_feeds(
        tmp_path,
        {
            "a-1/department.yml": department(),
            "a-1/2024/disclosure.yml": disclosure(2024, "published: 2024-02-20\n"),
            "a-1/2024/projects/A1.yml": project("A1"),
            "a-1/2024/projects/A1@2024-06-30.yml": project(
                "A1",
                more=adjustment(
                    "withdrawal", "2024-06-30", "不再举办", "  document: 文〔2024〕1号\n"
                ),
            ),
        },
    ).values()
    assert texts(document, "//a:entry/a:id/text()") == [
        "tag:a-1,2024:A1@2024-06-30", "tag:a-1,2024:projects/A1",
    ]  # fmt: skip
    assert texts(document, "//a:entry/a:title/text()") == [
        "商务局2024年项目撤销：招商引资", "商务局2024年项目首次公开：招商引资",
    ]  # fmt: skip
    assert texts(document, "//a:entry/a:summary/text()") == ["原因：不再举办；文号：文〔2024〕1号"]
    assert texts(document, "//a:entry/a:link/@href") == [
        "../../2024/A1/", "../../2024/A1/original/",
    ]  # fmt: skip
    assert texts(document, "/a:feed/a:title/text()") == ["招商引资公开动态：网站"]


def test_a_feed_tells_what_became_of_the_project(tmp_path: Path) -> None:
    """Two that go on in one are in each other's feed, and what has no date has no entry."""
    feeds = project_feeds(
        tmp_path,
        {
            "a-1/department.yml": department(),
            "a-1/2023/disclosure.yml": disclosure(2023),
            "a-1/2023/projects/A1.yml": project("A1", "甲"),
            "a-1/2023/projects/A2.yml": project("A2", "乙", 2),
            "a-1/2024/disclosure.yml": disclosure(2024, "published: 2024-02-20\n"),
            "a-1/2024/projects/A3.yml": project("A3", "丙", more="continues: [A1, A2]\n"),
        },
    )
    assert {
        address: texts(document, "//a:entry/a:id/text()") for address, document in feeds.items()
    } == {
        f"a-1/projects/{own}/feed.xml": ["tag:a-1,2024:projects/A3"] for own in ("A1", "A2", "A3")
    }


def test_without_any_date_a_project_has_no_feed(tmp_path: Path) -> None:
    """Neither a file nor a link to one."""
    files = {
        "a-1/department.yml": department(),
        "a-1/2024/disclosure.yml": disclosure(2024),
        "a-1/2024/projects/A1.yml": project("A1"),
    }
    assert project_feeds(tmp_path, files) == {}
    site = pipeline.generate(tmp_path, Settings("网站"))
    assert not any(view.feeds for group in site.groups for view in group.views)


def project_feeds(root: Path, files: dict[str, str]) -> dict[str, bytes]:
    """The feeds of all projects by their address."""
    site = pipeline.generate(write(root, files), Settings("网站"))
    assert not has_errors(site.diagnostics)
    return {
        address: content
        for address, content in site.data_files()
        if re.fullmatch("[^/]+/projects/[^/]+/feed.xml", address)
    }
