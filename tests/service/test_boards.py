from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.score import PeriodKind, Standing
from bot.views import BoardView, NoticeView
from tests.world import ANA, BEN, CHRIS, MONDAY, OTHER_PLACE, TODAY, World


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
