"""A Hypothesis state machine over a quiz of three places, its people and everything that goes wrong, against a simple model.

``make test`` runs a few dozen examples, always the same ones. For long and random:
``pytest tests/machine --hypothesis-profile=long`` (2,000 examples, half an hour or more; a failure is kept and tried first).
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from itertools import cycle
from typing import Any, ClassVar, TypeVar

import redis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from redis.asyncio import Redis

from adapters.redis.store import Store
from bot import wording
from bot.domain.ids import PlaceId, RoundId, programme_of, round_id
from bot.domain.reply import ReceiptState, Reply
from bot.domain.score import PeriodKind
from bot.ports import Lease, Post
from bot.views import NoticeView, ReceiptView, StatusView
from scheduler import calendar
from tests.conftest import Server
from tests.machine.quiz import NAMES, PLACES, Quiz
from tests.machine.said import BACK, LOST_PLANS, NAME, PLACE_, PLANS, SAID, SETUPS, SMALL_PLANS, TEXTS, TICKS, Plan
from tests.machine.trouble import LOST, Kind, Trouble
from tests.world import who

T = TypeVar("T")

SHORT = settings(
    max_examples=40,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


class Loop:
    """One event loop and its connections for all examples."""

    def __init__(self, server: Server) -> None:
        self.runner = asyncio.Runner()
        self.eyes = redis.Redis(unix_socket_path=server.socket, decode_responses=True)
        self.client = Redis(unix_socket_path=server.socket, decode_responses=True)
        self.eyes.config_set("appendonly", "no")  # nothing has to survive here, and a disk is slow

    def quiz(self, questions: int) -> Quiz:
        self.eyes.flushall()
        self.eyes.script_flush()
        return Quiz(Store(steady=self.client, quick=self.client), self.eyes, questions)

    def close(self) -> None:
        self.runner.run(self.client.aclose())
        self.runner.close()
        self.eyes.flushall()
        self.eyes.config_set("appendonly", "yes")
        self.eyes.close()


class Machine(RuleBasedStateMachine):
    loop: ClassVar[Loop]

    @initialize(questions=st.integers(1, 6), places=st.integers(1, 3))
    def begin(self, questions: int, places: int) -> None:
        self.quiz = self.loop.quiz(questions)
        self.model, self.world = self.quiz.model, self.quiz.world
        self.broken = False
        self.held: list[Lease] = []
        self.replies: list[Reply] = []
        self.asked: list[tuple[PlaceId, str]] = []
        self.checks: list[tuple[RoundId, str, tuple[bool, ...], str]] = []
        self.count = 0
        for place in PLACES[:places]:
            self.run(self._set_up(place, {"zone": "UTC", "at": "09:00", "reveal": "16:00"}))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        self.broken = True
        done = self.loop.runner.run(work)
        self.quiz.arm([])
        self.broken = False
        return done

    def teardown(self) -> None:
        if not hasattr(self, "quiz"):
            return
        try:
            if not self.broken:
                self.run(self.quiz.end())
        finally:
            self.world.room.close()

    @invariant()
    def what_always_holds(self) -> None:
        if hasattr(self, "quiz"):
            self.broken = True
            self.quiz.check_step()
            self.broken = False

    # --- those who look after it ---

    @rule(place=PLACE_, words=SETUPS, plan=SMALL_PLANS)
    def set_up(self, place: PlaceId, words: dict[str, str], plan: Plan) -> None:
        self.trouble(plan)
        self.run(self._set_up(place, words))

    async def _set_up(self, place: PlaceId, words: dict[str, str]) -> None:
        said = await self._command(place, "setup " + " ".join(f"{name}={value}" for name, value in words.items()))
        assert isinstance(said, StatusView), said
        self.model.set_up(place, (await self.world.programme(place)).schedule, self.quiz.now)

    @rule(place=PLACE_, word=st.sampled_from(["pause", "resume", "remove", "reveal-now"]), plan=SMALL_PLANS)
    def command(self, place: PlaceId, word: str, plan: Plan) -> None:
        self.trouble(plan)
        self.run(self._commanded(place, word))

    async def _commanded(self, place: PlaceId, word: str) -> None:
        if word == "resume":
            await self._resume(place)
        elif word == "reveal-now":
            await self._reveal_now(place)
        else:
            await self._stop(place, word)

    async def _stop(self, place: PlaceId, word: str) -> None:
        await self._command(place, word)
        self.model.stop(place)
        if word == "remove":
            self.quiz.hastened.update(self.quiz.rounds(place))

    async def _resume(self, place: PlaceId) -> None:
        if self.quiz.state(place):
            await self._command(place, "resume")
            self.model.resume(place, self.quiz.now)

    @rule(place=PLACE_, plan=LOST_PLANS)
    def ask_now(self, place: PlaceId, plan: Plan) -> None:
        self.trouble(plan)
        self.run(self._ask_now(place))

    async def _ask_now(self, place: PlaceId) -> None:
        quiz = self.quiz
        state, running = quiz.state(place), quiz.running(place)
        coming = {e for e in quiz.agenda() if e.startswith(f"open:{place}:")}
        by_hand = {e for e in coming if "." in e.rpartition(":")[2]}
        todays, behind = self._todays(place), quiz.is_behind(place)
        delivery = self._name()
        said = await self._command(place, "ask-now", delivery)
        assert isinstance(said, NoticeView)
        if state != "active":
            assert said.text == (wording.programmes.not_active(state) if state else wording.programmes.NO_PROGRAMME)
        elif behind:
            assert said.text == wording.programmes.CATCHING_UP
        elif running or by_hand:
            assert "is still open" in said.text
        else:
            assert "on its way" in said.text
            self.asked.append((place, delivery))
            now = {e for e in quiz.agenda() if e.startswith(f"open:{place}:") and quiz.due(e) == quiz.now}
            wanted = {f"open:{todays}"} if todays else {e for e in now if e not in coming and "." in e}
            assert wanted
            assert wanted <= now

    def _todays(self, place: PlaceId) -> RoundId | None:
        """Return today's round if it is still to come."""
        schedule = self.model.schedules.get(place)
        if schedule is None:
            return None
        day = calendar.local_date(schedule.zone, self.quiz.now)
        occurrence = calendar.occurrence(schedule, day)
        round_ = round_id(programme_of(place), day)
        is_next = f"open:{round_}" in self.quiz.agenda()
        return round_ if is_next and occurrence and occurrence.asks_at > self.quiz.now else None

    @precondition(lambda self: self.asked)
    @rule(data=st.integers(0, 99))
    def ask_again(self, data: int) -> None:
        """The same command is delivered again: no second round."""
        place, delivery = self.asked[data % len(self.asked)]
        self.run(self._ask_again(place, delivery))

    async def _ask_again(self, place: PlaceId, delivery: str) -> None:
        before = self.quiz.agenda()
        await self._command(place, "ask-now", delivery)
        assert self.quiz.agenda() == before

    async def _reveal_now(self, place: PlaceId) -> None:
        said = await self._command(place, "reveal-now")
        assert getattr(said, "text", None) in {wording.programmes.REVEALING, wording.programmes.NOTHING_TO_REVEAL}
        self.quiz.hastened.update(self.quiz.rounds(place))

    async def _command(self, place: PlaceId, words: str, delivery: str = "") -> object:
        """Give a command, and again the same until it is answered."""
        for _ in range(9):
            try:
                said = await self.world.admin(words, place, delivery=delivery or self._name())
            except LOST:
                continue
            if said != NoticeView(text=wording.desk.NOT_DONE):
                return said
        raise AssertionError("never answered")

    # --- time and what it brings ---

    @rule(minutes=st.sampled_from([1, 1, 5, 20, 60, 150, 420, 1440]))
    def wait(self, minutes: int) -> None:
        self.world.clock.go(minutes=minutes)

    @rule(seconds=st.sampled_from([0, 0, 1, 90]), plan=PLANS)
    def next_is_due(self, seconds: int, plan: Plan) -> None:
        self._comes("", seconds, plan)

    @rule(place=PLACE_, plan=PLANS, said=SAID)
    def asked_and_answered(self, place: PlaceId, plan: Plan, said: list[tuple[str, str, int]]) -> None:
        if not self.quiz.running(place):
            self._comes(f"open:{place}:", 0, plan)
        self.answer_in(self.quiz.running(place), said)

    @rule(place=PLACE_, plan=PLANS, ticks=st.lists(TICKS, max_size=3))
    def revealed_and_checked(self, place: PlaceId, plan: Plan, ticks: list[tuple[bool, ...]]) -> None:
        """Those who replied check themselves, and each check is delivered twice."""
        if self.quiz.running(place):
            self._comes(f"reveal:{place}:", 0, plan)
        for round_ in self.quiz.revealed(place)[-1:]:
            repliers = sorted(member.rpartition(":")[2] for member in self.model.standing(round_))
            made = [(round_, name, ticked, self._name()) for name, ticked in zip(cycle(repliers), ticks, strict=False)]
            self.checks += made
            for check in [*made, *made]:
                self.run(self._check(*check))

    def _comes(self, start: str, seconds: int, plan: Plan) -> None:
        """Let time pass until the next entry of a kind may be claimed, and a little more."""
        coming = [at for entry, at in self.quiz.agenda().items() if entry.startswith(start)]
        if coming:
            self.world.clock.at = max(self.quiz.now, min(coming))
            self.world.clock.go(seconds=seconds)
        self.carry_out(plan)

    @rule(plan=PLANS, sweep=st.booleans())
    def go_on(self, plan: Plan, sweep: bool) -> None:
        if sweep:
            self.run(self.world.life.sweep("console", self.quiz.now))
        self.carry_out(plan)

    def carry_out(self, plan: Plan) -> None:
        self.trouble(plan)
        self.run(self.quiz.carry_on())

    @rule()
    def claim(self) -> None:
        """Somebody takes what is due and stands still."""
        self.held += self.run(self.world.agenda.claim("console", 1))

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 9), plan=PLANS)
    def who_stood_still_goes_on(self, which: int, plan: Plan) -> None:
        self.quiz.wild.stalled = True
        self.trouble(plan)
        self.run(self.quiz.carry_out(self.held.pop(which % len(self.held))))

    @rule()
    def calm(self) -> None:
        self.held.clear()
        self.run(self._calm())

    async def _calm(self) -> None:
        await self.quiz.calm()
        await self.quiz.check_rest()

    def trouble(self, plan: Plan) -> None:
        self.quiz.arm(
            [Trouble(at, kind, self._what(len(str(at)) if isinstance(at, str) else at, kind)) for at, kind in plan]
        )

    def _what(self, turn: int, kind: Kind) -> Any:
        place = PLACES[turn % 2]
        if kind is Kind.STALL:
            return self.quiz.others_go_on
        things = [
            lambda: self._stop(place, "pause"),
            lambda: self._set_up(place, {"at": ["09:00", "09:30", "11:00"][turn % 3]}),
            lambda: self._reveal_now(place),
            lambda: self._write_meanwhile(place, turn),
            lambda: self._resume(place),
            lambda: self._write_meanwhile(place, turn),
            lambda: self._stop(place, "remove"),
        ]
        return things[turn % len(things)]

    async def _write_meanwhile(self, place: PlaceId, turn: int) -> None:
        for round_ in self.quiz.rounds(place)[-1:]:
            await self._deliver(self.world.form(NAMES[turn % 3], "gamma", round_))
            await self._check(round_, NAMES[turn % 3], (True, turn % 2 == 0, False), self._name())

    # --- people ---

    @rule(place=PLACE_, said=SAID, back=BACK)
    def answer(self, place: PlaceId, said: list[tuple[str, str, int]], back: int) -> None:
        """Members answer by form, some of it older than what they sent before; an empty form takes theirs back."""
        self.answer_in(self.quiz.rounds(place)[-back:][:1], said)

    def answer_in(self, rounds: list[RoundId], said: list[tuple[str, str, int]]) -> None:
        for round_ in rounds:
            for name, text, hours in said:
                reply = self.world.form(name, text, round_, withdrawn=not text)
                self._sent(replace(reply, version=reply.version - hours * 3_600_000_000), at_once=True)

    @rule(
        place=PLACE_,
        name=NAME,
        text=TEXTS,
        what=st.sampled_from(["say", "say", "amend", "withdraw"]),
        at_once=st.booleans(),
    )
    def write(self, place: PlaceId, name: str, text: str, what: str, at_once: bool) -> None:
        """Write under the newest question, change that or take it back; the bot hears of it at once, later or never."""
        reply = self.run(self._write(place, name, text, what))
        if reply:
            self._sent(reply, at_once=at_once)

    async def _write(self, place: PlaceId, name: str, text: str, what: str) -> Reply | None:
        member = who(name, place.split(":")[1])
        if what == "amend":
            return await self.world.chat.amend(place, member, text)
        if what == "withdraw":
            return await self.world.chat.withdraw(place, member)
        post = self.world.room.latest(place, Post.QUESTION)
        return await self.world.chat.say(post.ref, member, text) if post else None

    @precondition(lambda self: self.replies)
    @rule(which=st.integers(1, 12))
    def deliver_again(self, which: int) -> None:
        """A delivery comes late, again, or after what came later."""
        self.run(self._deliver(self.replies[-(which % len(self.replies)) - 1]))

    def _sent(self, reply: Reply, *, at_once: bool) -> None:
        self.replies.append(reply)
        if at_once:
            self.run(self._deliver(reply))

    async def _deliver(self, reply: Reply) -> ReceiptView:
        for _ in range(9):
            try:
                view = await self.world.desk.submit(reply)
            except LOST:
                continue
            if view.state is not ReceiptState.NOT_SAVED:
                return view
        raise AssertionError("never saved")

    @rule(place=PLACE_, name=NAME, ticks=TICKS, back=BACK)
    def check(self, place: PlaceId, name: str, ticks: tuple[bool, ...], back: int) -> None:
        for round_ in self.quiz.revealed(place)[-back:][:1]:
            self.checks.append((round_, name, ticks, self._name()))
            self.run(self._check(*self.checks[-1]))

    @precondition(lambda self: self.checks)
    @rule(which=st.integers(0, 9))
    def check_again(self, which: int) -> None:
        self.run(self._check(*self.checks[which % len(self.checks)]))

    async def _check(self, round_: RoundId, name: str, ticks: tuple[bool, ...], delivery: str) -> None:
        place = PlaceId(round_.rpartition(":")[0])
        for _ in range(9):
            try:
                said = await self.world.desk.check(self.world.caller(name, place, delivery=delivery), round_, ticks)
            except LOST:
                continue
            if said != NoticeView(text=wording.desk.NOT_DONE):
                return
        raise AssertionError("never kept")

    @rule(place=PLACE_, kind=st.sampled_from(PeriodKind), team=st.booleans())
    def look_up(self, place: PlaceId, kind: PeriodKind, team: bool) -> None:
        self.run(self.quiz.check_board(PlaceId(place.rpartition(":")[0]) if team else place, kind))

    def _name(self) -> str:
        self.count += 1
        return f"c{self.count}"


def test_the_quiz_does_what_the_model_says(server: Server) -> None:
    long = settings.get_current_profile_name() == "long"
    Machine.loop = Loop(server)
    try:
        run_state_machine_as_test(Machine, settings=settings.get_profile("long") if long else SHORT)
    finally:
        Machine.loop.close()
