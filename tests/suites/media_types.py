"""The media types of raw bodies that schemathesis has no serializer of its own for."""

import schemathesis

schemathesis.serializer.alias(
    [
        "application/offset+octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    "application/octet-stream",
)
