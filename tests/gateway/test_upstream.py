from io import StringIO
from typing import Any

import httpx
import pytest
import structlog

from gateway.upstream import UnreadableAnswerError, Upstream
from shared.contracts.staff import IssuedKey
from shared.telemetry import TRACES


def _answering(told: Any) -> Upstream:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=told))
    return Upstream(httpx.AsyncClient(transport=transport, base_url="http://content"), {})


async def test_what_cannot_be_read_is_named_but_not_repeated_in_any_log() -> None:
    """A service of another age may answer a secret in a shape nobody here knows."""
    upstream = _answering({"id": "no id", "secret": "hunter2-and-more"})
    with pytest.raises(UnreadableAnswerError) as fault:
        await upstream.post(IssuedKey, "/v1/clients/1/keys")
    assert "'client_id'" in str(fault.value)
    written = StringIO()
    log = structlog.wrap_logger(
        structlog.PrintLogger(written),
        processors=[
            structlog.processors.ExceptionRenderer(TRACES),
            structlog.processors.JSONRenderer(),
        ],
    )
    log.error("graphql.fault", exc_info=fault.value)
    assert "client_id" in written.getvalue()
    assert "hunter2" not in written.getvalue()
