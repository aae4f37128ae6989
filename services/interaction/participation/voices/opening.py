"""Unsealing what somebody handed in: for those who moderate, and for whoever has its code."""

from typing import Any, TypeVar

from services.interaction.citizens.redaction import redact
from services.interaction.citizens.sealing import Keyring, WritingKey
from services.interaction.participation.voices.models import Voice
from services.interaction.participation.voices.writing import Writing
from shared.contracts.voices import OpenedVoice, VoiceStatus

OpenedT = TypeVar("OpenedT", bound=OpenedVoice)
StatusT = TypeVar("StatusT", bound=VoiceStatus)


def opened(voice: Voice, key: WritingKey) -> Writing:
    """Return what somebody said."""
    return Writing.model_validate_json(key.open(voice.sealed, "voice"))


def for_moderation(view: type[OpenedT], voice: Voice, keyring: Keyring) -> OpenedT:
    """Return a voice with who said it, and as everyone would read it."""
    key = keyring.unwrap(voice.wrapped, voice.number)
    said, reason = opened(voice, key), voice.sealed_reason
    known = {name: getattr(voice, name) for name in view.model_fields if hasattr(voice, name)}
    told = {"masked": redact(said.text, said), "reason": reason and key.open(reason, "reason")}
    return view.model_validate(known | said.model_dump() | told)


def for_participant(view: type[StatusT], voice: Voice, keyring: Keyring, **became: Any) -> StatusT:
    """Return what became of a voice, and why it was declined if it was."""
    key = keyring.unwrap(voice.wrapped, voice.number)
    reason = voice.sealed_reason
    told = {name: getattr(voice, name) for name in ("number", "received_on", "state")}
    told |= {"state_label": voice.state_label, "reason": reason and key.open(reason, "reason")}
    return view.model_validate(told | became)
