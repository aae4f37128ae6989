"""Consultations as GraphQL types."""

import strawberry

from shared.contracts import consultations, voices

for plain in (
    voices.VoiceReceipt,
    consultations.PublicConsultation,
    consultations.DraftParagraph,
    consultations.OpenedConsultation,
    consultations.PublicAnswer,
    consultations.OpinionAnswer,
    consultations.PublicOpinion,
    consultations.OpinionStatus,
    consultations.Consultation,
    consultations.Opinion,
    consultations.OpenedOpinion,
    consultations.ConsultationAnswer,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
