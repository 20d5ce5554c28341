from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.ids import PlaceId, RoundId, programme_and_date, programme_of, round_id
from bot.domain.question import KeyPoint, Label, SampleReply
from bot.domain.round import MessageRef, Round, RoundState
from bot.ports import Begin, Lease, Superseded
from tests.mischief import MORNING
from tests.world import BY_HAND, FAR_PLACE, LEASE, MONDAY, OTHER_PLACE, PLACE, TODAY, TOMORROW, World, question

A_POST, ANOTHER = MessageRef("1"), MessageRef("2")
FAR_TODAY = round_id(programme_of(FAR_PLACE), MONDAY)


def candidate(number: int = 0, round_: RoundId = TODAY) -> Round:
    programme, _, _ = programme_and_date(round_)
    return Round(
        id=round_,
        place=PlaceId(programme),
        question=question(number),
        state=RoundState.OPENING,
        asks_at=MORNING + timedelta(hours=1),
        reveals_at=MORNING + timedelta(hours=8),
    )


async def claimed(world: World, place: PlaceId = PLACE) -> Lease:
    """Hold today's opening of a place."""
    world.clock.at = MORNING
    await world.set_up(place)
    world.clock.at = MORNING + timedelta(hours=1)
    return await world.claim()


async def overtaken(world: World) -> tuple[Lease, Lease]:
    """Return an old holder of today's opening, which is begun, and the present one."""
    old = await claimed(world)
    await world.rounds.begin(old, candidate(), rested=True)
    world.clock.go(seconds=LEASE)
    return old, await world.claim()


async def test_a_round_begins_as_opening_with_its_whole_question(world: World) -> None:
    lease = await claimed(world)
    full = replace(
        question(review_after=date(2026, 3, 1)),
        key_points=(
            KeyPoint(
                id="k", statement='a "point" \N{EM DASH} ünïcode', weight=5, accepted=("x",), contradicted_by=("y",)
            ),
        ),
        tags=("one", "two"),
        samples=(SampleReply(kind="good", text="t", labels={"k": Label.MADE}),),
    )

    outcome, round_ = await world.rounds.begin(lease, replace(candidate(), question=full), rested=True)

    assert outcome is Begin.BEGUN
    assert round_ == replace(candidate(), question=replace(full, samples=()), begun_at=world.clock.at)
    assert await world.rounds.present(PLACE) == round_
    assert await world.agenda.unfinished("console") == [TODAY]
    assert (await world.rounds.history(PLACE)).taken == {"q0"}


async def test_beginning_again_gives_back_what_is_there_with_its_first_question(world: World) -> None:
    lease = await claimed(world)
    await world.rounds.begin(lease, candidate(0), rested=True)

    outcome, round_ = await world.rounds.begin(lease, candidate(1), rested=True)

    assert outcome is Begin.BEGUN
    assert round_
    assert round_.asked().id == "q0"
    assert (await world.rounds.history(PLACE)).taken == {"q0"}


