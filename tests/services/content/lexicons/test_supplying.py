from typing import Any

import pytest
from sqlalchemy import select

from services.content.lexicons import queries
from services.content.lexicons.commands import MOST_LEXICONS
from shared.db import Sessions
from shared.outbox import OutboxMessage
from tests.factories.content import ADMIN, EDITOR, SUPERVISOR, Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import bearer
from tests.support.queries import CountQueries

WORDS = {
    "title": "机构名称",
    "kind": "institutions",
    "source": "市委编办 2026 年",
    "entries": [{"word": "麒麟阁署", "right": "麒麟署"}],
}
ADDRESS = "/v1/lexicons/units"
TABLE = f"{ADDRESS}/table?title=机构名称&kind=institutions&source=市委编办"


async def test_a_lexicon_is_supplied_announced_without_its_words_and_read(
    group: Group, announced: Announced, sessions: Sessions
) -> None:
    done = await group.send(ADMIN, "PUT", ADDRESS, WORDS)
    assert done.status_code == 200, done.text
    assert (done.headers["ETag"], done.json()["size"], done.json()["built_in"]) == (
        '"1"',
        1,
        False,
    )
    assert (await announced())[-1] == "content.lexicon.changed"
    async with sessions() as session:
        newest = select(OutboxMessage).order_by(OutboxMessage.position.desc()).limit(1)
        told = (await session.scalars(newest)).one().data
    assert told["digest"] == done.json()["digest"]
    assert "麒麟" not in str(told)
    read = await group.send(ADMIN, "GET", ADDRESS)
    assert read.json()["entries"][0]["word"] == "麒麟阁署"
    assert read.headers["ETag"] == '"1"'


async def test_a_word_supplied_now_is_found_in_the_next_draft(group: Group) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, WORDS)
    item = await group.draft(kind="news", body="请送麒麟阁署办理帐户。")
    found = [(finding["code"], finding["suggestion"]) for finding in item["findings"]]
    assert found == [("wording.institutions", "麒麟署"), ("wording.typos", "账户")]


async def test_a_word_supplied_after_a_draft_was_written_is_found_when_it_is_submitted(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.draft(kind="news", body="请送麒麟阁署办理。")
    grave = [{**WORDS["entries"][0], "severity": "blocking"}]
    await group.send(ADMIN, "PUT", ADDRESS, {**WORDS, "entries": grave})
    path = f"/v1/items/{item['id']}/submission"
    async with unchanged():
        refused = await group.send(EDITOR, "POST", path, version=1)
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json()["findings"]] == ["wording.institutions"]


async def test_a_replacement_leaves_nothing_of_what_was_there(group: Group) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, WORDS)
    other = {**WORDS, "entries": [{"word": "凤凰阁署"}]}
    done = await group.send(ADMIN, "PUT", ADDRESS, other, version=1)
    assert done.headers["ETag"] == '"2"'
    assert "麒麟" not in (await group.send(ADMIN, "GET", ADDRESS)).text


async def test_a_built_in_lexicon_is_listed_read_and_gives_way(
    group: Group, sessions: Sessions
) -> None:
    listed = (await group.send(EDITOR, "GET", "/v1/lexicons")).json()
    assert [one["name"] for one in listed if one["built_in"]] == ["institutions", "typos"]
    read = await group.send(ADMIN, "GET", "/v1/lexicons/typos")
    assert read.json()["version"] == 0
    assert len(read.json()["entries"]) == read.json()["size"]
    empty = {**WORDS, "kind": "typos", "entries": []}
    assert (await group.send(ADMIN, "PUT", "/v1/lexicons/typos", empty)).status_code == 200
    listed = (await group.send(EDITOR, "GET", "/v1/lexicons")).json()
    assert [one["name"] for one in listed if one["built_in"]] == ["institutions"]
    async with sessions() as session:
        in_force = await queries.in_force(session)
    typos = next(one for one in in_force.compiled if one.name == "typos")
    assert list(typos.occurrences("帐户")) == []


