"""Events as other services send them to the audit service."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from shared.auth import system
from shared.contracts.answers import LetterAnswered
from shared.contracts.binding import Ask
from shared.contracts.content import ItemKind, ItemReleased, ItemWithdrawn
from shared.contracts.directives import (
    DirectiveExtended,
    DirectiveIssued,
    DirectiveWithdrawn,
    ObligationClaimed,
    ObligationDueSoon,
    ObligationEscalated,
    ObligationJudged,
    ObligationMissed,
    ObligationSettled,
    ObligationState,
)
from shared.contracts.letter_clocks import LetterDueChanged, LetterOverdue
from shared.contracts.letter_extensions import LetterExtended
from shared.contracts.letters import LetterKind, LetterReceived
from shared.contracts.registry import ColumnKind, ColumnOpened, Level, SiteOpened
from shared.contracts.screening import LetterRefused
from shared.events import Envelope, Event
from shared.ids import new_id
from tests.support import people

SITE = "3403000006"
OTHER_SITE = "3404000001"
CITY = people.CITY
OTHER_CITY = "340000.340400"
COLUMN, LETTER, DIRECTIVE, ITEM = new_id(), new_id(), new_id(), new_id()
NUMBER = "3403000006-20260302-0001-10"
RECEIVED, DUE_ON = date(2026, 3, 2), date(2026, 3, 23)
DEADLINE = people.NOW + timedelta(days=2)


def envelope(event: Event, time: datetime = people.NOW) -> Envelope:
    return Envelope(
        id=uuid4(),
        source="/content",
        type=event.type,
        subject=event.subject,
        time=time,
        actor=system("content").id,
        requestid="test",
        data=event.model_dump(mode="json"),
    )


def site(code: str = SITE, sponsoring: str = CITY) -> SiteOpened:
    return SiteOpened(
        id=uuid4(),
        code=code,
        name="蚌埠市人民政府网站",
        domain=f"www{code}.gov.cn",
        level=Level.CITY,
        region="340300",
        supervising=sponsoring,
        sponsoring=sponsoring,
    )


def column(kind: ColumnKind = ColumnKind.NEWS, *, rhythm: bool = True) -> ColumnOpened:
    return ColumnOpened(
        id=COLUMN,
        site_code=SITE,
        sponsoring=CITY,
        name="要闻",
        kind=kind,
        target_days=7 if rhythm else None,
        red_line_days=14 if rhythm else None,
    )


def release(
    at: datetime,
    item_id: UUID = ITEM,
    kind: ItemKind = ItemKind.NEWS,
    interprets: UUID | None = None,
    *,
    to_be_interpreted: bool = False,
    interpretation_due_on: date | None = None,
) -> ItemReleased:
    return ItemReleased(
        item_id=item_id,
        site_code=SITE,
        column_id=COLUMN,
        kind=kind,
        title="关于公布目录的通知",
        doc_no=None,
        content_hash="0" * 64,
        release_id=new_id(),
        release_seq=1,
        first_public_at=at,
        interprets=interprets,
        to_be_interpreted=to_be_interpreted,
        interpretation_due_on=interpretation_due_on,
        origin=None,
    )


def withdrawal(item_id: UUID = ITEM) -> ItemWithdrawn:
    return ItemWithdrawn(
        item_id=item_id, site_code=SITE, column_id=COLUMN, release_seq=2, reason="更正"
    )


def received() -> LetterReceived:
    return LetterReceived(
        letter_id=LETTER,
        number=NUMBER,
        kind=LetterKind.COMPLAINT,
        site_code=SITE,
        received_on=RECEIVED,
        due_on=DUE_ON,
        due_provisional=False,
    )


def due_changed(due_on: date) -> LetterDueChanged:
    return LetterDueChanged(
        letter_id=LETTER,
        number=NUMBER,
        site_code=SITE,
        before=DUE_ON,
        due_on=due_on,
        due_provisional=False,
        calendar_version="1",
    )


def letter_extended(due_on: date) -> LetterExtended:
    return LetterExtended(
        extension_id=uuid4(),
        letter_id=LETTER,
        number=NUMBER,
        site_code=SITE,
        organization=CITY,
        days=5,
        before=DUE_ON,
        due_on=due_on,
        due_provisional=False,
    )


def overdue() -> LetterOverdue:
    return LetterOverdue(
        letter_id=LETTER,
        number=NUMBER,
        kind=LetterKind.COMPLAINT,
        site_code=SITE,
        organization=CITY,
        due_on=DUE_ON,
    )


def answered(on: date) -> LetterAnswered:
    return LetterAnswered(
        letter_id=LETTER,
        number=NUMBER,
        kind=LetterKind.COMPLAINT,
        site_code=SITE,
        organization=CITY,
        answer_hash="0" * 64,
        received_on=RECEIVED,
        answered_on=on,
        due_on=DUE_ON,
        late=on > DUE_ON,
        waived=[],
    )


def refused() -> LetterRefused:
    return LetterRefused(
        letter_id=LETTER,
        number=NUMBER,
        kind=LetterKind.COMPLAINT,
        site_code=SITE,
        due_on=DUE_ON,
        reason="outside_duty",
    )


def directive(*sites: str) -> DirectiveIssued:
    return DirectiveIssued(
        directive_id=DIRECTIVE,
        item_id=ITEM,
        issuer=CITY,
        ask=Ask.REPOST,
        deadline=DEADLINE,
        site_codes=sites or (SITE,),
    )


def extended(*sites: str) -> DirectiveExtended:
    return DirectiveExtended(
        directive_id=DIRECTIVE,
        item_id=ITEM,
        issuer=CITY,
        ask=Ask.REPOST,
        deadline=DEADLINE + timedelta(days=1),
        site_codes=sites,
    )


def due_soon() -> ObligationDueSoon:
    return ObligationDueSoon(**missed().model_dump())


def escalated() -> ObligationEscalated:
    return ObligationEscalated(**missed().model_dump(), supervising=CITY)


def missed() -> ObligationMissed:
    return ObligationMissed(
        obligation_id=new_id(),
        directive_id=DIRECTIVE,
        item_id=ITEM,
        site_code=SITE,
        deadline=DEADLINE,
    )


def settled(state: ObligationState, *, late: bool = False) -> ObligationSettled:
    return ObligationSettled(
        obligation_id=new_id(),
        directive_id=DIRECTIVE,
        item_id=ITEM,
        site_code=SITE,
        state=state,
        late=late,
        deadline=DEADLINE,
    )


def claimed() -> ObligationClaimed:
    return ObligationClaimed(
        obligation_id=new_id(),
        directive_id=DIRECTIVE,
        item_id=ITEM,
        site_code=SITE,
        url="https://www.bengbu.gov.cn/1",
    )


def judged(state: ObligationState, matched: float = 1.0) -> ObligationJudged:
    return ObligationJudged(
        **claimed().model_dump(),
        state=state,
        matched=matched,
        content_hash="h",
        reading_id=ITEM,
    )


def directive_withdrawn() -> DirectiveWithdrawn:
    return DirectiveWithdrawn(directive_id=DIRECTIVE, item_id=ITEM, reposts=())
