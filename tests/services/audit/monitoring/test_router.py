import pytest
import pytest_asyncio

from shared.auth import Actor, Permission
from shared.contracts.directives import ObligationState
from tests.factories import audit as told
from tests.factories.audit import OTHER_SITE, SITE
from tests.services.audit.conftest import ASSESSOR, EDITOR, STRANGER, Office
from tests.support import people
from tests.support.queries import CountQueries

PATHS = ["/v1/findings", "/v1/watched-columns"]


@pytest_asyncio.fixture
async def finding(office: Office) -> str:
    await office.hear(told.column(), told.directive(), told.settled(ObligationState.DECLINED))
    await office.tick()
    [found] = await office.findings()
    return str(found["id"])


@pytest.mark.parametrize("path", PATHS)
async def test_nobody_reads_without_a_token(office: Office, path: str) -> None:
    assert (await office.get(path)).status_code == 401


@pytest.mark.parametrize("actor", [STRANGER, EDITOR])
async def test_the_assessor_of_another_city_sees_nothing(
    office: Office, finding: str, actor: Actor
) -> None:
    for path in PATHS:
        assert (await office.get(path, actor)).json()["items"] == []
        assert (await office.get(path, actor, site_code=SITE)).json()["items"] == []
    answer = await office.get(f"/v1/findings/{finding}", actor)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_supervisor_sees_what_the_assessor_sees(office: Office, finding: str) -> None:
    supervisor = people.person(Permission.ISSUE_DIRECTIVE, at="340000", name="supervisor")
    for actor in (ASSESSOR, supervisor):
        answer = await office.get(f"/v1/findings/{finding}", actor)
        assert answer.json()["kind"] == "repost_declined"


@pytest.mark.usefixtures("finding")
async def test_findings_are_filtered(office: Office) -> None:
    assert len(await office.findings(site_code=SITE, kind="repost_declined", open=True)) == 1
    assert await office.findings(open=False) == []
    assert await office.findings(kind="letter_late") == []
    assert await office.findings(site_code=OTHER_SITE) == []


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"site_code": "\x00"}, {"open": "2"}, {"after": "x"}, {"x": 1}]
)
async def test_odd_questions_are_refused(office: Office, query: dict[str, object]) -> None:
    answer = await office.get("/v1/findings", ASSESSOR, **query)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == "application/problem+json"


async def test_lists_cost_one_query_however_long(
    office: Office, finding: str, count_queries: CountQueries
) -> None:
    for _ in range(2):
        for path in (*PATHS, f"/v1/findings/{finding}"):
            with count_queries(1):
                await office.get(path, ASSESSOR)
        office.clock.now = told.DEADLINE.replace(month=6)
        await office.hear(told.received())
        await office.tick()
