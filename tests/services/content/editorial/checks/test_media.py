from datetime import date

import pytest

from services.content.editorial.checks.media import findings
from services.content.editorial.checks.subject import Attachment, Image, Subject


@pytest.mark.parametrize(
    ("image", "codes"),
    [
        (Image("图", 800), []),
        (Image("", 600), []),
        (Image("图", 801, has_narrow_rendition=True), []),
        (Image("图", 801), ["form.image_too_wide"]),
        (Image(None, 900), ["form.image_without_alt", "form.image_too_wide"]),
    ],
)
def test_a_picture_is_named_and_narrow(image: Image, codes: list[str]) -> None:
    subject = Subject("题", "文", date(2026, 3, 2), images=[Image("图", 1), image])
    found = list(findings(subject))
    assert [finding.code for finding in found] == codes
    assert {finding.field for finding in found} <= {"images/1"}


@pytest.mark.parametrize(
    ("attachment", "codes"),
    [
        (Attachment("名单", "文字"), []),
        (Attachment(" ", "文字"), ["form.attachment_untitled"]),
        (Attachment("名单", None), ["form.attachment_unreadable"]),
        (Attachment("名单", "第1页", complete=False), ["form.attachment_partly_read"]),
        (Attachment("", " \n"), ["form.attachment_untitled", "form.attachment_unreadable"]),
    ],
)
def test_an_attachment_is_named_and_readable(attachment: Attachment, codes: list[str]) -> None:
    subject = Subject("题", "文", date(2026, 3, 2), attachments=[attachment])
    assert [finding.code for finding in findings(subject)] == codes
