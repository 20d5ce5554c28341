"""A whole bot in a test: the real core on a real store and a real chat, with a clock that the test sets.

Time stands still at a Monday morning until the test lets it go. What befalls scripts and chat is armed in ``tests.mischief``.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, cast

from adapters.console.chat import ConsoleChat
from adapters.console.records import Notice
from adapters.console.room import Room
from adapters.metrics import Metrics
from adapters.redis.agenda import RedisAgenda
from adapters.redis.boards import RedisBoards
from adapters.redis.ledger import RedisLedger
from adapters.redis.members import RedisMembers
from adapters.redis.phrasings import RedisPhrasings
from adapters.redis.planning import RedisChanges
from adapters.redis.practice import RedisPractice
from adapters.redis.programmes import RedisProgrammes
from adapters.redis.replies import RedisReplies
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Store
from bot.app.core import compose
from bot.domain.good_faith import in_good_faith
from bot.domain.ids import MemberId, PlaceId, RoundId, member_id, place_id, programme_of, round_id
from bot.domain.programme import Programme
from bot.domain.question import KeyPoint, Level, Question, Source
from bot.domain.reply import PointVerdict, Reply, Suggestion, Verdict, Via
from bot.domain.round import MessageRef, Round
from bot.domain.score import PeriodKind, period
from bot.ports import Caller, Chat, Lease, Post
from bot.service.desk import Desk
from bot.service.disclosure import Outside
from bot.service.rounds import Rounds
from bot.views import PrivateView, ReceiptView
from tests.mischief import DiedError, Mischief, SkinnedChat, StillClock, StillStore

MONDAY = date(2025, 3, 3)
PLACE = place_id("console", "home", "general")
OTHER_PLACE = place_id("console", "home", "random")
FAR_PLACE = place_id("console", "away", "general")
TODAY, TOMORROW = (round_id(programme_of(PLACE), MONDAY + timedelta(days=days)) for days in (0, 1))
BY_HAND = round_id(programme_of(PLACE), MONDAY, 2)
LEASE = 60.0


def who(name: str, team: str = "home") -> MemberId:
    return member_id("console", team, name)


ANA, BEN, CHRIS, DANA, EVA = (who(name) for name in ("ana", "ben", "chris", "dana", "eva"))


def question(number: int = 0, **changes: Any) -> Question:
    """Make a question whose key points are "alpha" (half of the weight), "beta" and "gamma"."""
    made = Question(
        id=f"q{number}",
        revision=1,
        topic=["data", "serving", "training"][number % 3],
        level=list(Level)[number % 3],
        text=f"What would you look at first when thing number {number} goes wrong, and why?",
        key_points=tuple(
            KeyPoint(id=word, statement=f"say {word}", weight=weight, accepted=(word,))
            for word, weight in (("alpha", 2), ("beta", 1), ("gamma", 1))
        ),
        model_answer="One says alpha, then beta, then gamma.",
        sources=(Source(title="A book", by="Somebody", year=2020, url="https://example.org/book"),),
        reviewed=date(2025, 1, 1),
        hints=("Think of the first letters of some alphabet.", "It is a Greek one."),
        follow_up="And what comes after?",
    )
    return replace(made, **changes)


class Shelf:
    """The bank: as many questions as a test puts there."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = list(questions)

    def all(self) -> Sequence[Question]:
        return self.questions

    def get(self, question_id: str) -> Question | None:
        return next((one for one in self.questions if one.id == question_id), None)


class WordGrader:
    """Covers a key point where the reply has its word, or one that was learnt, and wonders where it has a question mark.

    As every grader, it sees nothing in what is not in good faith.
    """

    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        return [
            Suggestion(
                verdicts=tuple(
                    _verdict([point.id, *phrasings.get(point.id, ())], said) for point in question.key_points
                ),
                grader="words",
                version="1",
            )
            for said in (reply if in_good_faith(reply, question) else "" for reply in replies)
        ]


def _verdict(words: Sequence[str], reply: str) -> PointVerdict:
    said = [word for word in words if word in reply]
    if f"{words[0]}?" in reply and said == words[:1]:
        return PointVerdict(verdict=Verdict.MAYBE, evidence=f"{words[0]}?")
    if said:
        return PointVerdict(verdict=Verdict.COVERED, evidence=said[0])
    return PointVerdict(verdict=Verdict.NOT_SEEN)


