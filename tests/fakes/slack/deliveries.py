"""What reaches the app: which events, by which way, how often, and what Slack does when nobody acknowledges."""

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.fakes.slack import payloads
from tests.fakes.slack.things import Channel, Json
from tests.fakes.slack.workspace import Workspace

SUBSCRIPTIONS: dict[str, str | None] = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "channel_archive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_rename": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_deleted": "groups:read",
    "group_rename": "groups:read",
    "group_unarchive": "groups:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "tokens_revoked": None,
    "user_change": "users:read",
}
"""The events that an app may subscribe to here, and the scope that each needs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back within three seconds: an acknowledgement, perhaps with a payload, or else what Slack calls the failure."""

    payload: Json | None = None
    error: str | None = None
    seconds: float = 0.0
    retry: bool = True
    """Whether Slack may deliver an event again after a failure."""

    @property
    def ok(self) -> bool:
        return self.error is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """What a repeated delivery says of itself."""

    attempt: int = 0
    reason: str = ""


class Way(Protocol):
    """A socket or a request to the app's address."""

    async def send(self, kind: str, payload: Json, again: Again, patience: float) -> Answer:
        """Delivers and waits for the acknowledgement. The kinds: slash_commands, interactive, events_api."""
        ...


@dataclass(kw_only=True)
class Deliveries:
    """Sends by the way that is set. Events are repeated until they are acknowledged; commands and clicks are not."""

    workspace: Workspace
    way: Way
    subscriptions: set[str] = field(default_factory=lambda: set(SUBSCRIPTIONS))
    patience: float = 3.0
    """How long an acknowledgement may take."""
    retries: Sequence[float] = (0.1, 1.0, 5.0)
    """How long after each failure an event comes again; with Slack itself at once, after a minute and after five."""
    twice: bool = False
    """Everything is delivered twice, at the same time."""
    answers: list[tuple[str, Answer]] = field(default_factory=list)
    """By kind, every acknowledgement and failure, in order."""
    _running: set["asyncio.Task[Answer]"] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.workspace.listeners.append(self.event)

    async def ask(self, kind: str, payload: Json) -> Answer:
        """Delivers a command or interaction; of two, the first delivery's answer counts."""
        sent = [self._start(self._once(kind, payload, Again())) for _ in range(1 + self.twice)]
        return await sent[0]

    def event(self, event: Json) -> None:
        """Delivers an event in the background, if the app subscribed to it and may see it."""
        if self._wanted(event):
            callback = payloads.event_callback(self.workspace, event)
            for _ in range(1 + self.twice):
                self._start(self._until_acknowledged(callback))

    async def settled(self) -> None:
        """Nothing is under way any more."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def stop(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _start(self, work: Coroutine[Any, Any, Answer]) -> "asyncio.Task[Answer]":
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _until_acknowledged(self, callback: Json) -> Answer:
        answer = await self._once("events_api", callback, Again())
        for attempt, pause in enumerate(self.retries, start=1):
            if answer.ok or not answer.retry:
                break
            await asyncio.sleep(pause)
            answer = await self._once("events_api", callback, Again(attempt=attempt, reason=answer.error or ""))
        return answer

    async def _once(self, kind: str, payload: Json, again: Again) -> Answer:
        began = time.monotonic()
        came = await self.way.send(kind, payload, again, self.patience)
        answer = Answer(payload=came.payload, error=came.error, retry=came.retry, seconds=time.monotonic() - began)
        self.answers.append((kind, answer))
        return answer

    def _wanted(self, event: Json) -> bool:
        slack = self.workspace
        channel = slack.channels.get(event["channel"]) if isinstance(event.get("channel"), str) else None
        name, scope = _subscription(event, channel)
        granted = scope is None or any(scope in token.scopes for token in slack.tokens.values() if token.kind == "bot")
        just_left = name == "member_left_channel" and event["user"] == slack.bot.id
        present = channel is None or slack.bot.id in channel.members or just_left
        return name in self.subscriptions and granted and present


def _subscription(event: Json, channel: Channel | None) -> tuple[str, str | None]:
    """What one subscribes to for such an event, and the scope that it needs in this channel."""
    name: str = event["type"]
    if name == "message" and channel:
        name = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}[channel.kind]
    if name.startswith("member_") and channel:
        return name, channel.scope("read")
    return name, SUBSCRIPTIONS.get(name)
