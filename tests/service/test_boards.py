from datetime import date, timedelta

import pytest

from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.score import Period, PeriodKind, Standing
from bot.ports import Post
from bot.views import BoardView, NoticeView
from tests.mischief import MORNING
from tests.world import ANA, BEN, CHRIS, DANA, MONDAY, OTHER_PLACE, PLACE, TODAY, World, who


async def board(world: World, name: str, kind: PeriodKind = PeriodKind.WEEK, *, team: bool = False) -> BoardView:
    view = await world.desk.leaderboard(world.caller(name), kind, team=team)
    assert isinstance(view, BoardView)
    return view


async def test_where_nothing_is_set_up_there_is_no_board(world: World) -> None:
    assert await world.desk.leaderboard(world.caller(), PeriodKind.DAY) == NoticeView(
        text=wording.programmes.NO_PROGRAMME
    )


async def test_a_reader_sees_the_top_and_oneself_among_the_neighbours(world: World) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in (("ana", "alpha and beta"), ("ben", "alpha"), ("chris", "alpha rather")):
        await world.reply(name, text)
    await world.at(16)

    view = await board(world, "ben")

    expected = [(1, ANA, 8), (2, BEN, 6), (2, CHRIS, 6)]
    assert view.top == tuple(Standing(rank=rank, member=who, points=points) for rank, who, points in expected)
    assert view.own == Standing(rank=2, member=BEN, points=6)
    assert {standing.member for standing in view.around} <= {ANA, BEN, CHRIS}
    assert (view.members, view.provisional, view.updating) == (3, True, False)
    assert (await board(world, "dana")).own is None


async def test_the_day_of_a_board_is_that_of_the_places_own_calendar(world: World) -> None:
    await world.set_up(words="zone=Asia/Tokyo at=17:30 reveal=23:00")
    await world.at(8, 30)
    await world.reply("ana", "alpha")
    await world.at(14)

    assert (await board(world, "ana", PeriodKind.DAY)).members == 1
    world.clock.go(hours=1, minutes=1)  # past midnight in Tokyo, while UTC has the same date still

    assert (await board(world, "ana", PeriodKind.DAY)).period == "day:2025-03-04"
    assert (await board(world, "ana", PeriodKind.DAY)).members == 0


