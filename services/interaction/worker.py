"""The process that relays, listens to the registry, keeps clocks and judges files."""

from secrets import token_bytes

from fastapi import FastAPI

from services.interaction.admission import schedule as admission
from services.interaction.citizens import schedule as citizens
from services.interaction.duty import schedule as duty
from services.interaction.duty.subscribers import subscriptions as on_rosters
from services.interaction.group.subscribers import subscriptions as group
from services.interaction.mailbox.attachments import schedule as attachments
from services.interaction.mailbox.attachments.adapters import Judge, Vault
from services.interaction.mailbox.attachments.sealing import JudgingKey
from services.interaction.mailbox.clocks import schedule as clocks
from services.interaction.mailbox.clocks.subscribers import subscriptions as counting
from services.interaction.mailbox.clocks.telling.queries import on_watch
from services.interaction.mailbox.evaluation import schedule as evaluation
from services.interaction.mailbox.intake import schedule as intake
from services.interaction.mailbox.privacy import schedule as privacy
from services.interaction.participation.consultations import schedule as consultations
from services.interaction.participation.consultations.subscribers import (
    subscriptions as on_consultations,
)
from services.interaction.participation.surveys import schedule as surveys
from services.interaction.participation.surveys.subscribers import subscriptions as surveying
from services.interaction.settings import InteractionWorkerSettings
from shared.db import Sessions
from shared.files.adapters.storage import open_files
from shared.inbox import Consumer
from shared.process import create_worker
from shared.schedule import Task
from shared.telemetry import configure
from shared.uow import BeginAs

# The group first: what it keeps of an event, the others read for the same one.
CONSUMER = Consumer("interaction", (group, on_rosters, counting, on_consultations, surveying))


def tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
    """Return what time triggers in this service, but for files, which take keys to open."""
    return [
        *duty.tasks(sessions, begin),
        *clocks.tasks(sessions, begin, on_watch),
        *citizens.tasks(sessions),
        *evaluation.tasks(sessions, begin),
        *privacy.tasks(sessions, begin),
        *consultations.tasks(sessions, begin),
        *surveys.tasks(sessions, begin),
        *admission.tasks(sessions),
        *intake.tasks(sessions),
    ]


def create() -> FastAPI:
    """Return the interaction worker as the environment describes it."""
    settings = InteractionWorkerSettings()
    configure("interaction-worker", settings.log_level)
    judge = Judge(Vault(open_files(settings), token_bytes), settings.clamd)
    key = JudgingKey(settings.attachment_key.get_secret_value())

    def all_tasks(sessions: Sessions, begin: BeginAs) -> list[Task]:
        return [*tasks(sessions, begin), *attachments.tasks(sessions, begin, judge, key)]

    return create_worker(CONSUMER, all_tasks, settings)
