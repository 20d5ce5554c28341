"""What is to be done once, for chats that cannot look up whether it was."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class Once(Protocol):
    """One memory for all processes and platforms: a key begins with whose it is, such as the platform. Raises StoreUnavailable."""

    async def first(self, key: str, days: int, by: str = "") -> bool:
        """Return True to exactly one of those who ask for a key, until so many days later; no name in it is kept.

        ``by`` says who asks, and is kept: whoever was the first is the first again. It must not name a person.
        """
        ...

    async def by(self, key: str) -> str:
        """Return who was the first, as told by ``by``; empty if nobody was."""
        ...

    async def forget(self, key: str) -> None:
        """Let somebody be the first again: what was to be done once could not be done."""
        ...


async def once_only(once: Once, key: str, days: int, send: Callable[[], Awaitable[None]]) -> None:
    """Send something unless it was sent under this key before. What cannot be sent is sent by the next who tries.

    It is noted first, for the other order would send it again and again: whoever dies in between leaves it unsent.
    """
    if not await once.first(key, days):
        return
    try:
        await send()
    except BaseException:  # also when nobody waits any longer: told twice is better than never
        await once.forget(key)
        raise
