import gzip
import socket
import ssl
import tracemalloc
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from shared.destination import ForbiddenDestination
from shared.outbound import Call, NoAnswer, Outside, Unanswered, call
from tests.support.web import LOOPBACK, Web, certificate, names, server_with, serving, status

LOCAL = Outside(LOOPBACK)
BOMB = gzip.compress(bytes(20_000_000))


@pytest_asyncio.fixture
async def web() -> AsyncIterator[Web]:
    async with serving() as web:
        yield web


async def why(outside: Outside, asked: Call) -> NoAnswer:
    with pytest.raises(Unanswered) as refused:
        await call(outside, asked)
    return refused.value.why


def packed(body: bytes, encoding: str) -> bytes:
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "localhost.",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",  # noqa: S104  # an address to refuse
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
async def test_no_way_of_writing_it_leads_to_the_loopback(web: Web, host: str) -> None:
    with pytest.raises((ForbiddenDestination, Unanswered)):
        await call(Outside(), Call("GET", web.url(host=host)))
    assert web.asked == []


async def test_a_name_is_not_called_if_one_of_its_addresses_lies_inside(web: Web) -> None:
    for addresses in (["127.0.0.1", "10.0.0.1"], ["10.0.0.1", "127.0.0.1"]):
        outside = Outside(LOOPBACK, names(a_test=addresses))
        with pytest.raises(ForbiddenDestination):
            await call(outside, Call("GET", web.url(host="a.test")))
    assert web.asked == []


async def test_a_name_is_looked_up_once_and_keeps_its_name_where_it_is_called(web: Web) -> None:
    asked_for: list[str] = []
    known = names(a_test="127.0.0.1")

    async def rebinding(host: str, port: int) -> Any:
        asked_for.append(host)
        return await known(host, port) if len(asked_for) == 1 else ["10.0.0.1"]

    answer = await call(Outside(LOOPBACK, rebinding), Call("GET", web.url("/a?b=c", "a.test")))
    assert answer.status == 200
    assert asked_for == ["a.test"]
    assert web.asked[0].headers["host"] == f"a.test:{web.port}"
    assert web.asked[0].path == "/a?b=c"


async def test_the_last_dot_of_a_name_and_its_script_are_told_as_servers_know_them(
    web: Web,
) -> None:
    outside = Outside(LOOPBACK, names(**{"a_test": "127.0.0.1", "xn--fsqu00a_xn--0zwm56d": "::1"}))
    await call(outside, Call("GET", web.url(host="a.test.")))
    assert web.asked[0].headers["host"] == f"a.test:{web.port}"
    assert await why(outside, Call("GET", "http://例子.测试:1/")) is NoAnswer.REFUSED


async def test_the_next_address_is_called_when_one_does_not_take_the_call(web: Web) -> None:
    outside = Outside(LOOPBACK, names(a_test=["::1", "127.0.0.1"]))
    assert (await call(outside, Call("GET", web.url(host="a.test")))).status == 200


@pytest.mark.parametrize(
    "to",
    [
        "http://10.0.0.1/",
        "http://[::ffff:169.254.169.254]/latest/meta-data",
        "https://inside.test/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://user:secret@127.0.0.1/",
        "//inside.test/",
    ],
)
async def test_every_redirect_is_checked(web: Web, to: str) -> None:
    web.answers["/"] = status(302, f"Location: {to}")
    outside = Outside(LOOPBACK, names(inside_test="192.168.0.1"))
    with pytest.raises(ForbiddenDestination):
        await call(outside, Call("GET", web.url(), redirects=5))
    assert len(web.asked) == 1


async def test_redirects_are_followed_as_far_as_asked(web: Web) -> None:
    web.answers |= {
        "/": status(301, "Location: /b"),
        "/b": status(308, f"Location: {web.url('/c')}"),
        "/loop": status(302, "Location: /loop"),
    }
    answer = await call(LOCAL, Call("HEAD", web.url(), redirects=2))
    assert (answer.status, answer.url) == (200, web.url("/c"))
    assert {asked.method for asked in web.asked} == {"HEAD"}
    assert (await call(LOCAL, Call("GET", web.url()))).status == 301
    loop = Call("GET", web.url("/loop"), redirects=5)
    assert await why(LOCAL, loop) is NoAnswer.TOO_MANY_REDIRECTS


