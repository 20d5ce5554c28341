"""What drives and watches the real bot for the state machine of tests/test_model.py: troubles, work, rest, comparison."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple, TypeVar, cast

from hypothesis import note
from hypothesis.stateful import (
    RuleBasedStateMachine,
)
from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.replies import RedisReplies
from adapters.redis.store import Client, Limits, Store
from bot.domain.ids import MemberId, PlaceId, RoundId, programme_of, team_of
from bot.domain.question import KeyPoint
from bot.domain.reply import Reply, Via
from bot.domain.score import PeriodKind, period
from bot.ports import Limited, OutcomeUnknown, Post, Refused, StoreUnavailable
from tests.conftest import Server
from tests.model import WEIGHTS, KnownRound, Model, Plan, ranked
from tests.world import LEASE, OTHER_PLACE, PLACE, DiedError, Mischief, StillStore, What, World, build, question, who

T = TypeVar("T")
TEAM = team_of(programme_of(PLACE))
NAMES = ("ana", "ben", "chris", "dana")
PLANS = (
    Plan(at="09:00", reveal="16:00", days="mon-fri"),
    Plan(at="09:00", reveal="09:30"),
    Plan(at="11:00", reveal="23:00", collect="form"),
    Plan(at="08:05", reveal="10:00", collect="thread"),
    Plan(at="09:00", reveal="16:00", zone="Asia/Tokyo"),
    Plan(at="09:00", reveal="16:00", zone="America/Los_Angeles", days="mon-fri"),
)
CHAT = ["find_posts", "post_question", "read_back", "edit_question", "post_reveal", "edit_reveal", "delete_post"]
SCRIPTS = [
    *["begin", "renew", "opened", "skip", "submit", "close", "suggest", "award", "board", "revealed", "settle"],
    *["drop", "put_back"],
]
FOR_CHATS = ["limited", "refused"]


class Trouble(NamedTuple):
    """What happens at a turn: each call of the store or the chat has one before and one after it."""

    turn: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class HeardStore(StillStore):
    """Tells of every script that was really carried out, whatever its caller came to know of it."""

    outer: Mischief
    heard: Callable[[str, str, Sequence[str | int]], Awaitable[None]]

    async def run(self, name: str, keys_: Sequence[str], args: Sequence[str | int], *, quick: bool = False) -> Any:
        async def call() -> Any:
            result = await super(HeardStore, self).run(name, keys_, args, quick=quick)
            await self.heard(name, keys_[0], args)
            return result

        return await self.outer.around(name, call)


class Watched(RuleBasedStateMachine):
    """A bot on an emptied server, with the model that it is held against. One event loop lives as long as the example."""

    def __init__(self, server: Server) -> None:
        super().__init__()
        self._runner = asyncio.Runner()
        self.client = cast("Client", Redis(unix_socket_path=server.socket, decode_responses=True))
        self.model = Model()
        self.stalled: set[str] = set()
        """Rounds that somebody stood still over: until the next step, a second post may stand for them."""
        self.given = self.called = self.turn = 0
        self.troubles: dict[int, str] = {}
        self.do(self.client.flushall())
        points = tuple(
            KeyPoint(id=word, statement=f"say {word}", weight=weight, accepted=(word,))
            for word, weight in WEIGHTS.items()
        )
        real = Store(steady=self.client, quick=self.client, limits=Limits(lease=LEASE))
        self.world = build(real, [question(number, key_points=points) for number in range(9)])
        self.life = self._heard_life(self.world)

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(what)

    def teardown(self) -> None:
        self.world.room.close()
        self.do(self.client.aclose())
        self._runner.close()

    async def _compare(self) -> None:
        model, world = self.model, self.world
        entries = set(await world.entries())
        waiting = {f"open:{id_}" for id_ in model.given.values() if id_ not in model.rounds}
        assert entries - waiting == model.entries() - waiting, "the agenda is not what is to happen"
        for id_ in model.owed:
            assert id_ in model.rounds or f"open:{id_}" in entries, f"{id_} was forgotten"
        running = {known.id for known in model.rounds.values() if not known.final}
        assert set(await world.agenda.unfinished("console")) == running
        for place in model.programmes:
            assert await world.next(place) == model.next_opening(place)
        for known in model.rounds.values():
            await self._compare_round(known)
        await self._compare_boards()

    async def _compare_round(self, known: KnownRound) -> None:
        round_, now = known.seen, self.now
        begun = known.state == "opening" and known.id == self.model.next_opening(known.place)  # and put off by a change
        assert begun or known.state in ("open", "revealed", "skipped"), f"{known.id} was left {known.state}"
        assert known.state != "open" or round_.reveals_at > now, f"{known.id} was not revealed"
        over = round_.settles_at is not None and round_.settles_at <= now
        assert round_.settled == over, f"the self-check of {known.id} is {'not ' * over}over"
        self._compare_posts(known)
        if not (known.kept or known.late):
            return
        standing = {r.member: (r.text, r.version, r.visible) for r in await self.world.replies.standing(known.id)}
        assert standing == known.standing(), f"replies to {known.id}"
        assert await self.world.replies.count(known.id) == len(standing)
        grades = await self.world.ledger.grades(known.id)
        assert {m: (g.ticks, g.good_faith, g.points, g.version) for m, g in grades.items()} == {
            m: (g.ticks, g.good_faith, g.points, g.version) for m, g in known.grades.items()
        }

    def _compare_posts(self, known: KnownRound) -> None:
        """One post of each kind stands. A second one may, until the next step, of who stood still right before a send; and
        for good where the chat has refused to let us look for our own."""
        round_, refused = known.seen, 2 * self.model.refused
        posts = {kind: self.world.room.posts(known.place, known.id, kind) for kind in Post}
        questions, reveals = ([post.ref for post in posts[kind]] for kind in (Post.QUESTION, Post.REVEAL))
        second = 2 * (known.id in self.stalled)
        asked, revealed = round_.post is not None, round_.reveal_post is not None
        assert asked or known.state in ("opening", "skipped")
        assert revealed or known.state != "revealed" or refused
        most = {"opening": 1 + second, "open": 1 + second, "revealed": 1, "skipped": 0}[known.state] + refused
        assert asked <= len(questions) <= most, f"questions of {known.id}: {questions}"
        most = revealed + second * (not round_.settled) + refused
        assert revealed <= len(reveals) <= most, f"reveals of {known.id}: {reveals}"
        assert not asked or round_.post in questions
        assert not revealed or round_.reveal_post in reveals
        if revealed and not self.model.refused:
            (reveal,) = (post.body for post in posts[Post.REVEAL] if post.ref == round_.reveal_post)
            assert (reveal["final"], reveal["repliers"]) == (round_.settled, len(known.grades))
            assert posts[Post.QUESTION][0].body["closed"]

    async def _compare_boards(self) -> None:
        boards, model = self.world.boards, self.model
        days = sorted({known.seen.date for known in model.rounds.values() if known.grades})[-3:]
        for scope in (PLACE, OTHER_PLACE, TEAM):
            for kind, day in [(PeriodKind.DAY, day) for day in days] + [
                (kind, day) for kind in PeriodKind for day in days[-1:]
            ]:
                expected = ranked(model.totals(scope, kind, day))
                for_ = who(NAMES[0])
                page = await boards.page(scope, period(kind, day), for_)
                assert [(s.rank, s.member, s.points) for s in page.top] == expected, f"the {kind} of {scope}"
                own = page.own and (page.own.rank, page.own.member, page.own.points)
                assert own == next((one for one in expected if one[1] == for_), None)
        for place in (PLACE, OTHER_PLACE):
            streaks = model.streaks(place)
            for name in NAMES:
                assert await boards.streak(place, who(name)) == streaks.get(who(name), (0, 0)), f"{name}'s streak"
        verified = await boards.verify()
        assert not verified.differences
        assert not verified.busy

    # --- how it is done ---

    @property
    def now(self) -> datetime:
        return self.world.clock.at

    def _heard_life(self, world: World) -> Any:
        real = world.store
        store = HeardStore(
            steady=real.steady,
            quick=real.quick,
            limits=real.limits,
            clock=real.clock,
            mischief=Mischief(),
            outer=world.mischief,
            heard=self._hear,
        )
        return replace(world.life, reveals=replace(world.life.reveals, replies=RedisReplies(store)))

    async def _hear(self, name: str, key: str, args: Sequence[str | int]) -> None:
        """Tell the model what was read back from a thread, whatever became of who read it."""
        if name != "submit":
            return
        id_ = RoundId(key.removeprefix(f"{keys.ROOT}:").replace(":round:", ":", 1))
        await self._look()
        member, part, version, text, withdrawn, delivery = args[:6]
        self.model.submitted(
            Reply(
                round=id_,
                member=MemberId(str(member)),
                text=str(text),
                via=Via.THREAD,
                delivery=str(delivery),
                version=int(version),
                part=str(part),
                withdrawn=withdrawn == 1,
            )
        )

    def _armed(self, answer: str, script: str) -> None:
        if answer == "lost":
            self.world.mischief.after(script, StoreUnavailable("no answer"))
        elif answer == "never asked":
            self.world.mischief.before(script, StoreUnavailable("no answer"))

    def _happens(self, name: str) -> What | None:
        calls = self.world.mischief.calls
        before, self.called = len(calls) > self.called, len(calls)
        if name not in {*SCRIPTS, *CHAT}:
            return None
        self.turn += 1
        kind = self.troubles.pop(self.turn, "")
        if kind in {"limited", "refused"} and (name not in CHAT or not before):
            return None
        if kind:
            note(f"# {kind} {'before' if before else 'after'} {name}")
        return {
            "die": DiedError(),
            "lost": OutcomeUnknown("no answer") if name in CHAT else StoreUnavailable("no answer"),
            "stall": self._stall,
            "limited": Limited(30),
            "refused": self._refuse,
            "pause": lambda: self._change(None),
            "setup": lambda: self._change(PLANS[1]),
        }.get(kind)

    async def _stall(self) -> None:
        """Stand still past the lease, while others go on."""
        self.stalled |= {entry.partition(":")[2] for entry in await self.world.entries()}
        self.world.clock.go(seconds=LEASE)
        await self._work()

    async def _refuse(self) -> None:
        self.model.refused = True
        raise Refused("no permission")

    async def _change(self, plan: Plan | None) -> None:
        """An admin changes the programme while something is being carried out."""
        await self.world.admin(f"setup {plan}" if plan else "pause", PLACE)
        if plan or self.model.programmes[PLACE].state != "removed":
            self.model.saved(PLACE, "active" if plan else "paused", self.now, plan)

    async def _work(self) -> None:
        """Carry out what is due, as a process after the other does."""
        for _ in range(200):
            leases = await self.world.agenda.claim("console", 1)
            if not leases:
                return
            try:
                await self.life.carry_out(leases[0])
            except (DiedError, StoreUnavailable, Refused):
                continue
        raise AssertionError("the agenda does not come to rest")

    async def _at_rest(self) -> bool:
        """Nothing is due, held or put back, but for openings that wait for the place's present round."""
        now = self.now.timestamp() * 1000
        agenda = keys.agenda("console")
        for entry, at in await self.client.zrange(agenda, 0, -1, withscores=True):
            step, _, id_ = entry.partition(":")
            present = self.model.open_round(PlaceId(id_.rpartition(":")[0]))
            waits = step == "open" and present not in (None, id_)
            if not waits and (at <= now or int(await self.client.hget(f"{agenda}:{entry}", "due")) != at):
                return False
        return True

    async def _look(self) -> None:
        """Show the model every round that is not over."""
        for place in (PLACE, OTHER_PLACE):
            for id_ in await self.client.zrange(keys.rounds(place), 0, -1):
                known = self.model.rounds.get(RoundId(id_))
                if known is None or not known.final:
                    found = await self.world.rounds.get(RoundId(id_))
                    assert found
                    self.model.saw(found, self.now)
            programme = await self.world.programmes.get(programme_of(place)) if self.model.refused else None
            if programme and programme.state == "paused" and self.model.programmes[place].state == "active":
                assert programme.pause_reason
                self.model.saved(place, "paused", self.now)

    def _round(self, back: int, wanted: Callable[[KnownRound], bool] = lambda _: True) -> KnownRound | None:
        """Return the latest of the rounds that are wanted, or one so many before it."""
        latest = sorted(filter(wanted, self.model.rounds.values()), key=lambda known: known.seen.asks_at)
        return latest[-1 - back] if back < len(latest) else None
