from pathlib import Path

import pytest
from sqlalchemy import text

from services.content.bulk.adapters import importing
from services.content.bulk.adapters.importing import Tally, import_file
from services.content.bulk.commands.taking import Run, WordsChanged, take_items
from shared.db import Sessions, utc_now
from shared.ids import new_id
from shared.problem import Problem
from shared.uow import beginner
from tests.factories.content import EDITOR, LEADER, SITE, Group
from tests.services.content.bulk.conftest import Rows
from tests.services.content.bulk.lines import (
    HEAD,
    asked,
    errors,
    ids,
    item,
    leader,
    take_in,
    told,
    write,
)
from tests.services.content.staff.office import admit


async def test_what_is_imported_is_read_searched_listed_and_followed(
    ready: Group, real_sessions: Sessions, tmp_path: Path, rows: Rows
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, item(1, body="全市河湖长制工作有序推进。"))
    assert await take_in(real_sessions, path) == Tally(taken=5)
    now = ids(path)["old-1"]
    shown = await ready.public({"id": now})
    assert shown["stated_on"] == "2015-03-02"
    assert not shown["first_public_at"].startswith("2015")
    listed = (await ready.client.get(f"/v1/public/items?site_code={SITE}")).json()
    found = (await ready.client.get(f"/v1/public/search?q=河湖长制&site_code={SITE}")).json()
    changes = (await ready.client.get("/v1/public/changes")).json()
    assert [one["id"] for one in listed["items"]] == [now]
    assert now in str(found["items"])
    assert [(one["act"], one["item"]["id"]) for one in changes["changes"]] == [("released", now)]
    event = (await rows("SELECT data FROM outbox WHERE type = 'content.items.imported'"))[0][0]
    assert (event["items"], event["site_codes"], len(event["digest"])) == (1, [SITE], 64)


async def test_nobody_is_said_to_have_reviewed_it_and_one_person_vouches(
    ready: Group, real_sessions: Sessions, tmp_path: Path, rows: Rows
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, item(1))
    await take_in(real_sessions, path)
    seen = (await ready.send(EDITOR, "GET", f"/v1/items/{ids(path)['old-1']}")).json()
    person = (await rows("SELECT 'person:' || id FROM people WHERE login = 'zhang'"))[0][0]
    assert (seen["approvals"], seen["stage"]) == ([], "cleared")
    assert seen["vouch"]["by"] == person
    assert seen["vouch"]["content_hash"] == seen["content_hash"]
    assert await rows("SELECT 1 FROM approvals") == []
    assert await rows("SELECT released_by FROM releases") == [(person,)]


async def test_the_word_given_for_a_text_does_not_hold_for_the_next_one(
    ready: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, item(1))
    await take_in(real_sessions, path)
    read = (await ready.send(EDITOR, "GET", f"/v1/items/{ids(path)['old-1']}")).json()
    said = {name: read[name] for name in ("title", "source")} | {"body": "另一份正文。"}
    address = f"/v1/items/{read['id']}"
    revised = await ready.send(EDITOR, "PUT", address, said, version=read["version"])
    assert (revised.json()["vouch"], revised.json()["stage"]) == (None, "draft")
    assert (await ready.release(revised.json())).status_code == 422


async def test_the_word_given_for_a_text_ends_with_its_withdrawal(
    ready: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, item(1))
    await take_in(real_sessions, path)
    address = f"/v1/items/{ids(path)['old-1']}"
    read = (await ready.send(EDITOR, "GET", address)).json()
    await ready.withdraw(read)
    read = (await ready.send(EDITOR, "GET", address)).json()
    assert (read["vouch"], read["stage"]) == (None, "draft")
    assert (await ready.release(read)).status_code == 422