async def test_a_teams_board_adds_up_its_places(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.at(9)
    await world.reply("ana", "alpha", TODAY)
    await world.reply("ana", "beta", round_id(programme_of(OTHER_PLACE), MONDAY))
    await world.at(16)

    assert [standing.points for standing in (await board(world, "ana")).top] == [6]
    assert [standing.points for standing in (await board(world, "ana", team=True)).top] == [10]
    assert await world.is_sound()


async def test_last_periods_podium_has_three_ranks_with_their_ties(world: World) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in (("ana", "beta"), ("ben", "alpha"), ("chris", "alpha!"), ("dana", "beta?"), ("eva", "beta!")):
        await world.reply(name, text)
    await world.at(16)
    await world.at(9, day=MONDAY + timedelta(days=1))

    view = await board(world, "dana", PeriodKind.DAY)

    assert (view.period, view.before, view.top) == ("day:2025-03-04", "day:2025-03-03", ())
    assert [(one.rank, one.member.rpartition(":")[2], one.points) for one in view.podium] == [
        (1, "ben", 6),
        (1, "chris", 6),
        (3, "ana", 4),
        (3, "eva", 4),
    ]
    assert (view.podium_others, view.podium_provisional) == (0, True)


async def test_on_a_monday_the_podium_of_the_day_is_fridays(world: World) -> None:
    await world.set_up()
    friday = MONDAY + timedelta(days=4)
    await world.at(8, 30, day=friday)
    await world.at(9, day=friday)
    await world.reply("ana", "alpha", round_id(programme_of(PLACE), friday))
    await world.at(16, day=friday)
    await world.at(8, day=friday + timedelta(days=3))

    view = await board(world, "ben", PeriodKind.DAY)

    assert (view.before, [one.member for one in view.podium]) == ("day:2025-03-07", [ANA])


async def test_a_podium_with_many_ties_says_how_many_are_not_listed(world: World) -> None:
    await world.set_up()
    await world.at(9)
    for number in range(13):
        await world.reply(f"m{number:02}", f"alpha {number}")
    await world.reply("zeno", "gamma")
    await world.at(16)

    view = await board(world, "ana", PeriodKind.DAY)
    assert view.podium == ()
    await world.at(17, day=MONDAY + timedelta(days=7))
    week = await board(world, "ana", PeriodKind.WEEK)

    assert (len(week.podium), week.podium_others, week.podium_provisional) == (10, 3, False)
    assert {one.rank for one in week.podium} == {1}
    assert [one.member for one in week.podium] == [who(f"m{number:02}") for number in range(10)]


async def test_the_board_of_a_reveal_says_how_many_more_have_as_many_points(world: World) -> None:
    await world.set_up()
    await world.at(9)
    for number in range(14):
        await world.reply(f"m{number:02}", f"alpha {number}")
    await world.at(16)

    (reveal,) = world.posts(Post.REVEAL)
    view = await board(world, "m12", PeriodKind.DAY)

    assert (len(reveal["day"]["top"]), reveal["day"]["tied_others"], view.tied_others) == (10, 4, 4)
    assert view.own == Standing(rank=1, member=who("m12"), points=6)


@pytest.mark.parametrize(
    ("kind", "day", "before"),
    [
        (PeriodKind.WEEK, MONDAY + timedelta(days=7), "week:2025-W10"),
        (PeriodKind.MONTH, MONDAY.replace(month=4, day=7), "month:2025-03"),
        (PeriodKind.SEASON, MONDAY.replace(month=4, day=7), "season:2025-Q1"),
        (PeriodKind.ALL, MONDAY.replace(month=4, day=7), None),
    ],
)
async def test_every_period_but_all_time_has_one_before(
    world: World, kind: PeriodKind, day: date, before: str | None
) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    await world.at(8, day=day)

    view = await board(world, "ana", kind)

    assert view.before == (Period(before) if before else None)
    assert [one.member for one in view.podium] == ([ANA] if before else [])


async def test_a_board_without_anybody_is_not_called_provisional(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "I don't know")
    await world.at(16)

    view = await board(world, "ana", PeriodKind.SEASON)

    assert (view.top, view.provisional) == ((), False)
    (reveal,) = world.posts(Post.REVEAL)
    assert not reveal["day"]["provisional"]


async def test_an_empty_board_says_what_would_fill_it_and_when(world: World) -> None:
    await world.set_up()

    before = await board(world, "ana")
    await world.at(9)
    during = await board(world, "ana")

    assert (before.empty, before.coming) == (wording.boards.NEXT, MORNING.replace(hour=9))
    assert (during.empty, during.coming) == (wording.boards.OPEN_NOW, MORNING.replace(hour=16))
    await world.reply("ana", "alpha")
    await world.at(16)
    full = await board(world, "ana")
    assert (full.empty, full.coming) == ("", None)
    await world.admin("pause")
    tomorrow = await world.at(8, day=MONDAY + timedelta(days=1))
    assert not tomorrow
    paused = await board(world, "ana", PeriodKind.DAY)
    assert (paused.empty, paused.coming) == (wording.boards.NOTHING_COMES, None)


async def test_a_question_that_is_just_coming_is_still_the_next_one(world: World) -> None:
    await world.set_up()
    seen: list[BoardView] = []

    async def look() -> None:
        seen.append(await board(world, "ana"))

    world.mischief.before("opened", look)
    await world.at(9)

    assert [(one.empty, one.coming) for one in seen] == [(wording.boards.NEXT, MORNING.replace(hour=9))]


async def test_a_board_of_hidden_members_alone_shows_each_the_own_line(world: World) -> None:
    await world.set_up()
    await world.quiz("ana", "hide")
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)

    own, other = await board(world, "ana"), await board(world, "ben")

    assert (own.top, own.own, own.empty) == ((), Standing(rank=1, member=ANA, points=6), wording.boards.ONLY_HIDDEN)
    assert (other.top, other.own, other.hidden) == ((), None, False)
    assert other.coming is not None


async def test_a_hidden_member_is_no_neighbour_and_takes_no_rank(world: World) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in (("ana", "alpha beta"), ("ben", "alpha"), ("chris", "alpha!"), ("dana", "beta")):
        await world.reply(name, text)
    await world.at(16)
    await world.quiz("ben", "hide")

    view = await board(world, "dana", PeriodKind.DAY)

    assert view.around == (
        Standing(rank=2, member=CHRIS, points=6),
        Standing(rank=3, member=DANA, points=4),
    )
    assert view.members == 3
