"""The least the framework can do with a letter: read it and send a receipt, keep nothing."""

from datetime import date

from fastapi import FastAPI, Response
from prometheus_client import generate_latest

from shared.contracts.letters import LetterReceipt
from shared.contracts.writing import NewLetter

RECEIPT = LetterReceipt(
    number="3403000006-20260302-0001-17",
    query_code="0000-0000-0000-0000",
    received_on=date(2026, 3, 2),
    due_on=date(2026, 3, 23),
    due_provisional=False,
)
app = FastAPI()


@app.post("/v1/public/letters", status_code=201)
async def write(_: NewLetter) -> LetterReceipt:
    """Read a letter, and lose it."""
    return RECEIPT


@app.get("/v1/public/letters/{number}")
async def follow(number: str) -> LetterReceipt:
    """Send what was ready."""
    del number
    return RECEIPT


@app.get("/metrics")
async def metrics() -> Response:
    """Tell how long the process had a core."""
    return Response(generate_latest())
