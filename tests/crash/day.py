"""One quiz day in a case, and what must be true when it has ended, whatever happened to whom."""

from collections.abc import Iterator
from dataclasses import replace

from adapters.console.records import Notice, RoomPost
from adapters.grading.lexical import suggest_all
from adapters.redis import keys
from bot.domain.ids import PlaceId, RoundId, programme_of
from bot.domain.programme import Occurrence, ProgrammeState
from bot.domain.question import Question
from bot.domain.round import Round, RoundState, Step
from bot.domain.score import PeriodKind, period, points
from bot.ports import Post
from tests.crash.case import (
    ANA,
    BEHIND,
    BEN,
    CHRIS,
    GENERAL,
    GONE,
    GONE_BY,
    LOST,
    PAUSED,
    SHAKY,
    TO_COME,
    Case,
)  # fmt: skip
from tests.expiry import keys_without_expiry

_OTHERS = (LOST, BEHIND, PAUSED, GONE, SHAKY)


async def prepare_others(case: Case) -> None:
    """Leave five more places as the first process to start will find them."""
    await case.beforehand(LOST, f"setup zone={case.zone} days=daily {TO_COME}", "ask-now")
    for lease in await case.core.agenda.claim("console", 1):
        await case.core.rounds.carry_out(lease)
    # What fell off the agenda: the round's reveal.
    entry = keys.entry(Step.REVEAL, case.in_(LOST))
    await case.client.zrem(keys.agenda("console"), entry)
    await case.client.delete(f"{keys.agenda('console')}:{entry}")
    # An opening that nobody was there for; one by hand of a programme that was paused before anybody came to it.
    await case.beforehand(BEHIND, f"setup zone={case.zone} days=daily {GONE_BY}")
    await _missed(case, BEHIND)
    await case.beforehand(PAUSED, f"setup zone={case.zone} days=daily {GONE_BY}", "ask-now", "pause")
    for place in (GONE, SHAKY):
        await case.beforehand(place, f"setup zone={case.zone} days=daily {TO_COME}", "ask-now")


async def _missed(case: Case, place: PlaceId) -> None:
    programme = await case.programmes.get(programme_of(place))
    assert programme
    occurrence = case.calendar.occurrence(programme.schedule, case.day)
    assert isinstance(occurrence, Occurrence)
    await case.programmes.save(programme, [occurrence])


async def play(case: Case, *, others: bool = True) -> None:
    """Play the day in GENERAL from its setup until its round is settled, and see the agenda come to rest."""
    if others:
        await prepare_others(case)
    await ask(case)
    await answer(case)
    await case.admin("reveal-now")
    await case.until_state(RoundState.REVEALED)
    question = (await case.asked()).asked()
    await case.tell(member=ANA, round=case.today, ticks=[True] * len(question.key_points))
    await case.tell(command="quiz", text="leaderboard day")
    await settle(case)


async def ask(case: Case) -> None:
    await case.admin(f"setup zone={case.zone} days=daily {TO_COME}")
    await case.admin("ask-now")
    await case.until_state(RoundState.OPEN)


async def answer(case: Case) -> None:
    """Ana answers (and the platform delivers it twice), Ben knows nothing, Chris writes openly while nobody listens."""
    round_ = await case.asked()
    texts = replies_to(round_.asked())
    for _ in range(2):
        await case.reply(ANA, texts["ana"], delivery="ana's")
    await case.reply(BEN, texts["ben"])
    assert round_.post
    assert await case.chat.say(round_.post, CHRIS, texts["chris"])
    # What a platform shows only now, long after it was sent: a second post of the question.
    first = case.room.posts(GENERAL, case.today, Post.QUESTION)[0]
    case.room.post(GENERAL, case.today, Post.QUESTION, dict(first.body))


async def settle(case: Case) -> None:
    """Let the self-check end, and wait until the whole agenda has come to rest."""

    async def is_over() -> bool:
        return (await case.asked()).settled and await case.is_quiet()

    await case.core.agenda.hasten(Step.SETTLE, case.today)
    await case.until(is_over)


def replies_to(question: Question) -> dict[str, str]:
    return {"ana": question.model_answer, "ben": "I don't know.", "chris": question.key_points[0].statement}


def expected_points(question: Question) -> dict[str, int]:
    """Return what each member has in the end: Ana ticked every key point, Ben's reply was not in good faith."""
    (suggested,) = suggest_all(question, {}, [replies_to(question)["chris"]])
    everything = [True] * len(question.key_points)
    found = {
        "ana": points(question, everything, good_faith=True),
        "chris": points(question, suggested.ticks, good_faith=True),
    }
    return {name: points_ for name, points_ in found.items() if points_}


async def faults(case: Case, *, others: bool = True) -> list[str]:
    """Return what was lost or doubled in the day, and whatever else is not as it would be had nothing happened."""
    round_ = await case.asked()
    found = [*_posts(case, round_), *await _awards(case, round_), *await _agenda(case, others=others)]
    if others:
        found += await _others(case)
    if not (round_.settled and round_.index == 1 and round_.state is RoundState.REVEALED):
        found.append(f"the round is not as it should be: {replace(round_, question=None)}")
    found += [f"would stay for ever: {key}" for key in await keys_without_expiry(case.client)]
    return found