@pytest.mark.usefixtures("ready")
async def test_each_line_is_refused_for_itself_and_by_name(
    real_sessions: Sessions, tmp_path: Path
) -> None:
    lines = [
        *HEAD,
        item(1),
        b"{",
        item(2, body="联系人身份证号：110101199003074477。"),
        item(3, column="nowhere"),
        item(1),
        item(4, kind="interpretation", interprets="old-99"),
        item(5, kind="interpretation"),
        item(6, published_on="2999-01-01"),
        item(7, kind="status_statement"),
        {"type": "attachment", "id": "a", "path": "a.pdf"},
        item(8, subject="没有这一类"),
        item(9, validity={"state": "amended", "since": "2020-01-01", "reason": "修订"}),
        item(10, validity={"state": "repealed", "since": "2020-01-01", "reason": "废止"}),
        HEAD[0],
        item(11),
    ]
    path = write(tmp_path / "site.jsonl", *lines)
    assert await take_in(real_sessions, path) == Tally(taken=6, refused=13)
    assert sorted(errors(path)) == [
        (6, "", "json_invalid"),
        (7, "/body", "personal_data.identity_number"),
        (8, "/column", "unknown_column"),
        (9, "/id", "duplicate"),
        (10, "/interprets", "unknown_item"),
        (11, "", "policy_missing"),
        (12, "", "stated_in_future"),
        (13, "/kind", "statement_not_taken"),
        (14, "/type", "unknown_type"),
        (15, "/subject", "unknown_term"),
        (16, "/validity", "amendment_missing"),
        (17, "/validity", "no_validity"),
        (18, "/id", "duplicate"),
    ]


@pytest.mark.usefixtures("ready")
async def test_what_was_refused_comes_in_once_it_is_put_right_and_nothing_twice(
    real_sessions: Sessions, tmp_path: Path, rows: Rows
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, item(1), item(2, title=""))
    assert await take_in(real_sessions, path) == Tally(taken=5, refused=1)
    first = ids(path)["old-1"]
    write(path, *HEAD, item(1), item(2))
    assert await take_in(real_sessions, path) == Tally(taken=1, skipped=5)
    assert ids(path)["old-1"] == first
    assert await rows("SELECT count(*) FROM live") == [(2,)]


