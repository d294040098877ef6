"""Doors that must stay shut: where a crawl may go, and what it opens itself."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import PRIVATE_NAMES, is_public_address, is_public_host
from crawler.downloader.guard import refusal
from crawler.sources.loader import load_sources
from tests.crawl.small_site import SmallSite, article, product_of
from tests.deadline import DEADLINE, wait_until
from tests.product import Product
from tests.replica import Kind, Replica

AHTV = load_sources()["ahtv"]

NOT_PUBLIC = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "::1", "fe80::1",
    "fd00::1", "::ffff:127.0.0.1", "100.64.0.1", "::127.0.0.1", "::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::808:808", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:7f00:1::1", "2001:0:808:808:0:0:80ff:fffe",
    "::ffff:0:127.0.0.1", "2001:4860::5efe:10.0.0.1", "fec0::1", "ff02::1", "::",
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_known_as_such(address: str) -> None:
    assert not is_public_address(address)
    host = f"[{address}]" if ":" in address else address
    assert refusal(f"http://{host}/", None)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_a_public_address_is_known_as_such(address: str) -> None:
    assert is_public_address(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/", "http://LOCALHOST./", "http://intranet/", "http://2130706433/", "http://0x7f000001/",
        "http://127.1/", "file:///etc/passwd", "ftp://www.ahtv.cn/", "data:text/html,x", "javascript:alert(1)",
        "http://localhost.localdomain/", "http://nas.lan/", "http://router.home.arpa/", "http://a.b.localhost/",
        "http://printer.local/", "http://metadata.google.internal./", "http://0177.0.0.1/", "http://017700000001/",
        "http://0x7f.0.0.1/", "http://127.0.1/", "http://１２７.0.0.1/", "http://127。0。0。1/", "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25eth0]/",
        "http://user:secret@www.ahtv.cn/", "http://www.ahtv.cn:22/", "http://[", "http://www.ahtv.cn:99999/", "",
    ],
)  # fmt: skip
def test_what_is_no_public_web_address_is_refused(url: str) -> None:
    assert refusal(url, None)


EMBEDDINGS = ["::{}", "::ffff:{}", "64:ff9b::{}", "::ffff:0:{}", "2001:4860::5efe:{}"]
IPV4 = st.ip_addresses(v=4)


@given(IPV4, st.sampled_from(EMBEDDINGS))
def test_an_ipv6_address_is_no_more_public_than_the_ipv4_address_in_it(address: IPv4Address, form: str) -> None:
    if is_public_address(form.format(address)):
        assert is_public_address(str(address))


@given(IPV4)
def test_a_tunnel_is_no_more_public_than_its_end(address: IPv4Address) -> None:
    number = int(address)
    six_to_four = str(IPv6Address((0x2002 << 112) | (number << 80) | 1))
    teredo = str(IPv6Address((0x20010000 << 96) | (0x08080808 << 64) | (number ^ 0xFFFFFFFF)))
    assert is_public_address(str(address)) or not (is_public_address(six_to_four) or is_public_address(teredo))


@given(IPV4, st.sampled_from(["{0}", "{0:#x}", "0{0:o}", "{1}.{2}", "{1:#x}.{2:#x}", "0{1:o}.{2}"]))
def test_no_spelling_of_an_address_that_only_the_c_library_reads_is_a_host(address: IPv4Address, form: str) -> None:
    number = int(address)
    assert not is_public_host(form.format(number, number >> 24, number & 0xFFFFFF))


@given(
    st.sampled_from(PRIVATE_NAMES),
    st.from_regex(r"([a-z0-9-]{1,9}\.){0,3}", fullmatch=True),
    st.sampled_from(["", "."]),
)
def test_no_name_under_one_that_is_used_at_home_only_is_public(name: str, below: str, root: str) -> None:
    assert not is_public_host(f"{below}{name}{root}")
    assert refusal(f"http://{below}{name}{root}/", None)


def test_the_bundled_sources_are_on_public_hosts() -> None:
    hosts = [host for source in load_sources().values() for host in source.hosts]
    assert [host for host in hosts if not is_public_host(host.lstrip("."))] == []


@given(st.from_regex(r"https?://[a-z0-9.@:-]{1,30}/", fullmatch=True))
def test_a_source_is_crawled_on_its_own_hosts_only(url: str) -> None:
    if refusal(url, AHTV) is None:
        assert url.split("/")[2].split(":", maxsplit=1)[0] in AHTV.hosts


def test_a_name_that_points_to_a_private_address_is_refused_when_it_is_resolved() -> None:
    script = (
        "from twisted.internet import reactor\n"
        "from twisted.internet.defer import DeferredList\n"
        "from crawler.downloader.resolver import PublicResolver\n"
        "def resolve(trusted):\n"
        "    PublicResolver(reactor, 100, 60.0, frozenset(trusted)).install_on_reactor()\n"
        "    return reactor.resolve('localhost')\n"
        "def show(result):\n"
        "    print(getattr(result, 'value', result))\n"
        "asked = [PublicResolver(reactor, 100, 60.0, frozenset()).getHostByName(name, (60,)).addBoth(show)\n"
        "         for name in ('127.1', '0x7f000001', '2130706433', '017700000001')]\n"
        "asked.append(resolve([]).addBoth(show).addCallback(lambda _: resolve(['localhost'])).addBoth(show))\n"
        "DeferredList(asked).addBoth(lambda _: reactor.stop())\n"
        "reactor.run()\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=DEADLINE, check=True
    ).stdout
    *refused, trusted = sorted(output.splitlines(), key="127.0.0.1".__eq__)
    names = ("localhost", "127.1", "0x7f000001", "2130706433", "017700000001")
    assert {line.split(": ", 1)[-1].rstrip(".") for line in refused} == {
        f"{name} points to 127.0.0.1, which is no public address" for name in names
    }
    assert trusted == "127.0.0.1"


def _listening_ports(pid: int) -> set[str]:
    """Return the local addresses on which a process listens, as Linux shows them."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        try:
            inodes.add(str(descriptor.readlink()))
        except OSError:  # closed meanwhile
            continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in inodes:
                found.add(fields[1])
    return found


