"""What one person alone is told: where they are, if that can be, else in their own conversation with the bot."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from adapters.slack.access import SLACK_URL
from adapters.slack.client import SlackClient
from adapters.slack.inbound.asked import Asked
from adapters.slack.inbound.documents import hand_over
from adapters.slack.views import Message, private_message
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.persistence import persistently
from bot.views import DocumentView, NoticeView, PrivateView

log = logging.getLogger(__name__)

SENT_TO_YOU = "It is in your own conversation with me."
NO_FILE = "The file could not be handed over just now. Please try again in a moment."

_PATIENCE = aiohttp.ClientTimeout(total=3.0)
_TOO_MANY, _FAILED = 429, 500

Way = Callable[[Asked, Message], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Private:
    client: SlackClient

    async def tell(self, asked: Asked, view: PrivateView) -> None:
        """Show a view to who asked. What cannot be shown at all is logged, without its text."""
        if isinstance(view, DocumentView):
            view = await self._document(asked, view)
        for message in private_message(view):
            await self.say(asked, message)

    async def _document(self, asked: Asked, view: DocumentView) -> NoticeView:
        try:
            await hand_over(self.client, asked.user, view)
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("a file could not be handed over", extra={"why": str(error)})
            return NoticeView(text=NO_FILE)
        return NoticeView(text=f"{view.note} {SENT_TO_YOU}")

    async def say(self, asked: Asked, message: Message) -> None:
        why: Exception | None = None
        for way in self._ways(asked):
            try:
                await persistently(lambda way=way: way(asked, message))  # type: ignore[misc]  # mypy cannot infer it
            except (Limited, OutcomeUnknown, Refused) as error:
                why = error
            else:
                return
        log.warning("an answer could not be shown", extra={"why": str(why)})

    def _ways(self, asked: Asked) -> list[Way]:
        """Return how to reach somebody, the best first.

        The address that came with an interaction works where the bot is not, and is not limited when many answer at once;
        but it knows no threads, and where the Web API is called at another address than Slack's it may lead past that.
        """
        respond = [self._respond] if asked.respond else []
        beside = [self._beside] if asked.channel else []
        if _leads_past(self.client.web.base_url, asked.respond):
            return [*beside, self._directly, *respond]
        return [*beside, *respond, self._directly] if asked.thread else [*respond, *beside, self._directly]

    async def _respond(self, asked: Asked, message: Message) -> None:
        body = {"response_type": "ephemeral", "replace_original": False, "text": message.text, "blocks": message.blocks}
        await _posted(self.client, asked.respond, body)

    async def _beside(self, asked: Asked, message: Message) -> None:
        thread = {"thread_ts": asked.thread} if asked.thread else {}
        await self.client.call(
            "chat.postEphemeral", asked.channel, user=asked.user, text=message.text, blocks=message.blocks, **thread
        )

    async def _directly(self, asked: Asked, message: Message) -> None:
        await self.client.call("chat.postMessage", asked.user, text=message.text, blocks=message.blocks)


def _leads_past(api_url: str, address: str) -> bool:
    return api_url != SLACK_URL and urlsplit(address).netloc != urlsplit(api_url).netloc


async def _posted(client: SlackClient, url: str, body: Mapping[str, Any]) -> None:
    session = client.web.session
    assert session is not None  # noqa: S101 - the client was opened with one
    try:
        async with session.post(url, json=body, timeout=_PATIENCE) as answer:
            status, after = answer.status, answer.headers.get("Retry-After", "1")
    except (aiohttp.ClientError, OSError, TimeoutError) as error:  # there are other ways, and perhaps no way there
        raise Refused(f"the response address did not answer ({type(error).__name__})") from None
    if status == _TOO_MANY:
        raise Limited(float(after) if after.isdigit() else 1.0)
    if status >= _FAILED:
        raise OutcomeUnknown(f"the response address answered with status {status}")
    if status >= 400:  # noqa: PLR2004 - used up, or too old
        raise Refused(f"the response address answered with status {status}")
