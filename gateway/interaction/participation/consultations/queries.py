"""What can be asked of consultations."""

from uuid import UUID

import strawberry

from gateway.arguments import Proof, SiteCode
from gateway.connection import After, Connection, First, connect
from gateway.context import Info
from gateway.problem import find
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
from shared.contracts.voices import VoiceState


@strawberry.type
class ConsultationsQuery:
    """Drafts before the public, what was said of them, and what became of it."""

    @strawberry.field(description="A consultation that was opened, with its draft and its report.")
    async def consultation(self, info: Info, id: UUID) -> OpenedConsultation | None:
        """Return a consultation everyone may read of."""
        return await find(info.context.interaction.consultation(id))

    @strawberry.field(description="The consultations that were opened, newest first.")
    async def consultations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: ConsultationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PublicConsultation]:
        """Return a page of consultations."""
        page = await info.context.interaction.consultations(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="Approved opinions, masked; answered once the report is public.")
    async def consultation_opinions(
        self,
        info: Info,
        consultation_id: UUID,
        paragraph: int | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[PublicOpinion] | None:
        """Return a page of opinions, unless there is no such consultation."""
        page = await find(
            info.context.interaction.consultation_opinions(
                consultation_id, paragraph, first, after
            )
        )
        return None if page is None else connect(page, after)

    @strawberry.field(description="What became of the opinions, once the report is public.")
    async def consultation_answers(
        self, info: Info, consultation_id: UUID, first: First = 20, after: After = None
    ) -> Connection[PublicAnswer] | None:
        """Return a page of answers, unless there is no such consultation."""
        page = await find(
            info.context.interaction.consultation_answers(consultation_id, first, after)
        )
        return None if page is None else connect(page, after)

    @strawberry.field(
        description="What became of one's own opinion; a wrong code and an unknown number are the"
        " same nothing."
    )
    async def opinion(
        self, info: Info, number: str, query_code: str, proof: Proof = None
    ) -> OpinionStatus | None:
        """Return what became of an opinion to whoever has its query code."""
        return await find(info.context.interaction.opinion(number, query_code, proof))

    @strawberry.field(description="A consultation as those who hold it work on it.")
    async def kept_consultation(self, info: Info, id: UUID) -> Consultation | None:
        """Return a consultation, if the reader's posts reach it."""
        return await find(info.context.interaction.kept_consultation(id))

    @strawberry.field(description="The consultations the reader's posts reach, newest first.")
    async def kept_consultations(
        self,
        info: Info,
        site_code: SiteCode | None = None,
        state: ConsultationState | None = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Consultation]:
        """Return a page of consultations as those who hold them work on them."""
        page = await info.context.interaction.kept_consultations(site_code, state, first, after)
        return connect(page, after)

    @strawberry.field(description="A consultation's opinions for its desk, sealed, oldest first.")
    async def kept_opinions(
        self,
        info: Info,
        consultation_id: UUID,
        state: VoiceState | None = None,
        answered: bool | None = None,  # noqa: FBT001  # a filter
        first: First = 20,
        after: After = None,
    ) -> Connection[Opinion] | None:
        """Return a page of opinions, if the reader's posts reach them."""
        page = await find(
            info.context.interaction.kept_opinions(consultation_id, state, answered, first, after)
        )
        return None if page is None else connect(page, after)

    @strawberry.field(description="One opinion unsealed, for whoever moderates.")
    async def kept_opinion(self, info: Info, id: UUID) -> OpenedOpinion | None:
        """Return an opinion, if the reader's posts reach it."""
        return await find(info.context.interaction.kept_opinion(id))

    @strawberry.field(description="What is to become of the opinions, as far as it was decided.")
    async def kept_answers(
        self, info: Info, consultation_id: UUID, first: First = 20, after: After = None
    ) -> Connection[ConsultationAnswer] | None:
        """Return a page of answers, if the reader's posts reach them."""
        page = await find(info.context.interaction.kept_answers(consultation_id, first, after))
        return None if page is None else connect(page, after)
