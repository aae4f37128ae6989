"""Sealing the keys of questions anew after the service's key was changed."""

from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.interviews.models import Question
from services.interaction.participation.voices import commands as voices
from shared.sealing import Chance
from shared.uow import UnitOfWork


async def rewrap_some(uow: UnitOfWork, keyring: Keyring, chance: Chance) -> int:
    """Wrap the keys of some questions by the present key; return how many."""
    return await voices.rewrap_some(uow, Question, keyring, chance)
