"""Taking in what the public says, and letting it be read or not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import select

from services.interaction.citizens.number import marked
from services.interaction.citizens.query_code import RANDOM_BYTES, as_typed, query_code
from services.interaction.citizens.redaction import redact
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.participation.voices.models import Voice
from services.interaction.participation.voices.moderation import decide
from services.interaction.participation.voices.opening import opened
from services.interaction.participation.voices.writing import Writing
from shared.business_day import business_date
from shared.contracts.voices import (
    Moderation,
    ModerationAct,
    NewVoice,
    VoiceKeysRewrapped,
    VoiceReceipt,
)
from shared.ids import new_id
from shared.sealing import KEY_BYTES, NONCE_BYTES, Chance
from shared.uow import UnitOfWork

V = TypeVar("V", bound=Voice)
AT_ONCE = 200
MARK_BYTES = 5
"""Enough that a number tells nobody how many there are."""


class Series(NamedTuple):
    """Whose numbers they are: a site's, and the letter that sets a kind of voice apart."""

    site_code: str
    sign: str


def seal(
    kind: Callable[..., V],
    series: Series,
    new: NewVoice,
    keyring: Keyring,
    chance: Chance,
    *,
    now: datetime,
    **own: Any,
) -> tuple[V, VoiceReceipt]:
    """Return a new row with what somebody said sealed in it, and what they keep of it."""
    mark = query_code(chance(MARK_BYTES)).replace("-", "").lower()
    number = marked(series.site_code, business_date(now), series.sign + mark)
    code = query_code(chance(RANDOM_BYTES))
    key = WritingKey(chance(KEY_BYTES), number)
    wrapped = keyring.wrap(key, chance(NONCE_BYTES))
    said = Writing(**new.model_dump(include=set(Writing.model_fields)))
    voice = kind(
        id=new_id(),
        number=number,
        code_digest=key.code_digest(as_typed(code)),
        wrapped_key=wrapped.key,
        wrapped_by=wrapped.by,
        sealed=key.close(chance(NONCE_BYTES), said.model_dump_json(), "voice"),
        received_on=business_date(now),
        **own,
    )
    receipt = VoiceReceipt(number=number, query_code=code, received_on=voice.received_on)
    return voice, receipt


def moderate(
    uow: UnitOfWork, voice: Voice, given: Moderation, keyring: Keyring, chance: Chance
) -> None:
    """Make the masked rendition everyone may read, or say why there is none."""
    voice.state = decide(voice.state, given.act)
    key = keyring.unwrap(voice.wrapped, voice.number)
    said = opened(voice, key)
    approved = given.act is ModerationAct.APPROVE
    voice.shown = redact(said.text, said) if approved else None
    voice.sealed_reason = (
        key.close(chance(NONCE_BYTES), given.reason, "reason")
        if given.reason and not approved
        else None
    )
    voice.moderated_by, voice.moderated_at = uow.actor.id, uow.now


async def rewrap_some(uow: UnitOfWork, kind: type[Voice], keyring: Keyring, chance: Chance) -> int:
    """Wrap the keys of some voices by the present key; return how many, none when all are done."""
    question = (
        select(kind)
        .where(kind.wrapped_by != keyring.name)
        .order_by(kind.id)
        .limit(AT_ONCE)
        .with_for_update()
    )
    found = (await uow.session.scalars(question)).all()
    for voice in found:
        key = keyring.unwrap(voice.wrapped, voice.number)
        voice.wrapped_key, voice.wrapped_by = keyring.wrap(key, chance(NONCE_BYTES))
    if found:
        uow.announce(VoiceKeysRewrapped(key=keyring.name, voices=len(found)))
    return len(found)
