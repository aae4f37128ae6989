"""The process that takes letters in and answers for them, and knows who is on duty."""

from secrets import token_bytes
from typing import NamedTuple

from fastapi import FastAPI

from services.interaction.admission.gate import Gate
from services.interaction.admission.gate import gate as gate_of
from services.interaction.admission.router import router as admission
from services.interaction.citizens.sealing import Keyring
from services.interaction.duty.router.days import router as duties
from services.interaction.duty.router.registers import router as duty_registers
from services.interaction.duty.router.rosters import router as duty_rosters
from services.interaction.duty.router.swaps import router as duty_swaps
from services.interaction.mailbox.answering.router import router as answering
from services.interaction.mailbox.attachments.adapters import Reception, Vault
from services.interaction.mailbox.attachments.router.desk import router as kept_files
from services.interaction.mailbox.attachments.router.uploading import router as uploading
from services.interaction.mailbox.attachments.router.writers import router as files
from services.interaction.mailbox.attachments.sealing import JudgingKey
from services.interaction.mailbox.clocks.cards.router import router as cards
from services.interaction.mailbox.clocks.extensions.router import router as extensions
from services.interaction.mailbox.clocks.router import router as clocks
from services.interaction.mailbox.clocks.terms.router import router as terms
from services.interaction.mailbox.desk.router import router as desk
from services.interaction.mailbox.evaluation.router import router as evaluation
from services.interaction.mailbox.following.router import router as following
from services.interaction.mailbox.insights.router import router as insights
from services.interaction.mailbox.intake.router import router as intake
from services.interaction.mailbox.letters.router import router as letters
from services.interaction.mailbox.library.router import router as library
from services.interaction.mailbox.notifications.router import router as notifications
from services.interaction.mailbox.privacy.router import router as privacy
from services.interaction.mailbox.publication.router import router as publication
from services.interaction.mailbox.screening.router import router as screening
from services.interaction.mailbox.sorting.router import router as sorting
from services.interaction.participation.consultations.router import desk as consultations_desk
from services.interaction.participation.consultations.router import public as consultations
from services.interaction.participation.interviews.figures import stream_figures
from services.interaction.participation.interviews.router import desk as interviews_desk
from services.interaction.participation.interviews.router import public as interviews
from services.interaction.participation.interviews.router import streams
from services.interaction.participation.surveys.router.public import router as public_surveys
from services.interaction.participation.surveys.router.staff import router as surveys
from services.interaction.participation.surveys.sealing import AnswerKeys
from services.interaction.settings import InteractionSettings
from shared.address import networks
from shared.files.adapters.storage import open_files
from shared.process import Close, create_api, open_house
from shared.requests import House
from shared.sealing import derive
from shared.telemetry import configure

TITLE = "Zhengbu interaction"
DESCRIPTION = (
    "Letters and their answers, consultations and interviews, and who is on duty for them."
)
DUTY = (duty_registers, duty_rosters, duties, duty_swaps)
MAILBOX = (
    intake,
    publication,
    following,
    letters,
    desk,
    screening,
    sorting,
    answering,
    library,
    notifications,
    evaluation,
    privacy,
    insights,
)
CLOCKS = (clocks, terms, cards, extensions)
PARTICIPATION = (
    consultations.router,
    consultations_desk.router,
    interviews.router,
    streams.router,
    interviews_desk.router,
    surveys,
    public_surveys,
)
ATTACHMENTS = (uploading, kept_files, files)
ROUTERS = (admission, *DUTY, *MAILBOX, *ATTACHMENTS, *CLOCKS, *PARTICIPATION)


class InteractionKeys(NamedTuple):
    """What citizens' writings are sealed with, and what surveys are."""

    writings: Keyring
    surveys: AnswerKeys


def create() -> FastAPI:
    """Return the interaction API as the environment describes it."""
    settings = InteractionSettings()
    configure("interaction", settings.log_level)
    house, close = open_house(settings, "/interaction")
    keys = InteractionKeys(settings.keyring, AnswerKeys(settings.survey_key.get_secret_value()))
    at_gate = gate_of(
        settings.letter_key.get_secret_value(),
        networks(settings.trusted_proxies),
        asks_for_proof=settings.proof_of_work,
    )
    return create_interaction(house, keys, at_gate, _reception(settings), close)


def create_interaction(
    house: House, keys: InteractionKeys, gate: Gate, reception: Reception, close: Close
) -> FastAPI:
    """Return the interaction API over `house`.

    Strangers come in by `gate`, and their files by `reception`.
    """
    app = create_api(TITLE, DESCRIPTION, ROUTERS, house, close)
    app.state.keyring = keys.writings
    app.state.answer_keys = keys.surveys
    app.state.streams = streams.Streams(house.readings, stream_figures())
    app.state.gate = gate
    app.state.reception = reception
    return app


def _reception(settings: InteractionSettings) -> Reception:
    return Reception(
        Vault(open_files(settings), token_bytes),
        JudgingKey(settings.attachment_key.get_secret_value()),
        derive(settings.letter_key.get_secret_value(), "zhengbu interaction: addresses"),
        networks(settings.trusted_proxies),
    )