def test_a_crawl_opens_no_port(product: Product, replica: Replica) -> None:
    replica.faults.switch_on(Kind.HANG, r"kankanews\.com/k24")
    crawl = product.start("crawl", "kankanews")
    try:
        wait_until(
            lambda: crawl.poll() is not None or any(record.is_robots for record in replica.log), "the crawl asks"
        )
        assert crawl.poll() is None
        assert _listening_ports(crawl.pid) == set()
    finally:
        crawl.kill()
        crawl.wait()


class _Pages(BaseHTTPRequestHandler):
    """A small site on this machine."""

    ARTICLE = (
        "<html><head><title>长三角一体化示范区发布新规</title></head><body><h1>长三角一体化示范区发布新规</h1>"
        "<p>2026年11月18日 09:30 来源：本地台</p><div>"
        + "<p>长三角一体化示范区执委会今天发布新规，沪苏浙三地将统一标准，推动要素自由流动，惠及区内企业和居民。</p>"
        * 3
        + "</div></body></html>"
    )

    def do_GET(self) -> None:
        body = {"/list": '<a href="/a/1.html">长三角一体化示范区发布新规</a>', "/a/1.html": self.ARTICLE}.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write((body or "").encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def local_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _own_source(folder: Path, site: str, *, private: bool) -> None:
    folder.mkdir()
    (folder / "local.toml").write_text(
        f"""
name = "local"
title = "本地台"
province = "安徽"
homepage = "{site}/"
hosts = ["127.0.0.1"]
private = {str(private).lower()}
article = '/a/\\d+\\.html$'
grade = "B"
page_grade = "B"
evidence = "our own"
newest_evidence = "2026-11"
verified_on = 2026-11-25
[[sections]]
name = "news"
title = "新闻"
kind = "html"
urls = ["{site}/list"]
""",
        encoding="utf-8",
    )


def test_a_users_own_source_may_be_on_this_machine_where_its_file_says_so(tmp_path: Path, local_site: str) -> None:
    _own_source(tmp_path / "sources", local_site, private=True)
    product = Product(
        tmp_path / "product",
        crawler={"source_folders": [str(tmp_path / "sources")], "bundled_sources": False, "delay": 0},
    )
    assert product.crawl()["local"]["relevant"] == 1
    assert [article["title"] for article in product.articles()] == ["长三角一体化示范区发布新规"]


def test_a_source_on_this_machine_that_does_not_say_so_is_a_mistake_of_its_file(
    tmp_path: Path, local_site: str
) -> None:
    _own_source(tmp_path / "sources", local_site, private=False)
    product = Product(tmp_path / "product", crawler={"source_folders": [str(tmp_path / "sources")]})
    assert "local.toml: hosts: 127.0.0.1" in product.run("crawl", "local", expect=(2,)).stderr


def test_a_private_source_keeps_to_the_ports_that_its_file_names(tmp_path: Path) -> None:
    _own_source(tmp_path / "sources", "http://127.0.0.1:8081", private=True)
    source = load_sources(bundled=False, folders=[tmp_path / "sources"])["local"]
    assert refusal("http://127.0.0.1:8081/a/1.html", source) is None
    for port in (":22", ":8082", ":6379", "", ":443"):
        assert refusal(f"http://127.0.0.1{port}/a/1.html", source)
    assert refusal("https://127.0.0.1/a/1.html", source)


def test_a_private_source_without_a_port_may_go_from_http_to_https_and_nowhere_else(tmp_path: Path) -> None:
    _own_source(tmp_path / "sources", "http://127.0.0.1", private=True)
    source = load_sources(bundled=False, folders=[tmp_path / "sources"])["local"]
    assert refusal("http://127.0.0.1/a/1.html", source) is None
    assert refusal("https://127.0.0.1/a/1.html", source) is None
    assert refusal("http://127.0.0.1:8080/a/1.html", source)


def test_a_redirect_to_another_port_of_a_private_host_is_not_followed(tmp_path: Path) -> None:
    with SmallSite() as site, SmallSite() as neighbour:
        site.put("/list", '<a href="/a/1.html">长三角一体化示范区发布新规</a>')
        site.put("/a/1.html", "", status=302, Location=f"{neighbour.url}/a/1.html")
        neighbour.put("/a/1.html", "secret")
        product = product_of(tmp_path, site)
        figures = product.crawl(expect=(0, 1))["local"]
        assert (figures["refused"], figures["pages"]) == (1, 0)
        assert neighbour.asked == []


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_robots_txt_that_begins_with_a_byte_order_mark_is_obeyed(tmp_path: Path, mark: bytes) -> None:
    with SmallSite() as site:
        site.put("/robots.txt", mark + b"User-agent: *\nDisallow: /a/\n")
        site.put("/list", '<a href="/a/1.html">长三角一体化示范区发布新规</a>')
        site.put("/a/1.html", article("长三角一体化示范区发布新规"))
        product_of(tmp_path, site).crawl(expect=(0, 1))
        assert site.asked == ["/robots.txt", "/list"]


BIDI = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"
ORDERS = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *BIDI} - {*"\n\t"}
"""What a terminal obeys instead of showing it."""

