import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from gateway.public_state import TRIES
from tests.factories.content import EDITOR, SITE, Group
from tests.gateway.conftest import Ask, UpstreamCalls

PUBLIC = "/v1/public/"
TWO = """query($one: UUID!, $other: UUID!) {
  one: item(id: $one) { releaseSeq } other: item(id: $other) { releaseSeq }
  items { nodes { id } } search(text: "防汛") { total { count } } }"""
LISTS = "{ a: items { nodes { id } } b: items { nodes { id } } }"
WRITE = """mutation($input: NewItemInput!) { createItem(input: $input) {
  ... on Draft { site { a: items { nodes { id } } b: items { nodes { id } } } } } }"""

Act = Callable[[], Awaitable[Any]]
Meanwhile = Callable[..., AbstractContextManager[list[str]]]


@pytest.fixture
def meanwhile(group: Group) -> Meanwhile:
    """Return a context in which reads come one by one, and an act is done before each but one.

    The first read sees what stood before the first act.
    """

    @contextmanager
    def acting(*acts: Act) -> Iterator[list[str]]:
        waiting, calls, turn = list(acts), list[str](), asyncio.Lock()
        reads = 0

        async def before(request: httpx.Request) -> None:
            nonlocal reads
            calls.append(f"{request.method} {request.url.path}")
            if not request.url.path.startswith(PUBLIC):
                return
            await turn.acquire()
            reads += 1
            if reads > 1 and waiting:
                await waiting.pop(0)()

        async def after(response: httpx.Response) -> None:
            if response.request.url.path.startswith(PUBLIC):
                turn.release()

        group.client.event_hooks = {"request": [before], "response": [after]}
        try:
            yield calls
        finally:
            group.client.event_hooks = {}

    return acting


def releases(group: Group, *items: Any) -> Act:
    async def act() -> None:
        done = await group.release(*items)
        assert done.status_code == 201, done.text

    return act


async def nothing() -> None:
    """Let a read pass that is not the one a test is about."""


async def test_a_release_between_two_reads_of_a_query_never_shows_in_part(
    group: Group, ask: Ask, meanwhile: Meanwhile
) -> None:
    await group.released(kind="news", title="早先的防汛动态")
    one, other = [await group.cleared(kind="news", title=f"防汛{n}") for n in (1, 2)]
    with meanwhile(releases(group, one, other)) as calls:
        answer = await ask(TWO, one=one["id"], other=other["id"])
    assert "errors" not in answer, answer
    shown = answer["data"]
    assert shown["one"] == shown["other"]
    assert shown["one"]["releaseSeq"] == answer["extensions"]["publicState"]
    assert {one["id"], other["id"]} < {item["id"] for item in shown["items"]["nodes"]}
    assert shown["search"]["total"]["count"] == len(shown["items"]["nodes"]) == 3
    assert len([call for call in calls if PUBLIC in call]) == 2 * 4


async def test_a_withdrawal_between_a_list_and_its_relation_never_shows_in_part(
    group: Group, ask: Ask, meanwhile: Meanwhile
) -> None:
    policy = await group.cleared(to_be_interpreted=True)
    told = await group.cleared(kind="interpretation", title="一图读懂", interprets=policy["id"])
    await releases(group, policy, told)()
    query = "{ items(kind: POLICY) { nodes { interpretations { id } interpretedBy { id } } } }"
    with meanwhile(lambda: group.withdraw(told)):
        answer = await ask(query)
    (read,) = answer["data"]["items"]["nodes"]
    assert read == {"interpretations": [], "interpretedBy": []}


async def test_a_query_that_no_state_lasts_long_enough_for_is_refused_whole(
    group: Group, gateway: httpx.AsyncClient, meanwhile: Meanwhile
) -> None:
    items = [await group.cleared(kind="news", title=f"动态{n}") for n in range(2 * TRIES)]
    with meanwhile(*(releases(group, item) for item in items)) as calls:
        answer = await gateway.post("/graphql", json={"query": LISTS})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/public-state-moving"
    assert len([call for call in calls if PUBLIC in call]) == 2 * TRIES


async def test_a_mutation_is_carried_out_once_whatever_is_released_meanwhile(
    group: Group, ask: Ask, meanwhile: Meanwhile
) -> None:
    item = await group.cleared(kind="news", title="动态")
    new = {"siteCode": SITE, "columnId": group.columns["news"], "kind": "NEWS"}
    new |= {"title": "新稿", "body": "正文。", "source": "市政府办公室"}
    with meanwhile(nothing, releases(group, item)) as calls:
        answer = await ask(WRITE, EDITOR, input=new)
    assert "errors" not in answer, answer
    assert calls.count("POST /v1/items") == 1
    site = answer["data"]["createItem"]["site"]
    assert [len(site[name]["nodes"]) for name in ("a", "b")] == [0, 1]


async def test_a_quiet_query_costs_no_further_call_and_tells_its_state(
    group: Group, ask: Ask, upstream_calls: UpstreamCalls
) -> None:
    item = await group.released(kind="news", title="防汛")
    with upstream_calls() as calls:
        answer = await ask(TWO, one=item["id"], other=item["id"])
    assert len(calls) == 4
    assert answer["data"]["one"]["releaseSeq"] == answer["extensions"]["publicState"]


@pytest.mark.usefixtures("group")
async def test_what_no_release_changes_tells_no_state(ask: Ask) -> None:
    answer = await ask("query($code: String!) { site(code: $code) { name } }", code=SITE)
    assert "extensions" not in answer
