"""What our Slack answers when a call may not be, or is about something that is not there."""

from collections.abc import Awaitable, Callable

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person

Call = Callable[[AsyncWebClient], Awaitable[object]]

DIVIDER = [{"type": "divider"}]


async def refused(error: str, work: Awaitable[object]) -> SlackApiError:
    with pytest.raises(SlackApiError) as caught:
        await work
    assert caught.value.response["error"] == error
    return caught.value


@pytest.mark.parametrize(
    ("token", "error"),
    [(None, "not_authed"), ("xoxb-other", "invalid_auth"), (FakeSlack.app_token, "not_allowed_token_type")],
)
async def test_a_wrong_token_is_turned_away(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel, token: str | None, error: str
) -> None:
    client.token = token
    await refused(error, client.chat_postMessage(channel=quiz.id, text="x"))


async def test_sockets_are_opened_by_the_app_token_alone(slack: FakeSlack, client: AsyncWebClient) -> None:
    await refused("not_allowed_token_type", client.apps_connections_open(app_token=slack.bot_token))
    opened = await client.apps_connections_open(app_token=slack.app_token)
    assert opened["url"].startswith("ws://127.0.0.1:")


async def test_a_revoked_token_opens_nothing(slack: FakeSlack, client: AsyncWebClient) -> None:
    slack.revoke_token(slack.bot_token)
    await refused("token_revoked", client.auth_test())


