"""HTTP of evaluation."""

from secrets import token_bytes
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from services.interaction.citizens.lockout import NoSuchLetter
from services.interaction.citizens.router import Keys, Shown
from services.interaction.mailbox.evaluation import queries
from services.interaction.mailbox.evaluation.commands import ending, evaluating
from shared.contracts.evaluation import (
    Closure,
    EvaluationInvitation,
    LetterEvaluation,
    NewEvaluation,
    NewLink,
    ReadEvaluation,
    Reopening,
)
from shared.contracts.letters import Letter, LetterNumber, Satisfaction
from shared.contracts.opened_letters import ReopenedLetter
from shared.contracts.page import Page
from shared.requests import (
    BeginAct,
    BeginAsAnyone,
    IfMatch,
    Reading,
    Somebody,
    WhichPage,
)

router = APIRouter(prefix="/v1", tags=["mailbox"])

EvaluationToken = Annotated[
    str,
    Header(
        alias="X-Evaluation-Token",
        pattern=r"^[0-9a-f]{32}$",
        description="As in the link; in a header, so that no log keeps it.",
    ),
]


@router.post(
    "/public/letters/{number}/evaluation", status_code=201, response_model=LetterEvaluation
)
async def evaluate_own_letter(
    number: LetterNumber,
    shown: Shown,
    new: NewEvaluation,
    begin: BeginAsAnyone,
    keyring: Keys,
) -> Response:
    """Say what one thinks of the answer to one's own letter, once for each answer."""
    async with begin() as uow:
        given = await evaluating.evaluate_own(uow, number, shown, new, keyring, token_bytes)
        answer = await uow.answer(LetterEvaluation, given, 201) if given else None
    if answer is None:
        raise NoSuchLetter
    return answer


@router.post("/public/letters/{number}/reopening", response_model=ReopenedLetter)
async def reopen_own_letter(
    number: LetterNumber,
    shown: Shown,
    why: Reopening,
    begin: BeginAsAnyone,
    keyring: Keys,
) -> Response:
    """Have one's own letter taken up again, because the answer did not settle it."""
    async with begin() as uow:
        letter = await ending.reopen_own(uow, number, shown, why, keyring, token_bytes)
        answer = await uow.answer(ReopenedLetter, letter) if letter else None
    if answer is None:
        raise NoSuchLetter
    return answer


@router.get("/public/evaluation")
async def read_invitation(token: EvaluationToken, begin: BeginAsAnyone) -> EvaluationInvitation:
    """Return what a link asks to be evaluated; looking at it uses nothing up."""
    async with begin() as uow:
        return await evaluating.invitation(uow, token)


@router.post("/public/evaluation", status_code=201, response_model=LetterEvaluation)
async def evaluate_by_link(
    token: EvaluationToken, new: NewEvaluation, begin: BeginAsAnyone, keyring: Keys
) -> Response:
    """Say what one thinks of the answer a link was given for; the link serves once."""
    async with begin() as uow:
        given = await evaluating.evaluate_by_link(uow, token, new, keyring, token_bytes)
        return await uow.answer(LetterEvaluation, given, 201)


@router.post("/letters/{letter_id}/evaluation-link", status_code=201, response_model=NewLink)
async def give_link(letter_id: UUID, begin: BeginAct) -> Response:
    """Return a link by which a letter's writer evaluates its latest answer once."""
    async with begin() as uow:
        link = await evaluating.give_link(uow, letter_id, token_bytes)
        return await uow.answer(NewLink, link, 201, once={"token"})


@router.get("/letters/{letter_id}/evaluations")
async def list_evaluations_of_letter(
    actor: Somebody, letter_id: UUID, session: Reading, keyring: Keys
) -> list[ReadEvaluation]:
    """Return what a letter's writer said of each answer, with the words."""
    return await queries.evaluations_of(session, actor, letter_id, keyring)


@router.get("/letter-evaluations")
async def list_evaluations(
    actor: Somebody,
    session: Reading,
    page: WhichPage,
    satisfaction: Satisfaction | None = None,
) -> Page[LetterEvaluation]:
    """Return evaluations of letters to one's sites or answered by one's units, latest first."""
    return await queries.evaluations(session, actor, satisfaction, page)


@router.post("/letters/{letter_id}/reopening", response_model=Letter)
async def reopen_letter(
    letter_id: UUID, why: Reopening, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """Take a letter up again, because the answer was not enough."""
    async with begin() as uow:
        letter = await ending.reopen(uow, letter_id, why, keyring, token_bytes, version=version)
        return await uow.answer(Letter, letter)


@router.post("/letters/{letter_id}/closure", response_model=Letter)
async def close_letter(
    letter_id: UUID, closure: Closure, version: IfMatch, begin: BeginAct, keyring: Keys
) -> Response:
    """End an answered letter, resolved or not, and tell its writer why."""
    async with begin() as uow:
        letter = await ending.close(uow, letter_id, closure, keyring, token_bytes, version=version)
        return await uow.answer(Letter, letter)
