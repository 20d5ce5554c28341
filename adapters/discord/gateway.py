"""The chat that also listens."""

from contextlib import AbstractAsyncContextManager

from adapters.discord.access import Access
from adapters.discord.chat import DiscordChat
from adapters.discord.inbound import Pace, listening
from adapters.discord.inbound.shards import LEASE_SECONDS
from adapters.discord.rest import Rest
from bot.ports import Doors, Listening, Once


class DiscordGateway(DiscordChat):
    def __init__(self, rest: Rest, once: Once, access: Access) -> None:
        super().__init__(rest, once, message_content=access.message_content)
        self._access = access

    def listening(self, doors: Doors) -> AbstractAsyncContextManager[Listening]:
        pace = Pace(lease=min(LEASE_SECONDS, self._access.lease_seconds))
        return listening(self._access, self, doors, pace)
