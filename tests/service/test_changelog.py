"""Who changed what: in words, once per wish, newest first, for 90 days, and the bot's own doings too."""

from datetime import timedelta

import pytest

from bot.domain.ids import BOT
from bot.ports import Refused, StoreUnavailable
from bot.views import ChangeLine, NoticeView, StatusView
from tests.mischief import DiedError
from tests.world import ANA, BEN, PLACE, World, question


async def lines(world: World) -> tuple[ChangeLine, ...]:
    view = await world.admin("status")
    assert isinstance(view, StatusView)
    return view.changes


async def what(world: World) -> list[str]:
    return [line.what for line in await lines(world)]


async def test_a_change_has_its_instant_and_who_made_it_and_the_newest_comes_first(world: World) -> None:
    await world.set_up()
    world.clock.go(minutes=5)
    await world.desk.command(world.caller("ben", admin=True), "quiz-admin", "pause holidays")

    assert await lines(world) == (
        ChangeLine(at=world.clock.at, who=BEN, what="paused the quiz: holidays"),
        ChangeLine(at=world.clock.at - timedelta(minutes=5), who=ANA, what="set the quiz up"),
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("at=10:00", "changed at from 09:00 to 10:00"),
        (
            "days=daily zone=Europe/Berlin levels=expert",
            "changed zone from UTC to Europe/Berlin; days from mon-fri to daily; levels from foundation:3, practitioner:5, expert:2 to expert:1",
        ),
        ("topics=data,serving holidays=DE", "changed topics from all to data, serving; holidays from none to DE"),
    ],
)
async def test_a_setup_names_every_value_that_it_changed_from_what_to_what(world: World, words: str, said: str) -> None:
    await world.set_up()
    world.clock.go(minutes=1)

    await world.admin(f"setup {words}")

    assert await what(world) == [said, "set the quiz up"]


async def test_of_admins_only_the_number_is_written_down_as_names_would_outlive_their_bearers(world: World) -> None:
    await world.set_up()
    for names in ("ben,chris", "ben", "eva", "none"):
        world.clock.go(minutes=1)
        await world.admin(f"setup admins={names}")

    assert await what(world) == [
        "changed admins from 1 to none",
        "changed admins from 1 to as many others",
        "changed admins from 2 to 1",
        "changed admins from none to 2",
        "set the quiz up",
    ]


async def test_a_setup_that_changes_nothing_is_no_change(world: World) -> None:
    await world.set_up()

    await world.admin("setup at=09:00")

    assert await what(world) == ["set the quiz up"]


async def test_a_long_value_is_shortened(world: World) -> None:
    topics = [f"topic-{number:02}" for number in range(20)]
    world.shelf.questions = [question(number, topic=topic) for number, topic in enumerate(topics)]
    await world.set_up()
    world.clock.go(minutes=1)

    await world.admin(f"setup topics={','.join(topics)}")

    assert (await what(world))[0] == f"changed topics from all to {', '.join(topics)[:60]}…"


async def test_every_doing_of_an_admin_is_written_down(world: World) -> None:
    await world.set_up()
    for command in ("ask-now", "reveal-now", "ask-now", "next swap", "skip", "pause", "resume", "remove"):
        world.clock.go(minutes=1)
        await world.admin(command)
        await world.due()

    assert [change.what for change in reversed(await world.changes.latest(PLACE, 20))] == [
        "set the quiz up",
        "asked the question of Mon 03 Mar ahead of its time",
        "had the question of Mon 03 Mar revealed at once",
        "asked a question on top",
        "swapped the question of Tue 04 Mar for another one",
        "skipped the question of Tue 04 Mar",
        "paused the quiz",
        "let the quiz go on",
        "ended the quiz",
    ]
    assert len(await lines(world)) == 5


async def test_a_setup_that_ends_a_pause_says_so(world: World) -> None:
    await world.set_up()
    await world.admin("pause")
    world.clock.go(minutes=1)

    await world.admin("setup zone=UTC at=11:00")

    assert (await what(world))[0] == "started the quiz again and changed at from 09:00 to 11:00"


async def test_a_setup_can_start_the_quiz_again_as_it_was(world: World) -> None:
    await world.set_up()
    await world.admin("remove")
    world.clock.go(minutes=1)

    await world.admin("setup at=09:00")

    assert (await what(world))[0] == "started the quiz again"


