"""The REST API through discord.py's own HTTP client: whatever a call comes to is said in the words of the port."""

import asyncio
import json
import logging
import re
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, cast

import aiohttp
import discord
from discord.http import HTTPClient, Route

from adapters.discord.access import Access
from adapters.discord.application import Application, application_of
from adapters.discord.buckets import Client
from adapters.discord.gate import Gate, limit_of
from adapters.discord.refusals import (
    LIMITED,
    NOWHERE,
    OURS,
    PASSING,
    UNAUTHORISED,
    UNKNOWN_TOKEN,
    UNSAID,
    DiscordRefusal,
    refusal,
)
from bot.address import proxy_for
from bot.ports import Limited, OutcomeUnknown

log = logging.getLogger(__name__)

PAGE = 100
_SECONDS = 15.0
_LONGEST_WAIT = 30.0
"""A bucket without room is not waited for any longer; discord.py takes no less."""
_UNSAID_SECONDS = 5.0
"""So long a limit is taken to last that does not say it."""
_TOO_MANY, _THEIR_SIDE = 429, 500
_BY_STATUS = {401: UNAUTHORISED, 404: NOWHERE, 405: NOWHERE, 501: NOWHERE}
# What is raised for a broken connection, a slow answer, and for an answer that is not as the API's are.
_BROKEN = (aiohttp.ClientError, OSError, TimeoutError, ValueError, LookupError)
_WHERE = re.compile(r"^In ([\w.]+):", re.MULTILINE)

Found = Mapping[str, Any]

_SENT_AGAIN = frozenset({500, 502, 504, 524})
"""The statuses after which discord.py sends a call again by itself."""

# The bot neither speaks nor listens: what discord.py lacks for that is nothing to warn of.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Calls with the bot's token, of a client that is logged in. discord.py waits for buckets and asks again after a 500.

    So a call may be sent more than once, but a POST: of that nobody knows then what became of it, and whoever made it looks first.
    """

    http: HTTPClient
    gate: Gate
    user: str
    """The bot's own user id."""
    application: Application

    async def call(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None, **ids: str
    ) -> Any:
        """Return Discord's answer. ``path`` is a template, of which ``ids`` fill the holes: buckets go by them.

        Raises Limited, OutcomeUnknown, or the Refused that is a DiscordRefusal.
        """
        await self.gate.turn()
        body = {} if json is None else {"json": json}
        query = {} if params is None else {"params": params}
        return await self._answer(Route(method, path, **ids), body | query)

    async def one(self, method: str, path: str, **more: Any) -> Found:
        """Do the same where the answer is an object with an id, and raise OutcomeUnknown if it is not."""
        answer = await self.call(method, path, **more)
        if not isinstance(answer, dict) or not answer.get("id"):
            raise OutcomeUnknown(f"{method} {path} was answered without an id")
        return answer

    async def many(self, path: str, **more: Any) -> Sequence[Found]:
        answer = await self.call("GET", path, **more)
        if not isinstance(answer, list):
            raise OutcomeUnknown(f"GET {path} was answered without a list")
        return answer

    async def messages(self, channel: str, after: int) -> AsyncIterator[Found]:
        """Yield every message of a channel or thread after an id, oldest first. It raises rather than leave one out.

        Without the permission to read the history this is nothing, and no error.
        """
        while True:
            page = await self.many(
                "/channels/{channel_id}/messages", channel_id=channel, params={"after": str(after), "limit": str(PAGE)}
            )
            new = sorted((one for one in page if int(one["id"]) > after), key=lambda one: int(one["id"]))
            for message in new:
                after = int(message["id"])
                yield message
            if not new or len(page) < PAGE:
                return

    async def _answer(self, route: Route, more: dict[str, Any]) -> Any:
        try:
            async with asyncio.timeout(_SECONDS):
                return await self.http.request(route, **more)
        except discord.RateLimited as limited:
            raise Limited(limited.retry_after) from None
        except _UnsureError as error:
            raise OutcomeUnknown(f"{route.key} was answered with status {error}") from None
        except discord.HTTPException as error:
            raise await trouble(route.key, error) from None  # its text may hold somebody's words
        except (TimeoutError, asyncio.CancelledError) as error:
            # Whoever waits for the global limit keeps everybody else waiting, and must not leave without saying so.
            self.http._global_over.set()  # noqa: SLF001 - discord.py does so itself, but not when it is interrupted
            if isinstance(error, asyncio.CancelledError):
                raise
            raise OutcomeUnknown(f"{route.key} was not answered in time") from None
        except _BROKEN as error:
            raise OutcomeUnknown(f"{route.key} was not answered ({type(error).__name__})") from None


