"""What one process holds at a time, of those that share a store."""

from typing import Protocol


class Leases(Protocol):
    """One list for all processes and platforms: a name begins with whose it is, such as the platform.

    Every method raises StoreUnavailable. Who is a holder names itself, differently from every other.
    """

    async def take(self, name: str, holder: str, seconds: float) -> bool:
        """Hold a name for so many seconds from now; False while somebody else holds it. Its holder holds it on by this."""
        ...

    async def give_up(self, name: str, holder: str) -> None:
        """Let others have a name at once; who does not hold it changes nothing."""
        ...

    async def agree(self, name: str, proposed: str, seconds: float) -> str:
        """Return the word that stands for all: the first that was proposed, for so many seconds after anybody last asked."""
        ...
