"""The chat that also listens."""

from contextlib import AbstractAsyncContextManager

from adapters.slack.access import Access
from adapters.slack.chat import SlackChat
from adapters.slack.client import SlackClient
from adapters.slack.inbound import listening
from adapters.slack.posts import Identity
from bot.ports import Doors, Listening, Once


class SlackGateway(SlackChat):
    def __init__(self, client: SlackClient, identity: Identity, once: Once, access: Access) -> None:
        super().__init__(client, identity, once)
        self._access = access

    def listening(self, doors: Doors) -> AbstractAsyncContextManager[Listening]:
        return listening(self._access, self, doors)
