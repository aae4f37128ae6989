from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter, Depends, FastAPI, File, Query, UploadFile

from shared.contracts.text import Line, Strict
from shared.http import LARGEST_BODY, create_app
from shared.problem import Unavailable

SECRET = "340303199003070073"  # noqa: S105  # what must not leak
HEADERS = {
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}

router = APIRouter(prefix="/v1")


class Paper(Strict):
    title: Line


class Broken(Exception):
    """A fault nobody foresaw."""


def season(season: Annotated[str | None, Query(alias="in")] = None) -> str | None:
    return season


@router.post("/papers")
async def write(paper: Paper) -> Paper:
    return paper


@router.get("/papers")
async def read(
    _: Annotated[str | None, Depends(season)], first: Annotated[int, Query(ge=1)] = 1
) -> int:
    return first


@router.get("/papers/{name}")
async def read_one(name: str) -> str:
    return name


@router.post("/papers/preview")
async def preview(paper: Paper) -> Paper:
    return paper


@router.get("/broken")
async def broken() -> None:
    raise Broken(SECRET)


@router.post("/files")
async def keep(file: Annotated[UploadFile, File()]) -> int:
    return len(await file.read())


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    yield


class Ground:
    """What readiness asks for."""

    away = False

    async def __call__(self) -> None:
        if self.away:
            raise ConnectionRefusedError(SECRET)


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest_asyncio.fixture
async def client(ground: Ground) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app("Tests", routers=[router], lifespan=lifespan, ready=ground)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://tests") as client:
        yield client


def problem(response: httpx.Response) -> dict[str, Any]:
    """Return the problem an answer is, having seen that it is one in full."""
    assert response.headers["content-type"] == "application/problem+json"
    document: dict[str, Any] = response.json()
    assert document["status"] == response.status_code
    assert document["request_id"] == response.headers["x-request-id"] != ""
    assert document.keys() >= {"type", "title", "detail"}
    assert response.headers.items() >= HEADERS.items()
    return document


@pytest.mark.parametrize(
    ("method", "path", "request_", "kind"),
    [
        ("GET", "/nowhere", {}, "/problems/not-found"),
        ("GET", "/v1/papers/", {}, "/problems/not-found"),
        ("DELETE", "/v1/papers", {}, "/problems/method-not-allowed"),
        ("POST", "/v1/papers", {"json": {}}, "/problems/invalid"),
        ("POST", "/v1/papers", {"content": b"{"}, "/problems/invalid"),
        ("POST", "/v1/papers", {"content": b"\xff\xfe"}, "/problems/invalid"),
        ("POST", "/v1/papers", {"content": b"[" * 100_000}, "/problems/bad-request"),
        ("POST", "/v1/papers", {"json": {"title": "\x00"}}, "/problems/invalid"),
        ("POST", "/v1/papers", {"content": b'{"\\ud800": 1}'}, "/problems/invalid"),
        ("POST", "/v1/papers", {"content": b'{"title": "\\ud800"}'}, "/problems/invalid"),
        ("POST", "/v1/papers", {"content": b"x" * (LARGEST_BODY + 1)}, "/problems/too-large"),
        ("POST", "/v1/files", {"json": {}}, "/problems/invalid"),
        ("GET", "/v1/papers?first=0", {}, "/problems/invalid"),
        ("GET", "/v1/papers?page=2", {}, "/problems/invalid"),
        ("GET", "/v1/papers?%ff%00=2", {}, "/problems/invalid"),
        ("GET", "/v1/broken", {}, "about:blank"),
    ],
)
async def test_every_refusal_is_a_problem(
    client: httpx.AsyncClient, method: str, path: str, request_: dict[str, Any], kind: str
) -> None:
    headers = {"Content-Type": "application/json"} if "content" in request_ else {}
    response = await client.request(method, path, headers=headers, **request_)
    assert problem(response)["type"] == kind


async def test_a_body_that_hides_its_size_is_refused_all_the_same(
    client: httpx.AsyncClient,
) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * (LARGEST_BODY // 4)

    response = await client.post("/v1/papers", content=drops())
    assert problem(response)["type"] == "/problems/too-large"


async def test_the_largest_body_is_taken(client: httpx.AsyncClient) -> None:
    body = b'{"title": "x"}'
    padded = body + b" " * (LARGEST_BODY - len(body))
    response = await client.post(
        "/v1/papers", content=padded, headers={"Content-Type": "application/json"}
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("/v1/broken", "GET, HEAD"),
        ("/v1/papers", "GET, HEAD, POST"),
        ("/v1/papers/one", "GET, HEAD"),
        ("/v1/papers/preview", "POST"),
        ("/healthz", "GET, HEAD"),
    ],
)
async def test_a_refused_method_says_which_ones_there_are(
    client: httpx.AsyncClient, path: str, methods: str
) -> None:
    assert (await client.delete(path)).headers["allow"] == methods