async def test_a_missing_scope_is_named(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    slack.bot_scopes.remove("channels:history")
    error = await refused("missing_scope", client.conversations_history(channel=quiz.id))
    assert error.response["needed"] == "channels:history"
    assert "chat:write" in error.response["provided"].split(",")
    assert "channels:history" not in error.response.headers["x-oauth-scopes"]


async def test_who_the_token_is(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    bot = await client.auth_test()
    assert (bot["team_id"], bot["bot_id"], bot["user_id"]) == ("T024", "B042", slack.workspace.bot.id)
    client.token = slack.user_token
    assert "bot_id" not in (await client.auth_test()).data


CALLS_IN_A_CHANNEL: dict[str, Callable[[AsyncWebClient, str], Awaitable[object]]] = {
    "chat.postMessage": lambda client, channel: client.chat_postMessage(channel=channel, text="x"),
    "chat.postEphemeral": lambda client, channel: client.chat_postEphemeral(channel=channel, user="U0BOT", text="x"),
    "chat.update": lambda client, channel: client.chat_update(channel=channel, ts="1.1", text="x"),
    "chat.delete": lambda client, channel: client.chat_delete(channel=channel, ts="1.1"),
    "conversations.history": lambda client, channel: client.conversations_history(channel=channel),
    "conversations.info": lambda client, channel: client.conversations_info(channel=channel),
    "conversations.members": lambda client, channel: client.conversations_members(channel=channel),
    "conversations.replies": lambda client, channel: client.conversations_replies(channel=channel, ts="1.1"),
    "reactions.add": lambda client, channel: client.reactions_add(channel=channel, timestamp="1.1", name="eyes"),
}


@pytest.mark.parametrize("call", CALLS_IN_A_CHANNEL.values(), ids=CALLS_IN_A_CHANNEL)
async def test_a_channel_that_the_bot_does_not_know_is_not_there(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, call: Callable[[AsyncWebClient, str], Awaitable[object]]
) -> None:
    hidden = slack.add_channel("secret", creator=ann, private=True, with_bot=False)
    await refused("channel_not_found", call(client, "C404"))
    await refused("channel_not_found", call(client, hidden.id))


@pytest.mark.parametrize("name", ["chat.postMessage", "chat.postEphemeral", "conversations.history"])
async def test_a_public_channel_must_be_joined(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, name: str
) -> None:
    other = slack.add_channel("other", creator=ann, with_bot=False)
    await refused("not_in_channel", CALLS_IN_A_CHANNEL[name](client, other.id))


async def test_nothing_is_posted_in_an_archived_channel(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    posted = await client.chat_postMessage(channel=quiz.id, text="x")
    slack.archive(quiz, ann)
    await refused("is_archived", client.chat_postMessage(channel=quiz.id, text="x"))
    await refused("is_inactive", client.chat_update(channel=quiz.id, ts=posted["ts"], text="y"))
    await refused("is_archived", client.reactions_add(channel=quiz.id, timestamp=posted["ts"], name="eyes"))


async def test_a_message_of_somebody_else_is_not_changed(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    said = slack.say(ann, quiz, "hello")
    await refused("cant_update_message", client.chat_update(channel=quiz.id, ts=said.ts, text="x"))
    await refused("cant_delete_message", client.chat_delete(channel=quiz.id, ts=said.ts))


async def test_a_message_that_is_gone_is_not_found(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    ts = (await client.chat_postMessage(channel=quiz.id, text="x"))["ts"]
    await client.chat_delete(channel=quiz.id, ts=ts)
    await refused("message_not_found", client.chat_update(channel=quiz.id, ts=ts, text="x"))
    await refused("message_not_found", client.reactions_add(channel=quiz.id, timestamp=ts, name="eyes"))
    await refused("thread_not_found", client.conversations_replies(channel=quiz.id, ts=ts))


async def test_private_words_reach_members_alone(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, quiz: Channel
) -> None:
    ben = slack.add_user("Ben")
    await refused("user_not_in_channel", client.chat_postEphemeral(channel=quiz.id, user=ben.id, text="x"))
    await client.chat_postEphemeral(channel=quiz.id, user=ann.id, text="for you")
    [shown] = slack.ephemerals(ann)
    assert shown.text == "for you"
    assert not slack.visible(quiz)
    await refused("message_not_found", client.chat_update(channel=quiz.id, ts=shown.ts, text="x"))


async def test_a_reaction_is_made_once_and_taken_back_once(client: AsyncWebClient, quiz: Channel) -> None:
    ts = (await client.chat_postMessage(channel=quiz.id, text="x"))["ts"]
    await client.reactions_add(channel=quiz.id, timestamp=ts, name="eyes")
    await refused("already_reacted", client.reactions_add(channel=quiz.id, timestamp=ts, name="eyes"))
    await client.reactions_remove(channel=quiz.id, timestamp=ts, name="eyes")
    await refused("no_reaction", client.reactions_remove(channel=quiz.id, timestamp=ts, name="eyes"))


FORM = {"type": "modal", "title": {"type": "plain_text", "text": "A"}, "blocks": DIVIDER}
HOME = {"type": "home", "blocks": DIVIDER}


async def test_a_trigger_opens_one_form(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    trigger = slack.workspace.new_trigger(ann.id)
    await client.views_open(trigger_id=trigger, view=FORM)
    await refused("exchanged_trigger_id", client.views_open(trigger_id=trigger, view=FORM))
    await refused("invalid_trigger_id", client.views_open(trigger_id="1.2", view=FORM))


async def test_a_trigger_expires(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    slack.workspace.trigger_seconds = 0
    trigger = slack.workspace.new_trigger(ann.id)
    await refused("expired_trigger_id", client.views_open(trigger_id=trigger, view=FORM))


async def test_a_form_is_changed_by_who_saw_it_last(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    view = (await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=FORM))["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=FORM)
    await refused("hash_conflict", client.views_update(view_id=view["id"], hash=view["hash"], view=FORM))
    await refused("not_found", client.views_update(view_id="V404", view=FORM))


async def test_a_home_page_is_changed_by_who_saw_it_last(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    first = (await client.views_publish(user_id=ann.id, view=HOME))["view"]
    await client.views_publish(user_id=ann.id, view=HOME, hash=first["hash"])
    await refused("hash_conflict", client.views_publish(user_id=ann.id, view=HOME, hash=first["hash"]))


async def test_three_forms_lie_on_one_another(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=FORM)
    for _ in range(2):
        await client.views_push(trigger_id=slack.workspace.new_trigger(ann.id, slack.modal(ann)), view=FORM)
    trigger = slack.workspace.new_trigger(ann.id, slack.modal(ann))
    await refused("push_limit_reached", client.views_push(trigger_id=trigger, view=FORM))


async def test_a_conversation_with_who_left_is_not_opened(
    slack: FakeSlack, client: AsyncWebClient, ann: Person
) -> None:
    opened = await client.conversations_open(users=ann.id)
    assert opened["channel"]["id"] == slack.dm(ann).id
    slack.deactivate(ann)
    await refused("user_disabled", client.conversations_open(users=ann.id))
    await refused("user_not_found", client.conversations_open(users="U404"))


async def test_a_method_that_is_not_known_is_refused(client: AsyncWebClient) -> None:
    await refused("unknown_method", client.api_call("chat.shout"))


async def test_a_form_has_an_external_id_of_its_own(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    ben, view = slack.add_user("Ben"), FORM | {"external_id": "one"}
    opened = await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=view)
    await client.views_update(external_id="one", view=view)
    trigger = slack.workspace.new_trigger(ben.id)
    await refused("duplicate_external_id", client.views_open(trigger_id=trigger, view=view))
    await refused("invalid_arguments", client.views_update(view_id=opened["view"]["id"], view=HOME))


async def test_a_message_has_an_address(client: AsyncWebClient, quiz: Channel) -> None:
    ts = (await client.chat_postMessage(channel=quiz.id, text="x"))["ts"]
    address = (await client.chat_getPermalink(channel=quiz.id, message_ts=ts))["permalink"]
    assert address == f"https://example.slack.com/archives/{quiz.id}/p{ts.replace('.', '')}"
    await refused("message_not_found", client.chat_getPermalink(channel=quiz.id, message_ts="1.1"))


async def test_a_public_channel_takes_posts_of_who_may_post_anywhere(
    slack: FakeSlack, client: AsyncWebClient, ann: Person
) -> None:
    other = slack.add_channel("other", creator=ann, with_bot=False)
    slack.bot_scopes.add("chat:write.public")
    await client.chat_postMessage(channel=other.id, text="x")
    assert len(slack.visible(other)) == 1


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "invalid_arguments"),
        ({"channel": "C17", "limit": "many"}, "invalid_limit"),
        ({"channel": "C17", "cursor": "no cursor"}, "invalid_cursor"),
        ({"channel": "C17", "oldest": "yesterday"}, "invalid_ts_oldest"),
    ],
)
async def test_arguments_have_their_form(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, arguments: dict[str, str], error: str
) -> None:
    channel = slack.add_channel("quiz", creator=ann, channel_id="C17")
    slack.say(ann, channel, "hello")
    await refused(error, client.api_call("conversations.history", params=arguments))
