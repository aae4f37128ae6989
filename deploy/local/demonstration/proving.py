"""What the ALTCHA widget does on a page while somebody fills in a form."""

import asyncio

import httpx
from altcha import Challenge, Payload, solve_challenge

from deploy.local.demonstration.caller import Unexpected


async def prove(http: httpx.AsyncClient, interaction: str, form: str) -> str:
    """Solve a challenge for one form, and return the proof to show with it."""
    path = f"{interaction}/v1/public/challenges/{form}"
    asked = Challenge.from_dict((await http.get(path)).json())
    solved = await asyncio.to_thread(solve_challenge, asked)
    if solved is None:
        raise Unexpected(f"{path}: no solution in time")
    return Payload(asked, solved).to_base64()
