"""What every act on a letter answers."""

from typing import Annotated

import strawberry

from gateway.interaction.mailbox.letters import types as _types
from gateway.problem import Problem
from shared.contracts.letters import Letter

# Their contracts become GraphQL types when they are imported.
TYPES = (_types,)

HandledLetterOrProblem = Annotated[Letter | Problem, strawberry.union("HandledLetterOrProblem")]
