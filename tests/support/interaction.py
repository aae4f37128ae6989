"""The interaction API as tests run it."""

from fastapi import FastAPI

from services.interaction.app import InteractionKeys, create_interaction
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.attachments.adapters import Reception
from services.interaction.participation.surveys.sealing import AnswerKeys
from shared.requests import House
from tests.support.houses import nothing_to_close
from tests.support.receptions import reception_over

SURVEY_KEYS = AnswerKeys("s" * 40)


def interaction_over(
    house: House, keyring: Keyring, reception: Reception | None = None
) -> FastAPI:
    """Return the API over `house`, sealing letters with `keyring`; files lie in memory."""
    keys = InteractionKeys(keyring, SURVEY_KEYS)
    return create_interaction(house, keys, reception or reception_over(), nothing_to_close)
