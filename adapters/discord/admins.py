"""Telling those who look after a programme, once, by a direct message: the setup says that they will be."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.discord.posts import nonce
from adapters.discord.refusals import NOT_TOLD, DiscordRefusal, nobody
from adapters.discord.rest import Rest
from adapters.discord.threads import PLATFORM
from adapters.discord.views import Message, payload, private_message
from bot.domain.ids import last_part, platform_of
from bot.domain.programme import Programme
from bot.ports import Once, once_only
from bot.views import NoticeView

log = logging.getLogger(__name__)

_DAYS = 30
_TEXT_DISPLAY = 10


class Admins:
    """Whoever dies between noting that somebody is told and telling them leaves them untold: ``status`` says the same."""

    def __init__(self, rest: Rest, once: Once) -> None:
        self._rest = rest
        self._once = once

    async def tell(self, channel: str, programme: Programme, notice: NoticeView, key: str) -> None:
        """Tell each of them once per key, and nobody else, whatever comes of it.

        Raises Limited, OutcomeUnknown or Refused if anybody is to be told later, or nobody could be.
        """
        bodies = [payload(_about(channel, message)) for message in private_message(notice)]
        told = [await self._told(user, bodies, key) for user in _looking_after(programme)]
        if not any(told):
            raise nobody()

    async def _told(self, user: str, bodies: Sequence[Mapping[str, Any]], key: str) -> bool:
        """Return whether the member has been told, now or before; False if that is impossible."""
        note = f"{PLATFORM}:told:{key}:{user}"

        async def send() -> None:
            there = await self._rest.one("POST", "/users/@me/channels", json={"recipient_id": user})
            for number, body in enumerate(bodies):
                sent = {**body, **nonce(note, str(number))}
                await self._rest.one("POST", "/channels/{channel_id}/messages", json=sent, channel_id=str(there["id"]))

        try:
            await once_only(self._once, note, _DAYS, send)
        except DiscordRefusal as refusal:
            if refusal.code in NOT_TOLD:
                log.warning("somebody who looks after a quiz could not be told", extra={"why": str(refusal)})
                return False
            raise
        return True


def _looking_after(programme: Programme) -> list[str]:
    return [last_part(member) for member in programme.looked_after_by() if platform_of(member) == PLATFORM]


def _about(channel: str, message: Message) -> Message:
    """Return the message with the channel before it that it is about: it is read elsewhere."""
    named = {"type": _TEXT_DISPLAY, "content": f"<#{channel}>"}
    return Message([named, *message.components], message.files)
