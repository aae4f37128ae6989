"""A multipart form, read as it arrives: short fields first, then one file of any size."""

import re
from email.message import Message

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser

from shared.problem import BadRequest

MOST_FIELD = 1000
MOST_FIELDS = 10
LONGEST_NAME = 200
UNSHOWABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class UnreadableForm(BadRequest):
    """The body is not a multipart form of fields and then one file."""

    advice = "上传内容无法识别：应为 multipart/form-data，先填各项，后附一个名为 file 的文件。"


def file_name(given: str) -> str:
    """Return a name that can be shown on one line: no folders, nothing invisible."""
    bare = UNSHOWABLE.sub("", given).replace("\\", "/").rpartition("/")[2].strip(" .")
    if len(bare) <= LONGEST_NAME:
        return bare
    stem, dot, extension = bare.rpartition(".")
    return (stem or extension)[: LONGEST_NAME - 16] + dot + extension[:15]


class FormReader:
    """Takes a form's bytes as they come, and gives the file's bytes back as they come."""

    def __init__(self, content_type: str) -> None:
        self.fields: dict[str, str] = {}
        self.name: str | None = None
        self.complete = False
        self._pieces: list[bytes] = []
        self._headers: dict[str, str] = {}
        self._header, self._value, self._text = b"", b"", b""
        self._field: str | None = None
        self._in_file = False
        boundary = _parameters("content-type", content_type).get_param("boundary")
        if not content_type.lower().startswith("multipart/form-data") or not boundary:
            raise UnreadableForm
        try:
            self._parser = MultipartParser(
                str(boundary),
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._on_header,
                    "on_header_value": self._on_value,
                    "on_header_end": self._end_header,
                    "on_headers_finished": self._open,
                    "on_part_data": self._on_data,
                    "on_part_end": self._end,
                    "on_end": self._finish,
                },
            )
        except (FormParserError, UnicodeEncodeError) as fault:
            raise UnreadableForm from fault

    def feed(self, data: bytes) -> list[bytes]:
        """Take some more of the body; return what of it belongs to the file."""
        try:
            self._parser.write(data)
        except FormParserError as fault:
            raise UnreadableForm from fault
        pieces, self._pieces = self._pieces, []
        return pieces

    def _begin(self) -> None:
        self._headers, self._header, self._value, self._text = {}, b"", b"", b""

    def _on_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        name = self._header.decode("latin-1").lower()
        self._headers[name] = self._value.decode("utf-8", "replace")
        self._header, self._value = b"", b""

    def _open(self) -> None:
        told = _parameters("content-disposition", self._headers.get("content-disposition", ""))
        self._field = _text(told, "name")
        given = _text(told, "filename")
        if self.name is not None or self._field in self.fields or len(self.fields) >= MOST_FIELDS:
            raise UnreadableForm  # something stands behind the file, twice, or far too much
        self._in_file = given is not None
        if given is not None:
            if self._field != "file" or not file_name(given):
                raise UnreadableForm
            self.name = file_name(given)

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._pieces.append(data[start:end])
            return
        self._text += data[start:end]
        if len(self._text) > MOST_FIELD:
            raise UnreadableForm

    def _end(self) -> None:
        if not self._in_file:
            self.fields[self._field or ""] = self._text.decode("utf-8", "replace")

    def _finish(self) -> None:
        self.complete = self.name is not None


def _parameters(header: str, value: str) -> Message:
    message = Message()
    message[header] = value
    return message


def _text(told: Message, name: str) -> str | None:
    """Return a parameter of Content-Disposition, also one in the form of RFC 5987."""
    value = told.get_param(name, header="content-disposition")
    if isinstance(value, tuple):
        return value[2].encode("latin-1", "replace").decode("utf-8", "replace")
    return value
