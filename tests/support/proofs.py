"""Proofs of work, as a writer's device makes them."""

import httpx
from altcha import Challenge, Payload, solve_challenge


async def challenge_for(client: httpx.AsyncClient, form: str) -> Challenge:
    answer = await client.get(f"/v1/public/challenges/{form}")
    assert answer.status_code == 200, answer.text
    return Challenge.from_dict(answer.json())


def solved(challenge: Challenge) -> str:
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


async def proof_for(client: httpx.AsyncClient, form: str) -> str:
    return solved(await challenge_for(client, form))
