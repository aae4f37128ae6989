"""What is done about files; they arrive by REST."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.content.assets.types import Asset
from gateway.context import Info
from gateway.problem import Problem

AssetOrProblem = Annotated[Asset | Problem, strawberry.union("AssetOrProblem")]


@strawberry.type
class AssetsMutation:
    """Parting with files."""

    @strawberry.mutation(description="Delete a file that no text, now or earlier, names.")
    async def delete_asset(self, info: Info, id: UUID, version: int) -> AssetOrProblem:
        """Delete a file."""
        return await info.context.content.delete_asset(id, version)
