"""What the routes of all services keep to, whoever wrote them."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from services.audit import app as audit
from services.content import app as content
from services.content.delivery.router.public_state import PublicReading
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


# What releases do not change, bytes that no query joins, and one that tells its state by itself.
TELL_NO_STATE = {
    "/v1/public/column-kinds",
    "/v1/public/sites",
    "/v1/public/sites/{code}",
    "/v1/public/sites/{code}/columns",
    "/v1/public/sites/{code}/labels",
    "/v1/public/columns",
    "/v1/public/columns/{column_id}",
    "/v1/public/columns/{column_id}/labels",
    "/v1/public/assets/{asset_id}/{name}",
    "/v1/public/items/{item_id}",
}


def test_every_public_read_that_releases_change_can_tell_its_public_state() -> None:
    tells = get_args(PublicReading)[1].dependency
    public = [
        route
        for router in content.ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
        and route.path.startswith("/v1/public/")
        and "GET" in route.methods
    ]
    silent = {route.path for route in public if tells not in makers(route.dependant)}
    assert silent == TELL_NO_STATE