@pytest.mark.usefixtures("ready")
async def test_a_run_that_is_killed_goes_on_after_its_last_batch(
    real_sessions: Sessions,
    tmp_path: Path,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    monkeypatch.setattr(importing, "GROUP", 2)
    monkeypatch.setattr(importing, "AHEAD", 2)
    path = write(tmp_path / "site.jsonl", *HEAD, *map(item, range(9)))

    def die(_: int, tally: Tally) -> None:
        if tally.taken >= len(HEAD) + 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await import_file(real_sessions, utc_now, asked(path), die)
    assert await rows("SELECT count(*) FROM live") == [(4,)]
    assert await take_in(real_sessions, path) == Tally(taken=5, skipped=len(HEAD) + 4)
    assert await rows("SELECT count(*), count(DISTINCT title) FROM live") == [(9, 9)]


@pytest.mark.usefixtures("ready")
async def test_a_dry_run_tells_the_same_and_writes_nothing(
    real_sessions: Sessions, tmp_path: Path, rows: Rows
) -> None:
    policy = item(1, column="policies", kind="policy")
    told_of = item(2, column="interpretations", kind="interpretation", interprets="old-1")
    path = write(tmp_path / "site.jsonl", *HEAD, policy, told_of, item(3, title=""), item(2))
    question = "SELECT (SELECT count(*) FROM {0}), (SELECT count(*) FROM {1})"
    before = await rows(question.format("outbox", "imported_ids"))
    dry = await take_in(real_sessions, path, dry_run=True)
    found = errors(path)
    assert await rows(question.format("outbox", "imported_ids")) == before
    assert await rows(question.format("live", "imports")) == [(0, 0)]
    assert await take_in(real_sessions, path) == dry == Tally(taken=6, refused=2)
    assert errors(path) == found


async def test_links_corrections_and_validity_come_along(
    ready: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    corrected = [{"at": "2016-05-01T08:00:00Z", "note": "更正第二条日期。"}]
    validity = {"state": "repealed", "since": "2020-01-01", "successor": "new", "reason": "废止"}
    policy = {"column": "policies", "kind": "policy", "index_no": "OLD-2015-1"}
    path = write(
        tmp_path / "site.jsonl",
        *HEAD,
        item(0, **policy, id="new"),
        item(1, **policy, corrections=corrected, validity=validity),
        item(2, column="interpretations", kind="interpretation", interprets="old-1"),
    )
    assert await take_in(real_sessions, path) == Tally(taken=7)
    now = ids(path)
    shown, new = await ready.public({"id": now["old-1"]}), await ready.public({"id": now["new"]})
    assert [one["note"] for one in shown["corrections"]] == ["更正第二条日期。"]
    assert (shown["validity"]["state"], shown["validity"]["since"]) == ("repealed", "2020-01-01")
    assert shown["validity"]["successor"]["id"] == now["new"]
    assert [one["id"] for one in shown["interpretations"]] == [now["old-2"]]
    assert [one["id"] for one in new["replaces"]] == [now["old-1"]]
    assert shown["index_no"]
    assert shown["index_no"] != "OLD-2015-1"


@pytest.mark.parametrize("login", ["nobody", "editor", "barred"])
async def test_only_an_active_leader_vouches(
    ready: Group, real_sessions: Sessions, tmp_path: Path, login: str, rows: Rows
) -> None:
    await admit(ready, "editor", "editor")
    await admit(ready, "barred", "leader")
    async with real_sessions.begin() as session:
        await session.execute(text("UPDATE people SET active = false WHERE login = 'barred'"))
    path = write(tmp_path / "site.jsonl", *HEAD, item(1))
    with pytest.raises(Problem):
        await take_in(real_sessions, path, vouched_by=login)
    assert await rows("SELECT 1 FROM imports") == []


async def test_a_leader_of_another_organization_vouches_for_nothing_here(
    ready: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    await leader(ready, "county", at="340321-zfb")
    path = write(tmp_path / "site.jsonl", *HEAD, item(1))
    await take_in(real_sessions, path, vouched_by="county")
    assert errors(path) == [(5, "/column", "outside_authority")]


async def test_a_site_that_is_new_is_registered_and_takes_items_once_it_is_opened(
    ready: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    site = {**HEAD[0], "code": "3403000007", "domain": "www.new.gov.cn"}
    under = {**HEAD[1], "id": "under", "name": "要闻", "parent": "news", "hidden": True}
    path = write(tmp_path / "site.jsonl", site, HEAD[1], under, item(1))
    assert await take_in(real_sessions, path) == Tally(taken=3, refused=1)
    assert errors(path) == [(4, "/column", "site_not_open")]
    await ready.open({"code": "3403000007", "version": 1})
    assert await take_in(real_sessions, path) == Tally(taken=1, skipped=3)


@pytest.mark.usefixtures("ready")
async def test_processes_beside_this_one_come_to_the_same(
    real_sessions: Sessions, tmp_path: Path
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, *map(item, range(150)), item(200, title=""))
    assert await take_in(real_sessions, path, workers=1) == Tally(taken=154, refused=1)
    assert [one["id"] for one in told(path.with_suffix(".ids"))][4:] == [
        f"old-{number}" for number in range(150)
    ]


async def test_items_checked_with_other_words_than_those_in_force_wait_for_the_next_run(
    real_sessions: Sessions,
) -> None:
    begin = beginner(real_sessions, utc_now, "/content")
    with pytest.raises(WordsChanged):
        async with begin(LEADER, "import") as uow:
            await take_items(uow, Run(new_id(), "old", "other words"), [])


async def test_a_withdrawn_import_leaves_a_tombstone(
    ready: Group, real_sessions: Sessions, tmp_path: Path
) -> None:
    path = write(tmp_path / "site.jsonl", *HEAD, item(1))
    await take_in(real_sessions, path)
    now = ids(path)["old-1"]
    done = await ready.send(LEADER, "POST", f"/v1/items/{now}/withdrawal", {"reason": "有误"})
    assert done.status_code == 200
    assert (await ready.client.get(f"/v1/public/items/{now}")).status_code == 410
