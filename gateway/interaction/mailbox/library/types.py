"""The answer library as GraphQL types."""

import strawberry

from shared.contracts import answer_library

for plain in (
    answer_library.LibraryEdition,
    answer_library.LibraryEntry,
    answer_library.LibraryCitation,
):
    strawberry.pydantic.type(plain, description=plain.__doc__)
