"""Handing out the codes that a survey of invited people is answered with."""

from uuid import UUID

from services.interaction.citizens.query_code import RANDOM_BYTES, query_code
from services.interaction.participation.surveys.commands.drafting import lock
from services.interaction.participation.surveys.models import PassMark
from services.interaction.participation.surveys.progress import Act, SurveyOutOfTurn, advance
from services.interaction.participation.surveys.sealing import AnswerKeys
from shared.auth import Permission
from shared.contracts.surveys import InvitationsIssued, SurveyPass
from shared.sealing import Chance
from shared.uow import UnitOfWork


async def invite(
    uow: UnitOfWork, survey_id: UUID, count: int, keys: AnswerKeys, chance: Chance, *, version: int
) -> list[str]:
    """Return new codes for a survey; of each only a mark is kept."""
    survey = await lock(uow, survey_id, version)
    uow.actor.require(Permission.DISPATCH, survey.sponsoring, site_code=survey.site_code)
    advance(survey.state, Act.INVITE)
    if survey.answered_with is not SurveyPass.CODE:
        raise SurveyOutOfTurn("本次调查不使用邀请码。")
    codes = [query_code(chance(RANDOM_BYTES)) for _ in range(count)]
    marks = (keys.code_mark(survey.id, code) for code in codes)
    uow.session.add_all(PassMark(survey_id=survey.id, mark=mark, used=False) for mark in marks)
    survey.invited += count
    uow.announce(
        InvitationsIssued(
            survey_id=survey.id, site_code=survey.site_code, count=count, invited=survey.invited
        )
    )
    return codes
