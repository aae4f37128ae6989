"""The process that keeps the trail, signs it, and watches the sites."""

from collections.abc import Sequence

from fastapi import FastAPI

from services.audit.monitoring import schedule as monitoring
from services.audit.monitoring.subscribers import subscriptions as watching
from services.audit.settings import AuditWorkerSettings
from services.audit.trail import schedule as trail
from services.audit.trail.subscribers import subscriptions as keeping
from shared.db import Sessions
from shared.inbox import Consumer
from shared.process import create_worker
from shared.schedule import Task
from shared.telemetry import configure
from shared.uow import BeginAs

# The trail first: what monitoring finds names the entry the event has just become.
CONSUMER = Consumer("audit", (keeping, watching))


def create() -> FastAPI:
    """Return the audit worker as the environment describes it."""
    settings = AuditWorkerSettings()
    configure("audit-worker", settings.log_level)
    origin, key = settings.checkpoint_origin, settings.signing_key

    def tasks(sessions: Sessions, begin: BeginAs) -> Sequence[Task]:
        return [*trail.tasks(begin, origin, key), *monitoring.tasks(sessions, begin)]

    return create_worker(CONSUMER, tasks, settings)
