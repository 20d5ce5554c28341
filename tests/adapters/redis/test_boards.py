from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.ids import MemberId, place_id, programme_of, round_id, team_of
from bot.domain.reply import Grade
from bot.domain.score import Period, PeriodKind, Standing, period
from bot.ports import Difference
from tests.mischief import MORNING, DiedError
from tests.world import ANA, BEN, CHRIS, DANA, EVA, MONDAY, OTHER_PLACE, PLACE, TODAY, World

ALL = Period("all")
BOARD = "studybot:console:home:board:general:all"
STREAKS = "studybot:console:home:streaks:general"


async def stood(world: World, *, at: datetime = MORNING, **points: int) -> None:
    """Let members have these points after today's round, awarded at this instant."""
    await world.set_up()
    await world.at(9)
    for name in points:
        await world.reply(name, "alpha")
    world.clock.go(hours=7)
    lease = await world.claim()
    round_ = await world.rounds.close(lease)
    grades = {
        MemberId(f"console:home:{name}"): Grade(ticks=(True, False, False), good_faith=True, points=one)
        for name, one in points.items()
    }
    await world.ledger.award(lease, round_, grades, at)
    await world.rounds.revealed(lease, None, None, world.clock.at)


def standings(*rows: tuple[int, MemberId, int]) -> tuple[Standing, ...]:
    return tuple(Standing(rank=rank, member=member, points=points) for rank, member, points in rows)


async def test_ties_share_a_rank_and_leave_a_gap(world: World) -> None:
    await stood(world, ana=10, ben=8, chris=8, dana=6)

    page = await world.boards.page(PLACE, ALL, None)

    assert page.top == standings((1, ANA, 10), (2, BEN, 8), (2, CHRIS, 8), (4, DANA, 6))
    assert (page.members, page.own, page.around) == (4, None, ())


async def test_of_too_many_with_the_same_points_the_first_by_name_are_listed_and_the_others_counted(
    world: World,
) -> None:
    await stood(world, ana=10, ben=8, chris=8, dana=8, eva=6)

    one, two, three, four = [await world.boards.page(PLACE, ALL, None, size) for size in (1, 2, 3, 4)]

    assert two.top == standings((1, ANA, 10), (2, BEN, 8))
    assert [(page.top[-1].member, page.tied_others) for page in (one, two, three, four)] == [
        (ANA, 0),
        (BEN, 2),
        (CHRIS, 1),
        (DANA, 0),
    ]


@pytest.mark.parametrize(
    ("reader", "own", "around"),
    [
        (ANA, (1, ANA, 10), {(1, ANA, 10), (2, CHRIS, 8)}),
        (DANA, (4, DANA, 6), {(2, BEN, 8), (4, DANA, 6), (5, EVA, 4)}),
        (EVA, (5, EVA, 4), {(4, DANA, 6), (5, EVA, 4)}),
    ],
)
async def test_a_reader_beyond_the_page_has_the_own_rank_and_neighbours(
    world: World, reader: MemberId, own: tuple[int, MemberId, int], around: set[tuple[int, MemberId, int]]
) -> None:
    await stood(world, ana=10, ben=8, chris=8, dana=6, eva=4)

    page = await world.boards.page(PLACE, ALL, reader, size=1)

    assert page.top == standings((1, ANA, 10))
    assert page.own == standings(own)[0]
    assert set(page.around) == set(standings(*around))


@pytest.mark.parametrize(
    ("reader", "own", "around"),
    [
        (ANA, (1, ANA, 8), [(1, ANA, 8), (1, BEN, 8), (3, DANA, 6)]),
        (BEN, (1, BEN, 8), [(1, ANA, 8), (1, BEN, 8)]),
        (DANA, (3, DANA, 6), [(1, ANA, 8), (3, CHRIS, 6), (3, DANA, 6)]),
        (CHRIS, (3, CHRIS, 6), [(3, CHRIS, 6), (3, DANA, 6)]),
    ],
    ids=["tied with the first", "first", "tied with the last", "last"],
)
async def test_a_tied_reader_has_the_shared_rank_and_whoever_stands_next(
    world: World, reader: MemberId, own: tuple[int, MemberId, int], around: list[tuple[int, MemberId, int]]
) -> None:
    await stood(world, ana=8, ben=8, chris=6, dana=6)

    page = await world.boards.page(PLACE, ALL, reader, size=1)

    assert page.own == standings(own)[0]
    assert page.around == standings(*around)


async def test_a_reader_who_is_not_on_the_board_has_no_rank_and_no_neighbours(world: World) -> None:
    await stood(world, ana=8)

    page = await world.boards.page(PLACE, ALL, EVA)

    assert (page.own, page.around, page.hidden, page.podium) == (None, (), False, ())


async def test_an_empty_board_is_empty(world: World) -> None:
    page = await world.boards.page(PLACE, ALL, ANA)

    assert (page.top, page.members, page.own, page.around, page.updating) == ((), 0, None, (), False)


