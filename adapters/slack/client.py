"""The Web API behind one small class: whatever a call comes to is said in the words of the port."""

import logging
import math
import re
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.access import Access
from adapters.slack.refusals import LIMITED, OURS, PASSING, refusal, unnamed_wait
from adapters.slack.scopes import APP_METHODS, METHODS
from bot.address import proxy_for
from bot.ports import Limited, OutcomeUnknown

log = logging.getLogger(__name__)

_SECONDS = 10.0
_PAGE = 999
"""As many as Slack gives: a look that needs many calls may be limited, and begins anew, before it has come to an end."""
_TOO_MANY, _THEIR_SIDE = 429, 500
# What is raised for a broken connection, a slow answer, and for an answer that is no JSON object.
_BROKEN = (aiohttp.ClientError, OSError, TimeoutError, ValueError, AttributeError)
_POINTER = re.compile(r"\[json-pointer:([\w/.\-]*)\]")

# slack_sdk puts every request with its text into words for a logger that may be at DEBUG, and says them: never to ours.
_quiet = logging.getLogger(f"{__name__}.sdk")
_quiet.setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class SlackClient:
    """Calls with one token. Nothing is ever sent twice by itself: that is for whoever knows what may be repeated.

    A call that was limited is remembered by method and channel: until then the same one raises Limited without a request,
    others go on.
    """

    web: AsyncWebClient
    now: Callable[[], float]
    """The present instant in seconds, by any clock."""
    _limits: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """By method and channel: since when, and for how many seconds."""

    async def call(
        self, method: str, channel: str = "", *, expected: Collection[str] = (), **arguments: Any
    ) -> Mapping[str, Any]:
        """Return Slack's answer to a method of ``scopes``. ``channel`` may be a member, for a direct message.

        An error that is ``expected`` is raised as any other, and not logged as a fault of the bot.

        Raises Limited, OutcomeUnknown, or the Refused that is a SlackRefusal.
        """
        body, _ = await self.answer(method, channel, expected=expected, **arguments)
        return body

    async def answer(
        self, method: str, channel: str = "", *, expected: Collection[str] = (), **arguments: Any
    ) -> tuple[Mapping[str, Any], Mapping[str, str]]:
        """Do the same, and return the answer with its headers."""
        if method not in METHODS and method not in APP_METHODS:
            raise LookupError(f"{method} is not among the methods that the manifest asks for")
        self._wait(method, channel)
        if channel:
            arguments["channel"] = channel
        send = getattr(self.web, method.replace(".", "_"))
        try:
            answer: AsyncSlackResponse = await send(**arguments)
        except SlackApiError as error:
            raise self._trouble(method, channel, error.response, expected) from None  # its text holds the whole answer
        except _BROKEN as error:
            raise OutcomeUnknown(f"{method} was not answered ({type(error).__name__})") from None
        return _body(answer), answer.headers

    async def pages(self, method: str, channel: str, within: str, **arguments: Any) -> AsyncIterator[Any]:
        """Yield every item of every page, as its list ``within`` has them. It raises rather than leave anything out."""
        cursor = ""
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = await self.call(method, channel, limit=_PAGE, **more, **arguments)
            items = page.get(within)
            if not isinstance(items, list):
                raise OutcomeUnknown(f"{method} was answered without {within}")
            for item in items:
                yield item
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
            if page.get("has_more") and not cursor:
                raise OutcomeUnknown(f"{method} has more than it shows")
            if not cursor:
                return

    def _wait(self, method: str, channel: str) -> None:
        if (left := self._left(method, channel)) > 0:
            raise Limited(left)
        self._limits.pop((method, channel), None)

    def _left(self, method: str, channel: str) -> float:
        since, seconds = self._limits.get((method, channel), (0.0, 0.0))
        passed = self.now() - since
        return seconds - passed if passed >= 0 else 0.0  # a clock that was put back must not make it an hour

    def _limited(self, method: str, channel: str, seconds: float) -> Limited:
        for key in [key for key in self._limits if self._left(*key) <= 0]:
            del self._limits[key]
        self._limits[method, channel] = (self.now(), seconds)
        return Limited(seconds)

    def _trouble(self, method: str, channel: str, response: Any, expected: Collection[str]) -> Exception:
        status, body = _status(response), _body(response)
        error = str(body.get("error") or "")
        if status == _TOO_MANY or error in LIMITED:
            named = _retry_after(response)
            return self._limited(method, channel, unnamed_wait(method, error) if named is None else named)
        if status >= _THEIR_SIDE or error in PASSING or not error:
            return OutcomeUnknown(f"{method} was answered with {error or f'status {status} and no word why'}")
        if error in OURS and error not in expected:
            # The places alone: what stands there may be somebody's words.
            said = str((body.get("response_metadata") or {}).get("messages") or "")
            log.error(
                "Slack does not take what was sent",
                extra={"method": method, "error": error, "at": _POINTER.findall(said)},
            )
        return refusal(method, error, str(body.get("needed") or ""))


@asynccontextmanager
async def open_client(
    access: Access, now: Callable[[], float], *, token: str | None = None
) -> AsyncIterator[SlackClient]:
    """Open a client with the bot token, or another one; nothing is called yet."""
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout, proxy=proxy_for(access.api_url)) as session:
        web = AsyncWebClient(
            token=access.bot_token if token is None else token,
            base_url=access.api_url,
            session=session,
            retry_handlers=[],
            logger=_quiet,
        )
        web.proxy = None  # it has looked for one itself, and would use it for any address
        yield SlackClient(web, now)


def _status(response: Any) -> int:
    """Return the status of an answer, which is aiohttp's own where slack_sdk could not read it."""
    return int(getattr(response, "status_code", 0) or getattr(response, "status", 0))


def _body(response: Any) -> Mapping[str, Any]:
    data = getattr(response, "data", None)
    return data if isinstance(data, dict) else {}


def _retry_after(response: Any) -> float | None:
    """Return the seconds that Slack names, which may be none at all; None where it names nothing that can be read."""
    try:
        seconds = float(response.headers.get("Retry-After", ""))
    except ValueError:
        return None
    return max(seconds, 0.0) if math.isfinite(seconds) else None
