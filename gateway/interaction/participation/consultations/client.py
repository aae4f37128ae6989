"""Consultations, one method for each thing the schema asks of them."""

from dataclasses import dataclass
from uuid import UUID

from gateway.interaction.admission import showing
from gateway.upstream import Upstream, segment
from shared.contracts.consultations import (
    Consultation,
    ConsultationAnswer,
    ConsultationState,
    OpenedConsultation,
    OpenedOpinion,
    Opinion,
    OpinionStatus,
    PublicAnswer,
    PublicConsultation,
    PublicOpinion,
)
from shared.contracts.consulting import (
    AnswerToOpinions,
    ConsultationText,
    NewAnswerToOpinions,
    NewConsultation,
    NewConsultationReport,
    NewOpinion,
)
from shared.contracts.page import Page
from shared.contracts.voices import Moderation, VoiceReceipt, VoiceState


@dataclass(frozen=True)
class ConsultationsClient:
    """Consultations on behalf of one reader."""

    upstream: Upstream

    async def consultations(
        self, site_code: str | None, state: ConsultationState | None, first: int, after: str | None
    ) -> Page[PublicConsultation]:
        """Return a page of the consultations everyone may read of."""
        return await self.upstream.get(
            Page[PublicConsultation],
            "/v1/public/consultations",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def consultation(self, consultation_id: UUID) -> OpenedConsultation:
        """Return a consultation with its draft."""
        path = f"/v1/public/consultations/{consultation_id}"
        return await self.upstream.get(OpenedConsultation, path)

    async def consultation_opinions(
        self, consultation_id: UUID, paragraph: int | None, first: int, after: str | None
    ) -> Page[PublicOpinion]:
        """Return a page of approved opinions."""
        path = f"/v1/public/consultations/{consultation_id}/opinions"
        return await self.upstream.get(
            Page[PublicOpinion], path, paragraph=paragraph, first=first, after=after
        )

    async def consultation_answers(
        self, consultation_id: UUID, first: int, after: str | None
    ) -> Page[PublicAnswer]:
        """Return a page of a published report's answers."""
        path = f"/v1/public/consultations/{consultation_id}/answers"
        return await self.upstream.get(Page[PublicAnswer], path, first=first, after=after)

    async def give_opinion(self, consultation_id: UUID, new: NewOpinion) -> VoiceReceipt:
        """Say what one thinks."""
        path = f"/v1/public/consultations/{consultation_id}/opinions"
        return await self.upstream.post(VoiceReceipt, path, new)

    async def opinion(self, number: str, query_code: str, proof: str | None) -> OpinionStatus:
        """Return what became of an opinion to whoever has its query code."""
        path = f"/v1/public/opinions/{segment(number)}"
        return await self.upstream.showing(showing(query_code, proof)).get(OpinionStatus, path)

    async def kept_consultations(
        self, site_code: str | None, state: ConsultationState | None, first: int, after: str | None
    ) -> Page[Consultation]:
        """Return a page of the consultations the reader has to do with."""
        return await self.upstream.get(
            Page[Consultation],
            "/v1/consultations",
            site_code=site_code,
            state=state,
            first=first,
            after=after,
        )

    async def kept_consultation(self, consultation_id: UUID) -> Consultation:
        """Return a consultation as those who hold it work on it."""
        return await self.upstream.get(Consultation, f"/v1/consultations/{consultation_id}")

    async def kept_opinions(
        self,
        consultation_id: UUID,
        state: VoiceState | None,
        answered: bool | None,  # noqa: FBT001  # a filter
        first: int,
        after: str | None,
    ) -> Page[Opinion]:
        """Return a page of a consultation's opinions, sealed."""
        path = f"/v1/consultations/{consultation_id}/opinions"
        return await self.upstream.get(
            Page[Opinion], path, state=state, answered=answered, first=first, after=after
        )

    async def kept_opinion(self, opinion_id: UUID) -> OpenedOpinion:
        """Return an opinion unsealed."""
        return await self.upstream.get(OpenedOpinion, f"/v1/opinions/{opinion_id}")

    async def kept_answers(
        self, consultation_id: UUID, first: int, after: str | None
    ) -> Page[ConsultationAnswer]:
        """Return a page of the answers decided so far."""
        path = f"/v1/consultations/{consultation_id}/answers"
        return await self.upstream.get(Page[ConsultationAnswer], path, first=first, after=after)

    async def prepare_consultation(self, new: NewConsultation) -> Consultation:
        """Prepare a consultation."""
        return await self.upstream.post(Consultation, "/v1/consultations", new)

    async def change_consultation(
        self, consultation_id: UUID, text: ConsultationText, version: int
    ) -> Consultation:
        """Prepare it otherwise."""
        path = f"/v1/consultations/{consultation_id}"
        return await self.upstream.post(Consultation, path, text, version=version, method="PUT")

    async def open_consultation(self, consultation_id: UUID, version: int) -> Consultation:
        """Put a draft before the public."""
        path = f"/v1/consultations/{consultation_id}/opening"
        return await self.upstream.post(Consultation, path, version=version)

    async def moderate_opinion(self, opinion_id: UUID, given: Moderation, version: int) -> Opinion:
        """Let an opinion be read by all, or not."""
        path = f"/v1/opinions/{opinion_id}/moderation"
        return await self.upstream.post(Opinion, path, given, version=version)

    async def answer_opinions(
        self, consultation_id: UUID, new: NewAnswerToOpinions
    ) -> ConsultationAnswer:
        """Answer opinions that say alike."""
        path = f"/v1/consultations/{consultation_id}/answers"
        return await self.upstream.post(ConsultationAnswer, path, new)

    async def change_answer_to_opinions(
        self, answer_id: UUID, new: AnswerToOpinions, version: int
    ) -> ConsultationAnswer:
        """Answer the same opinions otherwise."""
        path = f"/v1/consultation-answers/{answer_id}"
        return await self.upstream.post(
            ConsultationAnswer, path, new, version=version, method="PUT"
        )

    async def write_consultation_report(
        self, consultation_id: UUID, new: NewConsultationReport, version: int
    ) -> Consultation:
        """Write what came of a consultation."""
        path = f"/v1/consultations/{consultation_id}/report"
        return await self.upstream.post(Consultation, path, new, version=version, method="PUT")

    async def publish_consultation_report(
        self, consultation_id: UUID, version: int
    ) -> Consultation:
        """Publish the report, which closes the consultation."""
        path = f"/v1/consultations/{consultation_id}/report/publication"
        return await self.upstream.post(Consultation, path, version=version)
