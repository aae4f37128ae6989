from pathlib import Path

import pytest
from obstore.store import LocalStore

from shared.files.adapters.storage import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(LocalStore(tmp_path / "files", mkdir=True))
