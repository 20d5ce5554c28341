"""Speaks to the model, by the ``openai`` package. To be imported only where that is configured: it is an extra."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import httpx2
import openai

from adapters.grading.llm import task
from adapters.grading.llm.access import Access
from adapters.grading.llm.trouble import Trouble
from bot.domain.question import Question
from bot.ports import Judged

MAX_ANSWER = 200_000
"""Bytes of an answer: more is not read."""
_LIMITED = 429
_FAILED = 500
_PASSING = frozenset([408, 409, 425, _LIMITED])
_NOT_UNDERSTOOD = frozenset([400, 422])
"""Said by servers that know no structured answers, or will have no temperature named: plain, they may answer."""
_LOGGERS = ("openai", "httpx2", "httpcore2")
_UNSAID = (
    *(f"X-Stainless-{name}" for name in ("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version")),
    *("X-Stainless-Async", "OpenAI-Organization", "OpenAI-Project"),
)
"""What the library would tell of this machine, and take from its environment."""

_Answer = TypeVar("_Answer")

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_client(access: Access) -> AsyncIterator["OpenAiModel"]:
    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.WARNING)  # below it they may log what is sent
    web = httpx2.AsyncClient(
        # A proxy of this system is for what is out there; a plain http:// is a server of one's own, or a proxy itself.
        trust_env=access.url.startswith("https://"),
        follow_redirects=False,  # what members wrote goes where the settings say, and nowhere else
        event_hooks={"response": [_bound]},
    )
    headers: dict[str, Any] = {
        **dict.fromkeys(_UNSAID, openai.Omit()),
        "User-Agent": "mlops-study-bot",
        "Accept-Encoding": "identity",
    }
    async with openai.AsyncOpenAI(
        base_url=access.url, api_key=access.key or "none", max_retries=0, http_client=web, default_headers=headers
    ) as client:
        yield OpenAiModel(client, access)


class TooLong(Exception):  # noqa: N818 - a state of the answer
    """More was sent than an answer may have."""


async def _bound(response: httpx2.Response) -> None:
    packed = response.headers.get("Content-Encoding", "identity") != "identity"  # though we ask for no such thing
    response.stream = _Bounded(response.stream, 0 if packed else MAX_ANSWER)


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends with TooLong. Of a packed one nothing is read: nobody knows what it unpacks to."""

    def __init__(self, body: Any, most: int) -> None:
        self._body = body
        self._most = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for part in self._body:
            size += len(part)
            if size > self._most:
                raise TooLong
            yield part

    async def aclose(self) -> None:
        await self._body.aclose()


class OpenAiModel:
    """The Model. Whether its server takes what makes answers well-formed, and alike, shows when it is asked."""

    def __init__(self, client: openai.AsyncOpenAI, access: Access) -> None:
        self._client = client
        self._access = access
        self._plain = False

    @property
    def version(self) -> str:
        return f"{task.VERSION} {self._access.model}"

    async def claims(self, question: Question, reply: str) -> Mapping[str, task.Claim]:
        plain = self._plain
        what: dict[str, Any] = {"model": self._access.model, "messages": task.messages(question, reply)}
        if not plain:
            what |= {"response_format": task.schema(question), "temperature": 0}
        try:
            answer = await self._in_time(self._client.chat.completions.create(**what))
        except Trouble as trouble:
            if trouble.status not in _NOT_UNDERSTOOD:
                raise
            self._plain = not plain
            raise Trouble(Judged.REFUSED, passing=not plain, status=trouble.status) from None
        try:
            return task.read(question, answer.choices[0].message.content or "")
        except (task.Malformed, AttributeError, IndexError, TypeError):
            raise Trouble(Judged.MALFORMED, passing=False) from None

    async def names(self) -> frozenset[str]:
        page = await self._in_time(self._client.get("/models", cast_to=object))
        rows = page.get("data") if isinstance(page, dict) else None
        if not isinstance(rows, list):
            raise Trouble(Judged.MALFORMED, passing=False)
        return frozenset(str(row.get("id")) for row in rows if isinstance(row, dict))

    async def _in_time(self, call: Awaitable[_Answer]) -> _Answer:
        """Wait no longer than a request may take as a whole. Errors lose their texts: some repeat what was sent."""
        try:
            async with asyncio.timeout(self._access.request_seconds):
                return await call
        except (TimeoutError, openai.APITimeoutError):
            raise Trouble(Judged.TIMEOUT, passing=True) from None
        except openai.APIStatusError as error:
            raise _refused(error.status_code) from None
        except openai.APIConnectionError:
            raise Trouble(Judged.UNREACHABLE, passing=True) from None
        except (TooLong, openai.OpenAIError, httpx2.HTTPError, ValueError):
            raise Trouble(Judged.MALFORMED, passing=False) from None
        except Exception as error:  # noqa: BLE001 - whatever an answer makes the library stumble over, a reveal goes on
            log.error("the model's answer broke its client", extra={"why": type(error).__name__})  # noqa: TRY400 - its text may repeat what was sent
            raise Trouble(Judged.MALFORMED, passing=False) from None


def _refused(status: int) -> Trouble:
    if status == _LIMITED:
        return Trouble(Judged.LIMITED, passing=True, status=status)
    if status >= _FAILED:
        return Trouble(Judged.FAILED, passing=True, status=status)
    return Trouble(Judged.REFUSED, passing=status in _PASSING, status=status)
