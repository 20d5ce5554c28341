"""What people press and choose, as it reaches the bot, and what the bot may answer to it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Message, NotPossible, Person
from tests.fakes.small_bot import SmallBot, form, over_sockets

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def choices(*texts: str) -> list[Json]:
    return [{"text": plain(text), "value": text.lower()} for text in texts]


BUTTONS: Json = {
    "type": "actions",
    "block_id": "buttons",
    "elements": [
        {"type": "button", "action_id": "other:1", "value": "first", "text": plain("Press")},
        {"type": "button", "action_id": "other:2", "value": "second", "text": plain("Press")},
        {"type": "overflow", "action_id": "other:3", "options": choices("Copy", "Delete")},
    ],
}
MENU: Json = {
    "type": "section",
    "block_id": "menu",
    "text": plain("Level"),
    "accessory": {"type": "static_select", "action_id": "other:4", "options": choices("Easy", "Hard")},
}
TICKS: Json = {
    "type": "input",
    "block_id": "ticks",
    "label": plain("Covered"),
    "optional": True,
    "element": {
        "type": "checkboxes",
        "action_id": "value",
        "options": choices("One", "Two", "Three"),
        "initial_options": choices("Two"),
    },
}
TIME: Json = {
    "type": "input",
    "block_id": "time",
    "label": plain("Time"),
    "element": {"type": "timepicker", "action_id": "value", "initial_time": "09:00"},
}


@pytest.fixture(autouse=True)
async def connected(slack: FakeSlack, bot: SmallBot) -> AsyncIterator[None]:
    async with over_sockets(slack, bot):
        yield


async def post(slack: FakeSlack, client: AsyncWebClient, channel: Channel) -> Message:
    await client.chat_postMessage(channel=channel.id, text="x", blocks=[BUTTONS, MENU])
    return slack.visible(channel)[-1]


async def test_of_buttons_with_one_text_each_can_be_pressed(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    message = await post(slack, client, quiz)
    await slack.click(ann, message, "Press")
    await slack.click(ann, message, "Press", nth=1)
    assert [body["actions"][0]["value"] for body in bot.pressed] == ["first", "second"]
    body = bot.pressed[0]
    assert body["container"] == {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": quiz.id,
        "is_ephemeral": False,
    }
    assert body["message"]["blocks"] == message.blocks


async def test_menus_of_a_message(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    message = await post(slack, client, quiz)
    await slack.click(ann, message, "Delete")
    await slack.choose(ann, message, {"Level": "Hard"})
    assert [body["actions"][0]["selected_option"]["value"] for body in bot.pressed] == ["delete", "hard"]
    with pytest.raises(NotPossible):
        await slack.choose(ann, message, {"buttons": "Press"})
    with pytest.raises(NotPossible):
        await slack.choose(ann, message, {"Colour": "Red"})


async def test_what_is_shown_to_one_alone_is_pressed_by_that_one_alone(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    ben = slack.add_user("Ben")
    slack.join(ben, quiz)
    await client.chat_postEphemeral(channel=quiz.id, user=ann.id, text="x", blocks=[BUTTONS])
    [shown] = slack.ephemerals(ann)
    with pytest.raises(NotPossible):
        await slack.click(ben, shown, "Press")
    await slack.click(ann, shown, "Press")
    assert bot.pressed[0]["container"]["is_ephemeral"]
    assert "message" not in bot.pressed[0]


async def test_a_button_of_the_home_page(slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person) -> None:
    await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [BUTTONS]})
    home = slack.home(ann)
    assert home is not None
    await slack.click(ann, home, "Press")
    [body] = bot.pressed
    assert body["container"] == {"type": "view", "view_id": home.id}
    assert body["view"]["type"] == "home"
    assert "channel" not in body


async def test_what_was_typed_stays_while_the_field_stays(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person
) -> None:
    view = form() | {"blocks": [*form()["blocks"], BUTTONS]}
    opened = await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=view)
    shown = slack.modal(ann)
    assert shown is not None
    await slack.click(ann, shown, "Press", values={"Answer": "half an answer"})
    assert bot.pressed[0]["view"]["state"]["values"]["text"]["value"]["value"] == "half an answer"

    await client.views_update(view_id=opened["view"]["id"], view=form("Another title"))
    await slack.submit(ann, shown)
    assert bot.sent[0]["view"]["state"]["values"]["text"]["value"]["value"] == "half an answer"


async def test_fields_of_every_kind_are_sent_as_they_stand_or_as_they_are_changed(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person
) -> None:
    view = form() | {"blocks": [TICKS, TIME, {**MENU, "block_id": "menu"}]}
    for values in ({}, {"Covered": ["One", "Three"], "Time": "10:30", "Level": "Easy"}):
        await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=view)
        shown = slack.modal(ann)
        assert shown is not None
        bot.respond_to_form = {}
        await slack.submit(ann, shown, values)

    untouched, changed = (body["view"]["state"]["values"] for body in bot.sent)
    assert untouched["ticks"]["value"]["selected_options"] == choices("Two")
    assert untouched["time"]["value"] == {"type": "timepicker", "selected_time": "09:00"}
    assert untouched["menu"]["other:4"]["selected_option"] is None
    assert changed["ticks"]["value"]["selected_options"] == choices("One", "Three")
    assert changed["time"]["value"]["selected_time"] == "10:30"
    assert changed["menu"]["other:4"]["selected_option"]["value"] == "easy"


async def test_a_form_that_is_closed_is_told_to_a_bot_that_asked(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person
) -> None:
    for asked in (True, False):
        view = form() | {"notify_on_close": asked}
        await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=view)
        shown = slack.modal(ann)
        assert shown is not None
        await slack.close(ann, shown)
        assert slack.modal(ann) is None
    assert [body["type"] for body in bot.pressed] == ["view_closed"]


@pytest.mark.parametrize(
    ("response", "in_channel", "to_ann"),
    [
        ({"text": "for you"}, ["x"], ["for you"]),
        ({"text": "for all", "response_type": "in_channel"}, ["x", "for all"], []),
        ({"text": "instead", "replace_original": True}, ["instead"], []),
        ({"delete_original": True}, [], []),
    ],
)
async def test_a_click_is_answered_beside_or_in_the_place_of_its_message(
    slack: FakeSlack,
    client: AsyncWebClient,
    bot: SmallBot,
    ann: Person,
    quiz: Channel,
    response: Json,
    in_channel: list[str],
    to_ann: list[str],
) -> None:
    message = await post(slack, client, quiz)
    bot.respond_to_press = response
    await slack.click(ann, message, "Press")
    await slack.until(lambda: [m.text for m in slack.visible(quiz)] == in_channel)
    await slack.until(lambda: [m.text for m in slack.ephemerals(ann)] == to_ann)


async def test_a_private_message_may_be_replaced_or_taken_away(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    await client.chat_postEphemeral(channel=quiz.id, user=ann.id, text="x", blocks=[BUTTONS])
    [shown] = slack.ephemerals(ann)
    bot.respond_to_press = {"text": "done", "blocks": [BUTTONS], "replace_original": True}
    await slack.click(ann, shown, "Press")
    await slack.until(lambda: shown.text == "done")
    bot.respond_to_press = {"delete_original": True}
    await slack.click(ann, shown, "Press")
    await slack.until(lambda: not slack.ephemerals(ann))


async def test_a_response_that_cannot_be_shown_is_recorded(
    slack: FakeSlack, client: AsyncWebClient, bot: SmallBot, ann: Person, quiz: Channel
) -> None:
    message = await post(slack, client, quiz)
    bot.respond_to_press = {"text": "", "blocks": []}
    await slack.click(ann, message, "Press")
    await slack.until(lambda: slack.invalid)
    assert not slack.ephemerals(ann)
