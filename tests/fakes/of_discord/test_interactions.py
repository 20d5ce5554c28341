"""The rules of answering what people did."""

from typing import Any

import discord as library
import pytest
from discord.http import Route

from tests.fakes.discord import Channel, FakeDiscord, Message, NotPossible, Person, words
from tests.fakes.of_discord.small_bot import COMMANDS, V2, SmallBot, form, question, responding

Json = dict[str, Any]


@pytest.fixture
async def asked(discord: FakeDiscord, bot: SmallBot, quiz: Channel) -> Message:
    """A question of the bot's with two buttons; the commands are there as well."""
    await bot.http.bulk_upsert_global_commands(int(discord.bot.id), COMMANDS)
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=quiz.id)
    await bot.http.request(route, json=question("Answer", "Hint"))
    return discord.visible(quiz)[-1]


async def call(bot: SmallBot, verb: str, path: str, **more: Any) -> Any:
    """By the webhook of the last interaction."""
    last = bot.interactions[-1]
    address = f"/webhooks/{last['application_id']}/{last['token']}{path}"
    return await bot.http.request(Route(verb, address), **more)


def refusals(discord: FakeDiscord) -> list[int | None]:
    return [called.code for called in discord.log.calls if called.status >= 400]


@pytest.mark.parametrize(
    ("what", "kind", "data"),
    [
        ("command", 6, None),
        ("command", 7, {"content": "x"}),
        ("command", 8, {"choices": []}),
        ("form", 9, form()),
        ("typing", 4, {"content": "x"}),
        ("button", 8, {"choices": []}),
        ("button", 5, {"flags": 64 | V2}),
        ("button", 4, {}),
        ("button", 9, form("x" * 46)),
        ("typing", 8, {"choices": [{"name": str(number), "value": "x"} for number in range(26)]}),
    ],
)
async def test_an_answer_that_does_not_fit_is_refused_and_the_person_sees_a_failure(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message, what: str, kind: int, data: Json | None
) -> None:
    discord.world.response_seconds = 0.3
    bot.respond = responding(9, form())
    modal = (await discord.click(ann, asked, "Answer")).modal
    assert modal

    async def tried(interaction: library.Interaction) -> None:
        with pytest.raises(library.HTTPException) as refusal:
            await responding(kind, data)(interaction)
        assert refusal.value.code in {50035, 50006}

    bot.respond = tried
    quiz = discord.world.channels[asked.channel]
    if what == "command":
        assert not (await discord.type_command(ann, quiz, "/quiz help")).ok
    elif what == "typing":
        assert await discord.autocomplete(ann, quiz, "/quiz ask", "topic", "dr") == []
    elif what == "button":
        assert not (await discord.click(ann, asked, "Answer")).ok
    else:
        assert not (await discord.submit(ann, modal, {"Answer": "x"})).ok
        assert discord.modal(ann) is modal
    assert len(discord.invalid) == 1


async def test_there_is_one_first_response(discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message) -> None:
    async def twice(interaction: library.Interaction) -> None:
        await responding(4, {"content": "one", "flags": 64})(interaction)
        with pytest.raises(library.HTTPException):
            await responding(4, {"content": "two", "flags": 64})(interaction)

    bot.respond = twice
    assert (await discord.click(ann, asked, "Answer")).ok
    await discord.until(lambda: refusals(discord) == [40060])
    assert [told.content for told in discord.ephemerals(ann)] == ["one"]
    assert not discord.invalid