def posts_ever(case: Case, round_: RoundId, kind: Post) -> list[RoomPost]:
    """Return every post of the round that there was for a moment at least."""
    changes, _ = case.room.changes(0)
    return [one for one in changes if isinstance(one, RoomPost) and (one.round, one.post) == (round_, kind)]


def _posts(case: Case, round_: Round) -> Iterator[str]:
    # The day itself puts a second question there, which the reveal takes away.
    for kind, kept, shows, ever in (
        (Post.QUESTION, round_.post, "closed", 2),
        (Post.REVEAL, round_.reveal_post, "final", 1),
    ):
        standing = case.room.posts(GENERAL, round_.id, kind)
        yield from _counted(kind, len(standing), 1)
        if (number := len(posts_ever(case, round_.id, kind))) > ever + case.spare:
            yield f"{kind} doubled for a while: {number} instead of {ever}"
        if [one.ref for one in standing] != [kept]:
            yield f"{kind} is not the one that is kept: {kept}, standing {[one.ref for one in standing]}"
        if not all(one.body[shows] for one in standing):
            yield f"{kind} is not shown as {shows}"


def _counted(what: str, number: int, wanted: int) -> Iterator[str]:
    if number != wanted:
        yield f"{what} {'lost' if number < wanted else 'doubled'}: {number} instead of {wanted}"


def _short(award: str) -> str:
    """Return ``ana/reply`` of an award's id, which is the round's, the member's and the cause's."""
    member, _, cause = award.rpartition("/")
    return f"{member.rpartition(':')[2]}/{cause}"


async def _awards(case: Case, round_: Round) -> list[str]:
    found: list[str] = []
    fields = [str(field) for field in await case.client.hkeys(keys.ledger(round_.id))]
    ids = {_short(field) for field in fields if field.startswith(f"{round_.id}/")}
    wanted = {f"{name}/reply" for name in ("ana", "ben", "chris")}
    found += [f"award lost: {one}" for one in sorted(wanted - ids)]
    changes = [one for one in sorted(ids) if one.startswith("ana/") and one != "ana/reply"]
    found += [f"award doubled: {one}" for one in sorted(ids - wanted - set(changes[:1]))]
    page = await case.core.boards.page(GENERAL, period(PeriodKind.ALL, round_.date), None)
    is_, should = {one.member.rpartition(":")[2]: one.points for one in page.top}, expected_points(round_.asked())
    if is_ != should:
        found.append(f"points are {is_} instead of {should}")
    for name, one in zip(("ana", "ben", "chris"), (ANA, BEN, CHRIS), strict=True):
        memory = (await case.practice.memories(one)).get(round_.asked().id)
        if memory is None or memory.times != 1:
            found.append(f"{name} remembers the question as {memory} instead of once")
    if (streak := await case.core.boards.streak(GENERAL, ANA)) != (1, 1):
        found.append(f"the streak is {streak} instead of (1, 1)")
    verified = await case.core.boards.verify()
    return [*found, *(f"board is wrong: {one}" for one in (*verified.differences, *verified.busy))]


async def _agenda(case: Case, *, others: bool) -> list[str]:
    """Compare the agenda: next openings and reveals to come, each once, with one record each, and nothing else."""
    wanted = {f"open:{case.in_(GENERAL, 1)}"}
    unfinished: set[str] = set()
    if others:
        wanted |= {f"open:{case.in_(place, 1)}" for place in (LOST, SHAKY, BEHIND)}
        wanted |= {f"reveal:{case.in_(place)}" for place in (LOST, SHAKY)}
        wanted.add(f"settle:{case.in_(GONE)}")  # one more look for a post that came too late
        unfinished |= {case.in_(place) for place in (LOST, SHAKY)}
    name = keys.agenda("console")
    entries = set(await case.client.zrange(name, 0, -1))
    records = {key.removeprefix(f"{name}:") async for key in case.client.scan_iter(f"{name}:*")}
    left = set(await case.core.agenda.unfinished("console"))
    return [
        f"{what} {sorted(is_)} instead of {sorted(should)}"
        for what, is_, should in (
            ("the agenda has", entries, wanted),
            ("records are there of", records, wanted),
            ("unfinished are", left, unfinished),
        )
        if is_ != should
    ]


async def _others(case: Case) -> list[str]:
    found: list[str] = []
    for place, posts in ((LOST, 1), (SHAKY, 1), (BEHIND, 0), (PAUSED, 0), (GONE, 0)):
        changes, _ = case.room.changes(0)
        there = [one for one in changes if isinstance(one, RoomPost) and one.place == place and not one.deleted]
        found += [f"in {place}: {fault}" for fault in _counted("question", len(there), posts)]
    for place, state in ((LOST, "open"), (SHAKY, "open"), (BEHIND, "skipped"), (GONE, "skipped")):
        round_ = await case.get(case.in_(place))
        if round_ is None or round_.state != state:
            found.append(f"the round of {place} is {round_ and round_.state} instead of {state}")
    told = [one.place for one in case.room.changes(0)[0] if isinstance(one, Notice)]
    found += _counted("notice to admins", told.count(GONE), 1)
    gone = await case.programmes.get(programme_of(GONE))
    if gone is None or gone.state is not ProgrammeState.PAUSED:
        found.append("the programme whose channel refuses is not paused")
    return found
