"""Pictures and attachments: fit to be seen, named, and readable by the checks.

Source: 蚌政办秘〔2017〕97号 三(三); GB/T 37668-2019.
"""

from collections.abc import Iterator

from services.content.editorial.checks.finding import CheckFinding
from services.content.editorial.checks.form import limits
from services.content.editorial.checks.rules import report
from services.content.editorial.checks.subject import Attachment, Image, Subject, label


def findings(subject: Subject) -> Iterator[CheckFinding]:
    """Yield what keeps each picture and attachment from going out."""
    for place, image in enumerate(subject.images):
        yield from _of_image(f"images/{place}", image)
    for place, attachment in enumerate(subject.attachments):
        yield from _of_attachment(f"attachments/{place}", attachment)


def _of_image(field: str, image: Image) -> Iterator[CheckFinding]:
    widest = limits()["image_width"]
    if image.alt is None:
        yield report(
            "form.image_without_alt",
            field,
            excerpt="",
            suggestion="填写替代文字；仅作装饰的图片填为空。",
            message=f"{label(field)}没有替代文字，读屏软件无法读出。",
        )
    if image.width > widest and not image.has_narrow_rendition:
        yield report(
            "form.image_too_wide",
            field,
            excerpt=f"{image.width} 像素",
            suggestion=f"缩小到 {widest} 像素以内，原图可另存。",
            message=f"{label(field)}宽 {image.width} 像素，超过 {widest} 像素，且没有缩小版。",
        )


def _of_attachment(field: str, attachment: Attachment) -> Iterator[CheckFinding]:
    if not attachment.title.strip():
        yield report(
            "form.attachment_untitled",
            field,
            excerpt="",
            suggestion="填写附件标题。",
            message=f"{label(field)}没有标题。",
        )
    if attachment.text is None or not attachment.text.strip():
        yield report(
            "form.attachment_unreadable",
            field,
            excerpt=attachment.title[:40],
            suggestion="换成可复制文字的文件，或由专人逐页核对后说明理由。",
            message=f"{label(field)}中没有读到文字，无法检查其中的个人信息和涉密内容。",
        )
    elif not attachment.complete:
        yield report(
            "form.attachment_partly_read",
            field,
            excerpt=attachment.title[:40],
            suggestion="换成可复制文字的文件，或由专人核对未读到的部分后说明理由。",
            message=f"{label(field)}只读到一部分文字，其余为扫描页、图片、内嵌文件或超出篇幅，未能检查。",
        )
