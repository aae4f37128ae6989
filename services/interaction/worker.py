"""The process that relays, listens to the registry and keeps the mailbox's clocks."""

from fastapi import FastAPI

from services.interaction.group.subscribers import subscriptions as group
from services.interaction.mailbox.schedule import tasks
from services.interaction.mailbox.subscribers import subscriptions as mailbox
from services.interaction.settings import InteractionWorkerSettings
from shared.inbox import Consumer
from shared.process import create_worker
from shared.telemetry import configure

# The group first: what it keeps of an event, the mailbox reads for the same one.
CONSUMER = Consumer("interaction", (group, mailbox))


def create() -> FastAPI:
    """Return the interaction worker as the environment describes it."""
    settings = InteractionWorkerSettings()
    configure("interaction-worker", settings.log_level)
    return create_worker(CONSUMER, tasks, settings)
