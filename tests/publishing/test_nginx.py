"""The site as a real nginx serves it, with the configuration that `publish nginx` writes."""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from disclosure.config import content_policy
from disclosure.publishing.serving import TEXT
from tests.support.server import Published, Server, git, real
from tests.support.webserver import Web, addresses, nginx, online

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a publishing server runs Linux")

CODE = "13080324P00514210001L"
YEAR = "/130803-322/2024/"
PAGE = f"{YEAR}{CODE}/"
TABLE = f"data/130803-322/2024/projects/{CODE}.yml"
MOVED = """# 改了名字的页面
/old/ /about/

/旧页面/  /关于/  # 中文
/130803-322/2023 /130803-322/2024/
"""

HEADERS = {
    "content-security-policy": content_policy.AS_HEADER,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
    ),
    "referrer-policy": "same-origin",
    "server": "nginx",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
FOREVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server to which the real data was pushed, for a site with a public address."""
    nginx()  # without one, nothing is built in vain
    made = Server.set_up(tmp_path_factory.mktemp("server"))
    clerk = made.clerk()
    real(clerk)
    with (clerk.folder / "mkdocs.yml").open("a", encoding="utf-8") as configuration:
        configuration.write("\nsite_url: https://example.gov.cn/\n")
    clerk.commit("2024年公开")
    accepted, output = clerk.push()
    assert accepted, output
    return made


@pytest.fixture(scope="module")
def web(server: Server) -> Iterator[Web]:
    """Its site, with a list of moved pages."""
    moved = server.folder / "moved.txt"
    moved.write_text(MOVED, "utf-8")
    with online(server, "--moved", str(moved), "--server-name", "example.gov.cn") as site:
        yield site


@pytest.mark.parametrize(
    "address", ["/", PAGE, "/assets/search.js", "/nowhere/", "/about", "/old/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_every_answer_has_the_security_headers(web: Web, address: str, method: str) -> None:
    """Pages, assets, missing pages, redirects and refused methods all carry them, once each."""
    answer = web.ask(address, method)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_pages_and_assets_are_of_the_commit(server: Server, web: Web) -> None:
    """Last-Modified is the time of the commit that was pushed, whether sent packed or not."""
    committed = int(git(server.repository, "show", "-s", "--format=%ct", "main"))
    for address in ("/", PAGE, "/assets/search.js", "/about/", "/manifest.json"):
        for encoding in ("identity", "gzip"):
            answer = web.ask(address, accept_encoding=encoding)
            told = parsedate_to_datetime(answer.headers["last-modified"]).timestamp()
            assert told == committed, (address, encoding)


def test_page_and_header_state_one_policy(web: Web) -> None:
    """The header is the page's own policy and, beyond it, that nobody may frame the site."""
    answer = web.ask(PAGE)
    meta = BeautifulSoup(answer.body, "lxml").select_one("meta[http-equiv]")
    assert meta is not None
    header = answer.headers["content-security-policy"]
    assert header == f"{meta['content']}; frame-ancestors 'none'"
    assert "unsafe-inline" not in header


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"])
def test_the_site_can_only_be_read(web: Web, method: str) -> None:
    """Whatever is no GET or HEAD is refused with what is allowed."""
    answer = web.ask("/", method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD")
    assert "allow" not in web.ask("/").headers


TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "yml": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "png": "image/png",
    "grams": "application/octet-stream",
    "pages": "application/octet-stream",
    "texts": "application/octet-stream",
}


def test_every_file_is_served_as_it_is(server: Server, web: Web) -> None:
    """Each file of the release comes with its type, plain and compressed, and may be kept."""
    found = addresses(server.current)
    assert len(found) > 100
    seen = set()
    for address, path in found.items():
        plain = web.ask(address, accept_encoding="identity")
        assert plain.status == 200, address
        assert plain.body == path.read_bytes(), address
        assert "content-encoding" not in plain.headers
        kind = path.suffix.removeprefix(".")
        if path.name == "feed.xml":
            assert plain.headers["content-type"] == "application/atom+xml; charset=utf-8"
        elif kind in TYPES:
            assert plain.headers["content-type"] == TYPES[kind], address
            seen.add(kind)
        squeezed = web.ask(address, accept_encoding="gzip")
        if squeezed.headers.get("content-encoding") == "gzip":
            assert gzip.decompress(squeezed.body) == plain.body, address
            assert squeezed.headers["content-type"] == plain.headers["content-type"]
            assert squeezed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
            assert squeezed.headers["etag"] != plain.headers["etag"]
        else:
            assert path.suffix not in TEXT or len(plain.body) <= 1000, address
            assert squeezed.body == plain.body
        if kind == "texts":  # of which search asks for the bytes of one page
            part = web.ask(address, range="bytes=3-9")
            assert (part.status, part.body) == (206, plain.body[3:10])
    assert seen == TYPES.keys()
    assert web.ask("/index.html.gz").headers["content-type"] == "application/gzip"


