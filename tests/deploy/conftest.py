import pytest

from tests.deploy.rendering import OVERLAYS, Object, overlay


@pytest.fixture(params=OVERLAYS)
def objects(request: pytest.FixtureRequest) -> tuple[Object, ...]:
    """Everything that one overlay renders to."""
    return overlay(request.param)
