"""The one schema over all services."""

from collections.abc import Iterator
from typing import Any

import strawberry
from graphql import ExecutionResult as GraphQLResult
from graphql import GraphQLError
from strawberry.extensions import (
    DisableIntrospection,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    QueryDepthLimiter,
    SchemaExtension,
)
from strawberry.tools import merge_types
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.graphql import OperationType

from gateway.audit import types as _audit
from gateway.audit.queries import AuditQuery
from gateway.content.mutations import ContentMutation
from gateway.content.queries import ContentQuery
from gateway.context import Context
from gateway.interaction.mutations import InteractionMutation
from gateway.interaction.queries import InteractionQuery
from gateway.problem import InvalidInputHandler, RefusalHandler, as_error, is_fault
from gateway.public_state import PublicStates
from shared.telemetry import log

DEEPEST = 15
MOST_TOKENS = 5_000
MOST_ALIASES = 30

# Their contracts become GraphQL types when they are imported.
TYPES = (_audit,)

Query = merge_types("Query", (ContentQuery, InteractionQuery, AuditQuery))
Mutation = merge_types("Mutation", (ContentMutation, InteractionMutation))


class TellErrors(SchemaExtension):
    """Tells errors as readers may hear them, and logs those that are ours."""

    def on_operation(self) -> Iterator[None]:
        """Rewrite the errors once the operation is done."""
        yield
        result = self.execution_context.result
        if not isinstance(result, ExecutionResult | GraphQLResult) or not result.errors:
            return
        errors, result.errors = result.errors, [as_error(error) for error in result.errors]
        for error, shown in zip(errors, result.errors, strict=True):
            if is_fault(shown):
                log.error("graphql.fault", exc_info=error.original_error)


class TellPublicState(SchemaExtension):
    """Has the reads of a query tell of which public state they are, and tells readers the one."""

    def on_execute(self) -> Iterator[None]:
        """Ask for it in queries alone: what an act reads afterwards is of a later state."""
        query = self.execution_context.operation_type is OperationType.QUERY
        self._states.wanted = query
        yield

    def get_results(self) -> dict[str, Any]:
        """Return the state, where something of it was read."""
        told = self._states.told
        return {"publicState": max(told)} if told else {}

    @property
    def _states(self) -> PublicStates:
        context: Context = self.execution_context.context
        return context.states


class Schema(strawberry.Schema):
    """The schema; what goes wrong in it is logged once, where errors are told."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Leave the logging to `TellErrors`, which knows whose fault an error is."""


def build(*, introspection: bool = True) -> strawberry.Schema:
    """Return the schema as the gateway serves it."""
    hidden = [] if introspection else [DisableIntrospection]
    return Schema(
        Query,
        Mutation,
        extensions=[
            lambda: QueryDepthLimiter(max_depth=DEEPEST),
            lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
            lambda: MaxAliasesLimiter(max_alias_count=MOST_ALIASES),
            TellErrors,
            TellPublicState,
            *hidden,
        ],
        exception_handlers=[RefusalHandler(), InvalidInputHandler()],
    )