@pytest.mark.parametrize("path", ["/v1/papers", "/v1/papers?page=2", "/v1/broken", "/nowhere"])
async def test_a_head_is_answered_as_a_get_without_its_body(
    client: httpx.AsyncClient, path: str
) -> None:
    whole = await client.get(path, headers={"X-Request-Id": "1"})
    head = await client.head(path, headers={"X-Request-Id": "1"})
    assert (head.status_code, head.headers, head.content) == (
        whole.status_code,
        whole.headers,
        b"",
    )
    assert whole.content


async def test_who_asks_for_the_options_of_an_address_is_told_them(
    client: httpx.AsyncClient,
) -> None:
    told = await client.options("/v1/papers")
    assert (told.status_code, told.headers["allow"]) == (204, "GET, HEAD, POST")
    assert (await client.options("/nowhere")).status_code == 404


async def test_an_unforeseen_fault_tells_nothing_of_itself(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/broken")
    assert response.status_code == 500
    assert problem(response)["detail"] == "系统出现故障，请稍后再试。"
    assert SECRET not in response.text
    assert "Broken" not in response.text


async def test_every_fault_is_told_at_once(client: httpx.AsyncClient) -> None:
    response = await client.post("/v1/papers", json={"title": "", "x": 1, "y": 2})
    pointers = {fault["pointer"] for fault in problem(response)["faults"]}
    assert pointers == {"/title", "/x", "/y"}


async def test_every_unknown_parameter_is_named(client: httpx.AsyncClient) -> None:
    response = await client.get("/v1/papers?first=1&in=spring&season=x&page=2")
    pointers = [fault["pointer"] for fault in problem(response)["faults"]]
    assert pointers == ["query:season", "query:page"]
    told = problem(response)["faults"][0]["detail"]
    assert told == "没有这个参数。可用的参数：first、in。"
    assert (await client.get("/v1/papers?first=1&in=spring")).json() == 1


@pytest.mark.parametrize("given", ["7", "a" * 64, "trace-1/2:3 4"])
async def test_a_request_id_goes_with_the_answer(client: httpx.AsyncClient, given: str) -> None:
    for path in ("/v1/papers", "/v1/broken", "/nowhere"):
        response = await client.get(path, headers={"X-Request-Id": given})
        assert response.headers["x-request-id"] == given


@pytest.mark.parametrize("given", [b"", b"a" * 65, "编号".encode(), b"\xe9", b"a\x7fb", b"a\tb"])
async def test_an_odd_request_id_is_replaced(client: httpx.AsyncClient, given: bytes) -> None:
    response = await client.get("/v1/papers", headers=[(b"X-Request-Id", given)])
    assert len(response.headers["x-request-id"]) == 32
    assert response.headers["x-request-id"].isalnum()


async def test_two_requests_have_two_ids(client: httpx.AsyncClient) -> None:
    ids = {(await client.get("/v1/papers")).headers["x-request-id"] for _ in range(2)}
    assert len(ids) == 2


async def test_every_answer_carries_the_headers_of_the_house(client: httpx.AsyncClient) -> None:
    for path in ("/v1/papers", "/healthz", "/v1/broken", "/nowhere"):
        assert (await client.get(path)).headers.items() >= HEADERS.items()


async def test_a_process_is_ready_when_what_it_stands_on_answers(
    client: httpx.AsyncClient, ground: Ground
) -> None:
    assert (await client.get("/readyz")).json() == {"status": "ready"}
    ground.away = True
    response = await client.get("/readyz")
    assert problem(response)["type"] == "/problems/unavailable"
    assert response.status_code == Unavailable.status
    assert SECRET not in response.text
    assert (await client.get("/healthz")).status_code == 200


async def test_measures_name_routes_and_never_addresses(client: httpx.AsyncClient) -> None:
    await client.get(f"/v1/papers/{SECRET}")
    await client.get("/v1/papers")
    measures = (await client.get("/metrics")).text
    assert 'zhengbu_http_requests_total{route="/v1/papers",status="200"}' in measures
    assert SECRET not in measures


async def test_the_contract_says_what_a_refusal_looks_like(client: httpx.AsyncClient) -> None:
    contract = (await client.get("/openapi.json")).json()
    refusal = contract["paths"]["/v1/papers"]["post"]["responses"]["4XX"]
    assert "application/problem+json" in refusal["content"]
