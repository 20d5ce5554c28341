"""Hidden members stand on no board that others see, whatever happens at the same moment, and what the ledger says holds."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.domain.ids import MemberId, team_of
from bot.domain.reply import Grade
from bot.domain.score import Period, PeriodKind, Scope, Standing, period
from bot.ports import Post
from tests.mischief import DiedError
from tests.world import ANA, BEN, CHRIS, DANA, EVA, MONDAY, OTHER_PLACE, PLACE, TODAY, World

ALL, DAY = Period("all"), period(PeriodKind.DAY, MONDAY)
SCOPES: tuple[Scope, ...] = (PLACE, team_of(PLACE))


async def stood(world: World) -> None:
    """Let ana have 8 points, ben and chris 6 and dana 4 after today's round."""
    await world.set_up()
    await world.at(9)
    for name, text in (("ana", "alpha beta"), ("ben", "alpha"), ("chris", "alpha!"), ("dana", "gamma")):
        await world.reply(name, text)
    await world.at(16)


async def names(world: World, which: Period = ALL, scope: Scope = PLACE) -> dict[str, int]:
    page = await world.boards.page(scope, which, None)
    return {one.member.rpartition(":")[2]: one.points for one in page.top}


async def hide(world: World, member: MemberId = ANA) -> None:
    await world.members.hide(member, hidden=True)


async def show(world: World, member: MemberId = ANA) -> None:
    await world.members.hide(member, hidden=False)


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("which", [period(kind, MONDAY) for kind in PeriodKind])
async def test_a_hidden_member_is_on_no_board_and_comes_back_with_all_points(
    world: World, scope: Scope, which: Period
) -> None:
    await stood(world)

    await hide(world)
    assert await names(world, which, scope) == {"ben": 6, "chris": 6, "dana": 4}
    assert await world.is_sound()
    await show(world)

    assert await names(world, which, scope) == {"ana": 8, "ben": 6, "chris": 6, "dana": 4}
    assert await world.is_sound()


async def test_ranks_and_neighbours_are_as_if_the_hidden_one_were_not_there(world: World) -> None:
    await stood(world)
    await hide(world, BEN)

    page = await world.boards.page(PLACE, ALL, DANA)

    assert page.own == Standing(rank=3, member=DANA, points=4)
    assert {one.member for one in page.around} == {CHRIS, DANA}
    assert page.members == 3


async def test_a_hidden_reader_sees_the_own_points_and_the_rank_they_would_have(world: World) -> None:
    await stood(world)
    await hide(world, CHRIS)

    page = await world.boards.page(PLACE, ALL, CHRIS)

    assert (page.hidden, page.own) == (True, Standing(rank=2, member=CHRIS, points=6))
    assert [one.member for one in page.top] == [ANA, BEN, DANA]
    assert page.around == ()


async def test_a_hidden_member_is_on_no_podium(world: World) -> None:
    await stood(world)
    await hide(world)

    page = await world.boards.page(PLACE, Period("day:2025-03-04"), DANA, before=DAY)

    assert [(one.rank, one.member) for one in page.podium] == [(1, BEN), (1, CHRIS), (3, DANA)]


async def test_hiding_in_one_team_is_not_hiding_in_another(world: World) -> None:
    await hide(world)

    assert ANA in await world.members.hidden(team_of(ANA))
    assert MemberId("console:away:ana") not in await world.members.hidden(team_of(MemberId("console:away:ana")))


async def test_points_of_later_rounds_and_checks_stay_hidden_too(world: World) -> None:
    await stood(world)
    await hide(world)
    await world.desk.check(world.caller("ana"), TODAY, [True, True, True])
    await world.at(9, day=MONDAY + timedelta(days=1))
    (round_,) = await world.rounds.latest(PLACE, 1)
    await world.reply("ana", "alpha", round_.id)
    await world.at(16)

    assert "ana" not in await names(world)
    assert (await world.boards.page(PLACE, ALL, ANA)).own == Standing(rank=1, member=ANA, points=16)
    assert await world.is_sound()
    await show(world)
    assert (await names(world))["ana"] == 16
    assert await world.is_sound()


async def test_a_twin_runs_out_with_its_board(world: World) -> None:
    await stood(world)
    board = "studybot:console:home:board:general:day:2025-03-03"
    await world.store.steady.expire(board, 1000)

    await hide(world)
    seconds = await world.store.steady.ttl(f"{board}:hidden")
    await show(world)

    assert 990 < seconds <= 1000
    assert 990 < await world.store.steady.ttl(board) <= 1000


async def test_boards_are_made_anew_with_the_hidden_ones_hidden(world: World) -> None:
    await stood(world)
    await hide(world)
    await world.store.steady.zadd("studybot:console:home:board:general:all", {ANA: 99})
    await world.store.steady.delete("studybot:console:home:board:general:all:hidden")

    assert not await world.is_sound()
    await world.boards.rebuild()

    assert await world.is_sound()
    assert await names(world) == {"ben": 6, "chris": 6, "dana": 4}
    assert (await world.boards.page(PLACE, ALL, ANA)).own == Standing(rank=1, member=ANA, points=8)


