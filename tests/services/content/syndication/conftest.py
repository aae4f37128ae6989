import pytest

from shared.db import Sessions
from shared.uow import BeginAs, beginner
from tests.services.content.conftest import Hear, Watch, hear_all


@pytest.fixture
def real_begin(real_sessions: Sessions, watch: Watch) -> BeginAs:
    return beginner(real_sessions, watch, "/content")


@pytest.fixture
def real_hear(real_sessions: Sessions, real_begin: BeginAs) -> Hear:
    return hear_all(real_sessions, real_begin)
