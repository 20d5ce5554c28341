"""What the bot tells Prometheus: metrics in a registry of their own, and the page from which they are scraped.

Labels are bounded: platforms are those that the bot was given, every other value is named in the code. No id and no text
of a person is ever one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.domain.reply import ReceiptState
from bot.domain.round import Step
from bot.ports import Judged, StoreUnavailable
from bot.views import Load

Loads: TypeAlias = Callable[[], Awaitable[Sequence[Load]]]
"""Asks the store how each platform is."""

_STORE_SECONDS = 1.0
"""A scrape does not wait longer for the store: it is to tell that the store does not answer."""
_OTHER = "other"
_LATE = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400)
_QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15)


class Metrics:
    """The Meter of one process, and all else that is worth watching."""

    def __init__(self, platforms: Iterable[str], version: str, scripts: Iterable[str] = ()) -> None:
        # Series beside each counter that nobody looks at. The library has no other way than for the whole process.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._platforms = frozenset(platforms)
        self._registry = kept = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=kept)
        Info("studybot_build", "The bot that runs here.", registry=kept).info({"version": version})
        on = ("platform",)
        self._rounds = Counter("studybot_rounds", "Rounds by what became of them.", (*on, "state"), registry=kept)
        self._lateness = Histogram(
            "studybot_round_lateness_seconds",
            "How long after it was due a round was opened or revealed.",
            (*on, "step"),
            buckets=_LATE,
            registry=kept,
        )
        self._replies = Counter("studybot_replies", "Replies by outcome.", (*on, "outcome"), registry=kept)
        self._refusals = Counter("studybot_refusals", "Final refusals of a chat.", on, registry=kept)
        self._retries = Counter("studybot_retries", "Steps to be tried again.", (*on, "step"), registry=kept)
        self._judged = Counter(
            "studybot_llm_replies",
            "Replies shown to the grader out of the house, by outcome.",
            ("outcome",),
            registry=kept,
        )
        self._scripts = Histogram(
            "studybot_store_script_seconds",
            "How long the store took for a script, failures included.",
            ("script",),
            buckets=_QUICK,
            registry=kept,
        )
        self._up = Gauge("studybot_store_up", "1 if the store answered this scrape within a second.", registry=kept)
        self._entries = Gauge("studybot_agenda_entries", "Entries of the agenda.", on, registry=kept)
        self._lag = Gauge(
            "studybot_agenda_lag_seconds",
            "For how long the most overdue entry that nobody holds could have been claimed.",
            on,
            registry=kept,
        )
        self._overdue = Gauge(
            "studybot_overdue_seconds",
            "For how long the most overdue step has been due, also one that is held or waits to be tried again.",
            (*on, "step"),
            registry=kept,
        )
        self._programmes = Gauge("studybot_programmes", "Programmes by state.", (*on, "state"), registry=kept)
        self._gateways = Gauge("studybot_gateway_ready", "1 if the platform can reach this process.", on, registry=kept)
        self._shut = Gauge(
            "studybot_chat_shut_seconds",
            "For how long from now this process asks nothing of the platform, which limits or refuses too much.",
            on,
            registry=kept,
        )
        self._begin_at_zero(scripts)

    def _begin_at_zero(self, scripts: Iterable[str]) -> None:
        """Let each series be there before its first event, or that event would be no increase."""
        for script in scripts:
            self._scripts.labels(script)
        for judged in Judged:
            self._judged.labels(_label(judged))
        for platform in self._platforms:
            self._refusals.labels(platform)
            for state in ("opened", "revealed", "skipped"):
                self._rounds.labels(platform, state)
            for outcome in ReceiptState:
                self._replies.labels(platform, _label(outcome))
            for step in Step:
                self._retries.labels(platform, step)
            for step in (Step.OPEN, Step.REVEAL):
                self._lateness.labels(platform, step)

    # --- bot.ports.Meter ---

    def opened(self, platform: str, late: float) -> None:
        self._rounds.labels(self._known(platform), "opened").inc()
        self._lateness.labels(self._known(platform), Step.OPEN).observe(late)

    def revealed(self, platform: str, late: float) -> None:
        self._rounds.labels(self._known(platform), "revealed").inc()
        self._lateness.labels(self._known(platform), Step.REVEAL).observe(late)

    def skipped(self, platform: str) -> None:
        self._rounds.labels(self._known(platform), "skipped").inc()

    def replied(self, platform: str, outcome: ReceiptState) -> None:
        self._replies.labels(self._known(platform), _label(outcome)).inc()

    def refused(self, platform: str) -> None:
        self._refusals.labels(self._known(platform)).inc()

    def retried(self, platform: str, step: Step) -> None:
        self._retries.labels(self._known(platform), step).inc()

    def judged(self, outcome: Judged) -> None:
        self._judged.labels(_label(outcome)).inc()

    # --- the rest ---

    def script(self, name: str, seconds: float) -> None:
        """Take in how long the store took for a script."""
        self._scripts.labels(name).observe(seconds)

    def clock(self, is_ticking: Callable[[], bool]) -> None:
        """Tell from now on whether this process's clock ticks; one that has none tells nothing. To be called once."""
        gauge = Gauge(
            "studybot_scheduler_ticking", "1 if the clock of this process has ticked lately.", registry=self._registry
        )
        gauge.set_function(lambda: float(is_ticking()))

    def gateway(self, platform: str, ready: Callable[[], tuple[bool, object]]) -> None:
        """Tell from now on whether a platform can reach this process; one that does not listen to it tells nothing of it."""
        self._gateways.labels(self._known(platform)).set_function(lambda: float(ready()[0]))

    def gate(self, platform: str, shut_for: Callable[[], float]) -> None:
        """Tell from now on for how long nothing is asked of a platform."""
        self._shut.labels(self._known(platform)).set_function(shut_for)

    async def scraped(self, loads: Loads) -> tuple[bytes, str]:
        """Return the page and its content type. What the store alone knows is not on it while that does not answer."""
        try:
            async with asyncio.timeout(_STORE_SECONDS):
                found = await loads()
        except (TimeoutError, StoreUnavailable):
            self._up.set(0)
            for gauge in (self._entries, self._lag, self._overdue, self._programmes):
                gauge.clear()  # what was so once is no news, and would hide that nobody knows
        else:
            self._up.set(1)
            for load in found:
                self._take_in(load)
        return generate_latest(self._registry), CONTENT_TYPE_PLAIN_0_0_4

    def _take_in(self, load: Load) -> None:
        platform = self._known(load.platform)
        self._entries.labels(platform).set(load.entries)
        self._lag.labels(platform).set(load.late_s)
        for step, seconds in load.overdue_s.items():
            self._overdue.labels(platform, step).set(seconds)
        for state, count in load.programmes.items():
            self._programmes.labels(platform, state).set(count)

    def _known(self, platform: str) -> str:
        """Return the platform if the bot was given it: an id that a stranger made up may name any."""
        return platform if platform in self._platforms else _OTHER


def _label(outcome: ReceiptState | Judged) -> str:
    return outcome.name.lower()