EVIL = "长三角&#27;[31m一体化&#x1b;]0;x&#7;&#x202E;示范区&#8238;&#155;2J新规"
"""A title with such orders as character references, which no rule for bytes sees."""


def test_orders_to_the_terminal_that_come_as_references_are_never_printed(tmp_path: Path) -> None:
    with SmallSite() as site:
        site.put("/list", f'<a href="/a/1.html">{EVIL}</a><a href="/a/2.html">{EVIL}</a>')
        text = f"<p>{EVIL}今天发布，沪苏浙三地将统一标准，推动要素自由流动，惠及区内企业和居民。</p>" * 3
        site.put("/a/1.html", article(EVIL, body=text))
        site.put("/a/2.html", article(EVIL), status=500)
        product = product_of(tmp_path, site)
        product.configure(crawler={"retries": 0})
        said = [product.run("crawl"), product.run("index"), product.run("search", "长三角")]
        (story,) = product.rows("search", "长三角")
        said += [product.run("story", story["story_id"]), product.run("status"), product.run("archive", "export")]
        page = tmp_path / "page.html"
        page.write_text(article(EVIL, body=text), encoding="utf-8")
        said.append(product.run("extract", str(page), "--url", f"{site.url}/a/1.html"))
    assert "一体化" in said[2].stdout
    assert [set(each.stdout + each.stderr) & ORDERS for each in said] == [set()] * len(said)
