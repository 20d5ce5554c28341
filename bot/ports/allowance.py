"""What may be had only so often a day."""

from typing import Protocol


class Allowance(Protocol):
    """One count for all processes. A day begins with the first that is taken in it. Raises StoreUnavailable."""

    async def take(self) -> bool:
        """Take one, if there is one left."""
        ...
