"""A chat that hangs holds up nobody: each of its calls ends within its time, with an unknown outcome."""

import asyncio
from typing import Any, cast

import pytest

from bot.domain.round import MessageRef, Round
from bot.ports import Chat, OutcomeUnknown, Post
from bot.service.patience import Patience
from bot.views import NoticeView
from tests.mischief import MORNING
from tests.world import PLACE, TODAY, World


class _Hanging:
    """Any chat that never answers."""

    platform = "console"

    def __getattr__(self, _name: str) -> Any:
        async def call(*_args: Any) -> None:
            await asyncio.Event().wait()

        return call


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("find_posts", 4),
        ("post_question", 1),
        ("edit_question", 2),
        ("post_reveal", 1),
        ("edit_reveal", 2),
        ("delete_post", 2),
        ("read_back", 1),
        ("tell_admins", 3),
    ],
)
async def test_a_call_that_hangs_has_an_unknown_outcome(name: str, arguments: int) -> None:
    patient = Patience(chat=cast("Chat", _Hanging()), seconds=0.01)

    with pytest.raises(OutcomeUnknown, match=r"longer than 0\.\d+ s"):
        await getattr(patient, name)(*[None] * arguments)


class _Busy:
    """A chat that has much to be looked through."""

    async def find_posts(self, *_: object) -> list[MessageRef]:
        await asyncio.sleep(0.1)
        return [MessageRef("17")]

    async def read_back(self, *_: object) -> list[object]:
        await asyncio.sleep(0.1)
        return []


async def test_a_busy_channel_is_looked_through_for_longer_than_a_send_may_take() -> None:
    patient = Patience(chat=cast("Chat", _Busy()), seconds=0.02)

    assert await patient.find_posts(PLACE, TODAY, Post.REVEAL, MORNING) == [MessageRef("17")]
    assert await patient.read_back(cast("Round", None)) == []


async def test_a_chat_that_answers_is_passed_on(world: World) -> None:
    patient = Patience(chat=world.chat, seconds=5)

    assert patient.platform == "console"
    assert await patient.find_posts(PLACE, TODAY, Post.QUESTION, MORNING) == []
    await patient.delete_post(PLACE, MessageRef("404"))
    await world.set_up()
    await patient.tell_admins(await world.programme(), NoticeView(text="hello"), "once")
    assert world.told() == ["hello"]
