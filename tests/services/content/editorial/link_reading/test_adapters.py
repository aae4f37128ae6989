from datetime import timedelta

import pytest

from services.content.editorial.link_reading.adapters import Reader, read
from services.content.editorial.link_reading.dead_link import Reading
from shared.contracts.dead_links import LinkFound
from shared.outbound import Outside
from tests.services.content.editorial.link_reading.conftest import NAME, Office
from tests.support.people import NOW
from tests.support.web import OK, Web, status


async def test_a_link_is_asked_for_its_head_by_name(office: Office, web: Web) -> None:
    assert await read(office.reader, web.url("/a", "page.test"), NOW) == Reading(
        LinkFound.ANSWERED, 200
    )
    (asked,) = web.asked
    assert (asked.method, asked.path, asked.headers["user-agent"]) == ("HEAD", "/a", NAME)


@pytest.mark.parametrize("to_head", [status(404), status(405), status(403), status(500), b""])
async def test_who_does_not_understand_head_is_asked_for_the_page(
    office: Office, web: Web, to_head: bytes
) -> None:
    web.answers["/"] = lambda method: to_head if method == "HEAD" else OK
    found = await read(office.reader, web.url(), NOW)
    assert found == Reading(LinkFound.ANSWERED, 200)
    assert [asked.method for asked in web.asked] == ["HEAD", "GET"]


async def test_who_is_asked_too_often_is_not_asked_again(office: Office, web: Web) -> None:
    web.answers["/"] = status(429, "Retry-After: 600")
    found = await read(office.reader, web.url(), NOW)
    assert found == Reading(LinkFound.DOUBTFUL, 429, timedelta(minutes=10))
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("path", "answer", "found"),
    [
        ("/", status(404), Reading(LinkFound.GONE, 404)),
        ("/", status(302, "Location: /moved"), Reading(LinkFound.GONE, 410)),
        ("/", status(302, "Location: /"), Reading(LinkFound.DOUBTFUL)),
        ("/", status(302, "Location: http://10.0.0.1/"), Reading(LinkFound.DOUBTFUL)),
        ("/", status(302, "Location: http://nobody.test/"), Reading(LinkFound.UNKNOWN_HOST)),
        ("/", b"", Reading(LinkFound.DOUBTFUL)),
    ],
)
async def test_what_is_found_at_the_end_of_the_way_counts(
    office: Office, web: Web, path: str, answer: bytes, found: Reading
) -> None:
    web.answers |= {path: answer, "/moved": status(410)}
    assert await read(office.reader, web.url(path, "page.test"), NOW) == found


async def test_an_address_inside_is_neither_called_nor_judged(web: Web) -> None:
    found = await read(Reader(Outside(), NAME), web.url(), NOW)
    assert found == Reading(LinkFound.DOUBTFUL)
    assert web.asked == []


async def test_nobody_there_and_nobody_to_ask_are_told_apart(office: Office) -> None:
    assert await read(office.reader, "http://page.test:1/", NOW) == Reading(LinkFound.REFUSED)
    assert await read(office.reader, "http://gone.test/", NOW) == Reading(LinkFound.UNKNOWN_HOST)
    office.is_cut_off = True
    assert await read(office.reader, "http://page.test/", NOW) == Reading(LinkFound.OWN_FAULT)
