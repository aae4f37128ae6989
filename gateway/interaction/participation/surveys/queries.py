"""What can be asked of surveys."""

from uuid import UUID

import strawberry

from gateway.arguments import SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.interaction.participation.surveys import types as _types
from gateway.problem import find
from shared.contracts.surveys import (
    ListedSurvey,
    OpenedSurvey,
    PublicSurvey,
    Survey,
    SurveyEdition,
    SurveyState,
    SurveyTally,
)

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)


@strawberry.type
class SurveysQuery:
    """Surveys: the open and closed ones, and those one works on."""

    @strawberry.field(description="An open or closed survey with its questions.")
    async def survey(self, info: Info, id: UUID) -> PublicSurvey | None:
        """Return a survey everyone may read."""
        return await find(info.context.interaction.survey(id))

    @strawberry.field(description="Open and closed surveys, the latest opened first.")
    async def surveys(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ListedSurvey]:
        """Return a page of surveys everyone may read."""
        return connect(await info.context.interaction.surveys(site_code, first, after), after)

    @strawberry.field(
        description="What a survey's answers come to, small counts hidden; none unless told yet."
    )
    async def survey_tally(self, info: Info, id: UUID) -> SurveyTally | None:
        """Return the counts."""
        return await find(info.context.interaction.survey_tally(id))

    @strawberry.field(description="A survey with its text, drafted or not.")
    async def kept_survey(self, info: Info, id: UUID) -> OpenedSurvey | None:
        """Return a survey, if the reader's posts reach it."""
        return await find(info.context.interaction.kept_survey(id))

    @strawberry.field(description="The surveys the reader's posts reach, the latest first.")
    async def kept_surveys(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: SurveyState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Survey]:
        """Return a page of surveys as their keepers see them."""
        page = await info.context.interaction.kept_surveys(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="Every text a survey had, the latest first.")
    async def survey_editions(
        self, info: Info, id: UUID, first: First = 20, after: After = None
    ) -> Connection[SurveyEdition] | None:
        """Return a page of a survey's texts, if the reader's posts reach it."""
        page = await find(info.context.interaction.survey_editions(id, first, after))
        return connect(page, after) if page else None
