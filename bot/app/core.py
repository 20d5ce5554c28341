"""The core, wired: the use cases on a store, a bank, a grader and the chats by platform."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from adapters.redis.agenda import RedisAgenda
from adapters.redis.boards import RedisBoards
from adapters.redis.feedback import RedisFeedback
from adapters.redis.leases import RedisLeases
from adapters.redis.ledger import RedisLedger
from adapters.redis.members import RedisMembers
from adapters.redis.once import RedisOnce
from adapters.redis.overview import RedisOverview
from adapters.redis.phrasings import RedisPhrasings
from adapters.redis.planning import RedisChanges, RedisPlans
from adapters.redis.practice import RedisPractice
from adapters.redis.programmes import RedisProgrammes
from adapters.redis.replies import RedisReplies
from adapters.redis.review import RedisReviews
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Store
from bot.domain.ids import PlaceId
from bot.domain.programme import ProgrammeState
from bot.domain.round import Round
from bot.ports import Agenda, Boards, Chat, Clock, Doors, Grader, Leases, Meter, NoMeter, Once, Overview, Questions
from bot.service.boards import Boards as BoardCase
from bot.service.by_hand import ByHand
from bot.service.changelog import ChangeLog
from bot.service.desk import Desk
from bot.service.disclosure import Disclosure, Outside
from bot.service.feedback import Feedbacks
from bot.service.home import Home
from bot.service.members import Members
from bot.service.news import Bulletin
from bot.service.openings import Openings
from bot.service.operation import Operation
from bot.service.patience import Patience
from bot.service.phrasings import Phrasings
from bot.service.planning import Planning
from bot.service.practice import Practice
from bot.service.programmes import Programmes
from bot.service.regrading import Regrading
from bot.service.remembering import Remembering
from bot.service.replies import Replies
from bot.service.reveals import Reveals
from bot.service.review import Review
from bot.service.rounds import Rounds
from bot.service.status import Status
from scheduler import calendar, reviews
from scheduler.clock import SystemClock


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The bot without its surroundings: what people ask (``desk``), what time brings (``rounds``), and the boards."""

    desk: Desk
    rounds: Rounds
    agenda: Agenda
    boards: Boards
    questions: Questions
    overview: Overview
    round_in: Callable[[PlaceId], Awaitable[Round | None]]
    """The round of a place that is not revealed yet."""
    places: Callable[[str], Awaitable[Sequence[PlaceId]]]
    """The places of a platform that have a programme."""
    once: Once
    leases: Leases
    clock: Clock
    regrading: Regrading

    @property
    def doors(self) -> Doors:
        """What a chat that listens is handed."""
        return Doors(
            desk=self.desk,
            round_in=self.round_in,
            places=self.places,
            once=self.once,
            leases=self.leases,
            clock=self.clock,
            topics=sorted({question.topic for question in self.questions.all()}),
        )


