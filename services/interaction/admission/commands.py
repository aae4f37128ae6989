"""Letting strangers in."""

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert

from services.interaction.admission.challenge import ProofReplayed, proven
from services.interaction.admission.gate import Stranger
from services.interaction.admission.models import UsedProof
from shared.contracts.admission import Form
from shared.db import table_of
from shared.uow import UnitOfWork

PROOFS = table_of(UsedProof)
USED_FIRST = (
    insert(PROOFS)
    .values(digest=bindparam("digest"), until=bindparam("until"))
    .on_conflict_do_nothing()
    .returning(PROOFS.c.until)
)


async def admit(uow: UnitOfWork, stranger: Stranger, form: Form) -> None:
    """Let a form in, by the proof that is shown where the gate asks for one."""
    if stranger.gate.asks_for_proof or stranger.proof is not None:
        await spend(uow, stranger, form)


async def spend(uow: UnitOfWork, stranger: Stranger, form: Form) -> None:
    """Use up a proof that holds for this form; what is refused afterwards leaves it good."""
    proof = proven(stranger.proof, form, stranger.gate.challenges, uow.now)
    if await uow.session.scalar(USED_FIRST, proof._asdict()) is None:
        raise ProofReplayed