@pytest.mark.parametrize("encoding", ["identity", "gzip", "deflate"])
async def test_no_more_is_read_than_was_asked_for(web: Web, encoding: str) -> None:
    web.answers["/"] = packed(b"a" * 5000 if encoding == "identity" else BOMB, encoding)
    answer = await call(LOCAL, Call("GET", web.url(), most=1000))
    assert (len(answer.body), answer.is_whole) == (1000, False)
    assert (await call(LOCAL, Call("GET", web.url()))).body == b""


async def test_a_bomb_stays_packed(web: Web) -> None:
    web.answers["/"] = packed(BOMB, "gzip")
    tracemalloc.start()
    await call(LOCAL, Call("GET", web.url(), most=1000))
    _, most_held = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_held < 2_000_000


async def test_a_short_body_is_read_whole(web: Web) -> None:
    web.answers["/"] = packed(gzip.compress("正文".encode()), "gzip")
    answer = await call(LOCAL, Call("GET", web.url(), most=1000))
    assert (answer.body.decode(), answer.is_whole) == ("正文", True)
    assert web.asked[0].headers["accept-encoding"] == "identity"


async def test_a_body_packed_as_nobody_asked_is_not_read(web: Web) -> None:
    web.answers |= {"/": packed(b"x", "br"), "/gz": packed(b"not gzip", "gzip")}
    for path in ("/", "/gz"):
        assert await why(LOCAL, Call("GET", web.url(path), most=9)) is NoAnswer.BROKEN


async def test_who_answers_slowly_is_not_waited_for(web: Web) -> None:
    web.slow = 0.05
    slow = Call("GET", web.url(), most=9, within=0.2)
    assert await why(LOCAL, slow) is NoAnswer.TIMED_OUT


async def test_why_nobody_answered_is_told(web: Web) -> None:
    web.answers["/"] = b""
    assert await why(LOCAL, Call("GET", web.url())) is NoAnswer.BROKEN
    assert await why(LOCAL, Call("GET", "http://127.0.0.1:1/")) is NoAnswer.REFUSED
    assert await why(LOCAL, Call("GET", "http://a..b/")) is NoAnswer.UNKNOWN_HOST


async def test_what_is_no_address_is_not_called() -> None:
    for url in ("http://127.0.0.1:99999/", "javascript:alert(1)", "//127.0.0.1/", ""):
        with pytest.raises((ForbiddenDestination, Unanswered)) as refused:
            await call(LOCAL, Call("GET", url))
        assert "unknown_host" not in str(refused.value)


@pytest.mark.parametrize(
    ("errno", "told"),
    [
        (socket.EAI_NONAME, NoAnswer.UNKNOWN_HOST),
        (socket.EAI_AGAIN, NoAnswer.LOOKUP_FAILED),
        (socket.EAI_FAIL, NoAnswer.LOOKUP_FAILED),
    ],
)
async def test_a_name_nobody_has_is_told_from_a_resolver_that_is_away(
    monkeypatch: pytest.MonkeyPatch, errno: int, told: NoAnswer
) -> None:
    def fail(*_: object) -> None:
        raise socket.gaierror(errno, "told")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert await why(Outside(), Call("GET", "https://a.gov.cn/")) is told


@pytest.mark.parametrize(
    ("host", "expired", "trusts", "told"),
    [
        ("a.test", False, True, None),
        ("a.test.", False, True, None),
        ("b.test", False, True, NoAnswer.BAD_CERTIFICATE),
        ("a.test", True, True, NoAnswer.BAD_CERTIFICATE),
        ("a.test", False, False, NoAnswer.UNKNOWN_ISSUER),
    ],
)
async def test_a_certificate_is_checked_for_the_name_and_not_for_the_address(
    tmp_path: Path, host: str, *, expired: bool, trusts: bool, told: NoAnswer | None
) -> None:
    trusted, served = certificate(tmp_path, "a.test", expired=expired)
    trust = ssl.create_default_context(cafile=str(trusted) if trusts else None)
    known = names(a_test="127.0.0.1", b_test="127.0.0.1")
    async with serving(server_with(served)) as web:
        asked = Call("GET", web.url(host=host, scheme="https"))
        outside = Outside(LOOPBACK, known, trust)
        if told is None:
            assert (await call(outside, asked)).status == 200
        else:
            assert await why(outside, asked) is told


async def test_no_proxy_of_the_environment_is_asked(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert (await call(LOCAL, Call("GET", web.url()))).status == 200
