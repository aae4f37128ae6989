"""The interaction API as tests run it."""

from fastapi import FastAPI

from services.interaction.admission.gate import Gate
from services.interaction.admission.gate import gate as gate_of
from services.interaction.app import InteractionKeys, create_interaction
from services.interaction.citizens.sealing import Keyring
from services.interaction.mailbox.attachments.adapters import Reception
from services.interaction.participation.surveys.sealing import AnswerKeys
from shared.address import networks
from shared.requests import House
from tests.support.houses import nothing_to_close
from tests.support.receptions import reception_over

SURVEY_KEYS = AnswerKeys("s" * 40)
NO_PROOF = gate_of("g" * 40, networks(["127.0.0.0/8"]), asks_for_proof=False)


def interaction_over(
    house: House,
    keyring: Keyring,
    reception: Reception | None = None,
    gate: Gate = NO_PROOF,
) -> FastAPI:
    """Return the API over `house`, sealing letters with `keyring`; files lie in memory.

    Unless another gate is given, strangers come in without a proof of work.
    """
    keys = InteractionKeys(keyring, SURVEY_KEYS)
    return create_interaction(house, keys, gate, reception or reception_over(), nothing_to_close)
