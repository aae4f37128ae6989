"""Everything that makes an assessment, or makes it public."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from services.audit.assessment import queries, window
from services.audit.assessment.library import ruleset as current
from services.audit.assessment.models import Assessment, RegisteredRuleset
from services.audit.assessment.ruleset import Ruleset
from services.audit.assessment.schemas import NewAssessment
from services.audit.assessment.scoring import Finding, score
from services.audit.monitoring import queries as monitoring
from shared.auth import Permission
from shared.business_day import business_date, end_of, start_of
from shared.contracts.audit import AssessmentMade, AssessmentPublished
from shared.ids import new_id
from shared.problem import Conflict
from shared.uow import UnitOfWork, expect


class RulesetEdited(Conflict):
    """The rule set was changed without a new version."""

    advice = "这套考核规则的内容被改动而版本号未变，不能用于考核。"


class AlreadyPublished(Conflict):
    """The assessment is public."""

    advice = "这次考核已经公布。"


async def make_assessment(uow: UnitOfWork, new: NewAssessment) -> Assessment:
    """Score a site by the findings kept of it, and store the score with what it stands on."""
    site = await monitoring.site(uow.session, new.site_code)
    uow.actor.require(Permission.ASSESS, site.sponsoring)
    window.check(new.window, business_date(uow.now))
    ruleset = current(new.ruleset)
    registered = await _register(uow, ruleset)
    evidence = await _evidence(uow, new)
    scored = score(ruleset, evidence)
    canonical = scored.canonical()
    assessment = Assessment(
        id=new_id(),
        site_code=site.code,
        registered=registered,
        start=new.start,
        end=new.end,
        evidence=[finding.document() for finding in evidence],
        canonical=canonical,
        digest=sha256(canonical).hexdigest(),
        made_by=uow.actor.id,
        made_at=uow.now,
    )
    uow.session.add(assessment)
    uow.announce(
        AssessmentMade(
            assessment_id=assessment.id,
            site_code=assessment.site_code,
            ruleset=ruleset.reference,
            start=assessment.start,
            end=assessment.end,
            points=scored.points,
            grade=scored.grade,
            digest=assessment.digest,
        )
    )
    return assessment


async def publish_assessment(uow: UnitOfWork, assessment_id: UUID, *, version: int) -> Assessment:
    """Make an assessment public, with its ledger."""
    assessment = await queries.locked(uow.session, uow.actor, assessment_id)
    site = await monitoring.site(uow.session, assessment.site_code)
    uow.actor.require(Permission.ASSESS, site.sponsoring)
    expect(version, assessment.version)
    if assessment.published_at is not None:
        raise AlreadyPublished
    assessment.published_at = uow.now
    uow.announce(
        AssessmentPublished(
            assessment_id=assessment.id,
            site_code=assessment.site_code,
            digest=assessment.digest,
        )
    )
    return assessment


async def _register(uow: UnitOfWork, ruleset: Ruleset) -> RegisteredRuleset:
    """Keep the rules as they are on first use, so that they can always be computed with again."""
    row = insert(RegisteredRuleset).values(
        id=ruleset.id,
        version=ruleset.version,
        digest=ruleset.digest,
        rules=ruleset.model_dump(mode="json"),
        registered_at=uow.now,
    )
    await uow.session.execute(row.on_conflict_do_nothing())
    registered = await queries.registered(uow.session, ruleset.id, ruleset.version)
    if registered.digest != ruleset.digest:
        raise RulesetEdited(ruleset=ruleset.reference)
    return registered


async def _evidence(uow: UnitOfWork, new: NewAssessment) -> list[Finding]:
    start, end = start_of(new.start), end_of(new.end)
    found = await monitoring.findings_between(uow.session, new.site_code, start, end)
    return [
        Finding(
            id=str(row.id),
            kind=row.kind,
            site=row.site_code,
            subject=row.subject,
            window=window.overlap(new.window, row.opened_at, row.closed_at),
            evidence=tuple(map(str, row.evidence)),
            summary=row.summary,
        )
        for row in found
    ]
