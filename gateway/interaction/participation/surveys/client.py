"""Surveys, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.upstream import Upstream, segment
from shared.contracts.page import Page
from shared.contracts.questionnaires import NewResponse
from shared.contracts.surveys import (
    DeviceToken,
    Invitations,
    ListedSurvey,
    NewSurvey,
    OpenedSurvey,
    PublicSurvey,
    ResponseReceipt,
    Survey,
    SurveyClosing,
    SurveyEdition,
    SurveyReview,
    SurveyState,
    SurveyTally,
    SurveyText,
    WantedInvitations,
)


@dataclass(frozen=True)
class SurveysClient:
    """Surveys on behalf of one reader."""

    upstream: Upstream

    async def surveys(
        self, site_code: str | None, first: int, after: str | None
    ) -> Page[ListedSurvey]:
        """Return a page of open and closed surveys."""
        return await self.upstream.get(
            Page[ListedSurvey],
            "/v1/public/surveys",
            site_code=site_code,
            first=first,
            after=after,
        )

    async def survey(self, survey_id: UUID) -> PublicSurvey:
        """Return an open or closed survey with its questions."""
        return await self.upstream.get(PublicSurvey, f"/v1/public/surveys/{survey_id}")

    async def survey_tally(self, survey_id: UUID) -> SurveyTally:
        """Return what is told of a survey's answers."""
        return await self.upstream.get(SurveyTally, f"/v1/public/surveys/{survey_id}/tally")

    async def admit_survey_device(self) -> DeviceToken:
        """Return a token to answer surveys with."""
        return await self.upstream.post(DeviceToken, "/v1/public/survey-devices")

    async def answer_survey(
        self, survey_id: UUID, shown: str, new: NewResponse
    ) -> ResponseReceipt:
        """Answer a survey, once for each pass."""
        path = f"/v1/public/surveys/{survey_id}/responses"
        # Codes are typed with gaps, which would not come through as such.
        credential = {"X-Survey-Pass": segment("".join(shown.split()))}
        return await self.upstream.showing(credential).post(ResponseReceipt, path, new)

    async def kept_surveys(
        self, site_code: str | None, state: SurveyState | None, first: int, after: str | None
    ) -> Page[Survey]:
        """Return a page of the surveys the reader works on."""
        return await self.upstream.get(
            Page[Survey],
            "/v1/surveys",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def kept_survey(self, survey_id: UUID) -> OpenedSurvey:
        """Return a survey as its keepers see it."""
        return await self.upstream.get(OpenedSurvey, f"/v1/surveys/{survey_id}")

    async def survey_editions(
        self, survey_id: UUID, first: int, after: str | None
    ) -> Page[SurveyEdition]:
        """Return a page of the texts a survey had."""
        path = f"/v1/surveys/{survey_id}/editions"
        return await self.upstream.get(Page[SurveyEdition], path, first=first, after=after)

    async def draft_survey(self, new: NewSurvey) -> Survey:
        """Draft a survey for a site."""
        return await self.upstream.post(Survey, "/v1/surveys", new)

    async def revise_survey(self, survey_id: UUID, text: SurveyText, version: int) -> Survey:
        """Write a survey anew before it opens."""
        path = f"/v1/surveys/{survey_id}"
        return await self.upstream.post(Survey, path, text, version=version, method="PUT")

    async def review_survey(self, survey_id: UUID, review: SurveyReview, version: int) -> Survey:
        """Let a survey open, or give it back."""
        path = f"/v1/surveys/{survey_id}/review"
        return await self.upstream.post(Survey, path, review, version=version)

    async def invite_to_survey(
        self, survey_id: UUID, wanted: WantedInvitations, version: int
    ) -> Invitations:
        """Return codes to hand out."""
        path = f"/v1/surveys/{survey_id}/invitations"
        return await self.upstream.post(Invitations, path, wanted, version=version)

    async def close_survey(self, survey_id: UUID, closing: SurveyClosing, version: int) -> Survey:
        """End a survey before its time."""
        path = f"/v1/surveys/{survey_id}/closure"
        return await self.upstream.post(Survey, path, closing, version=version)
