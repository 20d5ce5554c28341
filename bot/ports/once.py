"""What is to be done once, for chats that cannot look up whether it was."""

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
