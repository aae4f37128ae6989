import asyncio

import httpx

from tests.factories.content import Group
from tests.services.content.conftest import Announced, Unchanged
from tests.support.people import FOUNDING_SECRET

FOUNDING = {
    "code": "340000",
    "name": "安徽省人民政府",
    "level": "province",
    "login": "admin",
    "administrator": "管理员",
    "password": "a long enough password",
}
SECRET = {"X-Founding-Secret": FOUNDING_SECRET}


async def test_founding_makes_a_root_and_its_administrator(
    client: httpx.AsyncClient, announced: Announced
) -> None:
    founded = await client.post("/v1/group", json=FOUNDING, headers=SECRET)
    assert founded.status_code == 201, founded.text
    assert founded.json()["organization"] == "340000"
    assert "password" not in founded.text
    assert await announced() == [
        "content.organization.registered",
        "content.person.joined",
        "content.post.filled",
    ]


async def test_a_group_is_founded_only_once(group: Group, unchanged: Unchanged) -> None:
    async with unchanged():
        again = await group.client.post(
            "/v1/group", json={**FOUNDING, "code": "350000", "login": "other"}, headers=SECRET
        )
    assert (again.status_code, again.json()["type"]) == (409, "/problems/already-founded")


async def test_a_wrong_founding_secret_founds_nothing(
    client: httpx.AsyncClient, unchanged: Unchanged
) -> None:
    async with unchanged():
        for secret in ("wrong", "", FOUNDING_SECRET + " x"):
            refused = await client.post(
                "/v1/group", json=FOUNDING, headers={"X-Founding-Secret": secret}
            )
            assert refused.status_code == 403, refused.text
        without = await client.post("/v1/group", json=FOUNDING)
        assert without.status_code == 422
        assert without.json()["faults"][0]["pointer"] == "header:x-founding-secret"


async def test_of_many_who_found_at_once_one_succeeds(real_client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(
        *(
            real_client.post(
                "/v1/group",
                json={**FOUNDING, "code": f"34000{n}", "login": f"admin{n}"},
                headers=SECRET,
            )
            for n in range(6)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
