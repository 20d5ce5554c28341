"""Changes of a programme: what is shown of them, what they refuse, and two at the same moment."""

import pytest

from bot import wording
from bot.domain.programme import Collect, ProgrammeState
from bot.views import NoticeView, SetupFormView, StatusView
from tests.world import PLACE, TODAY, World, question


async def notes(world: World, command: str = "status") -> tuple[str, ...]:
    view = await world.admin(command)
    assert isinstance(view, StatusView)
    return view.notes


async def said(world: World, command: str) -> str:
    view = await world.admin(command)
    assert isinstance(view, NoticeView)
    return view.text


# --- two at the same moment ---


async def test_a_pause_keeps_what_somebody_else_changes_at_the_same_moment(world: World) -> None:
    await world.set_up()
    world.mischief.before("save_programme", lambda: world.admin("setup at=11:00 collect=form"))

    assert await said(world, "pause holidays") == wording.programmes.paused("holidays")

    programme = await world.programme()
    assert (programme.state, programme.pause_reason) == (ProgrammeState.PAUSED, "holidays")
    assert (programme.schedule.at.hour, programme.collect, programme.revision) == (11, Collect.FORM, 3)
    assert await world.next() is None


async def test_a_setup_keeps_what_somebody_else_changes_at_the_same_moment(world: World) -> None:
    world.mischief.before("save_programme", lambda: world.admin("setup at=11:00 reveal=17:00"))

    await world.admin("setup at=10:00")

    schedule = (await world.programme()).schedule
    assert (schedule.at.hour, schedule.reveal_at.hour) == (10, 17)
    assert await world.next() == TODAY


async def test_a_pause_that_comes_behind_a_removal_changes_nothing(world: World) -> None:
    await world.set_up()
    world.mischief.before("save_programme", lambda: world.admin("remove"))

    assert await said(world, "pause") == wording.programmes.NOTHING_TO_PAUSE

    assert (await world.programme()).state is ProgrammeState.REMOVED


# --- what is refused ---


async def test_what_was_removed_cannot_be_paused_but_resumed(world: World) -> None:
    await world.set_up()
    await world.admin("remove")

    assert await said(world, "pause later") == wording.programmes.NOTHING_TO_PAUSE
    assert (await world.programme()).state is ProgrammeState.REMOVED
    assert await said(world, "resume") == wording.programmes.RESUMED


async def test_an_hour_may_be_written_with_one_digit(world: World) -> None:
    await world.admin("setup at=9:30")

    form = await world.admin("setup")
    assert isinstance(form, SetupFormView)
    assert form.values[0][1] == "09:30"


# --- what is shown ---


async def test_a_setup_is_answered_with_what_will_be_asked_and_how_much_there_is(world: World) -> None:
    assert await notes(world, "setup topics=serving,data levels=expert:2,foundation collect=form") == (
        "Topics: data, serving",
        "Levels and their shares: expert 2, foundation 1",
        "Replies: privately, with /quiz answer",
        "Only 2 questions match: questions come back after 3 days.",
    )


@pytest.mark.parametrize(
    ("size", "words", "told"),
    [
        (0, "", "No question matches, so nothing can be asked. Choose other topics or levels with /quiz-admin setup."),
        (1, "", "Only 1 question matches: questions come back after 1 day."),
        (6, "days=mon every=2", "Only 6 questions match: questions come back after 84 days."),
        (19, "days=daily", "Only 19 questions match: questions come back after 19 days."),
        (20, "", "20 questions match."),
        (1_000, "", "1,000 questions match."),
    ],
)
async def test_few_questions_are_said_to_come_back_soon(world: World, size: int, words: str, told: str) -> None:
    await world.admin(f"setup at=09:00 {words}")
    world.shelf.questions = [question(number) for number in range(size)]

    assert (await notes(world))[-1] == told


async def test_a_pause_is_the_first_thing_that_status_says(world: World) -> None:
    await world.set_up()
    await world.admin("pause holidays")

    assert (await notes(world))[:2] == (wording.programmes.paused("holidays"), "Topics: all")


async def test_asking_by_hand_says_when_the_question_is_a_repeat_and_repeats_the_one_longest_gone(world: World) -> None:
    world.shelf.questions = world.shelf.questions[:2]
    await world.set_up()
    asked, told = [], []
    for _ in range(5):
        told.append(await said(world, "ask-now"))
        await world.due()
        await world.admin("reveal-now")
        await world.later(minutes=1)
        (round_,) = await world.rounds.latest(PLACE, 1)
        asked.append(round_.asked().id)

    assert told[:2] == [wording.programmes.asked_now(), wording.programmes.asked_now()]
    assert all("asked here before" in text for text in told[2:])
    assert asked == [*asked[:2], *asked[:2], asked[0]]
    assert len(set(asked)) == 2


async def test_asking_by_hand_where_nothing_matches_promises_nothing(world: World) -> None:
    await world.set_up()
    world.shelf.questions.clear()

    assert await said(world, "ask-now") == wording.programmes.questions_match(0, 0)
    assert await world.due() == []
