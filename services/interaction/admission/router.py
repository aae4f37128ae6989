"""HTTP of admission: challenges to solve, and what a route is told of a stranger."""

from secrets import token_bytes
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request

from services.interaction.admission.challenge import challenge
from services.interaction.admission.gate import Gate, Stranger
from shared.contracts.admission import Challenge, Form
from shared.requests import InHouse, address_of

LONGEST_PROOF = 4_000
router = APIRouter(prefix="/v1", tags=["admission"])


async def gate_of(request: Request) -> Gate:
    """Return what this application lets strangers in by."""
    gate: Gate = request.app.state.gate
    return gate


AtGate = Annotated[Gate, Depends(gate_of)]
ShownProof = Annotated[
    str | None,
    Header(
        alias="X-Proof-Of-Work",
        max_length=LONGEST_PROOF,
        description="The ALTCHA payload: a challenge for this form with its solution, in base64.",
    ),
]


async def stranger_of(request: Request, gate: AtGate, proof: ShownProof = None) -> Stranger:
    """Return who asks, as far as that is asked of them."""
    return Stranger(gate, gate.place(address_of(request, gate.trusted_proxies)), proof)


AsStranger = Annotated[Stranger, Depends(stranger_of)]


@router.get("/public/challenges/{form}")
async def make_challenge(form: Form, gate: AtGate, house: InHouse) -> Challenge:
    """Return work that lets one form in, once, as the ALTCHA widget reads it."""
    made = challenge(form, gate.challenges, house.clock(), token_bytes)
    return Challenge.model_validate(made, by_alias=True)
