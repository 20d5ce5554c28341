"""Our Slack, with Slack's own libraries at the other end: people act, the bot answers, people see."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.slack import Channel, FakeSlack, Person, words
from tests.fakes.small_bot import SmallBot, over_requests, over_sockets


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
    assert words(question) == "What is drift?\nAnswer\nSlow"

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
