"""Letting opinions be read by all, or not; nothing is public before."""

from uuid import UUID

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.consultations import queries
from services.interaction.participation.consultations.conduct import Act, advance
from services.interaction.participation.consultations.models import Opinion
from services.interaction.participation.voices.commands import moderate
from shared.auth import Permission
from shared.contracts.consultations import OpinionModerated
from shared.contracts.voices import Moderation
from shared.sealing import Chance
from shared.uow import UnitOfWork, expect


async def moderate_opinion(
    uow: UnitOfWork,
    opinion_id: UUID,
    given: Moderation,
    keyring: Keyring,
    chance: Chance,
    *,
    version: int,
) -> Opinion:
    """Make the masked rendition of an opinion, or tell its participant why there is none."""
    to = await queries.consultation_of(uow.session, uow.actor, Opinion, opinion_id)
    opinion = await uow.session.get_one(Opinion, opinion_id, with_for_update=True)
    uow.actor.require(Permission.DISPATCH, to.sponsoring, site_code=to.site_code)
    expect(version, opinion.version)
    to.state = advance(to.state, Act.MODERATE)
    moderate(uow, opinion, given, keyring, chance)
    opinion.answer_id = None
    uow.announce(
        OpinionModerated(
            opinion_id=opinion.id,
            consultation_id=to.id,
            number=opinion.number,
            state=opinion.state,
        )
    )
    return opinion
