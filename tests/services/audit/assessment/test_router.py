from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from sqlalchemy import select, update

from services.audit.assessment import library
from services.audit.assessment.models import Assessment, RegisteredRuleset
from shared.auth import Actor, Permission
from shared.contracts.directives import ObligationState
from shared.db import Sessions
from shared.ids import new_id
from tests.factories import audit as told
from tests.factories.audit import CITY, SITE
from tests.services.audit.conftest import ASSESSOR, EDITOR, STRANGER, Office
from tests.support import people
from tests.support.queries import CountQueries

WANTED = {
    "site_code": SITE,
    "ruleset": "bengbu-2017",
    "start": "2026-03-01",
    "end": "2026-04-01",
}
Make = Callable[[], Awaitable[dict[str, Any]]]


@pytest_asyncio.fixture
async def month(office: Office) -> Office:
    """A site with a late letter, a declined repost and one finding that never held."""
    await office.hear(
        told.received(), told.directive(), told.settled(ObligationState.DECLINED), told.column()
    )
    office.clock.pass_by(days=30)  # the first of April
    await office.hear(told.overdue())
    await office.tick()
    await office.hear(told.release(office.clock.now - timedelta(days=1)))
    await office.tick()
    kinds = {finding["kind"]: finding["unfounded"] for finding in await office.findings()}
    assert kinds == {"letter_late": False, "repost_declined": False, "blank_column": True}
    return office


@pytest.fixture
def make(month: Office) -> Make:
    async def make() -> dict[str, Any]:
        answer = await month.post("/v1/assessments", WANTED)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    return make


async def recomputation(office: Office, made: dict[str, Any]) -> dict[str, Any]:
    answer = await office.get(f"/v1/assessments/{made['id']}/recomputation", ASSESSOR)
    found: dict[str, Any] = answer.json()
    return found


async def test_every_lost_point_is_explained(month: Office, make: Make) -> None:
    made = await make()
    lost = {row["indicator"]: row for row in made["ledger"]}
    assert set(lost) == {"letters-in-15-working-days", "upper-policies-reposted"}
    letter = lost["letters-in-15-working-days"]
    assert letter["evidence"] == [2, 6]
    assert (letter["since"], letter["until"]) == ("2026-04-01", "2026-04-01")
    assert letter["label"] == "来信答复逾期"
    assert letter["remedy"].endswith("。")
    taken = sum(Decimal(row["points_after_cap"]) for row in made["ledger"])
    assert Decimal(made["points"]) == Decimal(made["total"]) - taken == 94
    assert (made["grade"], made["grade_label"]) == ("qualified", "合格")
    findings = {finding["id"]: finding for finding in await month.findings()}
    assert {row["summary"] for row in made["ledger"]} <= {f["summary"] for f in findings.values()}


async def test_making_and_publishing_are_announced_with_the_digest(
    month: Office, make: Make
) -> None:
    made = await make()
    await month.post(f"/v1/assessments/{made['id']}/publication", version=1)
    (first, told_made), (second, told_published) = await month.announced("audit.assessment")
    assert (first, second) == ("audit.assessment.made", "audit.assessment.published")
    assert told_made["digest"] == told_published["digest"] == made["digest"]
    assert told_made["points"] == "94.0"


async def test_a_recomputation_gives_the_same_bytes(month: Office, make: Make) -> None:
    made = await make()
    again = await recomputation(month, made)
    assert again["identical"] is True
    assert again["recomputed_digest"] == again["digest"] == made["digest"]
    assert (await make())["digest"] == made["digest"]


async def test_a_score_does_not_follow_what_its_findings_become(month: Office, make: Make) -> None:
    made = await make()
    month.clock.pass_by(days=1)
    await month.hear(told.directive_withdrawn())
    assert (await recomputation(month, made))["identical"] is True


async def test_changed_evidence_is_noticed(month: Office, make: Make, sessions: Sessions) -> None:
    made = await make()
    async with sessions.begin() as session:
        evidence = await session.scalar(
            select(Assessment.evidence).where(Assessment.id == UUID(made["id"]))
        )
        assert evidence
        await session.execute(update(Assessment).values(evidence=evidence[1:]))
    again = await recomputation(month, made)
    assert (again["identical"], again["recomputed_digest"] == made["digest"]) == (False, False)


async def test_rules_edited_under_the_same_version_are_refused(
    month: Office, make: Make, sessions: Sessions
) -> None:
    await make()
    async with sessions.begin() as session:
        await session.execute(update(RegisteredRuleset).values(digest="0" * 64))
    answer = await month.post("/v1/assessments", WANTED)
    assert answer.json()["type"] == "/problems/ruleset-edited"


async def test_the_rules_are_registered_once_with_their_digest(
    make: Make, sessions: Sessions
) -> None:
    made = [await make(), await make()]
    async with sessions() as session:
        [registered] = await session.scalars(select(RegisteredRuleset))
    assert registered.digest == library.ruleset("bengbu-2017").digest
    assert {each["ruleset_digest"] for each in made} == {registered.digest}