@dataclass(kw_only=True)
class World:
    """``desk`` is what people meet, ``life`` what time brings; the stores are there to look into."""

    store: StillStore
    clock: StillClock
    mischief: Mischief
    shelf: Shelf
    room: Room
    chat: ConsoleChat
    desk: Desk
    life: Rounds
    agenda: RedisAgenda
    programmes: RedisProgrammes
    rounds: RedisRounds
    replies: RedisReplies
    ledger: RedisLedger
    boards: RedisBoards
    practice: RedisPractice
    changes: RedisChanges
    phrasings: RedisPhrasings
    members: RedisMembers
    _deliveries: Iterator[int] = field(default_factory=lambda: count(1))

    # --- time ---

    async def due(self) -> list[Lease]:
        """Carry out what is due, one entry after the other, until nothing is; return the entries."""
        done: list[Lease] = []
        while leases := await self.agenda.claim("console", 1):
            assert len(done) < 50, "the agenda does not come to rest"
            done += leases
            with suppress(DiedError):
                await self.life.carry_out(leases[0])
        return done

    async def at(self, hour: int, minute: int = 0, *, day: date | None = None) -> list[Lease]:
        """Let the clock show a time (UTC) of the same day or another one, and carry out what is due."""
        on = day or self.clock.at.date()
        self.clock.at = datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)
        return await self.due()

    async def later(self, **delta: float) -> list[Lease]:
        self.clock.go(**delta)
        return await self.due()

    async def claim(self) -> Lease:
        """Take the one entry that is due, as a process does before it goes on or dies."""
        (lease,) = await self.agenda.claim("console", 1)
        return lease

    # --- people ---

    def caller(self, name: str = "ana", place: PlaceId = PLACE, *, admin: bool = False, delivery: str = "") -> Caller:
        team = place.split(":")[1]
        return Caller(place=place, member=who(name, team), delivery=delivery or self._delivery(), admin=admin)

    async def admin(self, text: str, place: PlaceId = PLACE, *, delivery: str = "") -> PrivateView:
        caller = self.caller("ana", place, admin=True, delivery=delivery)
        return await self.desk.command(caller, "quiz-admin", text)

    async def quiz(self, name: str, text: str, place: PlaceId = PLACE) -> PrivateView:
        return await self.desk.command(self.caller(name, place), "quiz", text)

    async def set_up(self, place: PlaceId = PLACE, words: str = "zone=UTC at=09:00 reveal=16:00") -> Programme:
        await self.admin(f"setup {words}", place)
        return await self.programme(place)

    async def reply(self, name: str, text: str, round_: RoundId = TODAY, **changes: Any) -> ReceiptView:
        """Answer privately."""
        return await self.desk.submit(self.form(name, text, round_, **changes))

    def form(self, name: str, text: str, round_: RoundId = TODAY, **changes: Any) -> Reply:
        team = round_.split(":")[1]
        made = Reply(
            round=round_,
            member=who(name, team),
            text=text,
            via=Via.FORM,
            delivery=self._delivery(),
            version=round(self.clock.now().timestamp() * 1e6) + next(self._deliveries),
        )
        return replace(made, **changes)

    async def say(self, name: str, text: str, round_: RoundId = TODAY) -> Reply:
        """Write openly under the question; nobody has heard it yet."""
        said = await self.chat.say((await self.get(round_)).post or MessageRef(""), who(name), text)
        assert said
        return said

    def _delivery(self) -> str:
        return f"d{next(self._deliveries)}"

    # --- what there is ---

    async def get(self, round_: RoundId = TODAY) -> Round:
        found = await self.rounds.get(round_)
        assert found
        return found

    async def programme(self, place: PlaceId = PLACE) -> Programme:
        found = await self.programmes.get(programme_of(place))
        assert found
        return found

    async def next(self, place: PlaceId = PLACE) -> RoundId | None:
        return await self.programmes.next_opening(programme_of(place))

    def posts(self, kind: Post, round_: RoundId = TODAY, place: PlaceId = PLACE) -> list[Mapping[str, Any]]:
        """Return the posts of a round that stand, as their platform has them."""
        return [post.body for post in self.room.posts(place, round_, kind)]

    def told(self) -> list[str]:
        """Return what admins were told."""
        return [change.text for change in self.room.changes(0)[0] if isinstance(change, Notice)]

    async def points(self, kind: PeriodKind = PeriodKind.ALL, day: date = MONDAY) -> dict[str, int]:
        """Return the place's board as points by name."""
        page = await self.boards.page(PLACE, period(kind, day), None)
        return {standing.member.rpartition(":")[2]: standing.points for standing in page.top}

    async def repliers(self, round_: RoundId) -> int:
        """Return how many members' replies stand in a round."""
        known = await self.rounds.get(round_)
        return known.repliers if known else 0

    async def entries(self) -> dict[str, datetime]:
        """Return the agenda: each entry with the instant when it may next be claimed."""
        pairs = await self.store.steady.zrange("studybot:console:agenda", 0, -1, withscores=True)
        return {entry: datetime.fromtimestamp(score / 1000, UTC) for entry, score in pairs}

    async def is_sound(self) -> bool:
        """Boards and streaks are what the ledger says, and none was left out of the comparison."""
        verified = await self.boards.verify()
        return not verified.differences and not verified.busy


def build(
    real: Store,
    questions: Sequence[Question],
    mischief: Mischief | None = None,
    metrics: Metrics | None = None,
    room_file: Path | None = None,
    outside: Outside | None = None,
) -> World:
    clock, mischief, shelf = StillClock(), mischief or Mischief(), Shelf(questions)
    store = StillStore(
        steady=real.steady,
        quick=real.quick,
        limits=replace(real.limits, lease=LEASE),
        observe=metrics.script if metrics else None,
        clock=clock,
        mischief=mischief,
    )
    room = Room(room_file, clock)
    chat = ConsoleChat(room)
    chats = {"console": cast("Chat", SkinnedChat(chat, mischief))}
    core = compose(store, shelf, WordGrader(), chats, metrics, clock, outside)
    return World(
        store=store,
        clock=clock,
        mischief=mischief,
        shelf=shelf,
        room=room,
        chat=chat,
        desk=core.desk,
        life=replace(core.rounds, chance=lambda: 0.5),
        agenda=RedisAgenda(store),
        programmes=RedisProgrammes(store),
        rounds=RedisRounds(store),
        replies=RedisReplies(store),
        ledger=RedisLedger(store),
        boards=RedisBoards(store),
        practice=RedisPractice(store),
        changes=RedisChanges(store),
        phrasings=RedisPhrasings(store),
        members=RedisMembers(store),
    )
