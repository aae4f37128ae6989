"""Following a letter by its code."""

from services.interaction.citizens.number import as_issued
from services.interaction.citizens.query_code import ShownCode
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.following import queries
from services.interaction.mailbox.following.consent import refuse_once_published
from services.interaction.mailbox.letters import commands as opening
from services.interaction.mailbox.letters import queries as letters
from services.interaction.mailbox.letters.models import Step
from shared.contracts.letters import LetterConsentChanged, LetterStep
from shared.contracts.opened_letters import LetterStatus
from shared.uow import UnitOfWork


async def follow(
    uow: UnitOfWork, number: str, shown: ShownCode, keyring: Keyring
) -> LetterStatus | None:
    """Return a letter to whoever shows its code; a wrong one counts, and gives nothing."""
    number = as_issued(number)
    if not await opening.opens(uow, number, shown, keyring):
        return None
    return await queries.status(uow.session, number, keyring)


async def consent(
    uow: UnitOfWork,
    number: str,
    shown: ShownCode,
    keyring: Keyring,
    *,
    may_publish: bool,
) -> LetterStatus | None:
    """Let the writer of a letter give or withdraw consent, as long as nothing is published."""
    number = as_issued(number)
    if not await opening.opens(uow, number, shown, keyring):
        return None
    letter = await letters.numbered_to_change(uow.session, number)
    if letter.may_publish is not may_publish:
        refuse_once_published(letter.published_on)
        letter.may_publish = may_publish
        step = LetterStep.CONSENTED if may_publish else LetterStep.CONSENT_WITHDRAWN
        uow.session.add(Step.of(letter, step, uow.now))
        uow.announce(
            LetterConsentChanged(
                letter_id=letter.id,
                number=letter.number,
                site_code=letter.site_code,
                may_publish=may_publish,
            )
        )
        await uow.session.flush()
    return await queries.status(uow.session, number, keyring)
