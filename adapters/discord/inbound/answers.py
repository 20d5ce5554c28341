"""What an interaction is answered, over its own token: first within three seconds, then for a quarter of an hour.

These calls count in no limit of the bot's others and wait behind none of them. discord.py would send one again whose answer
was lost; here that happens only where Discord tells the second from the first.
"""

import json
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any

import aiohttp

from adapters.discord.access import Access
from adapters.discord.gate import Gate, limit_of
from adapters.discord.inbound.asked import Asked
from adapters.discord.refusals import OVER, DiscordRefusal, refusal
from adapters.discord.rest import Rest
from adapters.discord.views import Message, payload
from bot.address import proxy_for
from bot.ports import Limited, OutcomeUnknown
from bot.receiving.persistence import persistently

log = logging.getLogger(__name__)

FIRST_SECONDS = 2.8
"""Discord waits three seconds for the first response, the way there and back among them."""
_SECONDS = 10.0
_UNSAID_SECONDS = 1.0
"""So long a limit is taken to last that does not say it: somebody waits."""
_TOO_MANY, _THEIR_SIDE, _WRONG = 429, 500, 400
_ANSWERED = 40060
_EPHEMERAL = 1 << 6

Json = dict[str, Any]


class Response(IntEnum):
    """What a first response may be, as Discord numbers it."""

    MESSAGE = 4
    LATER = 5
    LATER_IN_PLACE = 6
    CHOICES = 8
    FORM = 9


class Came(Enum):
    """What became of a first response."""

    THERE = auto()
    ELSEWHERE = auto()
    """It was answered before: it came twice, and whoever took it first sees to it."""
    LOST = auto()
    """Nobody waits for it any more, or Discord cannot be reached: what is asked is done, and not shown."""
    WRONG = auto()
    """Discord does not take what was sent; it waits for something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    session: aiohttp.ClientSession
    gate: Gate
    """Hears what is refused; it lets no answer wait."""
    api_url: str
    application: str
    """Who answers, where an interaction does not say who was asked."""
    proxy: str | None

    async def first(self, asked: Asked, kind: Response, data: Json | None = None) -> Came:
        """Give the first response. It may be sent twice: Discord refuses the second."""
        left = FIRST_SECONDS - (time.monotonic() - asked.came)
        if left <= 0:
            log.info("an interaction was come to too late")
            return Came.LOST
        body: Json = {"type": kind, **({} if data is None else {"data": data})}
        tries = 0

        async def call() -> None:
            nonlocal tries
            tries += 1
            await self._call("POST", f"interactions/{asked.delivery}/{asked.token}/callback", body, left)

        try:
            await persistently(call, left)
        except DiscordRefusal as refused:
            return _came(refused, tries)
        except (Limited, OutcomeUnknown) as error:
            log.warning("an interaction could not be answered", extra={"why": str(error)})
            return Came.LOST
        return Came.THERE

    async def later(self, asked: Asked, *, in_place: bool = False) -> Came:
        """Say that the answer comes: in private, or in the place of the message that was acted on."""
        if in_place:
            return await self.first(asked, Response.LATER_IN_PLACE)
        return await self.first(asked, Response.LATER, {"flags": _EPHEMERAL})

    async def edit(self, asked: Asked, message: Message) -> None:
        """Show what was promised. Raises Limited, OutcomeUnknown or DiscordRefusal."""
        path = f"{self._webhook(asked)}/messages/@original"
        await persistently(lambda: self._call("PATCH", path, payload(message), _SECONDS, message.files))

    async def add(self, asked: Asked, message: Message) -> None:
        """Show another message in private. One whose answer was lost is not sent again: it would stand there twice."""
        path = self._webhook(asked)
        lost: list[OutcomeUnknown] = []

        async def call() -> None:
            try:
                await self._call("POST", path, payload(message, ephemeral=True), _SECONDS, message.files)
            except OutcomeUnknown as error:
                lost.append(error)

        await persistently(call)
        if lost:
            raise lost[0]

    def _webhook(self, asked: Asked) -> str:
        return f"webhooks/{asked.application or self.application}/{asked.token}"

    async def _call(
        self, method: str, path: str, body: Json, seconds: float, files: Sequence[tuple[str, str]] = ()
    ) -> None:
        try:
            async with self.session.request(
                method,
                f"{self.api_url}{path}",
                proxy=self.proxy,
                timeout=aiohttp.ClientTimeout(total=seconds),
                **_sent(body, files),
            ) as answer:
                if answer.status >= _WRONG:
                    await self.gate.heard(answer)
                    raise await _trouble(answer)
        except (
            aiohttp.ClientError,
            OSError,
            TimeoutError,
        ) as error:  # the address has a token in it: only the kind is said
            raise OutcomeUnknown(f"an interaction's address did not answer ({type(error).__name__})") from None


def _came(refused: DiscordRefusal, tries: int) -> Came:
    if refused.code == _ANSWERED:
        return Came.ELSEWHERE if tries == 1 else Came.THERE
    if refused.code in OVER:
        log.info("an interaction was answered too late")
        return Came.LOST
    log.error("Discord does not take an answer", extra={"why": str(refused), "code": refused.code})
    return Came.WRONG


def _sent(body: Json, files: Sequence[tuple[str, str]]) -> dict[str, Any]:
    if not files:
        return {"json": body}
    form = aiohttp.FormData()
    form.add_field("payload_json", json.dumps(body))
    for number, (name, text) in enumerate(files):
        form.add_field(f"files[{number}]", text.encode(), filename=name, content_type="text/plain; charset=utf-8")
    return {"data": form}


async def _trouble(answer: aiohttp.ClientResponse) -> Exception:
    if answer.status == _TOO_MANY:
        seconds = (await limit_of(answer)).seconds
        return Limited(_UNSAID_SECONDS if seconds is None else seconds)
    if answer.status >= _THEIR_SIDE:
        return OutcomeUnknown(f"an interaction's address answered with status {answer.status}")
    try:
        told = json.loads(await answer.text())
    except (TimeoutError, ValueError, aiohttp.ClientError):
        told = None
    code = told.get("code") if isinstance(told, Mapping) else 0
    return refusal("an answer to an interaction", code if isinstance(code, int) else 0)


@asynccontextmanager
async def open_answers(access: Access, rest: Rest) -> AsyncIterator[Answers]:
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0),
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": rest.http.user_agent},
    ) as session:
        yield Answers(
            session=session,
            gate=rest.gate,
            api_url=f"{access.api_url.rstrip('/')}/",
            application=rest.application.id,
            proxy=proxy_for(access.api_url),
        )
