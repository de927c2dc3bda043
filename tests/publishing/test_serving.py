"""What is made for the web server: compressed copies, kept parts, and nothing it could misread."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest

from disclosure.publishing import serving as parts
from disclosure.publishing.nginx import Host, RefusedError, configuration, moved_addresses
from tests.support import systems
from tests.support.server import Server

pytestmark = systems.SERVER


def test_compressed_copies_hold_the_file_and_are_the_same_every_time(tmp_path: Path) -> None:
    """Each large text has a copy that unpacks to it and is as old; equal sites get equal bytes."""
    for name in ("one", "two"):
        folder = tmp_path / name
        (folder / "a").mkdir(parents=True)
        (folder / "a" / "index.html").write_text("<p>文字</p>\n" * 500, "utf-8")
        (folder / "small.css").write_text("p {}", "utf-8")
        (folder / "picture.png").write_bytes(b"\x89PNG" * 1000)
        (folder / "table.csv").write_text("x" * 2000, "utf-8")
        (folder / "table.csv.gz").write_bytes(gzip.compress(b"x" * 2000, mtime=0))
        parts.prepare(folder)
    page = tmp_path / "one" / "a" / "index.html"
    assert gzip.decompress(page.with_name("index.html.gz").read_bytes()) == page.read_bytes()
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two
    assert {str(path) for path in one} == {
        *("a/index.html", "a/index.html.gz", "picture.png", "small.css"),
        *("table.csv", "table.csv.gz"),
    }
    times = {int(page.with_name(name).stat().st_mtime) for name in (page.name, f"{page.name}.gz")}
    assert len(times) == 1
    (tmp_path / "later/a").mkdir(parents=True)
    later = tmp_path / "later/a/index.html"
    later.write_text("<p>文宇</p>\n" * 500, "utf-8")
    parts.prepare(tmp_path / "later", tmp_path / "one")
    assert int(later.stat().st_mtime) > max(times), "of the same size, within the same second"


def test_what_is_as_before_is_the_same_file(tmp_path: Path) -> None:
    """Against the release before, nothing is different but that unchanged files are one with it."""
    texts = {"same.html": "<p>不变</p>\n" * 500, "other.html": "<p>乙</p>\n" * 500, "a.css": "p {}"}
    for name in ("old", "new", "alone"):
        (tmp_path / name).mkdir()
        for file, text in texts.items():
            changed = name != "old" and file == "other.html"
            (tmp_path / name / file).write_text(
                text.replace("乙", "丙") if changed else text, "utf-8"
            )
    parts.prepare(tmp_path / "old")
    (tmp_path / "old" / "gone.html.gz").write_bytes(b"of a page that is gone")
    parts.prepare(tmp_path / "new", tmp_path / "old")
    parts.prepare(tmp_path / "alone")
    files = sorted(path.name for path in (tmp_path / "alone").iterdir())
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == files
    for name in files:
        new, alone, old = (tmp_path / folder / name for folder in ("new", "alone", "old"))
        assert new.read_bytes() == alone.read_bytes()
        assert new.samefile(old) == (not name.startswith("other"))


def test_parts_are_kept_as_long_as_their_release(tmp_path: Path) -> None:
    """Each release's parts are found, the newest of one name; with the release they go."""
    releases = [tmp_path / "releases" / name for name in ("2", "1")]
    for release in releases:
        (release / "assets").mkdir(parents=True)
        (release / "assets" / "both.js").write_text(release.name, "utf-8")
        (release / "assets" / f"{release.name}.js").write_text(release.name, "utf-8")
        (release / "index.html").write_text("no part", "utf-8")
    parts.keep(tmp_path, releases)
    kept = tmp_path / parts.ALL_PARTS

    def held() -> dict[str, str]:
        files = (path for path in kept.rglob("*") if path.is_file())
        return {str(path.relative_to(kept)): path.read_text("utf-8") for path in files}

    assert held() == {"assets/both.js": "2", "assets/1.js": "1", "assets/2.js": "2"}
    shutil.rmtree(releases[1])
    assert held()["assets/1.js"] == "1", "a part stays until the next switch"
    parts.keep(tmp_path, releases[:1])
    assert held() == {"assets/both.js": "2", "assets/2.js": "2"}


@pytest.mark.parametrize(
    "change",
    [
        *({"www": Path(path)} for path in ("relative", '/a"b', "/a;b", "/a$b", "/a\nb", "/a\\b")),
        *(
            {"server_names": [name]}
            for name in ("a b", "a;b", "~^a", "a.cn;}", "", "$host", "例.cn")
        ),
        *({"listen": [address]} for address in ("0", "99999", "80;", "x:80", "unix:/x", "80 ssl")),
        *({"listen": [address]} for address in ("::80", "[::1]", "127.0.0.1", "256.0.0.1:80", "")),
        *({"moved": [(old, "/b/")]} for old in ("a/", "/a b/", '/a"/', "/a;/", "/$a/", "/a?b", "")),
        *(
            {"moved": [("/a/", new)]}
            for new in ("https://elsewhere.test/", "/$uri", "/a\r\nb", "b/")
        ),
    ],
    ids=str,
)
def test_what_nginx_could_misread_is_refused(change: dict[str, object]) -> None:
    """Paths, names and addresses that mean something in nginx's language never get into it."""
    given = {"www": Path("/srv/www"), **change}
    with pytest.raises(RefusedError):
        configuration(Host(**given))  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["/a/", "/a/ /b/ /c/", "/a/ /b/\n/a/ /c/"])
def test_a_list_of_moved_pages_that_cannot_be_read_is_refused(text: str) -> None:
    """A line without two addresses, and an address that is listed twice, are named."""
    with pytest.raises(RefusedError, match=r"第 \d 行"):
        moved_addresses(text)


def test_the_command_refuses_in_chinese(tmp_path: Path) -> None:
    """A wrong option gives a sentence and no configuration."""
    server = Server.set_up(tmp_path)
    assert server.publish("nginx", "--listen", "80;") == (
        2,
        "错误：监听地址不能是“80;”：应像 80、127.0.0.1:8080 或 [::]:80。\n",
    )


def test_without_options_any_name_and_port_80(tmp_path: Path) -> None:
    """The plainest call gives a server block for the whole machine, over IPv4 and IPv6."""
    code, text = Server.set_up(tmp_path).publish("nginx")
    assert code == 0
    assert re.findall(r"^ +(?:listen|server_name) (.+);$", text, re.MULTILINE) == [
        "80",
        "[::]:80",
        "_",
    ]
    assert f'root "{tmp_path / "www"}/current";' in text
