"""Boards: a sorted set a period. They are sums over the ledger, and can be compared with it and made anew from it."""

import asyncio
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from adapters.redis import codec, key_parts, keys
from adapters.redis.lifetimes import board_seconds
from adapters.redis.store import Store, answering
from bot.domain.ids import (
    MemberId,
    PlaceId,
    ProgrammeId,
    RoundId,
    TeamId,
    is_erased,
    platform_of,
    programme_of,
    team_of,
)
from bot.domain.score import (
    PODIUM,
    Award,
    Period,
    Scope,
    Standing,
    Streak,
    boards_of,
    podium,
    ranking,
    streak_of,
)
from bot.ports import BoardPage, Difference, Verified

_SETTLING = 0.3
"""Seconds between the two readings that a difference must survive: an award may be applied between ledger and board."""
_TRIES = 5


@dataclass(slots=True)
class _Expected:
    """What the ledgers of a place, or of all places of a team, say: each key's members with their points or streak.

    ``seconds`` is how long a key lives after its last award (0: for ever), ``until`` the instant up to which it is sure to
    be there, ``ledgers`` how many entries each ledger has, ``rights`` the count of changes of who is hidden or erased, before
    which nothing else was read.
    """

    values: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    seconds: dict[str, int] = field(default_factory=dict)
    until: dict[str, float] = field(default_factory=dict)
    ledgers: dict[str, int] = field(default_factory=dict)
    rights: str = "0"


@dataclass(frozen=True, slots=True)
class _Aside:
    """The members of a team who stand on no board that others see, and those who are on their way there or back."""

    rights: str
    hidden: frozenset[str]
    erasing: frozenset[str]
    moving: frozenset[str]


@dataclass(frozen=True, slots=True)
class RedisBoards:
    store: Store

    async def page(
        self, scope: Scope, period: Period, reader: MemberId | None, size: int = 10, before: Period | None = None
    ) -> BoardPage:
        team, board = team_of(ProgrammeId(scope)), keys.board(scope, period)
        names = [
            board,
            keys.hidden_board(board),
            keys.hidden_members(team),
            keys.closing(team),
            keys.unsettled(team),
            keys.board(scope, before or period),
        ]
        top, tied, members, own, around, hidden, closing, unsettled, leaders, on_podium = await self.store.run(
            "board", names, [reader or "", size, PODIUM if before else 0], quick=True
        )
        unsettled_of = {
            one: tuple(RoundId(id_) for id_ in unsettled if _counts(id_, scope, one)) for one in (period, before)
        }
        first = podium(_ranked(leaders))
        return BoardPage(
            top=_ranked(top),
            tied_others=tied,
            members=members,
            own=Standing(rank=own[1], member=reader, points=int(own[0])) if reader and own else None,
            around=tuple(sorted(_near(around), key=lambda standing: (standing.rank, standing.member))),
            hidden=bool(hidden),
            updating=any(_counts(id_, scope, period) for id_ in closing),
            open_checks=unsettled_of[period],
            podium=first,
            podium_others=on_podium - len(first),
            podium_open=bool(unsettled_of[before]),
        )

    async def streak(self, place: PlaceId, member: MemberId) -> tuple[int, int]:
        async with answering(), self.store.quick.pipeline(transaction=False) as asked:
            asked.hget(keys.streaks(place), member).hget(keys.place(place), "index")
            kept, latest = await asked.execute()
        length, index, best = (int(part) for part in (kept or "0|0|0").split("|"))
        return Streak(length=length, index=index, best=best).current(int(latest or 0)), best

    async def verify(self) -> Verified:
        first = await self._compare()
        if not first.differences:
            return first
        await asyncio.sleep(_SETTLING)
        again = await self._compare()
        lasting = tuple(one for one in again.differences if one in first.differences)
        return Verified(boards=again.boards, awards=again.awards, differences=lasting, busy=again.busy)

    async def rebuild(self) -> Verified:
        before = await self.verify()
        scopes = {scope for place in await self._places() for scope in (place, team_of(programme_of(place)))}
        for scope in sorted(scopes):
            for _ in range(_TRIES):
                if await self._rebuild(scope):
                    break
        return before

    async def _rebuild(self, scope: Scope) -> bool:
        """Make the scope's boards anew; False if its ledger grew meanwhile, so that it must be done again."""
        stale = {key: dict[str, str]() for key in await self._keys(scope)}
        async with answering():
            known = await self.store.steady.scard(keys.LEDGERS)
        expected = await self._expected(scope)
        for key, values in (stale | expected.values).items():
            made = f"{key}:{uuid4().hex}:anew"
            async with answering(), self.store.steady.pipeline() as write:
                for first in range(0, len(values), 500):
                    part = dict(list(values.items())[first : first + 500])
                    if _is_streak(key):
                        write.hset(made, mapping=part)
                    else:
                        write.zadd(made, part)
                write.expire(made, 3600)
                await write.execute()
            args = [expected.seconds.get(key, 0), int(not values), known, expected.rights, *expected.ledgers.values()]
            names = [key, made, keys.LEDGERS, keys.rights(team_of(ProgrammeId(scope))), *expected.ledgers]
            if not await self.store.run("replace_board", names, args):
                return False
        return True

    async def _compare(self) -> Verified:
        places = await self._places()
        busy = [place for place in places if await self._closing(place) or await self._changing(place)]
        scopes: list[Scope] = [place for place in places if place not in busy]
        busy_teams = {team_of(programme_of(place)) for place in busy}
        scopes += sorted({team_of(programme_of(place)) for place in places} - busy_teams)
        differences: list[Difference] = []
        boards = awards = 0
        async with answering():
            now, _ = await self.store.steady.time()
        for scope in scopes:
            expected = await self._expected(scope)
            present = {*expected.values, *await self._keys(scope)}
            boards += len(present)
            awards += 0 if scope.count(":") == 1 else sum(expected.ledgers.values())
            for key in sorted(present):
                differences += _differences(key, expected, await self._values(key), now)
        return Verified(boards=boards, awards=awards, differences=tuple(differences), busy=tuple(busy))

    async def _expected(self, scope: Scope) -> _Expected:
        """Add up the scope's ledgers."""
        aside = await self._aside(team_of(ProgrammeId(scope)))
        expected = _Expected(rights=aside.rights)
        for place in await self._places():
            if scope in (place, team_of(programme_of(place))):
                awards: list[Award] = []
                for key in await self._ledgers(place):
                    entries = await self._entries(key)
                    expected.ledgers[key] = len(entries)
                    awards += [one for one in entries if not is_erased(one.member) and one.member not in aside.erasing]
                _add_totals(expected, scope, awards, aside.hidden)
                if scope == place:
                    expected.values[keys.streaks(place)] = _streaks(awards)
        return expected

    async def _places(self) -> Sequence[PlaceId]:
        async with answering():
            ledgers = await self.store.steady.smembers(keys.LEDGERS)
        return sorted({key_parts.place_of_ledger(key) for key in ledgers})

    async def _ledgers(self, place: PlaceId) -> Sequence[str]:
        async with answering():
            ledgers = await self.store.steady.smembers(keys.LEDGERS)
        return sorted(key for key in ledgers if key_parts.place_of_ledger(key) == place)

    async def _entries(self, ledger: str) -> list[Award]:
        async with answering():
            found = {id_: text async for id_, text in self.store.steady.hscan_iter(ledger, count=1_000)}
        return [codec.award_from_json(id_, text) for id_, text in found.items()]

    async def _closing(self, place: PlaceId) -> bool:
        async with answering():
            closing = await self.store.steady.smembers(keys.closing(team_of(programme_of(place))))
        return any(id_.rpartition(":")[0] == place for id_ in closing)

    async def _changing(self, place: PlaceId) -> bool:
        """Tell whether somebody of the team is being hidden, shown or erased."""
        team = team_of(place)
        aside = await self._aside(team)
        return any(team_of(MemberId(member)) == team for member in aside.erasing | aside.moving)

    async def _aside(self, team: TeamId) -> _Aside:
        platform = platform_of(team)
        async with answering(), self.store.steady.pipeline(transaction=True) as asked:
            asked.get(keys.rights(team)).smembers(keys.hidden_members(team))
            asked.hkeys(keys.erasing(platform)).hkeys(keys.moving(platform))
            rights, hidden, erasing, moving = await asked.execute()
        return _Aside(
            rights=rights or "0", hidden=frozenset(hidden), erasing=frozenset(erasing), moving=frozenset(moving)
        )

    async def _keys(self, scope: Scope) -> set[str]:
        async with answering():
            found = {key async for key in self.store.steady.scan_iter(keys.board_pattern(scope), count=1_000)}
        return {key for key in found if not key.endswith(":anew")}

    async def _values(self, key: str) -> dict[str, str]:
        async with answering():
            if _is_streak(key):
                return dict(await self.store.steady.hgetall(key))
            pairs = await self.store.steady.zrange(key, 0, -1, withscores=True)
        return {member: f"{points:g}" for member, points in pairs}