async def trouble(call: str, error: discord.HTTPException) -> Exception:
    """Return an error of discord.py's in the words of the port. ``call`` names what was asked for, without any id."""
    code = error.code or _BY_STATUS.get(error.status, UNSAID)
    if error.status == _TOO_MANY or code in LIMITED:
        # What discord.py carries is an aiohttp response: it does not use requests here.
        limit = await limit_of(cast("aiohttp.ClientResponse", error.response))
        return Limited(LIMITED.get(code, _UNSAID_SECONDS) if limit.seconds is None else limit.seconds)
    if (error.status >= _THEIR_SIDE and code != NOWHERE) or code in PASSING:
        return OutcomeUnknown(f"{call} was answered with {error.code or f'status {error.status}'}")
    if code in OURS:
        # The places alone: what stands there may be somebody's words.
        where = _WHERE.findall(error.text)
        log.error("Discord does not take what was sent", extra={"method": call, "code": code, "at": where})
    return refusal(call, code)


@asynccontextmanager
async def open_rest(access: Access, now: Callable[[], float]) -> AsyncIterator[Rest]:
    """Log in, which asks Discord whose token it is. Raises what ``call`` does. One address can be used at a time."""
    gate = Gate(now)
    with _address(access.api_url):
        http = Client(
            asyncio.get_running_loop(),
            max_ratelimit_timeout=_LONGEST_WAIT,
            http_trace=gate.watching(),
            proxy=proxy_for(access.api_url),
        )
        try:
            user = await _log_in(http, access.token)
            rest = Rest(http=http, gate=gate, user=user, application=Application(id=user))
            yield replace(rest, application=await _application(rest))
        finally:
            await http.close()


async def _log_in(http: HTTPClient, token: str) -> str:
    """Return the bot's own user id."""
    try:
        async with asyncio.timeout(_SECONDS):
            return str((await http.static_login(token.strip()))["id"])
    except discord.LoginFailure:
        raise refusal("GET /users/@me", UNAUTHORISED) from None
    except discord.RateLimited as limited:
        raise Limited(limited.retry_after) from None
    except discord.HTTPException as error:
        raise await trouble("GET /users/@me", error) from None
    except (*_BROKEN, TypeError, AttributeError) as error:  # discord.py takes the answer for what it should be
        raise OutcomeUnknown(f"nobody who is Discord answered ({type(error).__name__})") from None


async def _application(rest: Rest) -> Application:
    """Ask whose the bot is. A compatible server may know but one of the two ways to ask, or none."""
    for path in ("/oauth2/applications/@me", "/applications/@me"):
        try:
            told = await rest.call("GET", path)
        except DiscordRefusal as refused:
            if refused.code in UNKNOWN_TOKEN:
                raise
        else:
            if isinstance(told, Mapping) and told.get("id"):
                return application_of(told)
    log.warning(
        "Discord does not tell of the application: its id is taken to be the bot's own, as with nearly all bots"
    )
    return rest.application


@contextmanager
def _address(api_url: str) -> Iterator[None]:
    """Let discord.py ask at this address, and read what is answered there: it has one of each alone, for all its clients."""
    before = Route.BASE, discord.http.json_or_text
    Route.BASE, discord.http.json_or_text = api_url.rstrip("/"), _read
    try:
        yield
    finally:
        Route.BASE, discord.http.json_or_text = before


class _UnsureError(Exception):
    """The status of an answer that leaves open what became of a POST."""


async def _read(response: aiohttp.ClientResponse) -> Any:
    """Return the JSON of an answer, or else its text: discord.py takes for JSON only what is called so without a charset."""
    if response.method == "POST" and response.status in _SENT_AGAIN:
        raise _UnsureError(response.status)
    text = await response.text(encoding="utf-8")
    try:
        told = json.loads(text)
    except ValueError:
        return text
    return told if isinstance(told, dict | list) else text
