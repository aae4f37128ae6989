"""Programs and the keys they act with."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from services.content.registry import queries as registry
from services.content.staff.authority import POSTS
from services.content.staff.credentials import digest, secret
from services.content.staff.models import Client, ClientKey
from services.content.staff.patience import check_expiry, usual_expiry
from services.content.staff.queries import clients
from shared.auth import Permission
from shared.contracts.admitting import NewClient, NewKey, Scope
from shared.contracts.staff import ClientAdmitted, ClientRevoked, KeyIssued, KeyRevoked
from shared.problem import Conflict, Fault, Invalid
from shared.uow import UnitOfWork


class ClientIsRevoked(Conflict):
    """A revoked program gets no further key."""

    advice = "该应用账号已停用，不能再发放密钥。"


async def admit_client(
    uow: UnitOfWork, new: NewClient, *, chance: str
) -> tuple[Client, ClientKey, str]:
    """Let a program act, with a first key whose secret nobody can show again."""
    organization = await registry.organization(uow.session, new.organization)
    uow.actor.require(Permission.ADMINISTER, organization.path)
    client = Client(name=new.name, kind=new.kind, organization=organization.path)
    uow.session.add(client)
    await uow.session.flush()
    uow.announce(ClientAdmitted(client_id=client.id, organization=organization.path))
    expires_at = new.expires_at or usual_expiry(uow.now)
    key, shown = await _issue(uow, client, new.name, new, expires_at, chance)
    return client, key, shown


async def issue_key(
    uow: UnitOfWork, client_id: UUID, new: NewKey, *, chance: str
) -> tuple[ClientKey, str]:
    """Give a program a further key; return it with the secret, which nobody can show again."""
    client = await clients.client(uow.session, uow.actor, client_id)
    if client.revoked_at is not None:
        raise ClientIsRevoked
    return await _issue(uow, client, new.name, new, new.expires_at, chance)


async def _issue(
    uow: UnitOfWork, client: Client, name: str, scope: Scope, expires_at: datetime, chance: str
) -> tuple[ClientKey, str]:
    check_expiry(expires_at, uow.now)
    sites = await _sites_in(uow, scope)
    shown = secret(chance)
    key = ClientKey(
        client_id=client.id,
        name=name,
        digest=digest(shown),
        sites=sites,
        columns=None if scope.columns is None else sorted(map(str, set(scope.columns))),
        verbs=_verbs(client, scope),
        created_at=uow.now,
        expires_at=expires_at,
    )
    uow.session.add(key)
    await uow.session.flush()
    uow.announce(
        KeyIssued(
            client_id=client.id,
            key_id=key.id,
            expires_at=key.expires_at,
            sites=None if key.sites is None else tuple(key.sites),
            columns=None if key.columns is None else tuple(map(UUID, key.columns)),
            verbs=tuple(key.verbs),
        )
    )
    return key, shown


def _verbs(client: Client, scope: Scope) -> list[str]:
    may = POSTS[client.kind]
    wanted = may if scope.verbs is None else set(scope.verbs)
    if beyond := wanted - may:
        told = sorted(beyond)
        raise Invalid(
            [Fault("/verbs", "beyond", f"此类应用账号不能获得权限 {verb}。") for verb in told]
        )
    return sorted(wanted)


async def _sites_in(uow: UnitOfWork, scope: Scope) -> list[str] | None:
    """Return the sites a scope names, by themselves or by their columns; refuse unknown ones."""
    sites, columns = set(scope.sites or ()), set(scope.columns or ())
    lying = await registry.sites_of_columns(uow.session, columns)
    known = await registry.sites_coded(uow.session, sites)
    stray = {column for column, site in lying.items() if sites and site not in sites}
    faults = [
        *_faults("/sites", "unknown", "没有网站", sites - known.keys()),
        *_faults("/columns", "unknown", "没有栏目", map(str, columns - lying.keys())),
        *_faults("/columns", "other_site", "不属于所列网站的栏目", map(str, stray)),
    ]
    if faults:
        raise Invalid(faults)
    named = sites or set(lying.values())
    return sorted(named) if named else None


def _faults(pointer: str, code: str, told: str, names: Iterable[str]) -> list[Fault]:
    return [Fault(pointer, code, f"{told} {name}。") for name in sorted(names)]


async def revoke_key(uow: UnitOfWork, client_id: UUID, key_id: UUID) -> ClientKey:
    """Let one key get no token any more; its row stays, and one that was revoked stays so."""
    client = await clients.client(uow.session, uow.actor, client_id)
    key = await clients.key(uow.session, client.id, key_id)
    if key.revoked_at is None:
        key.revoked_at = uow.now
        uow.announce(KeyRevoked(client_id=client.id, key_id=key.id))
    return key


async def revoke_client(uow: UnitOfWork, client_id: UUID) -> Client:
    """Let a program get no token any more, with whichever key; one that was revoked stays so."""
    client = await clients.client(uow.session, uow.actor, client_id)
    if client.revoked_at is None:
        client.revoked_at = uow.now
        uow.announce(ClientRevoked(client_id=client.id, organization=client.organization))
    return client
