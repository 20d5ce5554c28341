"""``python -m bot status``: how everything in the store is, also beside a running bot."""

import argparse
import asyncio
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

from bot import app
from bot.app.core import operation_of
from bot.domain.ids import programme_and_date
from bot.domain.round import Step
from bot.settings import Settings, load
from bot.views import (
    BankFacts,
    BotFacts,
    Pending,
    PlatformFacts,
    ProgrammeFacts,
    Report,
    RoundFacts,
    StoreFacts,
    UnfinishedRound,
)
from content.bank import Bank, packs_of
from content.nodes import counted

_FORGOTTEN = "not on the agenda: the next sweep puts it back"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``status``. Its function returns 0; StartError says why a store is not to be reached."""
    parser = commands.add_parser("status", help="programmes, what comes next, last rounds, unfinished work, the store")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    parser.set_defaults(run=_status)


def _status(args: argparse.Namespace) -> int:
    settings = load()
    report = asyncio.run(_report(settings))
    name = app.store_name(settings)
    if args.json:
        shown = asdict(report)
        shown["store"] = {"name": name, **shown["store"]}
        print(json.dumps(shown, indent=2, default=_as_json, ensure_ascii=False))
    else:
        print("\n".join(_lines(report, name)))
    return 0


async def _report(settings: Settings) -> Report:
    async with app.open_store(settings, existing=True) as store:
        return await operation_of(store, Bank.load(packs_of(settings.packs))).report()


def _as_json(value: object) -> str:
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _lines(report: Report, name: str) -> Iterator[str]:
    yield f"Store {name}"
    yield f"  {_server(report.store)}"
    for platform in report.platforms:
        yield ""
        yield from _platform(platform)
    if not report.platforms:
        yield "Nothing was ever planned in it: no quiz is set up yet."
    yield ""
    yield from _bank(report.bank)
    for one in report.bots:
        yield f"  {_bot(one)}"


def _bank(bank: BankFacts) -> Iterator[str]:
    yield f"Questions {bank.questions - len(bank.stale):,} in rotation"
    if bank.stale:
        yield f"  {len(bank.stale):,} out of it, for the review is too old: {', '.join(bank.stale)}"


def _bot(facts: BotFacts) -> str:
    said = f"a bot asks {facts.questions:,}, read {_utc(facts.read_at)}"
    if facts.refused_at is None:
        return said
    return f"{said}; it refused to read them anew {_utc(facts.refused_at)}, for {facts.refused}"


def _server(store: StoreFacts) -> str:
    limit = f" of {_size(store.memory_limit)} ({store.eviction})" if store.memory_limit else ""
    return f"{store.version}; {_size(store.memory)}{limit} in memory; {store.persistence}"


def _platform(platform: PlatformFacts) -> Iterator[str]:
    late = f"the most overdue {_seconds(platform.late_s)} late" if platform.late_s else "none late"
    yield f"{platform.platform}: {counted(len(platform.programmes), 'programme')}, agenda {platform.entries} ({late})"
    for programme in platform.programmes:
        yield from _programme(programme)
    for one in platform.unfinished:
        yield f"  unfinished  {_unfinished(one)}" if not _checks(one) else f"  self-check  {_ends(one)}"


def _programme(programme: ProgrammeFacts) -> Iterator[str]:
    reason = f" ({programme.pause_reason})" if programme.pause_reason else ""
    yield f"  {programme.programme}  {programme.state}{reason}: {programme.schedule}, {programme.zone}"
    if programme.only_stale:
        yield "    asks questions whose review is too old, for no other matches"
    if programme.fault:
        yield f"    cannot be asked: {programme.fault}"
    opening = programme.opening
    coming = {programme_and_date(opening.round)[1]} if opening else set()
    # What is on time is among the next rounds; of what was tried, or is overdue, the agenda's word is told.
    is_on_time = opening and not opening.attempt and coming <= {one.date for one in programme.next}
    if opening and not is_on_time:
        yield f"    next  {_pending(opening)}"
    elif programme.next and not opening:
        yield f"    next  {_FORGOTTEN}"
    for one in programme.next if is_on_time else (one for one in programme.next if one.date not in coming):
        yield f"    next  {one.date}  asks {_utc(one.asks_at)}, reveals {_utc(one.reveals_at)}"
    for round_ in programme.last:
        yield f"    last  {_last(round_)}"


def _last(round_: RoundFacts) -> str:
    _, _, tail = round_.round.rpartition(":")
    parts = [f"{tail}  {round_.state}"]
    if round_.late_s is not None:
        parts += [f"asked {_seconds(round_.late_s)} late", counted(round_.repliers, "replier")]
    return ", ".join([*parts, *([round_.note] if round_.note else [])])


def _checks(unfinished: UnfinishedRound) -> bool:
    """Tell whether all that is left of a round is that its members may look their grades through."""
    pending = unfinished.pending
    return bool(pending and pending.step is Step.SETTLE and not pending.attempt)


def _ends(unfinished: UnfinishedRound) -> str:
    return f"{unfinished.round}  ends {_utc(unfinished.pending.due)}" if unfinished.pending else unfinished.round


def _unfinished(unfinished: UnfinishedRound) -> str:
    state = unfinished.state or "run out"
    return f"{unfinished.round}  {state}: {_pending(unfinished.pending) if unfinished.pending else _FORGOTTEN}"


def _pending(pending: Pending) -> str:
    tries = f", tried {counted(pending.attempt, 'time')}, again {_utc(pending.claimable_at)}" if pending.attempt else ""
    return f"{pending.step} due {_utc(pending.due)}{tries}"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds < 120 else f"{seconds / 60:.0f} min"  # noqa: PLR2004 - two minutes


def _size(size: int) -> str:
    return f"{size / 2**20:.1f} MiB"
