"""Lives a year: whatever comes next, on the agenda or of what people have in mind, comes at its instant."""

import heapq
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count

from bot.domain.ids import PlaceId, RoundId, programme_and_date, programme_of
from bot.domain.round import Step
from bot.views import GradeView, PracticeGradeView, PracticeView
from tests.simulation.calendars import ALL, YEAR
from tests.world import World, who

_AGE = """
local cursor, found = '0', {}
repeat
  local page = redis.call('SCAN', cursor, 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    found[key] = true
  end
until cursor == '0'
for key in pairs(found) do
  local left = redis.call('PTTL', key)
  if left > tonumber(ARGV[1]) then
    redis.call('PEXPIRE', key, left - ARGV[1])
  elseif left >= 0 then
    redis.call('DEL', key)
  end
end
"""

START = datetime(2025, 12, 31, 12, tzinfo=UTC)

REPLIES: Mapping[str, Callable[[int], str | None]] = {
    "ana": lambda _: "alpha, beta and gamma",
    "ben": lambda n: "alpha above all" if n % 2 == 0 else None,
    "chris": lambda n: (None, "beta", "beta, I think", "I don't know")[n % 4],
    "dana": lambda n: "gamma" if n % 20 < 12 else None,
    "eva": lambda n: "alpha and beta" if n % 9 else None,
}
"""What each of a team answers in a place's n-th round."""
POINTS = {
    "alpha, beta and gamma": 10,
    "alpha above all": 6,
    "beta": 4,
    "beta, I think": 4,
    "I don't know": 0,
    "gamma": 10,  # who is sure to have said it all
    "alpha and beta": 8,
}
CHECKS = "dana"


@dataclass(kw_only=True)
class Year:
    """``asked`` and ``revealed`` say when each round was due, ``levels`` what the store held at the end of each month."""

    world: World
    asked: dict[RoundId, datetime] = field(default_factory=dict)
    revealed: dict[RoundId, datetime] = field(default_factory=dict)
    levels: dict[date, tuple[dict[str, int], int]] = field(default_factory=dict)
    _plans: list[tuple[datetime, int, Callable[[], Awaitable[object]]]] = field(default_factory=list)
    _number: "count[int]" = field(default_factory=count)
    _rounds: dict[PlaceId, int] = field(default_factory=lambda: defaultdict(int))

    async def live(self) -> None:
        """Set the five programmes up and live until nothing is to come any more."""
        self.world.clock.at = START
        for wanted in ALL:
            await self.world.admin(f"setup {wanted.words}", wanted.place)
        for weeks in range(52):
            self._plan(START + timedelta(weeks=weeks, hours=weeks % 24), self._practise)
        while at := await self._next():
            await self._pass(at)
            if self._plans and self._plans[0][0] <= at:
                await heapq.heappop(self._plans)[2]()
                continue
            for lease in await self.world.due():
                await self._happened(lease.step, lease.round, lease.due)

    async def age(self, days: int) -> None:
        await self.world.store.steady.eval(_AGE, 0, days * 86_400_000)

    def _plan(self, at: datetime, do: Callable[[], Awaitable[object]]) -> None:
        heapq.heappush(self._plans, (at, next(self._number), do))

    async def _next(self) -> datetime | None:
        first = await self.world.store.steady.zrange("studybot:console:agenda", 0, 0, withscores=True)
        instants = [datetime.fromtimestamp(score / 1000, UTC) for _, score in first]
        return min([*instants, *(at for at, _, _ in self._plans[:1])], default=None)

    async def _pass(self, at: datetime) -> None:
        """Let the clock go on, and with every day whatever runs out come nearer to its end: the server knows no other days."""
        before, self.world.clock.at = self.world.clock.at, max(at, self.world.clock.at)
        days = (self.world.clock.at.date() - before.date()).days
        if days:
            await self.age(days)
        if self.world.clock.at.month != before.month:
            self.levels[before.date().replace(day=1)] = (
                await self.level(),
                (await self.world.store.steady.info("memory"))["used_memory"],
            )

    async def _happened(self, step: Step, round_: RoundId, due: datetime) -> None:
        place = PlaceId(programme_and_date(round_)[0])
        if step is Step.OPEN:
            self.asked[round_] = due
            self._will_reply(round_, place)
            if (next_ := await self.world.next(place)) and programme_and_date(next_)[1].year > YEAR:
                await self.world.admin("pause the year is over", place)
        elif step is Step.REVEAL:
            self.revealed[round_] = due
            self._plan(due + timedelta(hours=2), lambda: self._check(place, round_))

    def _will_reply(self, round_: RoundId, place: PlaceId) -> None:
        number = self._rounds[place]
        self._rounds[place] += 1
        for minutes, (name, replies) in enumerate(REPLIES.items(), 5):
            if text := replies(number):
                self._plan(self.world.clock.at + timedelta(minutes=minutes), self._replies(name, text, round_))

    def _replies(self, name: str, text: str, round_: RoundId) -> Callable[[], Awaitable[object]]:
        return lambda: self.world.reply(name, text, round_)

    async def _check(self, place: PlaceId, round_: RoundId) -> None:
        if await self.world.replies.of_member(round_, who(CHECKS, place.split(":")[1])):
            checked = await self.world.desk.check(self.world.caller(CHECKS, place), round_, [True] * 3, "I said it all")
            assert isinstance(checked, GradeView), checked

    async def _practise(self) -> None:
        for wanted in ALL:
            caller = self.world.caller("ben", wanted.place)
            view = await self.world.desk.practise(caller)
            if isinstance(view, PracticeView):
                graded = await self.world.desk.practice_answer(caller, view.question, "alpha")
                assert isinstance(graded, PracticeGradeView), graded

    async def level(self) -> dict[str, int]:
        """Return how many keys of each kind there are."""
        kinds: dict[str, int] = defaultdict(int)
        async for key in self.world.store.steady.scan_iter(count=1000):
            kinds[key.split(":")[3] if key.count(":") > 2 else key] += 1
        return kinds


def rounds_of(place: PlaceId, rounds: Mapping[RoundId, datetime]) -> list[RoundId]:
    return [id_ for id_ in rounds if programme_and_date(id_)[0] == programme_of(place)]
