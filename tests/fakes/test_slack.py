"""Our Slack, with Slack's own libraries at the other end: people act, the bot answers, people see."""

import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fakes.slack import Channel, FakeSlack, NotPossible, Person, View, words
from tests.fakes.small_bot import SmallBot, form, over_requests, over_sockets

Json = dict[str, Any]


@pytest.fixture(params=["sockets", "requests"])
async def connected(request: pytest.FixtureRequest, slack: FakeSlack, bot: SmallBot) -> AsyncIterator[SmallBot]:
    """The small bot, by either way."""
    way = over_sockets if request.param == "sockets" else over_requests
    async with way(slack, bot):
        yield bot


async def test_a_command_posts_a_question_and_its_button_opens_a_form(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    answer = await slack.type_command(ann, quiz, "/quiz ask")
    assert answer.ok
    [question] = await slack.until(lambda: slack.visible(quiz))
    assert words(question) == "What is drift?\nAnswer"

    assert (await slack.click(ann, question, "Answer")).ok
    view = await slack.until(lambda: slack.modal(ann, "Your answer"))
    sent = await slack.submit(ann, view, {"Level": "Hard"})

    assert sent.outcome == "closed"
    assert slack.modal(ann) is None
    assert connected.sent[0]["view"]["state"]["values"] == {
        "text": {"value": {"type": "plain_text_input", "value": "as before"}},
        "level": {
            "value": {
                "type": "static_select",
                "selected_option": {"text": {"type": "plain_text", "text": "Hard"}, "value": "hard"},
            }
        },
    }
    [thanks] = await slack.until(lambda: slack.dms(ann))
    assert thanks.text == "Thank you"
    assert not slack.invalid


async def test_what_a_command_is_told_is_shown_to_who_typed_it(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    answer = await slack.type_command(ann, quiz, "/quiz help")
    assert answer.payload == {"text": "Try /quiz ask"}
    [told] = slack.ephemerals(ann)
    assert told.text == "Try /quiz ask"


async def test_a_wrong_answer_stays_open_with_its_error(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    view = await opened_form(slack, ann, quiz)
    sent = await slack.submit(ann, view, {"Answer": "?"})
    assert (sent.outcome, sent.errors) == ("errors", {"text": "That is no answer"})
    assert slack.modal(ann) is view

    again = await slack.submit(ann, view)
    assert again.errors == {"text": "That is no answer"}
    assert (await slack.submit(ann, view, {"text": "Drift is a change"})).outcome == "closed"


async def opened_form(slack: FakeSlack, person: Person, channel: Channel) -> View:
    await slack.type_command(person, channel, "/quiz ask")
    [question] = await slack.until(lambda: slack.visible(channel))
    await slack.click(person, question, "Answer")
    return await slack.until(lambda: slack.modal(person, "Your answer"))


@pytest.mark.parametrize(
    ("response", "outcome", "titles"),
    [
        ({}, "closed", []),
        ({"response_action": "clear"}, "cleared", []),
        ({"response_action": "update", "view": form("Saved")}, "updated", ["Saved"]),
        ({"response_action": "push", "view": form("More")}, "pushed", ["Your answer", "More"]),
    ],
)
async def test_the_bot_says_what_becomes_of_a_form(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel, response: Json, outcome: str, titles: list[str]
) -> None:
    view = await opened_form(slack, ann, quiz)
    connected.respond_to_form = response
    sent = await slack.submit(ann, view)
    assert sent.outcome == outcome
    assert [open_view.title for open_view in slack.workspace.open_views()] == titles
    assert sent.view is slack.modal(ann)


@pytest.mark.parametrize(
    "response",
    [
        {"response_action": "errors", "errors": {"no such field": "x"}},
        {"response_action": "update", "view": form("A title that is too long for Slack")},
    ],
)
async def test_a_response_that_slack_cannot_show_leaves_the_form_and_is_recorded(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel, response: Json
) -> None:
    view = await opened_form(slack, ann, quiz)
    connected.respond_to_form = response
    assert (await slack.submit(ann, view)).outcome == "failed"
    assert slack.modal(ann) is view
    assert len(slack.invalid) == 1


async def test_people_do_only_what_is_before_them(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    ben = slack.add_user("Ben")
    with pytest.raises(NotPossible, match="not in quiz"):
        slack.say(ben, quiz, "hello")
    view = await opened_form(slack, ann, quiz)
    [question] = slack.visible(quiz)
    with pytest.raises(NotPossible, match="no button 'Reveal'"):
        await slack.click(ann, question, "Reveal")
    with pytest.raises(NotPossible, match="does not see it"):
        await slack.click(ben, question, "Answer")
    with pytest.raises(NotPossible, match="no field 'Name'"):
        await slack.submit(ann, view, {"Name": "Ann"})
    with pytest.raises(NotPossible, match="must be filled in"):
        await slack.submit(ann, view, {"Answer": ""})
    with pytest.raises(NotPossible, match="no choice 'Medium'"):
        await slack.submit(ann, view, {"Answer": "x", "Level": "Medium"})
    with pytest.raises(NotPossible, match="takes 3000 characters"):
        await slack.submit(ann, view, {"Answer": "x" * 3001})


async def test_opening_the_home_page_lets_the_bot_publish_it(
    slack: FakeSlack, connected: SmallBot, ann: Person
) -> None:
    slack.open_home(ann)
    home = await slack.until(lambda: slack.home(ann))
    assert words(home) == "\nWelcome"


async def test_the_bot_hears_what_happens_in_its_channels(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    ben = slack.add_user("Ben")
    slack.join(ben, quiz, inviter=ann)
    said = slack.say(ben, quiz, "helo")
    slack.edit(said, "hello")
    slack.delete(said)
    slack.leave(ben, quiz)
    slack.rename(quiz, "daily-quiz", ann)
    slack.archive(quiz, ann)
    slack.deactivate(ben)
    await slack.deliveries.settled()
    slack.uninstall()
    await slack.deliveries.settled()
    await slack.until(lambda: len(connected.heard) >= 14)
    kinds = {(body["event"]["type"], body["event"].get("subtype")) for body in connected.heard}
    assert kinds == {
        ("member_joined_channel", None),
        ("message", None),
        ("message", "channel_join"),
        ("message", "channel_leave"),
        ("message", "channel_name"),
        ("message", "channel_archive"),
        ("message", "message_changed"),
        ("message", "message_deleted"),
        ("member_left_channel", None),
        ("channel_rename", None),
        ("channel_archive", None),
        ("user_change", None),
        ("tokens_revoked", None),
        ("app_uninstalled", None),
    }
    assert all(answer.ok for _, answer in slack.deliveries.answers)


async def test_the_bot_hears_nothing_of_channels_it_is_not_in_or_may_not_read(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    other = slack.add_channel("other", creator=ann, with_bot=False)
    closed = slack.add_channel("closed", creator=ann, private=True)
    slack.bot_scopes.remove("groups:history")
    slack.say(ann, other, "not there")
    slack.say(ann, closed, "not to be read")
    slack.say(ann, quiz, "heard")
    await slack.until(lambda: connected.heard)
    await slack.deliveries.settled()
    assert [body["event"]["text"] for body in connected.heard] == ["heard"]


async def test_a_thread_message_names_its_thread(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    first = slack.say(ann, quiz, "question?")
    slack.say(ann, quiz, "reply", thread=first)
    await slack.until(lambda: len(connected.heard) == 2)
    [reply] = [body["event"] for body in connected.heard if body["event"]["text"] == "reply"]
    assert (reply["thread_ts"], reply["channel_type"], reply["parent_user_id"]) == (first.ts, "channel", ann.id)


async def test_a_guest_of_a_shared_channel_acts_under_the_own_team(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    guest = slack.add_user("Kim", guest_of="T999")
    slack.join(guest, quiz)
    slack.say(guest, quiz, "hello")
    with pytest.raises(NotPossible):
        await slack.type_command(guest, quiz, "/quiz ask")
    await slack.type_command(ann, quiz, "/quiz ask")
    question = await slack.until(lambda: [message for message in slack.visible(quiz) if message.by_bot])
    await slack.click(guest, question[0], "Answer")
    await slack.submit(guest, await slack.until(lambda: slack.modal(guest, "Your answer")))

    [heard] = [body for body in connected.heard if body["event"].get("text") == "hello"]
    assert (heard["team_id"], heard["event"]["team"]) == ("T999", "T999")
    assert (heard["authorizations"][0]["team_id"], heard["is_ext_shared_channel"]) == ("T024", True)
    [sent] = connected.sent
    assert (sent["team"]["id"], sent["view"]["app_installed_team_id"]) == ("T999", "T024")


async def test_what_was_shown_to_one_alone_is_gone_after_a_reload(
    slack: FakeSlack, connected: SmallBot, ann: Person, quiz: Channel
) -> None:
    await slack.type_command(ann, quiz, "/quiz help")
    slack.reload(ann)
    assert not slack.ephemerals(ann)


def test_it_can_be_tried_by_hand() -> None:
    typed = "ann hello\nann ! Answer\nann ?\nwhat\n"
    command = [sys.executable, "-m", "tests.fakes.slack"]
    ran = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=30, check=True)
    assert "STUDYBOT_SLACK_API_URL=http://127.0.0.1:" in ran.stdout
    assert "not possible: ann sees no button 'Answer'" in ran.stdout
    assert "\nhello\n" in ran.stdout


async def test_a_private_channel_has_its_own_kinds_of_events(
    slack: FakeSlack, connected: SmallBot, ann: Person
) -> None:
    closed = slack.add_channel("closed", creator=ann, private=True, with_bot=False)
    slack.invite_bot(closed, ann)
    slack.say(ann, closed, "hello")
    answer = await slack.type_command(ann, closed, "/quiz help")
    slack.remove_bot(closed)
    slack.say(ann, closed, "not for the bot")
    await slack.deliveries.settled()
    assert answer.ok
    kinds = sorted((body["event"]["type"], body["event"]["channel_type"]) for body in connected.heard)
    assert kinds == [("member_joined_channel", "G"), ("member_left_channel", "G"), ("message", "group")]


async def test_a_channel_comes_back_or_goes_for_good(slack: FakeSlack, connected: SmallBot, ann: Person) -> None:
    quiz = slack.add_channel("quiz", creator=ann)
    slack.archive(quiz, ann)
    with pytest.raises(NotPossible, match="archived"):
        slack.say(ann, quiz, "hello")
    slack.unarchive(quiz, ann)
    slack.say(ann, quiz, "hello")
    slack.delete_channel(quiz, ann)
    assert quiz.id not in slack.workspace.channels
