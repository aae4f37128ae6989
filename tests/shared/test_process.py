from typing import Any, cast

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy.exc import ProgrammingError

from shared.db import Sessions
from shared.process import create_api
from tests.support.houses import house_on, nothing_to_close

FAULTS: dict[str, Exception] = {
    "away": ConnectionRefusedError("secret address"),
    "wrong": ProgrammingError("secret statement", {}, Exception("42P01")),
}


@pytest.mark.parametrize(("fault", "status"), [("away", 503), ("wrong", 500)])
async def test_only_an_absent_database_is_excused(fault: str, status: int) -> None:
    router = APIRouter()

    @router.get("/asked")
    async def asked() -> None:
        raise FAULTS[fault]

    house = house_on(cast("Sessions", None), "/tests")
    app: Any = create_api("Tests", "", [router], house, nothing_to_close)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://tests") as client:
        answer = await client.get("/asked")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