async def test_a_place_with_a_round_in_it_is_busy(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    await world.admin("ask-now")
    todays, by_hand = await world.agenda.claim("console", 2)
    await world.rounds.begin(todays, candidate(), rested=True)

    outcome, in_the_way = await world.rounds.begin(by_hand, candidate(1, BY_HAND), rested=True)

    assert outcome is Begin.BUSY
    assert in_the_way
    assert in_the_way.id == TODAY


async def test_a_question_is_taken_while_it_is_open_in_the_team_but_not_for_other_teams(world: World) -> None:
    await world.rounds.begin(await claimed(world), candidate(), rested=True)
    other = round_id(programme_of(OTHER_PLACE), MONDAY)

    ours = await world.rounds.begin(await claimed(world, OTHER_PLACE), candidate(0, other), rested=False)
    theirs = await world.rounds.begin(await claimed(world, FAR_PLACE), candidate(0, FAR_TODAY), rested=False)

    assert (ours[0], theirs[0]) == (Begin.TAKEN, Begin.BEGUN)


@pytest.mark.parametrize(("days", "outcome"), [(30, Begin.TAKEN), (31, Begin.BEGUN)])
async def test_a_question_rests_for_30_days_unless_nothing_else_is_left(
    world: World, days: int, outcome: Begin
) -> None:
    await world.set_up()
    world.shelf.questions = [question(0)]
    await world.at(9)
    await world.at(16)
    other = round_id(programme_of(OTHER_PLACE), MONDAY + timedelta(days=days))
    await world.admin("pause")
    world.clock.go(days=days, hours=-8)  # 08:00, an hour less than so many days since it was asked
    await world.set_up(OTHER_PLACE, "zone=UTC at=08:30 reveal=16:00 days=daily")
    world.clock.go(minutes=30)
    lease = next(one for one in await world.agenda.claim("console", 9) if one.round == other)

    rested, _ = await world.rounds.begin(lease, candidate(0, other), rested=True)

    assert rested is outcome
    assert (await world.rounds.begin(lease, candidate(0, other), rested=False))[0] is Begin.BEGUN


Move = Callable[[World, Lease], Awaitable[object]]

OPENING_MOVES: dict[str, Move] = {
    "begin": lambda world, lease: world.rounds.begin(lease, candidate(1), rested=True),
    "opened": lambda world, lease: world.rounds.opened(lease, ANOTHER, []),
    "skip": lambda world, lease: world.rounds.skip(lease, candidate(), "note", []),
}


@pytest.mark.parametrize("move", OPENING_MOVES)
async def test_an_older_fence_moves_nothing_of_an_opening(world: World, move: str) -> None:
    old, _ = await overtaken(world)
    before, entries = await world.get(), await world.entries()

    with pytest.raises(Superseded):
        await OPENING_MOVES[move](world, old)

    assert await world.get() == before
    assert await world.entries() == entries


REVEAL_MOVES: dict[str, Move] = {
    "close": lambda world, lease: world.rounds.close(lease),
    "revealed": lambda world, lease: world.rounds.revealed(lease, ANOTHER, 0.5, MORNING),
    "settle": lambda world, lease: world.rounds.settle(lease, 0.5),
}


@pytest.mark.parametrize("move", REVEAL_MOVES)
async def test_an_older_fence_moves_nothing_of_a_reveal(world: World, move: str) -> None:
    await world.set_up()
    await world.at(9)
    world.clock.go(hours=7)
    old = await world.claim()
    world.clock.go(seconds=LEASE)
    await world.claim()

    with pytest.raises(Superseded):
        await REVEAL_MOVES[move](world, old)

    assert (await world.get()).state is RoundState.OPEN


async def test_the_first_post_given_is_kept(world: World) -> None:
    old, new = await overtaken(world)

    assert await world.rounds.opened(new, A_POST, []) == A_POST
    with pytest.raises(Superseded):
        await world.rounds.opened(old, ANOTHER, [])

    assert (await world.get()).post == A_POST


async def test_of_two_reveal_posts_the_first_given_is_kept(world: World) -> None:
    await world.set_up()
    await world.at(9)
    world.clock.go(hours=7)
    old = await world.claim()
    await world.rounds.close(old)
    world.clock.go(seconds=LEASE)
    new = await world.claim()
    await world.rounds.close(new)

    assert await world.rounds.revealed(new, A_POST, None, MORNING) == A_POST
    with pytest.raises(Superseded):
        await world.rounds.revealed(old, ANOTHER, None, MORNING)

    assert (await world.get()).reveal_post == A_POST
    assert (await world.get()).index == 1


async def test_a_skipped_round_gives_back_its_place_and_its_question(world: World) -> None:
    lease = await claimed(world)
    await world.rounds.begin(lease, candidate(), rested=True)

    await world.rounds.skip(lease, candidate(), "because", [])

    round_ = await world.get()
    assert (round_.state, round_.note) == (RoundState.SKIPPED, "because")
    assert await world.rounds.present(PLACE) is None
    assert (await world.rounds.history(PLACE)).taken == frozenset()
    assert await world.agenda.unfinished("console") == []
    assert await world.store.steady.ttl(f"studybot:console:home:round:{TODAY.removeprefix('console:home:')}") > 0


async def test_a_day_skipped_before_a_question_was_chosen_is_remembered_without_one(world: World) -> None:
    lease = await claimed(world)

    await world.rounds.skip(lease, replace(candidate(), question=None), "too late", [])

    (round_,) = await world.rounds.latest(PLACE, 5)
    assert (round_.state, round_.question) == (RoundState.SKIPPED, None)


async def test_history_tells_when_and_how_well_each_question_was_answered(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    asked = (await world.get()).asked().id

    ours, others, far = [await world.rounds.history(place) for place in (PLACE, OTHER_PLACE, FAR_PLACE)]

    assert (ours.asked[asked].times, ours.asked[asked].last, ours.asked[asked].share) == (1, MONDAY, 0.5)
    assert ours.team == others.team == {asked: MONDAY}
    assert others.asked == far.asked == far.team == {}


async def test_latest_are_newest_first_and_no_more_than_wanted(world: World) -> None:
    await world.set_up()
    for day in range(3):
        await world.at(9, day=MONDAY + timedelta(days=day))
        await world.at(16)

    assert [round_.id for round_ in await world.rounds.latest(PLACE, 2)] == [
        round_id(programme_of(PLACE), MONDAY + timedelta(days=2)),
        TOMORROW,
    ]


async def test_a_place_keeps_its_last_400_rounds(world: World) -> None:
    await world.store.steady.zadd(
        "studybot:console:home:rounds:general", {f"console:home:general:old{n}": n for n in range(400)}
    )

    await world.rounds.begin(await claimed(world), candidate(), rested=True)

    kept = await world.store.steady.zrange("studybot:console:home:rounds:general", 0, -1)
    assert len(kept) == 400
    assert kept[-1] == TODAY


async def test_moving_a_round_that_is_not_there_is_a_fault_of_ours(world: World) -> None:
    lease = await claimed(world)

    with pytest.raises(LookupError, match="no round"):
        await world.rounds.close(lease)


async def test_once_settled_what_members_wrote_runs_out(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    await world.reply("ben", "late")
    await world.admin("pause")
    await world.at(16, day=MONDAY + timedelta(days=2))

    tail = TODAY.removeprefix("console:home:")
    for what in ("round", "replies", "late", "suggestions", "grades"):
        seconds = await world.store.steady.ttl(f"studybot:console:home:{what}:{tail}")
        assert 179 * 86_400 < seconds <= 180 * 86_400
