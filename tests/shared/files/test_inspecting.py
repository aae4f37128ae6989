import asyncio
from pathlib import Path

import pytest

from shared.contracts.assets import AssetKind, RefusalReason
from shared.files.adapters.antivirus import ScannerAway
from shared.files.adapters.inspecting import inspect
from shared.files.scanning import SCANNER
from tests.support import papers
from tests.support.scanners import listening


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "source"
    file.write_bytes(papers.docx())
    return file


async def test_a_file_is_clean_only_if_the_virus_scanner_says_so(
    source: Path, tmp_path: Path
) -> None:
    async with listening() as scanner:
        scan, by = await inspect(source, "a.docx", tmp_path, scanner.address)
        assert (scan.kind, scan.dangers) == (AssetKind.DOCX, [])
        assert by.startswith(f"{SCANNER}, ClamAV")
        assert scanner.scanned == [await asyncio.to_thread(source.read_bytes)]
        scanner.answer = b"stream: Win.Test FOUND\0"
        scan, _ = await inspect(source, "a.docx", tmp_path, scanner.address)
        assert scan.dangers == [RefusalReason.VIRUS]
        scanner.answer = b"INSTREAM size limit exceeded\0"
        with pytest.raises(ScannerAway):
            await inspect(source, "a.docx", tmp_path, scanner.address)


async def test_what_was_found_dangerous_already_is_not_asked_about(
    source: Path, tmp_path: Path
) -> None:
    async with listening() as scanner:
        scan, by = await inspect(source, "a.jpg", tmp_path, scanner.address)
        assert (scan.dangers, by) == ([RefusalReason.OTHER_EXTENSION], SCANNER)
        assert scanner.scanned == []
