"""The interaction API as tests run it."""

from fastapi import FastAPI

from services.interaction.app import create_interaction
from services.interaction.citizens.sealing import Keyring
from services.interaction.participation.surveys.sealing import AnswerKeys
from shared.requests import House
from tests.support.houses import nothing_to_close

SURVEY_KEYS = AnswerKeys("s" * 40)


def interaction_over(house: House, keyring: Keyring) -> FastAPI:
    """Return the API over `house`, sealing letters with `keyring`."""
    return create_interaction(house, keyring, SURVEY_KEYS, nothing_to_close)
