from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from openapi_spec_validator import validate

PROBLEM = "application/problem+json"


def _operations(app: FastAPI) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in app.openapi()["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_the_description_is_valid_openapi(app: FastAPI) -> None:
    validate(app.openapi())


def test_every_operation_says_what_it_does_and_how_it_refuses(app: FastAPI) -> None:
    for name, operation in _operations(app):
        assert operation["summary"], name
        assert operation["description"].endswith("."), name
        assert operation["tags"], name
        problems = [kind for kind in operation["responses"] if kind.startswith("4")]
        assert problems, name
        for kind in problems:
            assert PROBLEM in operation["responses"][kind]["content"], name


def test_no_two_operations_share_a_name(app: FastAPI) -> None:
    names = [operation["operationId"] for _, operation in _operations(app)]
    assert len(names) == len(set(names))


def test_a_change_asks_for_the_version_it_changes(app: FastAPI) -> None:
    asking = {
        name
        for name, operation in _operations(app)
        if any(
            parameter["name"].lower() == "if-match"
            for parameter in operation.get("parameters", ())
        )
    }
    assert asking == {
        "post /v1/participation-texts/{text_id}/acceptance",
        "post /v1/participation-texts/{text_id}/dismissal",
        "put /v1/items/{item_id}",
        "post /v1/items/{item_id}/submission",
        "post /v1/items/{item_id}/reviews",
        "post /v1/items/{item_id}/revisions/{number}/restoration",
        "put /v1/tasks/{task_id}",
        "post /v1/comments/{comment_id}/settlement",
        "put /v1/organizations/{code}/review-levels",
        "post /v1/obligations/{obligation_id}/answer",
        "post /v1/obligations/{obligation_id}/claim",
        "put /v1/directive-rules/{rule_id}",
        "delete /v1/directive-rules/{rule_id}",
        "post /v1/directive-rules/{rule_id}/suspension",
        "post /v1/directive-rules/{rule_id}/resumption",
        "post /v1/copies/{copy_id}/report",
        "post /v1/obligations/{obligation_id}/ruling",
        "put /v1/obligations/{obligation_id}/rewording",
        "post /v1/obligations/{obligation_id}/rewording/reviews",
        "put /v1/reposts/{item_id}/note",
        "put /v1/acceptance-rules/{rule_id}",
        "delete /v1/acceptance-rules/{rule_id}",
        "post /v1/acceptance-rules/{rule_id}/suspension",
        "post /v1/acceptance-rules/{rule_id}/resumption",
        "put /v1/subscriptions/{subscription_id}",
        "delete /v1/subscriptions/{subscription_id}",
        "put /v1/upstream-feeds/{feed_id}",
        "put /v1/upstream-feeds/{feed_id}/rules",
        "delete /v1/upstream-feeds/{feed_id}",
        *(
            f"post /v1/upstream-entries/{{entry_id}}/{act}"
            for act in ("acceptance", "dismissal", "note", "directive")
        ),
        *(
            f"post /v1/subscriptions/{{subscription_id}}/{act}"
            for act in ("pause", "resumption", "secret")
        ),
        "put /v1/workdays/{year}",
        "put /v1/organizations/{code}",
        "put /v1/sites/{code}",
        "put /v1/columns/{column_id}",
        *(
            f"post /v1/sites/{{code}}/{act}"
            for act in (
                "opening",
                "suspension",
                "reopening",
                "migration",
                "migration/cancellation",
                "closure",
            )
        ),
        "post /v1/applications/{application_id}/decision",
        "post /v1/applications/{application_id}/withdrawal",
        "post /v1/outages/{outage_id}/end",
        "post /v1/procedures/{procedure_id}/replacement",
        "put /v1/lexicons/{name}",
        "put /v1/lexicons/{name}/table",
        "delete /v1/assets/{asset_id}",
        "post /v1/people/{person_id}/deactivation",
        "post /v1/people/{person_id}/reactivation",
        "put /v1/people/{person_id}/password",
        "put /v1/people/{person_id}/identity",
        "delete /v1/people/{person_id}/identity",
        "put /v1/channels/{channel_id}",
        "delete /v1/channels/{channel_id}",
        "post /v1/channels/{channel_id}/secret",
        "post /v1/channels/{channel_id}/pause",
        "post /v1/channels/{channel_id}/resumption",
        "post /v1/channels/{channel_id}/posts/{channel_post_id}/retry",
        "put /v1/topics/{topic_id}",
        "post /v1/topics/{topic_id}/closure",
        "post /v1/topics/{topic_id}/archiving",
        "post /v1/topics/{topic_id}/assignment",
        "post /v1/topics/{topic_id}/press-conference",
        "post /v1/topics/{topic_id}/explanation",
        "post /v1/supply-tasks/{task_id}/fulfilment",
        "post /v1/supply-tasks/{task_id}/return",
        "post /v1/supply-tasks/{task_id}/cancellation",
        "put /v1/contributions/{contribution_id}",
        "post /v1/contributions/{contribution_id}/withdrawal",
        "post /v1/contributions/{contribution_id}/adoption",
        "post /v1/contributions/{contribution_id}/return",
        "post /v1/contributions/{contribution_id}/refusal",
        "put /v1/experts/{expert_id}",
        "post /v1/commissions/{commission_id}/step",
        "put /v1/organizations/{code}/index-pattern",
        "post /v1/scheduled-releases/{schedule_id}/cancellation",
        "post /v1/scheduled-releases/{schedule_id}/rescheduling",
    }
