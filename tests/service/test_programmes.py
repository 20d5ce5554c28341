import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.programme import ProgrammeState
from bot.domain.question import Level
from bot.domain.round import RoundState
from bot.ports import Post
from bot.views import NoticeView, SetupFaultsView, StatusView
from tests.world import BY_HAND, MONDAY, PLACE, TODAY, TOMORROW, World

THIRD = round_id(programme_of(PLACE), MONDAY, 3)


async def status(world: World) -> StatusView:
    view = await world.admin("status")
    assert isinstance(view, StatusView)
    return view


async def said(world: World, command: str, delivery: str = "") -> str:
    view = await world.admin(command, delivery=delivery)
    assert isinstance(view, NoticeView | SetupFaultsView)
    return view.text


@pytest.mark.parametrize("command", ["status", "pause", "resume", "remove", "ask-now"])
async def test_where_nothing_is_set_up_every_command_says_how_to_do_it(world: World, command: str) -> None:
    assert await said(world, command) == wording.programmes.NO_PROGRAMME


async def test_setting_up_answers_with_what_comes_next(world: World) -> None:
    view = await world.admin("setup at=09:30 reveal=15:00 zone=Europe/Berlin days=mon,wed")

    assert isinstance(view, StatusView)
    assert (view.state, view.zone) == ("active", "Europe/Berlin")
    assert view.schedule == "asks 09:30, reveals 15:00, mon, wed"
    assert [one.date.day for one in view.next] == [3, 5, 10]
    assert view.next[0].asks_at == datetime(2025, 3, 3, 8, 30, tzinfo=UTC)


async def test_a_changed_reveal_time_is_said_not_to_count_for_what_is_open(world: World) -> None:
    await world.set_up()
    await world.at(9)
    unchanged = await world.admin("status")

    changed = await world.admin("setup reveal=12:00")

    assert isinstance(unchanged, StatusView)
    assert isinstance(changed, StatusView)
    assert wording.programmes.OPEN_AS_IT_WAS not in unchanged.notes
    assert wording.programmes.OPEN_AS_IT_WAS in changed.notes


async def test_a_longer_schedule_is_said_in_full(world: World) -> None:
    await world.admin("setup every=2 holidays=DE-BE days=daily")

    assert (await status(world)).schedule == (
        "asks 09:00, reveals 16:00, daily, every 2 weeks, not on holidays in DE-BE"
    )


async def test_a_wrong_setup_names_every_fault_and_changes_nothing(world: World) -> None:
    await world.set_up()
    before = await world.programme()

    text = await said(world, "setup at=25:00 zone=Europe/Berlim topics=cooking days=mon-fry")

    assert text.startswith("Nothing was changed:")
    assert [line.split(":")[0] for line in text.splitlines()[1:3]] == ["• at", "• days"]
    assert "did you mean Europe/Berlin" in text
    assert "'cooking' is not a topic" in text
    assert await world.programme() == before


async def test_a_time_moved_to_the_past_of_today_counts_from_tomorrow(world: World) -> None:
    await world.set_up(words="zone=UTC at=10:00 reveal=16:00")

    await world.admin("setup at=07:00")

    assert await world.due() == []
    assert await world.next() == TOMORROW
    assert [one.date.day for one in (await status(world)).next] == [4, 5, 6]


async def test_a_time_moved_later_after_today_was_asked_does_not_ask_twice(world: World) -> None:
    await world.set_up()
    await world.at(9)

    await world.admin("setup at=11:00")
    await world.at(11)

    assert len(await world.rounds.latest(PLACE, 9)) == 1
    assert await world.next() == TOMORROW


async def test_a_paused_programme_asks_nothing_and_says_why(world: World) -> None:
    await world.set_up()

    assert "Reason: holidays" in await said(world, "pause holidays")
    await world.at(9)

    assert await world.rounds.get(TODAY) is None
    view = await status(world)
    assert (view.state, view.next) == ("paused", ())
    assert "holidays" in view.notes[0]


