"""The process that shows the trail, the findings and the scores."""

from fastapi import FastAPI

from services.audit.assessment.router import router as assessment
from services.audit.monitoring.router import router as monitoring
from services.audit.settings import AuditSettings
from services.audit.trail.router import router as trail
from shared.process import Close, create_api, open_house
from shared.requests import House
from shared.telemetry import configure

TITLE = "Zhengbu audit"
DESCRIPTION = "What happened, what was found, what it costs."
ROUTERS = (trail, monitoring, assessment)


def create() -> FastAPI:
    """Return the audit API as the environment describes it."""
    settings = AuditSettings()
    configure("audit", settings.log_level)
    return create_audit(*open_house(settings, "/audit"))


def create_audit(house: House, close: Close) -> FastAPI:
    """Return the audit API over `house`."""
    return create_api(TITLE, DESCRIPTION, ROUTERS, house, close)
