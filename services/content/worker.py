"""The content service's background work: what it listens to and what time makes it do."""

from collections.abc import Sequence

from fastapi import FastAPI

from services.content.release import schedule as release
from services.content.settings import ContentWorkerSettings
from services.content.syndication import schedule as syndication
from services.content.syndication.destination import networks
from services.content.syndication.subscribers import subscriptions as on_public_state
from shared.db import Sessions
from shared.inbox import Consumer
from shared.process import create_worker
from shared.schedule import Task
from shared.telemetry import configure
from shared.uow import BeginAs

CONSUMER = Consumer("content", (on_public_state,))


def create() -> FastAPI:
    """Return the content worker as the settings say; the server's entry."""
    settings = ContentWorkerSettings()
    configure("content-worker", settings.log_level)
    key = settings.subscription_key.get_secret_value()
    allowed = networks(settings.outbound_networks)

    def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
        return [
            *release.tasks(sessions, begin),
            *syndication.tasks(sessions, begin, key, allowed),
        ]

    return create_worker(CONSUMER, tasks, settings)