def _near(around: Sequence[str]) -> Iterator[Standing]:
    for member, points, rank in zip(around[::3], around[1::3], around[2::3], strict=True):
        yield Standing(rank=int(rank), member=MemberId(member), points=int(points))


def _counts(round_: str, scope: Scope, period: Period | None) -> bool:
    return (scope, period) in boards_of(RoundId(round_))


def _ranked(flat: Sequence[str]) -> tuple[Standing, ...]:
    return ranking((MemberId(member), int(points)) for member, points in zip(flat[::2], flat[1::2], strict=True))


def _is_streak(key: str) -> bool:
    return key.split(":")[3] == "streaks"


def _add_totals(expected: _Expected, scope: Scope, awards: Iterable[Award], hidden: Collection[str]) -> None:
    totals: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for award in awards:
        for board_scope, period in boards_of(award.round):
            if board_scope == scope:
                board = keys.board(scope, period)
                key = keys.hidden_board(board) if award.member in hidden else board
                totals[key][award.member] += award.points
                expected.seconds[key] = seconds = board_seconds(period)
                expected.until[key] = max(expected.until.get(key, 0.0), award.at.timestamp() + (seconds or math.inf))
    for key, members in totals.items():
        for member, points in members.items():
            total = points + int(expected.values[key].get(member, 0))
            expected.values[key][member] = f"{total}"
    for key in totals:
        expected.values[key] = {member: points for member, points in expected.values[key].items() if points != "0"}


def _streaks(awards: Iterable[Award]) -> dict[str, str]:
    of_member: dict[str, list[Award]] = defaultdict(list)
    for award in awards:
        of_member[award.member].append(award)
    streaks = {member: streak_of(own) for member, own in of_member.items()}
    return {member: codec.streak_to_text(streak) for member, streak in streaks.items() if streak.index}


def _differences(key: str, expected: _Expected, is_: dict[str, str], now: float) -> Iterator[Difference]:
    should = expected.values.get(key, {})
    if not is_ and expected.until.get(key, math.inf) <= now:
        return  # a day's or week's board that has run out
    for member in sorted(should.keys() | is_.keys()):
        if should.get(member) != is_.get(member):
            name = key.removeprefix(f"{keys.ROOT}:")
            yield Difference(board=name, member=MemberId(member), is_=is_.get(member), should_be=should.get(member))
