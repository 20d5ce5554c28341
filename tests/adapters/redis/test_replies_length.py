"""A member's thread messages have the room of one reply together; a message that has none yet waits for it."""

import json

from adapters.redis import keys
from bot.domain.reply import MAX_MESSAGES, ReceiptState, Via
from tests.adapters.redis.test_replies import form, message, open_round
from tests.world import ANA, TODAY, World


async def test_a_message_without_room_beside_the_earlier_ones_does_not_count(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("a" * 2_000, part="1"))

    over = await world.replies.submit(message("b" * 2_000, part="2"))
    again = await world.replies.submit(message("b" * 2_000, part="2"))

    assert over == again
    assert (over.state, over.text, over.via) == (ReceiptState.TOO_LONG, "a" * 2_000, Via.THREAD)
    assert over.without_room


async def test_what_had_no_room_counts_once_there_is_some(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("a" * 2_000, part="1"))
    refused = message("b" * 2_000, part="2")
    await world.replies.submit(refused)

    gone = await world.replies.submit(message("", part="1", version=2, withdrawn=True))
    again = await world.replies.submit(refused)

    assert (gone.state, gone.text, gone.without_room) == (ReceiptState.ACCEPTED, "b" * 2_000, False)
    assert (again.state, again.repliers) == (ReceiptState.ACCEPTED, 1)


async def test_an_edit_that_leaves_no_room_for_a_later_message_says_so(world: World) -> None:
    await open_round(world)
    await world.replies.submit(message("a", part="1"))
    await world.replies.submit(message("b" * 2_000, part="2"))

    longer = await world.replies.submit(message("a" * 2_000, part="1", version=2))

    assert (longer.state, longer.text, longer.without_room) == (ReceiptState.ACCEPTED, "a" * 2_000, True)


async def test_in_whatever_order_long_messages_come_the_same_stands(world: World) -> None:
    await open_round(world)
    said = [message("a" * 1_400, part="1"), message("b" * 1_400, part="2"), message("c" * 1_400, part="3")]

    for reply in reversed(said):
        await world.replies.submit(reply)

    (standing,) = await world.replies.standing(TODAY)
    assert standing.text == "a" * 1_400 + "\n" + "b" * 1_400


async def test_a_member_has_fifty_messages_in_a_round_those_deleted_among_them(world: World) -> None:
    await open_round(world)
    for number in range(MAX_MESSAGES):
        await world.replies.submit(message("a", part=str(number)))
    await world.replies.submit(message("", part="0", version=2, withdrawn=True))

    its_end = await world.replies.submit(message("", part="50", version=2, withdrawn=True))
    one_more = await world.replies.submit(message("b", part="50"))
    edited = await world.replies.submit(message("c", part="0", version=3))
    private = await world.replies.submit(form("private"))

    assert its_end.state is one_more.state is ReceiptState.TOO_LONG
    assert edited.text == "c\n" + one_more.text
    assert private.text == "private"
    record = json.loads(await world.store.steady.hget(keys.replies(TODAY), ANA) or "")
    assert len(record) == MAX_MESSAGES + 1


async def test_a_late_message_without_room_is_late(world: World) -> None:
    await open_round(world)
    await world.at(16)
    await world.replies.submit(message("a" * 2_000, part="1"))

    assert (await world.replies.submit(message("b" * 2_000, part="2"))).state is ReceiptState.LATE
