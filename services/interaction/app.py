"""The process that takes letters in and answers for them."""

from fastapi import FastAPI

from services.interaction.mailbox.router import router as mailbox
from services.interaction.mailbox.sealing import Keyring
from services.interaction.settings import InteractionSettings
from shared.process import Close, create_api, open_house
from shared.requests import House
from shared.telemetry import configure

TITLE = "Zhengbu interaction"
DESCRIPTION = "Letters from citizens, and their answers."
ROUTERS = (mailbox,)


def create() -> FastAPI:
    """Return the interaction API as the environment describes it."""
    settings = InteractionSettings()
    configure("interaction", settings.log_level)
    house, close = open_house(settings, "/interaction")
    return create_interaction(house, Keyring(settings.letter_key.get_secret_value()), close)


def create_interaction(house: House, keyring: Keyring, close: Close) -> FastAPI:
    """Return the interaction API over `house`, sealing letters with `keyring`."""
    app = create_api(TITLE, DESCRIPTION, ROUTERS, house, close)
    app.state.keyring = keyring
    return app
