"""The content service's background work: what it listens to and what time makes it do."""

from collections.abc import Sequence
from secrets import token_bytes

from fastapi import FastAPI

from services.content.assets import schedule as assets
from services.content.assets.adapters.conversion import program
from services.content.assets.adapters.workshop import Workshop
from services.content.editorial import schedule as editorial
from services.content.editorial.link_reading.adapters import Reader
from services.content.editorial.subscribers import subscriptions as on_drafts
from services.content.participation.subscribers import subscriptions as on_participation
from services.content.registry import schedule as registry
from services.content.release import schedule as release
from services.content.release.subscribers import subscriptions as on_public_items
from services.content.settings import ContentWorkerSettings
from services.content.staff import schedule as staff
from services.content.staff.tokens import signing_key
from services.content.supply import schedule as supply
from services.content.supply.subscribers import subscriptions as published_contributions
from services.content.syndication.channels import schedule as channels
from services.content.syndication.channels.sealing import channel_key
from services.content.syndication.channels.subscribers import subscriptions as on_posted_items
from services.content.syndication.directives import schedule as directives
from services.content.syndication.directives.subscribers import subscriptions as on_directed_items
from services.content.syndication.hub import schedule as hub
from services.content.syndication.hub.subscribers import subscriptions as on_feeds
from services.content.syndication.intake import schedule as intake
from services.content.syndication.intake.subscribers import subscriptions as on_taken_in
from services.content.syndication.partners import schedule as partners
from services.content.syndication.partners.subscribers import subscriptions as on_public_state
from services.content.syndication.recalls import schedule as recalls
from services.content.syndication.recalls.subscribers import subscriptions as on_changed_items
from services.content.syndication.reposting import schedule as reposting
from services.content.syndication.reposting.subscribers import subscriptions as on_directives
from services.content.syndication.rules.subscribers import subscriptions as on_ruled_items
from services.content.syndication.verification import schedule as verification
from services.content.syndication.verification.subscribers import subscriptions as on_answers
from services.content.topics import schedule as topics
from services.content.topics.subscribers import subscriptions as met_clocks
from shared.db import Sessions
from shared.files.adapters.storage import open_files
from shared.inbox import Consumer
from shared.outbound import Outside
from shared.process import create_worker
from shared.schedule import Task
from shared.telemetry import configure
from shared.uow import BeginAs

CONSUMER = Consumer(
    "content",
    (
        on_drafts,
        on_changed_items,  # before the reposts that it looks for are withdrawn
        on_public_items,
        on_public_state,
        on_posted_items,
        on_feeds,
        on_directed_items,
        on_ruled_items,
        on_directives,
        on_answers,
        on_taken_in,
        met_clocks,
        published_contributions,
        on_participation,
    ),
)


def create() -> FastAPI:
    """Return the content worker as the settings say; the server's entry."""
    settings = ContentWorkerSettings()
    configure("content-worker", settings.log_level)
    key = settings.subscription_key.get_secret_value()
    seals = channel_key(settings.channel_key.get_secret_value(), token_bytes)
    statement_key = signing_key(settings.statement_key.get_secret_value())
    outside = Outside(settings.allowed)
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
            *directives.tasks(sessions, begin),
            *reposting.tasks(sessions, begin),
            *verification.tasks(sessions, begin, reader),
            *recalls.tasks(sessions, begin, statement_key),
            *partners.tasks(sessions, begin, key, outside),
            *channels.tasks(begin, seals, outside, files),
            *intake.tasks(sessions, begin, reader),
            *hub.tasks(sessions, begin, key, outside),
        ]

    return create_worker(CONSUMER, tasks, settings)
