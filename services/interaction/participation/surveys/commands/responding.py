"""What respondents do: show a pass, and answer once."""

from uuid import UUID

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert

from services.interaction.participation.surveys import edition
from services.interaction.participation.surveys.answering import taken
from services.interaction.participation.surveys.models import (
    Edition,
    PassMark,
    Response,
    Survey,
)
from services.interaction.participation.surveys.progress import (
    PUBLIC,
    Act,
    SurveyOver,
    advance,
)
from services.interaction.participation.surveys.queries.staff import NONE
from services.interaction.participation.surveys.sealing import AnswerKeys, UnknownPass
from shared.business_day import business_date
from shared.contracts.questionnaires import NewResponse
from shared.contracts.surveys import ResponseReceipt, SurveyPass
from shared.problem import Conflict, NotFound
from shared.sealing import NONCE_BYTES, Chance
from shared.uow import UnitOfWork


class AnsweredBefore(Conflict):
    """The pass was used for this survey already."""

    advice = "您已参与过本次调查，每台设备或每个邀请码只能提交一次。"


async def respond(
    uow: UnitOfWork,
    survey_id: UUID,
    new: NewResponse,
    shown: str,
    keys: AnswerKeys,
    chance: Chance,
) -> ResponseReceipt:
    """Take in a response for the pass that was shown; nothing is kept that joins the two.

    No event tells of it: when one came would say whose it is.
    """
    survey, text = await _open_survey(uow, survey_id)
    values, texts = taken(edition.questions(text), new.answers)
    await _use(uow, survey, shown, keys)
    id_ = UUID(bytes=chance(16), version=4)
    response = Response(
        id=id_,
        survey_id=survey.id,
        answers=values,
        sealed_texts=keys.close(chance(NONCE_BYTES), id_, texts) if texts else None,
    )
    uow.session.add(response)
    return ResponseReceipt(survey_id=survey.id, answered_on=business_date(uow.now))


async def _open_survey(uow: UnitOfWork, survey_id: UUID) -> tuple[Survey, dict[str, object]]:
    """Return an open survey and its text; it closes only after this response, or before."""
    question = (
        select(Survey, Edition.text)
        .join(Edition, (Edition.survey_id == Survey.id) & (Edition.number == Survey.edition))
        .where(Survey.id == survey_id, Survey.state.in_(PUBLIC))
        .with_for_update(read=True, of=Survey)
    )
    found = (await uow.session.execute(question)).one_or_none()
    if found is None:
        raise NotFound(NONE)
    survey, text = found
    advance(survey.state, Act.ANSWER)
    if survey.closes_at <= uow.now:
        raise SurveyOver
    return survey, text


async def _use(uow: UnitOfWork, survey: Survey, shown: str, keys: AnswerKeys) -> None:
    if survey.answered_with is SurveyPass.DEVICE:
        mark = keys.device_mark(survey.id, shown)
        row = insert(PassMark).values(survey_id=survey.id, mark=mark, used=True)
        if await uow.session.scalar(row.on_conflict_do_nothing().returning(literal(1))):
            return
        raise AnsweredBefore
    mark = keys.code_mark(survey.id, shown)
    issued = select(PassMark).where(PassMark.survey_id == survey.id, PassMark.mark == mark)
    invitation = await uow.session.scalar(issued.with_for_update())
    if invitation is None:
        raise UnknownPass
    if invitation.used:
        raise AnsweredBefore
    invitation.used = True
