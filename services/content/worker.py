"""The content service's background work: what it listens to and what time makes it do."""

from collections.abc import Sequence

from fastapi import FastAPI

from services.content.assets import schedule as assets
from services.content.assets.adapters.conversion import program
from services.content.assets.adapters.storage import open_files
from services.content.assets.adapters.workshop import Workshop
from services.content.editorial import schedule as editorial
from services.content.editorial.link_reading.adapters import Reader
from services.content.editorial.subscribers import subscriptions as on_drafts
from services.content.registry import schedule as registry
from services.content.release import schedule as release
from services.content.release.subscribers import subscriptions as on_public_items
from services.content.settings import ContentWorkerSettings
from services.content.staff import schedule as staff
from services.content.supply import schedule as supply
from services.content.supply.subscribers import subscriptions as published_contributions
from services.content.syndication import schedule as syndication
from services.content.syndication.subscribers import subscriptions as on_public_state
from services.content.topics import schedule as topics
from services.content.topics.subscribers import subscriptions as met_clocks
from shared.db import Sessions
from shared.destination import Allowed, networks
from shared.inbox import Consumer
from shared.outbound import Outside
from shared.process import create_worker
from shared.schedule import Task
from shared.telemetry import configure
from shared.uow import BeginAs

CONSUMER = Consumer(
    "content",
    (on_drafts, on_public_items, on_public_state, met_clocks, published_contributions),
)


def create() -> FastAPI:
    """Return the content worker as the settings say; the server's entry."""
    settings = ContentWorkerSettings()
    configure("content-worker", settings.log_level)
    key = settings.subscription_key.get_secret_value()
    ports = frozenset(settings.outbound_ports)
    outside = Outside(Allowed(networks(settings.outbound_networks), ports))
    reader = Reader(outside, settings.link_reader) if settings.read_links else None
    files = open_files(settings)
    workshop = Workshop(files, settings.clamd, program(settings.ffmpeg))

    def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
        return [
            *editorial.tasks(sessions, begin, reader),
            *registry.tasks(sessions, begin),
            *release.tasks(sessions, begin),
            *staff.tasks(begin),
            *assets.tasks(sessions, begin, workshop),
            *topics.tasks(sessions, begin),
            *supply.tasks(sessions, begin),
            *syndication.tasks(sessions, begin, key, outside, reader),
        ]

    return create_worker(CONSUMER, tasks, settings)