async def test_resuming_goes_on_with_the_next_date(world: World) -> None:
    await world.set_up()
    await world.admin("pause")
    await world.at(12)

    assert await said(world, "resume") == wording.programmes.RESUMED

    assert await world.next() == TOMORROW
    assert not any("paused" in note for note in (await status(world)).notes)


async def test_resuming_what_runs_says_so_and_is_no_change(world: World) -> None:
    await world.set_up()

    assert await said(world, "resume") == wording.programmes.RUNNING

    assert [line.what for line in (await status(world)).changes] == [wording.changes.SET_UP]


async def test_setting_up_again_keeps_what_was_not_named_and_starts_a_paused_programme(world: World) -> None:
    await world.set_up(words="zone=Europe/Berlin topics=data levels=foundation:1")
    await world.admin("pause")

    await world.admin("setup at=10:00")

    programme = await world.programme()
    assert programme.state is ProgrammeState.ACTIVE
    assert (programme.schedule.zone, programme.schedule.at.hour) == ("Europe/Berlin", 10)
    assert programme.topics == {"data"}
    assert programme.levels == {Level.FOUNDATION: 1}


async def test_removing_reveals_first_what_is_open_and_at_once(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")

    assert await said(world, "remove") == wording.programmes.REMOVED
    await world.due()

    assert (await world.get()).state is RoundState.REVEALED
    assert await world.points() == {"ana": 6}
    assert (await status(world)).state == "removed"
    assert "removed" in await said(world, "ask-now")
    await world.admin("setup at=09:00")
    assert (await status(world)).state == "active"


async def test_topics_and_levels_that_no_question_has_together_are_a_fault(world: World) -> None:
    view = await world.admin("setup zone=UTC topics=data levels=expert:1")

    sentence = "no question of the bank has one of the topics data and one of the levels expert; choose more of either"
    assert view == SetupFaultsView(text=f"Nothing was changed:\n• {sentence}", faults=(("levels", sentence),))
    assert isinstance(await world.admin("setup zone=UTC topics=data levels=foundation"), StatusView)


async def test_status_tells_the_last_rounds_with_their_repliers(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    await world.at(9, day=MONDAY + timedelta(days=1))

    view = await status(world)

    assert [(one.round, one.state, one.repliers) for one in view.last] == [
        (TOMORROW, "open", 0),
        (TODAY, "revealed", 1),
    ]
    assert all(one.question for one in view.last)


async def test_status_gives_no_question_away_before_it_is_posted(world: World) -> None:
    await world.set_up()
    seen: list[StatusView] = []

    async def look() -> None:
        seen.append(await status(world))

    world.mischief.before("post_question", look)

    await world.at(9)

    assert [(one.state, one.question) for one in seen[0].last] == [("opening", "")]


# --- by hand ---


async def test_asking_before_todays_time_asks_todays_round(world: World) -> None:
    await world.set_up()

    assert await said(world, "ask-now") == wording.programmes.asked_now()
    await world.due()

    round_ = await world.get()
    assert (round_.state, round_.by_hand, round_.reveals_at.hour) == (RoundState.OPEN, False, 16)
    assert not world.posts(Post.QUESTION)[0]["late"]
    assert await world.next() == TOMORROW
    assert await world.at(9) == []


async def test_asking_after_todays_round_asks_another_that_is_revealed_with_todays(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.admin("reveal-now")
    await world.due()

    assert await said(world, "ask-now") == wording.programmes.asked_now()
    await world.due()

    round_ = await world.get(BY_HAND)
    assert (round_.state, round_.by_hand, round_.reveals_at.hour) == (RoundState.OPEN, True, 16)
    await world.at(16)
    await world.admin("ask-now")
    await world.due()
    assert (await world.get(THIRD)).state is RoundState.OPEN


async def test_asking_late_in_the_day_gives_the_usual_time_to_answer(world: World) -> None:
    await world.set_up()
    await world.at(15, 30)

    await world.admin("ask-now")
    await world.due()

    assert (await world.get(BY_HAND)).reveals_at == world.clock.at + timedelta(hours=7)


async def test_asking_in_the_night_is_revealed_before_the_next_question(world: World) -> None:
    await world.set_up()
    world.clock.at = datetime(2025, 3, 9, 22, 0, tzinfo=UTC)  # a Sunday, so nothing is scheduled
    await world.admin("setup at=01:00 reveal=16:00")

    await world.admin("ask-now")
    await world.due()

    (round_,) = await world.rounds.latest(PLACE, 1)
    assert round_.id.endswith("2025-03-09.2")
    assert round_.reveals_at == datetime(2025, 3, 10, 0, 59, tzinfo=UTC)


async def test_asking_a_moment_before_the_next_question_still_asks(world: World) -> None:
    world.clock.at = datetime(2025, 3, 9, 23, 59, 30, tzinfo=UTC)
    await world.set_up(words="zone=UTC at=00:00 reveal=16:00")

    await world.admin("ask-now")
    await world.due()

    (round_,) = await world.rounds.latest(PLACE, 1)
    assert (round_.by_hand, round_.state) == (True, RoundState.OPEN)
    assert round_.reveals_at == world.clock.at + timedelta(minutes=1)


async def test_asking_is_refused_while_a_round_is_open_and_names_it(world: World) -> None:
    await world.set_up()
    await world.at(9)

    assert await said(world, "ask-now") == wording.programmes.in_the_way(TODAY)
    assert await world.due() == []


async def test_asking_twice_before_the_first_is_out_is_one_round(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)

    assert await said(world, "ask-now") == wording.programmes.asked_now()
    assert await said(world, "ask-now") == wording.programmes.in_the_way(BY_HAND)
    await world.due()

    assert len(await world.rounds.latest(PLACE, 9)) == 2


async def test_one_delivery_gets_one_number_however_often_it_comes(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)

    texts = await asyncio.gather(*(said(world, "ask-now", delivery="the same") for _ in range(3)))
    await world.due()

    assert set(texts) == {wording.programmes.asked_now()}
    assert await said(world, "ask-now", delivery="the same") == wording.programmes.asked_now()
    assert await world.due() == []


async def test_asking_where_the_quiz_is_paused_says_how_to_go_on(world: World) -> None:
    await world.set_up()
    await world.admin("pause")

    assert await said(world, "ask-now") == wording.programmes.not_active("paused")


async def test_revealing_by_hand_reveals_at_once_and_only_once(world: World) -> None:
    await world.set_up()
    await world.at(9)

    assert await said(world, "reveal-now") == wording.programmes.REVEALING
    assert await said(world, "reveal-now") == wording.programmes.REVEALING
    await world.due()

    assert (await world.get()).state is RoundState.REVEALED
    assert len(world.posts(Post.REVEAL)) == 1
    assert await world.at(16) == []


async def test_without_an_open_round_there_is_nothing_to_reveal(world: World) -> None:
    await world.set_up()

    assert await said(world, "reveal-now") == wording.programmes.NOTHING_TO_REVEAL


async def test_a_calendar_without_a_next_date_gives_a_round_by_hand_seven_hours(world: World) -> None:
    world.clock.at = datetime(9998, 12, 31, 23, 0, tzinfo=UTC)
    await world.set_up()

    await world.admin("ask-now")
    await world.due()

    (round_,) = await world.rounds.latest(PLACE, 1)
    assert round_.reveals_at == world.clock.at + timedelta(hours=7)


async def test_asking_now_that_meets_a_pause_says_so(world: World) -> None:
    await world.set_up()
    world.mischief.before("ask_now", lambda: world.admin("pause"))

    assert await said(world, "ask-now") == wording.programmes.not_active("no longer active")
    assert await world.due() == []


async def test_asking_now_before_an_earlier_day_has_been_seen_to_waits_for_it(world: World) -> None:
    """A bot that was away overnight must not make today's round one by hand."""
    await world.set_up()
    world.clock.at = datetime(2025, 3, 4, 8, 30, tzinfo=UTC)

    assert await said(world, "ask-now") == wording.programmes.CATCHING_UP
    await world.due()
    assert await said(world, "ask-now") == wording.programmes.asked_now()
    await world.due()

    assert (await world.get(TOMORROW)).state is RoundState.OPEN
