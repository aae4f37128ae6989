"""What participants do: say what they think, and learn what became of it."""

from uuid import UUID

from services.interaction.citizens import commands as citizens
from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.consultations import queries
from services.interaction.participation.consultations.conduct import check_takes_in
from services.interaction.participation.consultations.models import Opinion
from services.interaction.participation.voices import queries as voices
from services.interaction.participation.voices.commands import Series, seal
from shared.business_day import business_date
from shared.contracts.consultations import OpinionReceived, OpinionStatus
from shared.contracts.consulting import NewOpinion
from shared.contracts.voices import VoiceReceipt, VoiceState
from shared.problem import Fault, Invalid
from shared.sealing import Chance
from shared.uow import UnitOfWork

SIGN = "y"
"""意见: sets the numbers of opinions apart from those of letters and questions."""


async def hand_in(
    uow: UnitOfWork, consultation_id: UUID, new: NewOpinion, keyring: Keyring, chance: Chance
) -> VoiceReceipt:
    """Take an opinion in and seal it; nobody reads it before a person let it be read."""
    to = await queries.open_to_all(uow.session, consultation_id)
    check_takes_in(to.state, to.opens_on, to.closes_on, business_date(uow.now))
    if new.paragraph is not None and new.paragraph > len(to.paragraphs):
        raise Invalid([Fault("/paragraph", "unknown", "征求意见稿没有这一段。")])
    opinion, receipt = seal(
        Opinion,
        Series(to.site_code, SIGN),
        new,
        keyring,
        chance,
        now=uow.now,
        consultation_id=to.id,
        paragraph=new.paragraph,
        state=VoiceState.HELD,
    )
    uow.session.add(opinion)
    uow.announce(
        OpinionReceived(
            opinion_id=opinion.id,
            consultation_id=to.id,
            number=opinion.number,
            paragraph=opinion.paragraph,
        )
    )
    return receipt


async def follow(
    uow: UnitOfWork, number: str, shown: ShownCode, keyring: Keyring
) -> OpinionStatus | None:
    """Return what became of an opinion to whoever shows its code; a wrong one gives nothing."""
    number = as_issued(number)
    kept = await voices.code(uow.session, Opinion, number)
    if not await citizens.recognize(uow, number, shown, kept, keyring):
        return None
    return await queries.status(uow.session, number, keyring)
