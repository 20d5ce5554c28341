"""The real quiz under the machine: what it has is read past its own code, and compared with the model."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, cast

import redis

from adapters.redis import keys
from adapters.redis.store import Store
from bot.domain.ids import MemberId, PlaceId, RoundId, programme_and_date, programme_of, round_id, team_of
from bot.domain.reply import Receipt, Reply
from bot.domain.round import MOVES, RoundState
from bot.domain.score import PeriodKind, Scope, period
from bot.ports import Lease, Post, ReplyStore
from scheduler import calendar
from tests.expiry import keys_without_expiry
from tests.machine.model import Model, Ticks
from tests.machine.trouble import LOST, Trouble, Wild, Witness
from tests.world import FAR_PLACE, LEASE, OTHER_PLACE, PLACE, World, build, question, who

PLACES = [PLACE, OTHER_PLACE, FAR_PLACE]
NAMES = ["ana", "ben", "chris"]
RUNNING = {"opening", "open", "closing"}


class Quiz:
    def __init__(self, store: Store, eyes: redis.Redis, questions: int) -> None:
        self.model, self.wild, self.eyes = Model(), Wild(), eyes
        self.world: World = build(store, [question(number) for number in range(questions)], self.wild)
        self.seen: dict[RoundId, dict[str, str]] = {}
        self.hastened: set[RoundId] = set()
        self.by_hand: dict[PlaceId, dict[str, bool]] = {place: {} for place in PLACES}
        self.wild.posted = self._posted
        self._watch()

    def _watch(self) -> None:
        world = self.world
        replies = cast("ReplyStore", Witness(world.replies, self.wild, "submit", self._submitted, self._receipt))
        ledger = cast("Any", Witness(world.ledger, self.wild, "check", self._checked))
        life = world.life
        world.life = replace(life, reveals=replace(life.reveals, replies=replies))
        world.desk = replace(world.desk, replies=replace(world.desk.replies, replies=replies, ledger=ledger))

    @property
    def now(self) -> datetime:
        return self.world.clock.now()

    # --- what there is ---

    def row(self, round_: RoundId) -> dict[str, str]:
        return cast("dict[str, str]", self.eyes.hgetall(keys.round_(round_)))

    def rounds(self, *places: PlaceId) -> list[RoundId]:
        """Return the rounds of some places, or of all, by place, date and number."""
        asked = self.eyes.pipeline(transaction=False)
        for place in places or PLACES:
            asked.zrange(keys.rounds(place), 0, -1)
        return sorted((RoundId(id_) for ids in asked.execute() for id_ in ids), key=programme_and_date)

    def rows(self, *places: PlaceId) -> dict[RoundId, dict[str, str]]:
        """Return rounds as the store has them."""
        rounds = self.rounds(*places)
        asked = self.eyes.pipeline(transaction=False)
        for round_ in rounds:
            asked.hgetall(keys.round_(round_))
        return dict(zip(rounds, cast("list[dict[str, str]]", asked.execute()), strict=True))

    def running(self, *places: PlaceId) -> list[RoundId]:
        return [round_ for round_, row in self.rows(*places).items() if row["state"] in RUNNING]

    def revealed(self, *places: PlaceId) -> list[RoundId]:
        return [round_ for round_, row in self.rows(*places).items() if row["state"] == "revealed"]

    def agenda(self) -> dict[str, datetime]:
        pairs = cast("list[tuple[str, float]]", self.eyes.zrange(keys.agenda("console"), 0, -1, withscores=True))
        return {entry: datetime.fromtimestamp(score / 1000, UTC) for entry, score in pairs}

    def due(self, entry: str) -> datetime:
        due = cast("str", self.eyes.hget(f"{keys.agenda('console')}:{entry}", "due"))
        return datetime.fromtimestamp(int(due) / 1000, UTC)

    def state(self, place: PlaceId) -> str | None:
        return cast("str | None", self.eyes.hget(keys.programme(programme_of(place)), "state"))

    def is_behind(self, place: PlaceId) -> bool:
        """Tell whether an earlier day's opening has not been seen to."""
        next_ = cast("str | None", self.eyes.hget(keys.programme(programme_of(place)), "next"))
        today = calendar.local_date(self.model.schedules[place].zone, self.now) if next_ else None
        return bool(next_ and today and programme_and_date(RoundId(next_))[1] < today)

    # --- at the moment at which a script has run ---

    def _submitted(self, asked: tuple[Reply], result: list[Any]) -> None:
        (reply,) = asked
        row, outcome = self.row(reply.round), result[0]
        state, collect = row.get("state"), row.get("collect", "both")
        known = (reply.round, reply.delivery) in self.model.deliveries
        if state in {None, "skipped"}:
            assert outcome == "unknown round"
        elif collect not in {"both", reply.via}:
            assert outcome == "not collected"
        elif state in {"opening", "open"}:
            self.model.deliveries.add((reply.round, reply.delivery))
            assert outcome != "late", "in time, but called late"
            self.model.take(reply)
        elif not known:
            assert outcome == "late", "late, but not called so"

    def _receipt(self, asked: tuple[Reply], receipt: Receipt) -> None:
        (reply,) = asked
        standing = self.model.standing(reply.round)
        own = standing.get(reply.member)
        if receipt.state != "unknown round":
            assert receipt.text == (own.text if own else ""), "the receipt shows what does not stand"
            assert receipt.repliers == len(standing)
        assert (receipt.state == "accepted") <= bool(own)
        assert (receipt.state == "withdrawn") <= (own is None)

    def _checked(self, asked: tuple[Any, ...], result: list[str]) -> None:
        round_, member, grade, delivery, *_ = asked
        row, first = self.row(round_.id), (round_.id, delivery) not in self.model.checks
        if member not in self.model.standing(round_.id):
            assert result[0] == "nothing"
        elif not first:
            assert result[0] == "kept"
        elif not self.model.honest(round_.id, member):
            assert result[0] == "nothing"
        elif row["state"] != "revealed" or "checked" in row:
            assert result[0] == "closed"
        else:
            assert result[0] == "kept"
            self.model.checks.add((round_.id, delivery))
            self.model.check(round_.id, member, cast("Ticks", grade.ticks))
        if result[0] == "kept":
            assert json.loads(result[1])["v"] == self.model.changes[round_.id, member], "kept twice"

    # --- what carries on ---

    async def carry_on(self) -> None:
        """Carry out what is due, one entry after the other; whoever dies leaves the next one to go on."""
        for _ in range(80):
            try:
                leases = await self.world.agenda.claim("console", 1)
            except LOST:
                continue
            if not leases:
                return
            await self.carry_out(leases[0])
        raise AssertionError("the agenda does not come to rest")

    async def carry_out(self, lease: Lease) -> None:
        try:
            await self.world.life.carry_out(lease)
        except LOST:
            return

    async def others_go_on(self) -> None:
        self.world.clock.go(seconds=LEASE)
        await self.carry_on()

    def arm(self, plan: list[Trouble]) -> None:
        self.wild.arm(plan)

    def pauses(self) -> None:
        """A refusal pauses a programme; nothing else but its people does."""
        for place in PLACES:
            if self.model.since.get(place) and self.state(place) != "active":
                assert self.wild.refused, "paused by nobody"
                self.model.stop(place)

    async def calm(self) -> None:
        """Let every lease run out and everything be carried out that is due, without further trouble."""
        self.arm([])
        for _ in range(100):
            await self.carry_on()
            self.pauses()
            running = self.running()
            waiting = [at for entry, at in self.agenda().items() if self._is_held_up(entry, running)]
            if not waiting:
                return
            self.world.clock.at = max(self.now, min(waiting))
        raise AssertionError("nothing comes of what is due")

    def _is_held_up(self, entry: str, running: list[RoundId]) -> bool:
        """Tell whether an entry is held or put back; one that waits for the end of the place's present round is not."""
        step, _, round_ = entry.partition(":")
        others = [one for one in running if _place(one) == _place(RoundId(round_)) and one != round_]
        return self.due(entry) <= self.now and not (step == "open" and others)

    # --- what must hold after every step ---

    def check_step(self) -> None:
        self.pauses()
        rows = self.rows()
        assert self.seen.keys() <= rows.keys(), "a round is gone"
        running = [round_ for round_, row in rows.items() if row["state"] in RUNNING]
        assert len({_place(round_) for round_ in running}) == len(running), "two rounds at once in a place"
        asked = {(team_of(round_), rows[round_]["question"]) for round_ in running}
        assert len(asked) == len(running), "one question in two rounds of a team at once"
        for round_, row in rows.items():
            self._check_round(round_, row, self.seen.get(round_))
        self.seen = rows

    def _check_round(self, round_: RoundId, row: dict[str, str], before: dict[str, str] | None) -> None:
        state = row["state"]
        if before is None:
            assert datetime.fromtimestamp(int(row["asks_at"]) / 1000, UTC) <= self.now, "asked before its time"
        elif before["state"] != state:
            assert _reachable(before["state"], state), f"{before['state']} became {state}"
        if before is None or before["state"] != state:
            self._check_move(round_, row)
        if before is None or before["state"] not in {"skipped", "revealed"}:
            self._check_posts(round_)

    def _check_posts(self, round_: RoundId) -> None:
        """Who stood still may find that its post is the second one, and takes it away."""
        for post in Post:
            standing = len(self.world.posts(post, round_, _place(round_)))
            assert standing <= 1 or self.wild.stalled, f"two standing {post}s"

    def _posted(self) -> None:
        for round_ in self.running():
            self._check_posts(round_)

    def _check_move(self, round_: RoundId, row: dict[str, str]) -> None:
        if row["state"] in {"closing", "revealed"}:
            over = datetime.fromtimestamp(int(row["reveals_at"]) / 1000, UTC)
            assert over <= self.now or round_ in self.hastened, "closed before its time"
        if row["state"] == "skipped":
            assert row["note"]
            assert not self.model.standing(round_), "what was accepted is gone"
        if row["state"] == "revealed":
            self._check_grades(round_)

    def _check_grades(self, round_: RoundId) -> None:
        assert self.grades(round_) == self.model.points(round_)

    def grades(self, round_: RoundId) -> dict[MemberId, int]:
        kept = cast("dict[MemberId, str]", self.eyes.hgetall(keys.grades(round_)))
        return {member: json.loads(text)["p"] for member, text in kept.items()}

    # --- what must hold at rest ---

    async def check_rest(self) -> None:
        self.check_step()
        agenda = self.agenda()
        for place in PLACES:
            openings = [entry for entry in agenda if entry.startswith(f"open:{place}:")]
            if self.state(place) == "active":
                assert any(
                    cast("str", self.eyes.hget(keys.programme(programme_of(place)), "next")) in e for e in openings
                )
            else:
                assert not openings
            for day in self.model.due_dates(place, self.now):
                round_ = round_id(programme_of(place), day)
                waits = f"open:{round_}" in agenda and self.running(place)
                assert waits or round_ in self.seen, f"{day} was never asked"
        for round_, row in self.rows().items():
            step = {"opening": "open", "open": "reveal", "closing": "reveal", "revealed": "settle"}.get(row["state"])
            if step and "settled" not in row:
                assert f"{step}:{round_}" in agenda, "an unfinished round without an entry"
            if row["state"] == "revealed":
                self._check_grades(round_)
        assert await self.world.life.sweep("console", self.now) == 0, "the agenda lacked entries"
        assert await self.world.is_sound()
        assert not await keys_without_expiry(self.world.store.steady)
        await self._check_boards()

    async def _check_boards(self) -> None:
        for place in PLACES:
            for kind in PeriodKind:
                await self.check_board(place, kind)
                await self.check_board(team_of(place), kind)
            counted = {r: row for r, row in self.rows(place).items() if row["state"] == "revealed" and "." not in r}
            assert [int(row["index"]) for row in counted.values()] == list(range(1, len(counted) + 1))
            for name in NAMES:
                member = who(name, place.split(":")[1])
                assert await self.world.boards.streak(place, member) == self.model.streak(member, counted)

    async def check_board(self, scope: Scope, kind: PeriodKind) -> None:
        """Compare a board with the model's, unless awards are being applied to it."""
        which = period(kind, self.now.date())
        page = await self.world.boards.page(scope, which, None)
        rows = self.rows(*(place for place in PLACES if scope in (place, team_of(place))))
        states = {r: row["state"] for r, row in rows.items() if period(kind, programme_and_date(r)[1]) == which}
        assert page.updating == ("closing" in states.values())
        if not page.updating:
            revealed = [round_ for round_, state in states.items() if state == "revealed"]
            assert {one.member: one.points for one in page.top} == self.model.totals(revealed)

    # --- what must hold when all is over ---

    async def end(self) -> None:
        """Live through one more day without trouble, stop everything and let it come to its end."""
        await self.calm()
        await self.check_rest()
        self.world.clock.go(days=1)
        await self.calm()
        await self.check_rest()
        for place in PLACES:
            if self.state(place) == "active":
                await self.world.admin("pause", place)
                self.model.stop(place)
        for _ in range(200):
            await self.carry_on()
            self.check_step()
            waiting = self.agenda().values()
            if not waiting:
                break
            self.world.clock.at = max(self.now, min(waiting))
        await self.check_rest()
        self._check_end()

    def _check_end(self) -> None:
        assert not self.agenda()
        assert not self.eyes.exists(keys.unfinished("console"))
        for place in PLACES:
            assert not self.eyes.exists(keys.taken(team_of(place)), keys.closing(team_of(place)))
            assert not self.eyes.exists(keys.unsettled(team_of(place)))
            assert not self.eyes.hexists(keys.place(place), "round")
        for round_, row in self.rows().items():
            assert row["state"] == "skipped" or row.get("settled") == "1"
            if not self.wild.refused:
                questions, reveals = (len(self.world.posts(post, round_, _place(round_))) for post in Post)
                # A round that was answered before the store had heard of its post opens without one, if that is gone.
                expected = (0, 0) if row["state"] == "skipped" else (1 if row["post"] else 0, 1)
                assert (questions, reveals) == expected


def _place(round_: RoundId) -> PlaceId:
    return PlaceId(programme_and_date(round_)[0])


def _reachable(before: str, after: str) -> bool:
    return any(one == after or _reachable(one, after) for one in MOVES[RoundState(before)])