async def test_only_what_is_published_is_public(month: Office, make: Make) -> None:
    made, other = await make(), await make()
    address = f"/v1/public/assessments/{made['id']}"
    assert (await month.get(address)).status_code == 404
    done = await month.post(f"/v1/assessments/{made['id']}/publication", version=1)
    assert (done.status_code, done.headers["etag"]) == (200, '"2"')
    assert (await month.get(address)).json()["ledger"] == made["ledger"]
    page = (await month.get("/v1/public/assessments", site_code=SITE)).json()
    assert [each["id"] for each in page["items"]] == [made["id"]]
    assert (await month.get(f"/v1/public/assessments/{other['id']}")).status_code == 404


@pytest.mark.parametrize(
    ("version", "problem"), [(None, "precondition-required"), (7, "stale-version")]
)
async def test_publishing_names_the_version_it_read(
    month: Office, make: Make, version: int | None, problem: str
) -> None:
    made = await make()
    answer = await month.post(f"/v1/assessments/{made['id']}/publication", version=version)
    assert answer.json()["type"] == f"/problems/{problem}"
    assert len(await month.announced("audit.assessment")) == 1


async def test_what_is_public_is_not_published_again(month: Office, make: Make) -> None:
    address = f"/v1/assessments/{(await make())['id']}/publication"
    await month.post(address, version=1)
    answer = await month.post(address, version=2)
    assert answer.json()["type"] == "/problems/already-published"


@pytest.mark.parametrize("actor", [STRANGER, EDITOR])
async def test_others_neither_make_nor_see_nor_publish(
    month: Office, make: Make, actor: Actor
) -> None:
    answer = await month.post("/v1/assessments", WANTED, actor)
    assert answer.json()["type"] == "/problems/outside-authority"
    assert await month.announced("audit.assessment") == []
    made = await make()
    address = f"/v1/assessments/{made['id']}"
    assert (await month.get("/v1/assessments", actor)).json()["items"] == []
    for path in (address, f"{address}/recomputation"):
        assert (await month.get(path, actor)).status_code == 404
    answer = await month.post(f"{address}/publication", actor=actor, version=1)
    assert answer.status_code == 404


async def test_who_only_directs_may_read_but_not_assess(month: Office, make: Make) -> None:
    supervisor = people.person(Permission.ISSUE_DIRECTIVE, at=CITY, name="supervisor")
    address = f"/v1/assessments/{(await make())['id']}"
    read = await month.get(address, supervisor)
    assert (read.status_code, read.headers["etag"]) == (200, '"1"')
    for path, body in (("/v1/assessments", WANTED), (f"{address}/publication", None)):
        answer = await month.post(path, body, supervisor, version=1)
        assert answer.json()["type"] == "/problems/outside-authority"


@pytest.mark.parametrize(
    ("part", "status", "problem"),
    [
        ({"end": "2026-04-02"}, 422, "window-out-of-range"),
        ({"start": "2026-04-01", "end": "2026-03-01"}, 422, "window-out-of-range"),
        ({"ruleset": "nowhere"}, 404, "no-such-ruleset"),
        ({"ruleset": "../x"}, 422, "invalid"),
        ({"site_code": "3499000001"}, 404, "not-found"),
        ({"site_code": "x\x00"}, 422, "invalid"),
        ({"start": None}, 422, "invalid"),
        ({"points": 100}, 422, "invalid"),
    ],
)
async def test_an_odd_wish_is_refused_and_nothing_is_announced(
    month: Office, part: dict[str, Any], status: int, problem: str
) -> None:
    answer = await month.post("/v1/assessments", WANTED | part)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")
    assert await month.announced("audit.assessment") == []


async def test_rule_sets_are_shown_to_staff(office: Office) -> None:
    [ruleset] = (await office.get("/v1/rulesets", EDITOR)).json()
    one = await office.get("/v1/rulesets/bengbu-2017", EDITOR)
    assert one.json() == ruleset
    assert ruleset["digest"] == library.ruleset("bengbu-2017").digest
    assert (await office.get("/v1/rulesets/bengbu-2016", EDITOR)).status_code == 404
    assert (await office.get("/v1/rulesets")).status_code == 401


async def test_lists_cost_one_query_however_long(
    month: Office, make: Make, count_queries: CountQueries
) -> None:
    for _ in range(3):
        made = await make()
        await month.post(f"/v1/assessments/{made['id']}/publication", version=1)
        for path in ("/v1/assessments", f"/v1/assessments/{made['id']}"):
            with count_queries(1):
                await month.get(path, ASSESSOR)
        for path in ("/v1/public/assessments", f"/v1/public/assessments/{made['id']}"):
            with count_queries(1):
                await month.get(path)


async def test_an_unknown_assessment_is_not_found(office: Office) -> None:
    for path in ("/v1/assessments", "/v1/public/assessments"):
        answer = await office.get(f"{path}/{new_id()}", ASSESSOR)
        assert answer.status_code == 404
