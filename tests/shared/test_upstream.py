import asyncio
import socket

import httpx
import pytest
from structlog.contextvars import bound_contextvars

from shared.problem import Problem, StaleVersion, Unavailable
from shared.upstream import TRIES, Refusal, UpstreamAway, call

PROBLEM = "application/problem+json"


class Other:
    """Another process: it answers what it is told, and keeps what it was asked."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self), base_url="http://other")

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def refusing(problem: Problem) -> httpx.Response:
    return httpx.Response(
        problem.status, json=problem.document(), headers={"Content-Type": PROBLEM}
    )


async def test_a_problem_comes_back_as_the_refusal_the_other_wrote() -> None:
    stale = StaleVersion(version=3)
    with pytest.raises(Refusal) as refused:
        await call(Other(refusing(stale)).http, "PATCH", "/v1/items/1")
    assert refused.value.document() == stale.document()
    assert refused.value.status == 412
    assert refused.value.detail == stale.detail


async def test_what_the_other_answers_is_handed_on() -> None:
    other = Other(httpx.Response(201, json={"id": 1}))
    assert (await call(other.http, "POST", "/v1/items", json={})).json() == {"id": 1}


async def test_a_question_is_repeated_while_the_other_is_away() -> None:
    other = Other(httpx.ConnectError(""), httpx.ReadError(""), httpx.Response(200))
    assert (await call(other.http, "GET", "/v1/items")).status_code == 200
    assert len(other.asked) == 3


async def test_a_question_is_not_repeated_for_ever() -> None:
    other = Other(httpx.ConnectError(""))
    with pytest.raises(UpstreamAway):
        await call(other.http, "GET", "/v1/items")
    assert len(other.asked) == TRIES


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_an_act_is_never_repeated(method: str) -> None:
    other = Other(httpx.ReadError(""), httpx.Response(200))
    with pytest.raises(UpstreamAway):
        await call(other.http, method, "/v1/items")
    assert len(other.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="Traceback"),
        httpx.Response(404, text="no such page"),
        httpx.Response(502, json={"detail": "proxy"}),
        httpx.Response(400, text="<html>", headers={"Content-Type": PROBLEM}),
        httpx.Response(400, json=["odd"], headers={"Content-Type": PROBLEM}),
    ],
)
async def test_an_error_that_is_no_problem_means_that_the_other_is_away(
    answer: httpx.Response,
) -> None:
    with pytest.raises(UpstreamAway) as away:
        await call(Other(answer).http, "GET", "/v1/items")
    assert away.value.status == Unavailable.status
    assert away.value.detail == Unavailable.advice


async def test_a_refusal_counts_as_what_the_answer_says_not_as_what_it_claims() -> None:
    answer = httpx.Response(422, json={"status": "odd"}, headers={"Content-Type": PROBLEM})
    with pytest.raises(Refusal) as refused:
        await call(Other(answer).http, "GET", "/v1/items")
    assert refused.value.status == 422


async def test_the_request_id_goes_along() -> None:
    other = Other(httpx.Response(200))
    with bound_contextvars(request_id="request-7"):
        await call(other.http, "GET", "/", headers={"Authorization": "Bearer x"})
    assert other.asked[0].headers["x-request-id"] == "request-7"
    assert other.asked[0].headers["authorization"] == "Bearer x"


async def test_the_deadline_ends_the_wait_for_a_silent_other() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        async with asyncio.timeout(5), httpx.AsyncClient(base_url=url, timeout=0.1) as http:
            with pytest.raises(UpstreamAway):
                await call(http, "GET", "/")
