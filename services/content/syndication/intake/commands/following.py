"""What becomes of entries when the items made of them become public."""

from dataclasses import replace

from services.content.syndication.intake.commands.deciding import issue
from services.content.syndication.intake.commands.drafting import maker
from services.content.syndication.intake.queries import entries as queries
from services.content.syndication.intake.wording import NOT_ISSUED, why
from shared.contracts.content import ItemReleased
from shared.contracts.upstream_feeds import DirectiveToIssue
from shared.problem import Problem
from shared.uow import UnitOfWork

REFUSED = range(400, 500)


async def follow_release(uow: UnitOfWork, released: ItemReleased) -> None:
    """Issue the directive an entry's rule asks for, as the maker of the rules, or say why not."""
    entry = await queries.entry_of_item(uow.session, released.item_id)
    if entry is None or entry.directive is None or entry.directive_id is not None:
        return
    acting = await maker(uow, entry.feed)
    if acting is None or not DirectiveToIssue.model_validate(entry.directive).automatic:
        return
    try:
        async with uow.session.begin_nested():
            await issue(replace(uow, actor=acting), entry)
    except Problem as refused:
        if refused.status not in REFUSED:
            raise
        entry.message = NOT_ISSUED.format(why=why(refused))
