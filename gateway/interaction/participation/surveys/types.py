"""Surveys as GraphQL types."""

import strawberry

from shared.contracts import questionnaires, surveys

for plain in (
    questionnaires.SurveyOption,
    questionnaires.SurveyCondition,
    questionnaires.SurveyQuestion,
    surveys.Survey,
    surveys.SurveyEdition,
    surveys.ListedSurvey,
    surveys.PublicSurvey,
    surveys.SurveyCount,
    surveys.SurveyRowTally,
    surveys.SurveyQuestionTally,
    surveys.SurveyTally,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
for part, name in (
    (surveys.DeviceToken, "SurveyDevice"),
    (surveys.ResponseReceipt, "SurveyReceipt"),
    (surveys.KeptText, "KeptSurveyText"),
    (surveys.OpenedSurvey, "KeptSurvey"),
    (surveys.Invitations, "SurveyInvitations"),
):
    strawberry.pydantic.type(part, name=name, description=part.__doc__)