async def test_an_answer_that_comes_too_late_finds_nothing_any_more(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    discord.world.response_seconds = 0.05
    assert not (await discord.click(ann, asked, "Answer")).ok
    last = bot.interactions[-1]
    route = Route("POST", f"/interactions/{last['id']}/{last['token']}/callback")
    with pytest.raises(library.NotFound) as refusal:
        await bot.http.request(route, json={"type": 6})
    assert refusal.value.code == 10062


async def test_a_deferred_answer_is_filled_in_later_and_stays_for_one_alone(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    bot.respond = responding(5, {"flags": 64})
    answer = await discord.click(ann, asked, "Answer")
    assert answer.kind == "deferred"
    [told] = discord.ephemerals(ann)
    loading = told.loading
    await call(bot, "PATCH", "/messages/@original", json=question("More"))
    assert (loading, told.loading) == (True, False)
    assert [words(told) for told in discord.ephemerals(ann)] == ["What is drift?\nMore"]
    assert told.flags == 64 | V2


async def test_after_a_deferred_answer_a_follow_up_takes_its_place(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    bot.respond = responding(5, {"flags": 64})
    await discord.click(ann, asked, "Answer")
    await call(bot, "POST", "", json={"content": "one"})
    await call(bot, "POST", "", json={"content": "two", "flags": 64})
    assert [told.content for told in discord.ephemerals(ann)] == ["one", "two"]


async def test_the_message_of_the_button_is_changed_at_once_or_later(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    bot.respond = responding(7, question("Second"))
    assert (await discord.click(ann, asked, "Answer")).kind == "update"
    assert words(asked) == "What is drift?\nSecond"
    bot.respond = responding(6)
    assert (await discord.click(ann, asked, "Second")).kind == "deferred update"
    await call(bot, "PATCH", "/messages/@original", json=question("Third"))
    assert words(asked) == "What is drift?\nThird"


async def test_a_private_answer_is_changed_and_taken_away_by_its_interaction_alone(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    bot.respond = responding(4, {"content": "one", "flags": 64})
    told = (await discord.click(ann, asked, "Answer")).message
    assert told
    with pytest.raises(library.NotFound):
        await bot.http.get_message(asked.channel, told.id)
    await call(bot, "PATCH", f"/messages/{told.id}", json={"content": "two"})
    assert (await call(bot, "GET", "/messages/@original"))["content"] == "two"
    await call(bot, "DELETE", "/messages/@original")
    assert discord.ephemerals(ann) == []


async def test_the_webhook_of_an_interaction_ends_after_its_time_and_begins_with_the_response(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    discord.world.response_seconds = 0.05
    await discord.click(ann, asked, "Answer")
    with pytest.raises(library.NotFound):
        await call(bot, "POST", "", json={"content": "too early"})
    bot.respond = responding(6)
    discord.world.response_seconds = 3
    await discord.click(ann, asked, "Answer")
    discord.world.token_seconds = 0
    with pytest.raises(library.HTTPException) as refusal:
        await call(bot, "POST", "", json={"content": "too late", "flags": 64})
    assert (refusal.value.status, refusal.value.code) == (401, 50027)


async def test_a_response_is_told_of_if_it_is_asked_for(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    said: list[Any] = []

    async def respond(interaction: library.Interaction) -> None:
        said.append(await responding(4, {"content": "x", "flags": 64}, params={"with_response": "true"})(interaction))

    bot.respond = respond
    answer = await discord.click(ann, asked, "Answer")
    await discord.until(lambda: said)
    assert answer.message
    assert said[0]["interaction"]["response_message_id"] == answer.message.id
    assert said[0]["resource"]["message"]["content"] == "x"


async def test_suggestions_come_while_one_types(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel, asked: Message
) -> None:
    bot.respond = responding(8, {"choices": [{"name": "Drift", "value": "drift"}]})
    choices = await discord.autocomplete(ann, quiz, "/quiz ask", "topic", "dr", {"level": "Hard"})
    assert [choice["value"] for choice in choices] == ["drift"]
    [ask] = bot.interactions[-1]["data"]["options"]
    assert ask["options"][1] == {"type": 3, "name": "topic", "value": "dr", "focused": True}


async def test_a_form_keeps_what_stands_in_it_and_sends_every_kind_of_field(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    days = [{"label": "Monday", "value": "0", "default": True}, {"label": "Tuesday", "value": "1"}]
    fields = {
        "At": {"type": 4, "custom_id": "at", "style": 1, "value": "09:00"},
        "Days": {"type": 22, "custom_id": "days", "options": days},
        "Collect": {"type": 21, "custom_id": "collect", "options": days},
        "Topic": {"type": 3, "custom_id": "topic", "options": days, "max_values": 2},
        "Admins": {"type": 5, "custom_id": "admins", "required": False, "min_values": 0, "max_values": 5},
    }
    labels = [{"type": 18, "label": label, "component": field} for label, field in fields.items()]
    bot.respond = responding(9, {**form("Setup"), "components": labels})
    modal = (await discord.click(ann, asked, "Answer")).modal
    assert modal
    bot.respond = responding(6)
    with pytest.raises(NotPossible, match="no choice 'Sunday'"):
        await discord.submit(ann, modal, {"Days": ["Sunday"]})
    assert (await discord.submit(ann, modal, {"Days": ["Tuesday"], "collect": "Tuesday", "Admins": [ann]})).ok
    sent = bot.interactions[-1]["data"]
    values = [
        component["component"].get("value", component["component"].get("values")) for component in sent["components"]
    ]
    assert values == ["09:00", ["1"], "1", ["0"], [ann.id]]
    assert sent["resolved"]["users"][ann.id]["username"] == "ann"
    assert bot.interactions[-1]["message"]["id"] == asked.id


async def test_people_do_only_what_is_before_them(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel, asked: Message
) -> None:
    with pytest.raises(NotPossible, match="no button 'Reveal'"):
        await discord.click(ann, asked, "Reveal")
    with pytest.raises(NotPossible, match="no command /poll"):
        await discord.type_command(ann, quiz, "/poll")
    with pytest.raises(NotPossible, match="missing \\['topic'\\]"):
        await discord.type_command(ann, quiz, "/quiz ask")
    with pytest.raises(NotPossible, match="level has"):
        await discord.type_command(ann, quiz, "/quiz ask", {"topic": "x", "level": "Medium"})
    with pytest.raises(NotPossible, match="does not see /quiz-admin"):
        await discord.type_command(ann, quiz, "/quiz-admin")
    discord.deny(quiz, ann, "view_channel")
    with pytest.raises(NotPossible, match="cannot do that"):
        await discord.click(ann, asked, "Answer")
    discord.delete(asked)
    with pytest.raises(NotPossible, match="does not see it"):
        await discord.click(ann, asked, "Answer")
    discord.kick_bot(discord.guild)
    with pytest.raises(NotPossible, match="bot is not in Team"):
        await discord.type_command(ann, quiz, "/quiz help")


async def test_who_may_manage_the_server_sees_its_command_and_says_so(
    discord: FakeDiscord, bot: SmallBot, quiz: Channel, asked: Message
) -> None:
    lead = discord.add_user("Lea", roles=[discord.add_role("Leads", "manage_guild")])
    bot.respond = responding(4, {"content": "Setup", "flags": 64})
    assert (await discord.type_command(lead, quiz, "/quiz-admin")).ok
    assert int(bot.interactions[-1]["member"]["permissions"]) & 1 << 5


async def test_in_a_thread_an_interaction_names_the_thread_and_its_channel(
    discord: FakeDiscord, bot: SmallBot, ann: Person, quiz: Channel, asked: Message
) -> None:
    thread = discord.open_thread(ann, asked, "Talk")
    bot.respond = responding(4, {"content": "here", "flags": 64})
    await discord.type_command(ann, thread, "/quiz help")
    channel = bot.interactions[-1]["channel"]
    assert (channel["id"], channel["parent_id"], channel["type"]) == (thread.id, quiz.id, 11)


async def test_what_was_shown_to_one_alone_is_gone_after_a_reload(
    discord: FakeDiscord, bot: SmallBot, ann: Person, asked: Message
) -> None:
    bot.respond = responding(4, {"content": "Thank you", "flags": 64})
    await discord.click(ann, asked, "Answer")
    discord.reload(ann)
    assert discord.ephemerals(ann) == []
