"""People act, the bot answers, people see."""

from typing import Any

import pytest
from discord.http import Route

from tests.fakes.discord import Channel, FakeDiscord, Message, NotPossible, Person, words
from tests.fakes.of_discord.small_bot import COMMANDS, SmallBot, form, question, responding

Json = dict[str, Any]


async def post(bot: SmallBot, channel: Channel, body: Json) -> Json:
    said: Json = await bot.http.request(
        Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id), json=body
    )
    return said


async def posted(discord: FakeDiscord, bot: SmallBot, channel: Channel, *labels: str) -> Message:
    await post(bot, channel, question(*labels))
    return discord.visible(channel)[-1]


async def test_a_command_posts_and_its_button_opens_a_form(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    await bot.http.bulk_upsert_global_commands(int(discord.bot.id), COMMANDS)
    bot.respond = responding(4, question("Answer"))
    answer = await discord.type_command(ann, quiz, "/quiz ask", {"topic": "drift", "level": "Hard"})
    assert answer.kind == "message"
    [asked] = discord.visible(quiz)
    assert words(asked) == "What is drift?\nAnswer"

    bot.respond = responding(9, form())
    modal = (await discord.click(ann, asked, "Answer")).modal
    assert modal is discord.modal(ann, "Your answer")
    assert modal

    bot.respond = responding(4, {"content": "Thank you", "flags": 64})
    assert (await discord.submit(ann, modal, {"Answer": "A change of the data"})).ok
    assert [told.content for told in discord.ephemerals(ann)] == ["Thank you"]
    assert discord.modal(ann) is None

    typed, clicked, sent = (interaction["data"] for interaction in bot.interactions)
    assert typed["options"] == [
        {
            "type": 1,
            "name": "ask",
            "options": [
                {"type": 3, "name": "topic", "value": "drift"},
                {"type": 3, "name": "level", "value": "hard"},
            ],
        }
    ]
    assert clicked == {"component_type": 2, "custom_id": "answer", "id": 4}
    assert sent == {
        "custom_id": "answer_form",
        "components": [
            {
                "type": 18,
                "id": 1,
                "component": {"type": 4, "id": 2, "custom_id": "text", "value": "A change of the data"},
            }
        ],
    }
    assert not discord.invalid


async def test_nobody_else_sees_what_is_said_to_one_alone(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    asked = await posted(discord, bot, quiz, "Answer")
    bot.respond = responding(4, {**question("More"), "flags": 64 | 1 << 15})
    told = (await discord.click(ann, asked, "Answer")).message
    assert told
    ben = discord.add_user("Ben")
    assert told not in discord.visible(quiz)
    with pytest.raises(NotPossible, match="does not see it"):
        await discord.click(ben, told, "More")
    assert (await discord.click(ann, told, "More")).ok
    assert bot.interactions[-1]["message"]["flags"] & 64


async def test_an_interaction_that_nobody_answers_fails(ann: Person) -> None:
    async with FakeDiscord(response_seconds=0.05) as discord:
        guild = discord.guild
        ann = discord.add_user("Ann", guilds=[guild])
        quiz = discord.add_channel("quiz")
        discord.world.commands[None] = {"1": {"id": "1", "type": 1, "name": "quiz", "options": []}}
        answer = await discord.type_command(ann, quiz, "/quiz")
        assert (answer.ok, answer.message) == (False, None)
