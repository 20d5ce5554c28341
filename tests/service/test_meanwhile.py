"""What people change at the very moment at which a round moves, and troubles that last."""

from datetime import timedelta

import pytest

from bot.domain.ids import programme_of, round_id
from bot.domain.programme import ProgrammeState
from bot.domain.round import RoundState
from bot.ports import Limited, OutcomeUnknown, Post, Refused
from bot.views import GradeView, NoticeView
from tests.mischief import DiedError
from tests.world import LEASE, MONDAY, PLACE, TODAY, World, who

WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.mark.parametrize("died", [True, False])
async def test_a_question_posted_right_before_its_time_is_moved_stands_once(world: World, died: bool) -> None:
    await world.set_up()

    async def move() -> None:
        await world.admin("setup at=11:00")

    world.mischief.after("post_question", DiedError() if died else move)
    await world.at(9)
    if died:
        await move()

    await world.at(11)

    assert (await world.get()).state is RoundState.OPEN
    assert len(world.posts(Post.QUESTION)) == 1


@pytest.mark.parametrize("words", ["setup topics=all", "setup reveal=17:00", "setup"])
async def test_a_setup_that_leaves_the_time_does_not_lose_an_opening_that_is_due(world: World, words: str) -> None:
    await world.set_up()
    world.clock.at = world.clock.at.replace(hour=9, minute=30)

    await world.admin(words)
    await world.due()

    assert (await world.get()).state is RoundState.OPEN


async def test_a_setup_after_the_grace_leaves_a_note_of_the_day_that_was_missed(world: World) -> None:
    await world.set_up()
    world.clock.at = world.clock.at.replace(hour=15, minute=30)

    await world.admin("setup topics=all")
    await world.due()

    assert (await world.get()).state is RoundState.SKIPPED


async def test_a_time_that_is_moved_into_the_past_counts_from_the_next_date(world: World) -> None:
    await world.set_up()
    world.clock.at = world.clock.at.replace(hour=9, minute=30)

    await world.admin("setup at=08:30")

    assert await world.next() == round_id(programme_of(PLACE), MONDAY + timedelta(days=1))


@pytest.mark.parametrize("trouble", [OutcomeUnknown("no answer"), Limited(30.0)])
async def test_a_notice_that_never_gets_through_holds_up_neither_reveal_nor_pause(
    world: World, trouble: Exception
) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    world.mischief.before("post_reveal", *[Refused("gone")] * 9)
    world.mischief.before("tell_admins", *[trouble] * 9)

    await world.at(16)
    for _ in range(9):
        await world.later(seconds=LEASE)

    assert (await world.get()).state is RoundState.REVEALED
    assert (await world.programme()).state is ProgrammeState.PAUSED
    assert world.told() == []


async def test_a_check_while_the_final_ranking_is_shown_comes_too_late(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    checked: list[GradeView | NoticeView] = []

    async def check() -> None:
        checked.append(await world.desk.check(world.caller("ana"), TODAY, [True, True, True]))

    world.mischief.before("edit_reveal", check)
    await world.at(16, day=WEDNESDAY)

    (reveal,) = world.posts(Post.REVEAL)
    (member,) = reveal["day"]["top"]
    assert [member["points"]] == list((await world.points()).values()) == [6]
    assert isinstance(checked[0], GradeView)
    assert checked[0].total == 6


async def test_who_stood_still_before_the_final_ranking_does_not_show_an_older_one(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)

    async def others_settle() -> None:
        await world.later(seconds=LEASE)
        world.mischief.calls.clear()

    world.mischief.before("board", others_settle)
    await world.at(16, day=WEDNESDAY)

    assert (await world.get()).settled
    assert "edit_reveal" not in world.mischief.calls


async def test_a_schedule_that_cannot_be_read_does_not_keep_the_sweep_from_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.set_up()
    await world.store.steady.hset(
        "studybot:console:home:programme:general", "data", (await _with_zone(world, "No/Such"))
    )

    assert await world.life.sweep("console", world.clock.now()) == 0


async def _with_zone(world: World, zone: str) -> str:
    data = str(await world.store.steady.hget("studybot:console:home:programme:general", "data"))
    assert '"UTC"' in data
    return data.replace('"UTC"', f'"{zone}"')


async def test_a_round_that_ran_out_unfinished_is_waited_for_by_nobody(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.store.steady.delete(f"studybot:console:home:round:general:{MONDAY}")
    await world.store.steady.delete("studybot:console:agenda", f"studybot:console:agenda:reveal:{TODAY}")

    await world.life.sweep("console", world.clock.now())
    said = await world.admin("ask-now")

    assert isinstance(said, NoticeView)
    assert "on its way" in said.text


async def test_a_sweep_goes_on_with_an_erasure_that_a_dead_process_had_begun(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("zoe", "alpha")
    world.mischief.before("erase_replies", DiedError())
    with pytest.raises(DiedError):
        await world.members.erase(who("zoe"))

    await world.life.sweep("console", world.clock.now())

    assert await world.repliers(TODAY) == 0
    assert "members' rights were gone on with" in caplog.text
