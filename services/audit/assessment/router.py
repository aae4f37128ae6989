"""HTTP of assessment."""

from hashlib import sha256
from uuid import UUID

from fastapi import APIRouter, Response

from services.audit.assessment import commands, queries
from services.audit.assessment.library import ruleset, rulesets
from services.audit.assessment.report import public_ruleset, recomputed
from services.audit.assessment.schemas import ExplainedAssessment, NewAssessment, RulesetId
from shared.contracts.audit import Assessment, Recomputation, Ruleset
from shared.contracts.page import Page
from shared.contracts.text import SiteCode
from shared.requests import BeginAct, IfMatch, Reading, Somebody, WhichPage

router = APIRouter(prefix="/v1", tags=["assessment"])


@router.get("/rulesets")
async def list_rulesets(_: Somebody) -> list[Ruleset]:
    """Return the current version of every rule set."""
    return [public_ruleset(each) for each in rulesets().values()]


@router.get("/rulesets/{ruleset_id}")
async def read_ruleset(ruleset_id: RulesetId, _: Somebody) -> Ruleset:
    """Return the current version of one rule set."""
    return public_ruleset(ruleset(ruleset_id))


@router.post("/assessments", status_code=201, response_model=Assessment)
async def make_assessment(new: NewAssessment, begin: BeginAct) -> Response:
    """Score a site by the findings that stood over some days."""
    async with begin() as uow:
        made = await commands.make_assessment(uow, new)
        return await uow.answer(ExplainedAssessment, made, 201)


@router.get("/assessments")
async def list_assessments(
    actor: Somebody, session: Reading, page: WhichPage, site_code: SiteCode | None = None
) -> Page[Assessment]:
    """Return the assessments of sites the bearer oversees, the latest first."""
    return await queries.assessments(session, actor, site_code, page)


@router.get("/assessments/{assessment_id}")
async def read_assessment(
    assessment_id: UUID, actor: Somebody, session: Reading, response: Response
) -> Assessment:
    """Return one assessment; its version is needed to publish it."""
    found = await queries.assessment(session, actor, assessment_id)
    response.headers["ETag"] = f'"{found.version}"'
    return ExplainedAssessment.model_validate(found)


@router.get("/assessments/{assessment_id}/recomputation")
async def recompute_assessment(
    assessment_id: UUID, actor: Somebody, session: Reading
) -> Recomputation:
    """Score the stored evidence by the stored rules again, and compare byte for byte."""
    found = await queries.assessment(session, actor, assessment_id)
    again = recomputed(found.registered.rules, found.evidence).canonical()
    return Recomputation(
        assessment_id=found.id,
        digest=found.digest,
        recomputed_digest=sha256(again).hexdigest(),
        identical=again == found.canonical,
    )


@router.post("/assessments/{assessment_id}/publication", response_model=Assessment)
async def publish_assessment(assessment_id: UUID, if_match: IfMatch, begin: BeginAct) -> Response:
    """Make an assessment public, with its ledger."""
    async with begin() as uow:
        published = await commands.publish_assessment(uow, assessment_id, version=if_match)
        return await uow.answer(ExplainedAssessment, published)


@router.get("/public/assessments")
async def list_published(
    session: Reading, page: WhichPage, site_code: SiteCode | None = None
) -> Page[Assessment]:
    """Return published assessments, the latest first, every lost point explained."""
    return await queries.published(session, site_code, page)


@router.get("/public/assessments/{assessment_id}")
async def read_published(assessment_id: UUID, session: Reading) -> Assessment:
    """Return one published assessment, every lost point explained."""
    found = await queries.published_assessment(session, assessment_id)
    return ExplainedAssessment.model_validate(found)
