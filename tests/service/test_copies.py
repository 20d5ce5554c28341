"""Who was first is known although people edit what they wrote, and what was copied tells nothing of what a team knows."""

from dataclasses import replace

import pytest

from bot.ports import Post
from tests.service.reviewing import grade
from tests.world import ANA, BEN, PLACE, TODAY, World

SAID = "alpha is what I would look at first because it is the most likely cause and the quickest to rule out for us"


async def says(world: World, name: str, text: str) -> None:
    world.clock.go(minutes=1)
    await world.desk.submit(await world.say(name, text))


async def edits(world: World, name: str, text: str) -> None:
    world.clock.go(minutes=1)
    edited = await world.chat.amend(PLACE, {"ana": ANA, "ben": BEN}[name], text)
    assert edited
    await world.desk.submit(edited)


@pytest.fixture
async def asked(world: World) -> World:
    await world.set_up()
    await world.at(9)
    return world


async def points(world: World, *names: str) -> list[int]:
    await world.at(16)
    return [(await grade(world, name)).total for name in names]


async def test_who_keeps_a_place_with_a_word_and_fills_it_with_a_copy_earns_nothing(asked: World) -> None:
    await says(asked, "ben", "hm")
    await says(asked, "ana", SAID)
    await edits(asked, "ben", SAID)

    assert await points(asked, "ana", "ben") == [6, 0]


async def test_who_mends_a_full_stop_frees_nobody_who_has_copied_it(asked: World) -> None:
    await says(asked, "ana", SAID)
    await says(asked, "ben", SAID)
    await edits(asked, "ana", f"{SAID}.")

    assert await points(asked, "ana", "ben") == [6, 0]


async def test_a_text_does_not_become_another_one_little_by_little_as_the_first(asked: World) -> None:
    words = SAID.split()
    await says(asked, "ben", " ".join(f"own{number}" for number in range(len(words))))
    await says(asked, "ana", SAID)
    for count in range(4, len(words) + 1, 3):
        await edits(asked, "ben", " ".join([*words[:count], *(f"own{at}" for at in range(count, len(words)))]))
    await edits(asked, "ben", SAID)

    assert await points(asked, "ana", "ben") == [6, 0]


async def test_who_moves_to_the_form_after_having_been_copied_keeps_the_points(asked: World) -> None:
    await says(asked, "ana", SAID)
    await says(asked, "ben", SAID)
    await asked.reply("ana", SAID)

    assert await points(asked, "ana", "ben") == [6, 0]


@pytest.mark.parametrize("again", ["thread", "form"])
async def test_who_deletes_a_message_and_says_it_again_was_still_the_first(asked: World, again: str) -> None:
    said = await asked.say("ana", SAID)
    await asked.desk.submit(said)
    await says(asked, "ben", SAID)
    await asked.desk.submit(replace(said, text="", withdrawn=True, version=said.version + 1, delivery="deleted"))
    await (says(asked, "ana", SAID) if again == "thread" else asked.reply("ana", SAID))

    assert (await points(asked, "ana"))[0] == 6


async def test_a_message_stands_open_although_its_writer_has_answered_privately(asked: World) -> None:
    await says(asked, "ana", SAID)
    await asked.reply("ana", "beta, for a reason that has nothing to do with what is written in the thread by anybody")
    await asked.reply("ben", SAID)

    assert await points(asked, "ana", "ben") == [4, 0]


async def test_copies_are_not_in_the_shares_of_the_reveal(asked: World) -> None:
    for name in ("ana", "ben", "chris"):
        await says(asked, name, SAID)
    for name in ("dana", "eva"):
        await asked.reply(name, "beta, I would say")
    await asked.at(16)

    (reveal,) = asked.posts(Post.REVEAL)
    assert reveal["repliers"] == 5
    assert [one["share"] for one in reveal["points"]] == [pytest.approx(1 / 3), pytest.approx(2 / 3), 0.0]
    assert (await asked.rounds.history(PLACE)).asked[(await asked.get(TODAY)).asked().id].share == pytest.approx(
        1 / 3, abs=1e-4
    )
