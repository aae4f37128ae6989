from typing import Any

import pytest

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.commands import rechecking
from services.content.editorial.models import Recheck
from services.content.editorial.queries import items as queries
from services.content.editorial.schedule import tasks
from services.content.editorial.waiver import answering, idle, unanswered, waive
from shared.contracts.item_text import Waiver
from shared.contracts.lexicons import Severity
from shared.db import Sessions
from shared.uow import BeginAs
from tests.factories.content import ADMIN, EDITOR, LEADER, Group
from tests.services.content.conftest import Announced, Unchanged, Watch

NUMBER = "11010519491231002X"
BODY = f"现对失信被执行人予以公示，公民身份号码{NUMBER}。"
WAIVER = {
    "code": "personal_data.identity_number",
    "field": "body",
    "quote": NUMBER,
    "reason": "惩戒公示，依法须公开完整号码。",
}
WORDS = {
    "title": "本地词库",
    "kind": "sensitive",
    "source": "测试",
    "entries": [{"word": "旧称谓", "right": "新称谓"}],
}


def _finding(**fields: Any) -> CheckFinding:
    found = {
        "code": "form.complex_table",
        "severity": Severity.BLOCKING,
        "waivable": True,
        "field": "body",
        "start": 2,
        "end": 4,
        "excerpt": "",
        "suggestion": "",
        "message": "",
    }
    return CheckFinding(**{**found, **fields})


@pytest.mark.parametrize(
    ("finding", "quote", "answered"),
    [
        ({}, "甲乙", True),
        ({}, None, True),
        ({}, "甲", False),
        ({"field": "summary"}, None, False),
        ({"code": "form.html_tag"}, None, False),
        ({"waivable": False}, None, False),
        ({"count": 30}, None, True),
        ({"count": 30}, "甲乙", False),
    ],
)
def test_a_waiver_answers_for_what_it_names(
    finding: dict[str, Any], quote: str | None, *, answered: bool
) -> None:
    waiver = Waiver(code="form.complex_table", field="body", quote=quote, reason="确需")
    found, texts = [_finding(**finding)], {"body": "前文甲乙后文"}
    marked = waive(found, [waiver], texts, {waiver: "person:a"})
    assert (marked[0].waived is not None) is answered
    assert [fault.pointer for fault in idle(found, [waiver], texts)] == (
        [] if answered else ["/waivers/0"]
    )
    stored = [one.model_dump(mode="json") for one in marked]
    assert bool(unanswered(stored)) is not answered
    assert answering([waiver], stored, "person:b") == {
        waiver: "person:a" if answered else "person:b"
    }


async def test_a_waived_finding_keeps_its_text_from_review_no_more(group: Group) -> None:
    item = await group.draft(body=BODY, waivers=[WAIVER])
    waived = [found["waived"] for found in item["findings"] if found["waived"]]
    assert waived == [{"by": EDITOR.id, "reason": WAIVER["reason"]}]
    assert (await group.submit(item))["stage"] == "in_review"


async def test_reviewers_consent_to_the_waiver_with_the_text(group: Group) -> None:
    item = await group.submitted(body=BODY, waivers=[WAIVER])
    item = (await group.review(LEADER, item, "leader")).json()
    text = {"title": item["title"], "body": BODY, "source": item["source"]}
    other = {**text, "waivers": [{**WAIVER, "reason": "另一理由。"}]}
    path = f"/v1/items/{item['id']}"
    revised = await group.send(EDITOR, "PUT", path, other, version=item["version"])
    assert revised.json()["content_hash"] != item["content_hash"]


@pytest.mark.parametrize(
    ("body", "waiver"),
    [
        (BODY, {**WAIVER, "quote": "别的"}),
        ("并无号码。", WAIVER),
        ("机密★5年", {**WAIVER, "code": "secrecy.grade", "quote": "机密★5年"}),
    ],
)
async def test_a_waiver_that_answers_for_nothing_is_refused(
    group: Group, unchanged: Unchanged, body: str, waiver: dict[str, Any]
) -> None:
    item = await group.draft()
    text = {"title": "标题", "body": body, "source": "办公室", "waivers": [waiver]}
    async with unchanged():
        refused = await group.send(EDITOR, "PUT", f"/v1/items/{item['id']}", text, version=1)
    assert refused.status_code == 422
    assert [fault["code"] for fault in refused.json()["faults"]] == ["nothing_to_waive"]


async def _run(sessions: Sessions, begin: BeginAs, watch: Watch) -> int:
    again = next(task for task in tasks(sessions, begin, None) if task.name == "check-items-again")
    return await again.run(watch.now)


async def test_every_item_is_checked_again_when_words_change(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch, announced: Announced
) -> None:
    item = await group.cleared(body="本市沿用旧称谓。")
    clean = await group.draft()
    supplied = await group.send(ADMIN, "PUT", "/v1/lexicons/local", WORDS)
    assert supplied.status_code == 200, supplied.text
    async with begin(ADMIN, "test") as uow:
        uow.session.add(Recheck(begun_at=uow.now, due_at=uow.now))
    assert await _run(sessions, begin, watch) == 1
    assert await _run(sessions, begin, watch) == 0
    shown = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    assert "wording.sensitive" in [found["code"] for found in shown["findings"]]
    refused = await group.release(shown)
    assert "open_findings" in [fault["code"] for fault in refused.json()["faults"]]
    same = (await group.send(EDITOR, "GET", f"/v1/items/{clean['id']}")).json()
    assert same["version"] == clean["version"]
    assert (await announced()).count("content.item.rechecked") == 1


async def test_what_was_cleared_before_words_changed_is_checked_again_as_it_goes_out(
    group: Group, unchanged: Unchanged
) -> None:
    item = await group.cleared(body="本市沿用旧称谓。")
    assert (await group.send(ADMIN, "PUT", "/v1/lexicons/local", WORDS)).status_code == 200
    async with unchanged():
        refused = await group.release(item)
    assert refused.status_code == 422
    (fault,) = refused.json()["faults"]
    assert fault["code"] == "open_findings"
    assert "旧称谓" in fault["detail"]


async def test_an_item_changed_meanwhile_keeps_what_its_change_found(
    group: Group, sessions: Sessions, begin: BeginAs, watch: Watch
) -> None:
    item = await group.draft(body="本市沿用旧称谓。")
    async with sessions() as session:
        rows = await queries.batch(session, None, 100)
        found = await rechecking.found_now(session, rows, watch.now)
    stale = [rechecking.Rechecked(found[0].item_id, found[0].version - 1, [{"stale": True}])]
    async with begin(ADMIN, "test") as uow:
        run = Recheck(begun_at=uow.now, due_at=uow.now)
        uow.session.add(run)
        await uow.session.flush()
        await rechecking.record(uow, run.id, stale, None)
    shown = (await group.send(EDITOR, "GET", f"/v1/items/{item['id']}")).json()
    assert shown["findings"] == item["findings"]