async def test_a_rebuild_that_hiding_overtakes_is_done_again(world: World) -> None:
    await stood(world)
    world.mischief.before("replace_board", lambda: hide(world))

    await world.boards.rebuild()

    assert await world.is_sound()
    assert "ana" not in await names(world)


Step = Callable[[World], Awaitable[None]]


@pytest.mark.parametrize("script", ["hide", "move_points", "moved"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("first", "then"), [(hide, show), (show, hide)], ids=["hidden", "shown"])
async def test_who_dies_while_hiding_or_showing_is_gone_on_with(
    world: World, first: Step, then: Step, script: str, when: str
) -> None:
    await stood(world)
    await then(world)
    getattr(world.mischief, when)(script, DiedError())

    with pytest.raises(DiedError):
        await first(world)
    begun = (script, when) != ("hide", "before")
    # What is on its way is not judged, and by the next sweep it has arrived.
    assert not (await world.boards.verify()).differences
    assert await world.life.sweep("console", world.clock.at) == 0

    hidden = (first is hide) == begun
    assert ("ana" in await names(world)) != hidden
    assert (ANA in await world.members.hidden(team_of(ANA))) == hidden
    assert await world.is_sound()
    assert not await world.store.steady.exists("studybot:console:moving")


@pytest.mark.parametrize("script", ["hide", "move_points", "moved"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("first", [hide, show], ids=["hidden", "shown"])
async def test_an_award_at_the_same_moment_ends_right_whatever_the_order(
    world: World, first: Step, when: str, script: str
) -> None:
    await stood(world)
    if first is show:
        await hide(world)
    await world.at(9, day=MONDAY + timedelta(days=1))
    (round_,) = await world.rounds.latest(PLACE, 1)
    await world.reply("ana", "alpha", round_.id)
    await world.reply("eva", "alpha", round_.id)
    getattr(world.mischief, when)(script, lambda: world.at(16))

    await first(world)

    assert (await names(world)).get("ana") == (None if first is hide else 14)
    assert (await world.boards.page(PLACE, ALL, ANA)).own == Standing(rank=1, member=ANA, points=14)
    assert (await names(world))["eva"] == 6
    assert await world.is_sound()


@pytest.mark.parametrize("script", ["hide", "move_points", "moved"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_check_at_the_same_moment_ends_right_whatever_the_order(world: World, when: str, script: str) -> None:
    await stood(world)

    async def check() -> None:
        grade = Grade(ticks=(True, True, True), good_faith=True, points=10)
        await world.ledger.check(await world.get(), ANA, grade, "a", world.clock.at)

    getattr(world.mischief, when)(script, check)
    await hide(world)

    assert "ana" not in await names(world)
    assert (await world.boards.page(PLACE, ALL, ANA)).own == Standing(rank=1, member=ANA, points=10)
    assert await world.is_sound()


@pytest.mark.parametrize("script", ["hide", "move_points", "moved"])
@pytest.mark.parametrize("when", ["before", "after"])
async def test_who_hides_and_shows_at_the_same_moment_ends_as_said_last(world: World, when: str, script: str) -> None:
    await stood(world)
    getattr(world.mischief, when)(script, lambda: show(world))

    await hide(world)

    hidden = (script, when) == ("hide", "before")
    assert (ANA in await world.members.hidden(team_of(ANA))) == hidden
    assert ("ana" in await names(world)) != hidden
    assert await world.is_sound()


async def test_a_change_that_was_overtaken_leaves_the_later_one_to_be_gone_on_with(world: World) -> None:
    await stood(world)

    async def show_and_die() -> None:
        world.mischief.before("move_points", DiedError())
        with pytest.raises(DiedError):
            await show(world)

    world.mischief.after("move_points", show_and_die)
    await hide(world)

    assert ANA not in await world.members.hidden(team_of(ANA))
    await world.life.sweep("console", world.clock.at)
    assert (await names(world))["ana"] == 8
    assert await world.is_sound()


async def test_a_reveal_shows_no_hidden_name_and_a_final_one_drops_who_hid_since(world: World) -> None:
    await world.set_up()
    await world.at(9)
    for name in ("ana", "ben", "chris"):
        await world.reply(name, "alpha")
    await hide(world, CHRIS)
    await world.at(16)

    def shown() -> list[set[str]]:
        (reveal,) = [post.body for post in world.room.posts(PLACE, TODAY, Post.REVEAL)]
        return [{one["member"] for one in reveal[board]["top"]} for board in ("day", "week")]

    assert shown() == [{ANA, BEN}] * 2
    await hide(world, ANA)
    await world.at(16, day=MONDAY + timedelta(days=2))

    assert shown() == [{BEN}] * 2


async def test_a_place_with_nobody_but_hidden_members_has_points_for_them_alone(world: World) -> None:
    await hide(world, EVA)
    await world.set_up(OTHER_PLACE)
    await world.set_up()
    await world.at(9)
    await world.reply("eva", "alpha")
    await world.at(16)

    assert await names(world) == {}
    assert (await world.boards.page(PLACE, ALL, EVA)).own == Standing(rank=1, member=EVA, points=6)
    await show(world, EVA)
    assert await names(world) == {"eva": 6}
    assert await world.is_sound()
