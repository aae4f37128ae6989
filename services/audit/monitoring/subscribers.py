"""What monitoring does when something happened that a site may be judged by."""

from services.audit.monitoring.commands import following, watching
from shared.contracts.answers import LetterAnswered
from shared.contracts.columns import ColumnHidden, ColumnMerged, ColumnRenamed, ColumnShown
from shared.contracts.content import ItemReleased, ItemWithdrawn
from shared.contracts.directives import (
    DeclineRuled,
    DirectiveExtended,
    DirectiveIssued,
    DirectiveWithdrawn,
    ObligationJudged,
    ObligationMissed,
    ObligationSettled,
)
from shared.contracts.letter_clocks import LetterDueChanged, LetterOverdue
from shared.contracts.letter_extensions import LetterExtended
from shared.contracts.letters import LetterReceived
from shared.contracts.registry import ColumnOpened, SiteOpened
from shared.contracts.screening import LetterRefused
from shared.contracts.site_life import SiteChanged, SiteClosed
from shared.inbox import Subscriptions
from shared.uow import UnitOfWork

subscriptions = Subscriptions()

subscriptions.on(SiteOpened)(watching.watch_site)
subscriptions.on(ColumnOpened)(watching.watch_column)
subscriptions.on(SiteChanged)(following.note_site)
subscriptions.on(SiteClosed)(following.note_closed)
subscriptions.on(ColumnRenamed)(following.note_rename)
subscriptions.on(ColumnHidden)(following.note_hidden)
subscriptions.on(ColumnShown)(following.note_shown)
subscriptions.on(ColumnMerged)(following.note_merged)
subscriptions.on(ItemReleased)(watching.note_release)
subscriptions.on(ItemWithdrawn)(watching.note_withdrawal)
subscriptions.on(LetterAnswered)(watching.note_answer)
subscriptions.on(LetterRefused)(watching.note_refusal)
subscriptions.on(DirectiveIssued)(watching.note_directive)
subscriptions.on(DirectiveExtended)(watching.note_directive)
subscriptions.on(DirectiveWithdrawn)(watching.note_end_of_directive)
subscriptions.on(ObligationMissed)(watching.note_missed)
subscriptions.on(ObligationSettled)(watching.note_settled)
subscriptions.on(ObligationJudged)(watching.note_judged)
subscriptions.on(DeclineRuled)(watching.note_ruling)


async def note_letter(
    uow: UnitOfWork, told: LetterReceived | LetterDueChanged | LetterExtended | LetterOverdue
) -> None:
    """Keep by when the letter is to be answered."""
    await watching.note_letter(uow, told.letter_id, told.number, told.site_code, told.due_on)


subscriptions.on(LetterReceived)(note_letter)
subscriptions.on(LetterDueChanged)(note_letter)
subscriptions.on(LetterExtended)(note_letter)
subscriptions.on(LetterOverdue)(note_letter)