def test_what_never_changes_is_kept_and_the_rest_is_asked_for(server: Server, web: Web) -> None:
    """Names with a digest or a version are immutable; all else is revalidated by its content."""
    forever = {
        a for a in addresses(server.current) if web.ask(a).headers["cache-control"] == FOREVER
    }
    names = {re.sub(r"[0-9a-f]{6,}", "#", Path(address).name) for address in forever}
    assert {"0.grams", "0.pages", "#.texts", "main.#.min.css", "echarts.simple.min.js"} <= names
    assert not any(address.endswith("/") for address in forever)
    assert not {"/assets/search.js", "/search/index.json"} & forever
    for address in ("/", PAGE, "/assets/search.js", "/search/index.json"):
        first = web.ask(address)
        assert first.headers["cache-control"] == "no-cache"
        again = web.ask(address, if_none_match=first.headers["etag"])
        assert (again.status, again.body) == (304, b"")
        assert web.ask(address, if_none_match='"other"').status == 200
        same = web.ask(address, if_modified_since=first.headers["last-modified"])
        assert same.status == 304
        later = web.ask(address, if_modified_since="Fri, 01 Jan 2100 00:00:00 GMT")
        assert later.status == 200, "a release that was rolled back is older than what it replaces"


@pytest.mark.parametrize(
    "address",
    [
        *("/nowhere/", "/nowhere", "/assets/", "/data/", "/search/", "/404.html", "/kept/"),
        *("/.git/config", "/assets/.x", "/.well-known", "/%2egit/", "/..%2f..%2fdisclosure.toml"),
        *(
            "/assets/gone.js",
            "/search/2024-0-000000000000/0.grams",
            "/index.html/",
            "/x.php",
        ),
        *("/%0d%0aSet-Cookie:%20a=b/index.html", "/a%00b/", "/" + "x" * 3000 + "/"),
    ],
)
def test_what_is_not_there_is_answered_with_the_404_page(web: Web, address: str) -> None:
    """Missing pages, folders without a page and dotfiles get the site's own page, never a list."""
    answer = web.ask(address)
    if "%00" in address or "..%2f.." in address:
        assert answer.status == 400, "nginx refuses it by itself"
        return
    assert answer.status == 404
    assert "没有这个页面" in answer.body.decode()
    assert answer.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("address", "target"),
    [
        (YEAR.rstrip("/"), YEAR),
        (f"{YEAR}index.html", YEAR),
        ("/index.html", "/"),
        ("/about?a=b", "/about/?a=b"),
        ("//about", "/about/"),
        ("/old/", "/about/"),
        ("/%E6%97%A7%E9%A1%B5%E9%9D%A2/", "/%E5%85%B3%E4%BA%8E/"),
        ("/130803-322/2023", YEAR),
    ],
)
def test_one_page_has_one_address(web: Web, address: str, target: str) -> None:
    """Without the last stroke, with index.html, or moved: the visitor is sent to the page."""
    answer = web.ask(address)
    assert (answer.status, answer.headers["location"]) == (301, target)


def test_symbolic_links_are_not_followed(server: Server, web: Web) -> None:
    """Even if a release held a link out of it, nothing would be shown."""
    secret = server.folder / "secret.html"
    secret.write_text("geheim", "utf-8")
    links = [server.current / "secret.html", server.current / "assets" / "secret.html"]
    for link in links:
        link.symlink_to(secret)
    try:
        assert [web.ask(a).status for a in ("/secret.html", "/assets/secret.html")] == [404, 404]
    finally:
        for link in links:
            link.unlink()


def test_before_the_first_push_nothing_is_there(tmp_path: Path) -> None:
    """Nginx starts before there is a release, and serves the first one without a restart."""
    nginx()
    server = Server.set_up(tmp_path)
    with online(server) as web:
        assert web.ask("/").status in {404, 500}
        assert b"nginx" in web.ask("/").body
        release = server.www / "releases" / f"000001-{'a' * 40}"
        release.mkdir(parents=True)
        (release / "index.html").write_text("da", "utf-8")
        server.current.symlink_to(Path("releases", release.name))
        assert web.ask("/").body == b"da"


def test_the_way_of_a_site_over_http(tmp_path: Path, published_real: Published) -> None:
    """Push, read; push a mistake, read the same; push a correction, read it; roll back."""
    nginx()
    server, clerk = published_real(tmp_path)
    with online(server) as web:
        first = web.ask(PAGE)
        assert "开放外联招商引资专项经费" in first.body.decode()
        unchanged = web.ask(f"{YEAR}13080324P005140100019/")
        text = (clerk.folder / TABLE).read_text("utf-8")
        clerk.write(TABLE, text.replace("fiscal: 150.00", "fiscal: 140.00"))
        clerk.commit("改错了")
        assert not clerk.push()[0]
        assert web.ask(PAGE).body == first.body
        clerk.write(TABLE, text.replace("name: 开放外联", "name: 扩大开放外联"))
        clerk.commit("更正名称")
        accepted, output = clerk.push()
        assert accepted, output
        changed = web.ask(PAGE, if_none_match=first.headers["etag"])
        assert changed.status == 200
        assert "扩大开放外联" in changed.body.decode()
        before, after = (
            parsedate_to_datetime(one.headers["last-modified"]) for one in (first, changed)
        )
        assert before < after
        asset = web.ask("/assets/search.js").headers["last-modified"]
        assert parsedate_to_datetime(asset) == before, "it did not change"
        assets = {a: web.ask(a).headers["etag"] for a in ("/assets/search.js", "/assets/tables.js")}
        assert server.publish("rollback")[0] == 0
        assert web.ask(PAGE, if_none_match=changed.headers["etag"]).body == first.body
        for address, etag in assets.items():
            assert web.ask(address, if_none_match=etag).status == 304, "its content is the same"
        assert web.ask(f"{YEAR}13080324P005140100019/").status == unchanged.status == 200
