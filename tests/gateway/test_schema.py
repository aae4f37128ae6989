from pathlib import Path

import pytest

from deploy.documents import documents

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("place", documents())
def test_the_checked_in_document_is_the_one_served(place: str) -> None:
    assert (ROOT / place).read_text("utf-8") == documents()[place], "run `make schema`"
