"""What one process holds at a time, of those that share a store."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Who holds something, and for how many seconds if they do not hold it on."""

    by: str
    seconds: float


class Leases(Protocol):
    """One list for all processes and platforms: a name begins with whose it is, such as the platform.

    Every method raises StoreUnavailable. Who is a holder names itself, differently from every other.
    """

    async def take(self, name: str, holder: str, seconds: float) -> Held | None:
        """Hold a name for so many seconds from now: None; or who else holds it. Its holder holds it on by this."""
        ...

    async def give_up(self, name: str, holder: str) -> None:
        """Let others have a name at once; who does not hold it changes nothing."""
        ...

    async def agree(self, name: str, proposed: str, seconds: float) -> str:
        """Return the word that stands for all: the first that was proposed, for so many seconds after anybody last asked."""
        ...