async def test_a_page_says_while_awards_are_being_applied_and_checks_are_open(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    world.mischief.after("award", DiedError())
    await world.at(16)

    day, other_day = (period(PeriodKind.DAY, MONDAY.replace(day=day)) for day in (3, 4))
    during = await world.boards.page(PLACE, day, None)
    assert during.updating
    assert not (await world.boards.page(PLACE, other_day, None)).updating
    assert (await world.boards.page(team_of(PLACE), day, None)).updating
    assert (await world.boards.verify()).busy == (PLACE,)
    await world.later(minutes=2)
    after = await world.boards.page(PLACE, day, None)
    assert (after.updating, after.open_checks) == (False, (TODAY,))


async def test_verify_counts_what_it_compared_and_finds_a_sound_store_sound(world: World) -> None:
    await stood(world, ana=10, ben=8)

    verified = await world.boards.verify()

    assert (verified.awards, verified.differences, verified.busy) == (2, (), ())
    assert verified.boards == 11  # five of the place with its streaks, five of the team


@pytest.mark.parametrize(
    ("is_", "should_be"), [("12", "10"), (None, "10")], ids=["a total is wrong", "a member is missing"]
)
async def test_verify_finds_a_changed_board_and_rebuild_mends_it(world: World, is_: str | None, should_be: str) -> None:
    await stood(world, ana=10, ben=8)
    if is_:
        await world.store.steady.zadd(BOARD, {ANA: is_})
    else:
        await world.store.steady.zrem(BOARD, ANA)
    difference = Difference(board="console:home:board:general:all", member=ANA, is_=is_, should_be=should_be)

    assert (await world.boards.verify()).differences == (difference,)
    assert (await world.boards.rebuild()).differences == (difference,)

    assert await world.is_sound()
    assert await world.points() == {"ana": 10, "ben": 8}


async def test_what_nobody_earned_is_found_on_any_board_and_among_the_streaks(world: World) -> None:
    await stood(world, ana=10)
    await world.store.steady.zadd("studybot:console:home:team-board:all", {EVA: 3})
    await world.store.steady.zadd("studybot:console:home:board:general:month:2019-01", {EVA: 3})
    await world.store.steady.hset(STREAKS, ANA, "7|1|7")

    found = (await world.boards.verify()).differences

    assert {(one.board.split(":", 2)[2], one.member, one.should_be) for one in found} == {
        ("board:general:month:2019-01", EVA, None),
        ("streaks:general", ANA, "1|1|1"),
        ("team-board:all", EVA, None),
    }
    await world.boards.rebuild()
    assert await world.is_sound()
    assert not await world.store.steady.exists("studybot:console:home:board:general:month:2019-01")
    assert await world.boards.streak(PLACE, ANA) == (1, 1)


async def test_boards_of_days_and_weeks_run_out_and_keep_doing_so_when_made_anew(world: World) -> None:
    await stood(world, ana=10)
    short = [f"studybot:console:home:board:general:{one}" for one in ("day:2025-03-03", "week:2025-W10")]

    for _ in range(2):
        seconds = [await world.store.steady.ttl(key) for key in short]
        assert all(399 * 86_400 < one <= 400 * 86_400 for one in seconds)
        assert await world.store.steady.ttl(BOARD) == -1
        await world.boards.rebuild()
        assert await world.is_sound()


@pytest.mark.parametrize(("days", "lost"), [(399, 1), (401, 0)], ids=["it should be there", "it has run out"])
async def test_a_board_that_is_gone_is_a_difference_unless_it_has_run_out(world: World, days: int, lost: int) -> None:
    await stood(world, at=datetime.now(UTC) - timedelta(days=days), ana=10)
    await world.store.steady.delete("studybot:console:home:board:general:day:2025-03-03")

    assert len((await world.boards.verify()).differences) == lost


async def test_a_rebuild_that_an_award_overtakes_is_done_again(world: World) -> None:
    await stood(world, ana=10)
    await world.store.steady.zadd(BOARD, {ANA: 99})

    async def check() -> None:
        await world.desk.replies.ledger.check(
            await world.get(), ANA, Grade(ticks=(True, True, True), good_faith=True, points=8), "a", world.clock.at
        )

    world.mischief.before("replace_board", check)
    await world.boards.rebuild()

    assert await world.is_sound()
    assert await world.points() == {"ana": 8}


async def test_a_difference_that_passes_is_none(world: World) -> None:
    await stood(world, ana=10)
    scores = iter([99, 10])

    class Passing(type(world.boards)):  # type: ignore[misc]
        async def _values(self, key: str) -> dict[str, str]:
            if key == BOARD:
                await world.store.steady.zadd(BOARD, {ANA: next(scores)})
            return await super()._values(key)  # type: ignore[no-any-return]

    assert (await Passing(world.store).verify()).differences == ()


async def test_a_place_whose_name_looks_like_a_pattern_is_made_anew_alone(world: World) -> None:
    strange = place_id("console", "home", "*")
    await world.set_up(strange)
    await world.at(9)
    await world.reply("ana", "alpha", round_id(programme_of(strange), MONDAY))
    await world.at(16)
    await world.store.steady.zadd("studybot:console:home:board:random:month:2019-01", {EVA: 3})

    await world.boards.rebuild()

    assert await world.store.steady.zscore("studybot:console:home:board:random:month:2019-01", EVA) == 3
    page = await world.boards.page(strange, ALL, ANA)
    assert page.top == standings((1, ANA, 6))
    await world.store.steady.delete("studybot:console:home:board:random:month:2019-01")


async def test_places_of_a_team_add_up_and_each_is_verified(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.reply("ana", "alpha", round_id(programme_of(OTHER_PLACE), MONDAY))
    await world.at(16)

    page = await world.boards.page(team_of(PLACE), ALL, ANA)

    assert page.top == standings((1, ANA, 12))
    assert (await world.boards.verify()).awards == 2
    await world.boards.rebuild()
    assert await world.is_sound()
