"""What others learn about staff: identifiers and organizations, never names."""

from uuid import UUID

from pydantic import BaseModel

from shared.events import Event


class Grant(BaseModel):
    """A permission and the organizations it reaches."""

    permission: str
    organizations: list[str]


class Viewer(BaseModel):
    """Who the bearer of a token is and what they may do."""

    id: str
    organization: str
    grants: list[Grant]


class PersonJoined(Event, type="content.person.joined", subject="person_id"):
    """A person joined an organization."""

    person_id: UUID
    organization: str


class PostFilled(Event, type="content.post.filled", subject="person_id"):
    """A person took up a post."""

    post_id: UUID
    person_id: UUID
    kind: str
    organization: str


class ClientAdmitted(Event, type="content.client.admitted", subject="client_id"):
    """A program was given credentials."""

    client_id: UUID
    organization: str
