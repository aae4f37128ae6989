"""What the routes of all services keep to, whoever wrote them."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from services.audit import app as audit
from services.content import app as content
from services.interaction import app as interaction

ROUTERS: list[APIRouter] = [*content.ROUTERS, *interaction.ROUTERS, *audit.ROUTERS]
ROUTES = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]


def makers(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """Every function that makes something the route is given."""
    for dependency in dependant.dependencies:
        if dependency.call is not None:
            yield dependency.call
        yield from makers(dependency)


def takes_a_thread(call: Callable[..., Any]) -> bool:
    kinds = (inspect.iscoroutinefunction, inspect.isasyncgenfunction)
    return not any(kind(how) for kind in kinds for how in (call, type(call).__call__))


def test_there_are_routes_and_a_plain_function_would_be_found() -> None:
    assert len(ROUTES) > 200
    assert takes_a_thread(len)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.name))
def test_nothing_a_route_is_given_is_made_in_a_thread_of_its_own(route: APIRoute) -> None:
    assert not [maker for maker in makers(route.dependant) if takes_a_thread(maker)]