def compose(
    store: Store,
    questions: Questions,
    grader: Grader,
    chats: Mapping[str, Chat],
    meter: Meter | None = None,
    clock: Clock | None = None,
    outside: Outside | None = None,
) -> Core:
    """Wire the use cases to a store, a bank, a grader, the chats by platform, and who watches.

    A grader ``outside`` is shown what its places were told of; people who wait for an answer at once have the one inside.
    """
    clock, meter = clock or SystemClock(), meter or NoMeter()
    patient = {name: Patience(chat=chat, seconds=store.limits.lease / 3) for name, chat in chats.items()}
    agenda, programmes, rounds = RedisAgenda(store), RedisProgrammes(store), RedisRounds(store)
    replies, ledger, boards = RedisReplies(store), RedisLedger(store), RedisBoards(store)
    practice, for_leads = RedisPractice(store), RedisReviews(store)
    changes = RedisChanges(store)
    members = RedisMembers(store)
    planning = _planning(store, questions)
    changelog = ChangeLog(changes=changes, clock=clock)
    by_hand = ByHand(
        programmes=programmes,
        rounds=rounds,
        agenda=agenda,
        questions=questions,
        planning=planning,
        calendar=calendar,
        clock=clock,
        changelog=changelog,
    )
    status = Status(
        programmes=programmes,
        rounds=rounds,
        questions=questions,
        calendar=calendar,
        clock=clock,
        changelog=changelog,
        reviews=for_leads,
    )
    mine = Members(
        members=members,
        boards=boards,
        practice=practice,
        planning=planning,
        programmes=programmes,
        questions=questions,
        calendar=calendar,
        clock=clock,
        days=store.limits.retention_days,
    )
    learnt = RedisPhrasings(store)
    own = Replies(
        rounds=rounds, replies=replies, ledger=ledger, grader=grader, phrasings=learnt, clock=clock, meter=meter
    )
    phrasings = Phrasings(store=learnt, rounds=rounds, questions=questions, grader=grader)
    life = _life(store, questions, grader, outside, patient, meter)
    desk = Desk(
        replies=own,
        review=Review(
            rounds=rounds,
            replies=replies,
            ledger=ledger,
            reviews=for_leads,
            own=own,
            phrasings=phrasings,
            feedbacks=Feedbacks(store=RedisFeedback(store), rounds=rounds),
            clock=clock,
        ),
        regrading=life.regrading,
        bulletin=Bulletin(reviews=for_leads, ledger=ledger),
        boards=BoardCase(boards=boards, programmes=programmes, rounds=rounds, calendar=calendar, clock=clock),
        programmes=Programmes(
            programmes=programmes,
            rounds=rounds,
            agenda=agenda,
            questions=questions,
            calendar=calendar,
            clock=clock,
            status=status,
            changelog=changelog,
        ),
        by_hand=by_hand,
        practice=Practice(
            practice=practice,
            planning=planning,
            questions=questions,
            grader=grader,
            phrasings=learnt,
            reviews=reviews,
            clock=clock,
        ),
        members=mine,
        at_home=Home(programmes=programmes, rounds=rounds, replies=replies, members=mine, status=status),
        clock=clock,
    )

    async def places(platform: str) -> Sequence[PlaceId]:
        return [one.place for one in await programmes.all(platform) if one.state is not ProgrammeState.REMOVED]

    return Core(
        desk=desk,
        rounds=life,
        agenda=agenda,
        boards=boards,
        questions=questions,
        overview=RedisOverview(store),
        round_in=rounds.present,
        places=places,
        once=RedisOnce(store),
        leases=RedisLeases(store),
        clock=clock,
        regrading=life.regrading,
    )


def _life(
    store: Store,
    questions: Questions,
    grader: Grader,
    outside: Outside | None,
    chats: Mapping[str, Chat],
    meter: Meter,
) -> Rounds:
    """Wire what time brings. It waits for a busy store: what it gave up would come again only when its lease has run out."""
    store = replace(store, quick=store.steady)
    agenda, programmes, rounds = RedisAgenda(store), RedisProgrammes(store), RedisRounds(store)
    changes = RedisChanges(store)
    disclosure = Disclosure(outside=outside, once=RedisOnce(store), rounds=rounds)
    openings = Openings(
        agenda=agenda,
        rounds=rounds,
        programmes=programmes,
        changes=changes,
        planning=_planning(store, questions),
        disclosure=disclosure,
        calendar=calendar,
        chats=chats,
        meter=meter,
    )
    learnt = RedisPhrasings(store)
    reveals = Reveals(
        agenda=agenda,
        rounds=rounds,
        programmes=programmes,
        changes=changes,
        replies=RedisReplies(store),
        ledger=RedisLedger(store),
        boards=RedisBoards(store),
        members=RedisMembers(store),
        remembering=Remembering(practice=RedisPractice(store), reviews=reviews),
        grader=grader,
        disclosure=disclosure,
        phrasings=learnt,
        chats=chats,
        meter=meter,
    )
    regrading = Regrading(
        agenda=agenda,
        rounds=rounds,
        replies=RedisReplies(store),
        ledger=RedisLedger(store),
        phrasings=learnt,
        questions=questions,
        grader=grader,
        disclosure=disclosure,
    )
    return Rounds(
        openings=openings,
        reveals=reveals,
        regrading=regrading,
        agenda=agenda,
        programmes=programmes,
        members=RedisMembers(store),
        calendar=calendar,
        chance=random.random,
        meter=meter,
    )


def _planning(store: Store, questions: Questions) -> Planning:
    return Planning(
        rounds=RedisRounds(store),
        programmes=RedisProgrammes(store),
        questions=questions,
        calendar=calendar,
        plans=RedisPlans(store),
    )


def operation_of(store: Store, questions: Questions) -> Operation:
    """Wire the look into a whole store, for which no chat or grader is needed."""
    return Operation(
        overview=RedisOverview(store),
        agenda=RedisAgenda(store),
        programmes=RedisProgrammes(store),
        rounds=RedisRounds(store),
        questions=questions,
        calendar=calendar,
        clock=SystemClock(),
    )