@pytest.mark.parametrize("command", ["ask-now", "pause because", "skip", "remove", "setup at=10:00"])
async def test_one_delivery_is_written_down_once(world: World, command: str) -> None:
    await world.set_up()
    for _ in range(3):
        world.clock.go(seconds=1)
        await world.admin(command, delivery="the same")

    assert len(await lines(world)) == 2


async def test_a_pause_is_written_down_again_only_with_another_reason(world: World) -> None:
    await world.set_up()
    for command in ("pause", "pause", "pause why", "pause why", "resume"):
        world.clock.go(minutes=1)
        await world.admin(command)

    assert await what(world) == ["let the quiz go on", "paused the quiz: why", "paused the quiz", "set the quiz up"]


@pytest.mark.parametrize("command", ["setup at=25:00", "reveal-now", "next", "status"])
async def test_what_changes_nothing_is_not_written_down(world: World, command: str) -> None:
    await world.set_up()
    await world.admin(command)

    assert await what(world) == ["set the quiz up"]


async def test_a_change_stands_also_when_it_cannot_be_written_down(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await world.set_up()

    async def silent(*_: object) -> None:
        raise StoreUnavailable("no answer")

    monkeypatch.setattr("adapters.redis.planning.RedisChanges.add", silent)

    view = await world.admin("skip")

    assert isinstance(view, NoticeView)
    assert "no question on Mon 03 Mar" in view.text
    assert await what(world) == ["set the quiz up"]


async def test_a_reason_of_any_length_and_kind_is_kept_as_a_line(world: World) -> None:
    await world.set_up()
    world.clock.go(minutes=1)

    await world.admin("pause " + "why\n\n\x00\ud800 " * 1_000)

    (paused, _) = await what(world)
    assert len(paused) < 220
    assert "\n" not in paused
    assert (await world.programme()).pause_reason in paused


async def test_status_says_how_many_older_changes_there_are_and_shows_them_when_asked(world: World) -> None:
    await world.set_up()
    for number in range(6):
        world.clock.go(minutes=1)
        await world.admin(f"pause {number}")

    short, whole = await world.admin("status"), await world.admin("status Changes")

    assert isinstance(short, StatusView)
    assert isinstance(whole, StatusView)
    assert ([line.what for line in short.changes], short.older_changes) == (
        [f"paused the quiz: {number}" for number in (5, 4, 3, 2, 1)],
        2,
    )
    assert ([line.what for line in whole.changes[5:]], whole.older_changes) == (
        ["paused the quiz: 0", "set the quiz up"],
        0,
    )


async def test_what_is_older_than_ninety_days_is_not_shown_though_newer_changes_keep_its_place(world: World) -> None:
    await world.set_up()
    world.clock.go(days=80)
    await world.admin("pause")

    world.clock.go(days=11)

    assert await what(world) == ["paused the quiz"]


# --- the bot's own ---


async def test_a_pause_after_a_refusal_is_the_bots(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Refused("the channel is gone"))

    await world.at(9)

    assert (await lines(world))[0] == ChangeLine(
        at=world.clock.at, who=BOT, what="paused the quiz: the channel is gone"
    )


@pytest.mark.parametrize("script", ["save_programme", "skip"])
async def test_a_pause_after_a_refusal_is_written_down_once_whoever_dies_at_it(world: World, script: str) -> None:
    await world.set_up()
    world.mischief.before("find_posts", Refused("gone"), Refused("gone"))
    world.mischief.after(script, DiedError())

    await world.at(9)
    await world.later(minutes=1)

    assert await what(world) == ["paused the quiz: gone", "set the quiz up"]


async def test_a_refusal_where_somebody_has_paused_already_is_no_change(world: World) -> None:
    await world.set_up()

    world.mischief.before("post_question", Refused("gone"))
    # The last look before the pause is the third: before the send, before the notice, before the pause.
    world.mischief.after("renew", _unchanged, _unchanged, lambda: world.admin("pause holidays"))
    await world.at(9)

    assert world.told()
    assert [line.who for line in await lines(world)] == [ANA, ANA]


# --- how long ---


async def test_changes_are_kept_for_90_days(world: World) -> None:
    await world.set_up()
    world.clock.go(days=90, milliseconds=-1)
    await world.admin("pause")
    assert await what(world) == ["paused the quiz", "set the quiz up"]

    world.clock.go(minutes=1)
    await world.admin("resume")

    assert await what(world) == ["let the quiz go on", "paused the quiz"]


async def _unchanged() -> None:
    """Let things be."""
