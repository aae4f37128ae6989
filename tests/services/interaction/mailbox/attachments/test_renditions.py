import pytest

from services.interaction.mailbox.attachments.renditions import (
    Judged,
    NeedsRedaction,
    NotJudged,
    NotRedacted,
    check_redacted,
    for_readers,
    masked,
    rendition,
)
from services.interaction.mailbox.letters.writing import Writing
from shared.contracts.assets import AssetKind
from shared.contracts.attachments import AttachmentState

WRITING = Writing(title="a", text="b", name="李小龙", phone="13855201234", email=None)
READY, WAITING = AttachmentState.READY, AttachmentState.WAITING


def file(
    kind: AssetKind | None,
    *,
    state: AttachmentState = READY,
    size: int = 10,
    complete: bool | None = None,
) -> Judged:
    return Judged(state, kind, size, complete)


@pytest.mark.parametrize(
    ("original", "copy", "what"),
    [
        (file(AssetKind.JPEG), None, (False, "page", False)),
        (file(AssetKind.TXT), None, (False, "original", True)),
        (file(AssetKind.CSV), None, (False, "original", True)),
        (file(AssetKind.PDF), file(AssetKind.PNG), (True, "page", False)),
        (file(AssetKind.JPEG), file(AssetKind.PNG), (True, "page", False)),
        (file(AssetKind.PDF), file(AssetKind.PDF, complete=True), (True, "original", False)),
        (file(AssetKind.TXT, size=99), file(AssetKind.TXT), (True, "original", True)),
        (
            file(AssetKind.TXT, size=99),
            file(AssetKind.TXT, size=99, complete=True),
            (True, "original", False),
        ),
    ],
)
def test_a_persons_copy_comes_first_and_only_images_and_texts_without_one(
    original: Judged, copy: Judged | None, what: tuple[bool, str, bool]
) -> None:
    found = rendition(original, copy, 20)
    assert (found.redacted, found.what, found.is_masked) == what


@pytest.mark.parametrize(
    ("original", "copy", "refusal"),
    [
        (file(AssetKind.PDF), None, NeedsRedaction),
        (file(AssetKind.DOCX, complete=True), None, NeedsRedaction),
        (file(AssetKind.TXT, size=99), None, NeedsRedaction),
        (file(AssetKind.JPEG, state=WAITING), None, NotJudged),
        (file(AssetKind.JPEG), file(None, state=WAITING), NotJudged),
        (file(AssetKind.JPEG), file(None, state=AttachmentState.REFUSED), NotJudged),
        (file(AssetKind.PDF), file(AssetKind.PDF, complete=False), NotRedacted),
        (file(AssetKind.PDF), file(AssetKind.DOC), NotRedacted),
    ],
)
def test_nothing_is_shown_that_was_not_judged_and_redacted(
    original: Judged, copy: Judged | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        rendition(original, copy, 20)


def test_readers_get_images_as_they_were_drawn_and_all_else_as_it_came() -> None:
    assert for_readers(file(AssetKind.WEBP)) == "reading"
    assert for_readers(file(AssetKind.PDF)) == "original"
    for state in (WAITING, AttachmentState.REFUSED):
        with pytest.raises(NotJudged):
            for_readers(file(AssetKind.PDF, state=state))


def test_a_text_is_masked_in_whatever_encoding_it_came() -> None:
    text = "李小龙，13855201234，路灯"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        shown = masked(text.encode(encoding), WRITING).decode()
        assert "李小龙" not in shown
        assert "13855201234" not in shown
        assert shown.endswith("路灯")


def test_a_copy_in_which_nobody_is_found_passes() -> None:
    check_redacted("路灯在东海大道。来信人：***", WRITING)
    for leak in ("李小龙", "电话 138-5520-1234", "13900001111"):
        with pytest.raises(NotRedacted):
            check_redacted(f"路灯。{leak}。", WRITING)
