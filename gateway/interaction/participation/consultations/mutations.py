"""What is done in consultations, by the public and by those who hold them."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import Info
from gateway.problem import Problem
from shared.contracts import consulting, voices
from shared.contracts.consultations import Consultation, ConsultationAnswer, Opinion

for plain in (
    consulting.ConsultationText,
    consulting.NewConsultation,
    consulting.NewOpinion,
    consulting.AnswerToOpinions,
    consulting.NewAnswerToOpinions,
    consulting.NewConsultationReport,
    voices.Moderation,
):
    strawberry.pydantic.input(plain, name=f"{plain.__name__}Input", description=plain.__doc__)

VoiceReceiptOrProblem = Annotated[
    voices.VoiceReceipt | Problem, strawberry.union("VoiceReceiptOrProblem")
]
ConsultationOrProblem = Annotated[
    Consultation | Problem, strawberry.union("ConsultationOrProblem")
]
OpinionOrProblem = Annotated[Opinion | Problem, strawberry.union("OpinionOrProblem")]
ConsultationAnswerOrProblem = Annotated[
    ConsultationAnswer | Problem, strawberry.union("ConsultationAnswerOrProblem")
]


@strawberry.type
class ConsultationsMutation:
    """Holding consultations, and taking part in them."""

    @strawberry.mutation(
        description="Say what you think of a draft; number and query code tell what became of it."
    )
    async def give_opinion(
        self, info: Info, consultation_id: UUID, input: consulting.NewOpinion
    ) -> VoiceReceiptOrProblem:
        """Hand an opinion in."""
        return await info.context.interaction.give_opinion(consultation_id, input)

    @strawberry.mutation(description="Prepare a draft to be put before the public.")
    async def prepare_consultation(
        self, info: Info, input: consulting.NewConsultation
    ) -> ConsultationOrProblem:
        """Prepare a consultation."""
        return await info.context.interaction.prepare_consultation(input)

    @strawberry.mutation(description="Prepare a consultation otherwise, before it is opened.")
    async def change_consultation(
        self, info: Info, id: UUID, version: int, input: consulting.ConsultationText
    ) -> ConsultationOrProblem:
        """Change a consultation."""
        return await info.context.interaction.change_consultation(id, input, version)

    @strawberry.mutation(
        description="Put a draft before the public; whoever prepared it may not. An announcement"
        " becomes a draft of content."
    )
    async def open_consultation(self, info: Info, id: UUID, version: int) -> ConsultationOrProblem:
        """Open a consultation."""
        return await info.context.interaction.open_consultation(id, version)

    @strawberry.mutation(
        description="Let an opinion be read by all, masked, or tell its participant why not."
    )
    async def moderate_opinion(
        self, info: Info, id: UUID, version: int, input: voices.Moderation
    ) -> OpinionOrProblem:
        """Moderate an opinion."""
        return await info.context.interaction.moderate_opinion(id, input, version)

    @strawberry.mutation(
        description="Answer opinions that say alike: adopted, partly or not, with the reason."
    )
    async def answer_opinions(
        self, info: Info, consultation_id: UUID, input: consulting.NewAnswerToOpinions
    ) -> ConsultationAnswerOrProblem:
        """Answer opinions."""
        return await info.context.interaction.answer_opinions(consultation_id, input)

    @strawberry.mutation(description="Answer the same opinions otherwise.")
    async def change_answer_to_opinions(
        self, info: Info, id: UUID, version: int, input: consulting.AnswerToOpinions
    ) -> ConsultationAnswerOrProblem:
        """Change an answer."""
        return await info.context.interaction.change_answer_to_opinions(id, input, version)

    @strawberry.mutation(description="Write what came of a consultation that has ended.")
    async def write_consultation_report(
        self, info: Info, id: UUID, version: int, input: consulting.NewConsultationReport
    ) -> ConsultationOrProblem:
        """Write a report."""
        return await info.context.interaction.write_consultation_report(id, input, version)

    @strawberry.mutation(
        description="Publish the report with every answer, which alone closes a consultation."
    )
    async def publish_consultation_report(
        self, info: Info, id: UUID, version: int
    ) -> ConsultationOrProblem:
        """Publish a report."""
        return await info.context.interaction.publish_consultation_report(id, version)