async def test_a_spreadsheet_serves_as_well(group: Group) -> None:
    table = "词语,正确写法\n麒麟阁署,麒麟署\n".encode("gb18030")
    headers = {"Content-Type": "text/csv", "Idempotency-Key": "k", **bearer(ADMIN)}
    for _ in range(2):
        done = await group.client.put(TABLE, content=table, headers=headers)
        assert done.status_code == 200, done.text
    entries = (await group.send(ADMIN, "GET", ADDRESS)).json()["entries"]
    assert [(entry["word"], entry["right"]) for entry in entries] == [("麒麟阁署", "麒麟署")]


async def test_every_fault_of_a_spreadsheet_is_told_by_its_row(
    group: Group, unchanged: Unchanged
) -> None:
    headers = {"Content-Type": "text/csv", **bearer(ADMIN)}
    table = "词语,级别\n甲,提示\n帐户,严重\n".encode()
    async with unchanged():
        refused = await group.client.put(TABLE, content=table, headers=headers)
    assert refused.status_code == 422
    pointers = [fault["pointer"] for fault in refused.json()["faults"]]
    assert pointers == ["/entries/0/word", "/entries/1/severity"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "rumours"},
        {"entries": [{"word": "甲"}]},
        {"entries": [{"word": "帐户"}, {"word": "帐户"}]},
        {"entries": [{"word": "帐户", "exceptions": ["无关的话"]}]},
        {"source": ""},
        {"unknown": 1},
    ],
)
async def test_a_lexicon_that_contradicts_itself_is_refused(
    group: Group, unchanged: Unchanged, wrong: dict[str, Any]
) -> None:
    async with unchanged():
        refused = await group.send(ADMIN, "PUT", ADDRESS, {**WORDS, **wrong})
    assert refused.status_code == 422, refused.text
    assert refused.json()["faults"]


async def test_a_change_must_say_what_it_changes(group: Group, unchanged: Unchanged) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, WORDS)
    async with unchanged():
        assert (await group.send(ADMIN, "PUT", ADDRESS, WORDS)).status_code == 428
        assert (await group.send(ADMIN, "PUT", ADDRESS, WORDS, version=7)).status_code == 412
        new = await group.send(ADMIN, "PUT", "/v1/lexicons/other", WORDS, version=1)
        assert new.status_code == 412


async def test_only_the_groups_administrator_supplies_lexicons_and_reads_their_words(
    group: Group, unchanged: Unchanged
) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, WORDS)
    async with unchanged():
        assert (await group.send(SUPERVISOR, "PUT", ADDRESS, WORDS, version=1)).status_code == 403
        assert (await group.send(SUPERVISOR, "GET", ADDRESS)).status_code == 403
        assert (await group.send(None, "PUT", ADDRESS, WORDS, version=1)).status_code == 401


async def test_there_is_an_end_to_lexicons(group: Group, unchanged: Unchanged) -> None:
    for number in range(MOST_LEXICONS):
        await group.send(ADMIN, "PUT", f"/v1/lexicons/n{number}", {**WORDS, "entries": []})
    async with unchanged():
        refused = await group.send(ADMIN, "PUT", "/v1/lexicons/last", WORDS)
    assert (refused.status_code, refused.json()["limit"]) == (409, MOST_LEXICONS)


async def test_a_lexicon_nobody_supplied_is_not_found(group: Group) -> None:
    assert (await group.send(ADMIN, "GET", "/v1/lexicons/none")).status_code == 404


async def test_words_are_read_again_only_when_they_have_changed(
    group: Group, sessions: Sessions, count_queries: CountQueries
) -> None:
    await group.send(ADMIN, "PUT", ADDRESS, WORDS)
    async with sessions() as session:
        first = await queries.in_force(session)
        with count_queries(1):
            again = await queries.in_force(session)
        assert again.digest == first.digest
    await group.send(ADMIN, "PUT", ADDRESS, {**WORDS, "entries": []}, version=1)
    async with sessions() as session:
        with count_queries(2):
            assert (await queries.in_force(session)).digest != first.digest
