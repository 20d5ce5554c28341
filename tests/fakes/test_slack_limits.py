"""What Slack refuses for its size or shape: each limit at its figure, and one over."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import Channel, FakeSlack, Person

Json = dict[str, Any]
Make = Callable[[int], Any]


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def option(number: int = 0, *, text: int = 1) -> Json:
    return {"text": plain(text), "value": f"v{number}"}


def options(count: int) -> list[Json]:
    return [option(number) for number in range(count)]


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(1), **more}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain(1), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def field(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": element, **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "options": options(1), **more}


def typed(**more: Any) -> Json:
    return {"type": "plain_text_input", **more}


def confirm(**more: Any) -> Json:
    return {"title": plain(1), "text": plain(1), "confirm": plain(1), "deny": plain(1), **more}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain(1), "submit": plain(1), "blocks": list(blocks), **more}


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


BLOCK_LIMITS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "a section's text": (3000, lambda n: section(text=mrkdwn(n))),
    "a section's fields": (10, lambda n: section(fields=[mrkdwn(1)] * n)),
    "a section's field": (2000, lambda n: section(fields=[plain(n)])),
    "a header": (150, lambda n: {"type": "header", "text": plain(n)}),
    "elements of a context": (10, lambda n: {"type": "context", "elements": [mrkdwn(1)] * n}),
    "elements of actions": (25, lambda n: actions(*[button(action_id=f"a{number}") for number in range(n)])),
    "a block id": (255, lambda n: {"type": "divider", "block_id": "x" * n}),
    "an image's alternative text": (2000, lambda n: {"type": "image", "image_url": "http://x", "alt_text": "x" * n}),
    "an image's title": (
        2000,
        lambda n: {"type": "image", "image_url": "http://x", "alt_text": "x", "title": plain(n)},
    ),
    "an image's address": (3000, lambda n: {"type": "image", "image_url": "x" * n, "alt_text": "x"}),
    "a markdown block": (12_000, lambda n: {"type": "markdown", "text": "x" * n}),
    "a button's text": (75, lambda n: actions(button(text=plain(n)))),
    "a button's value": (2000, lambda n: actions(button(value="x" * n))),
    "a button's address": (3000, lambda n: actions(button(url="x" * n))),
    "a button's words for screen readers": (75, lambda n: actions(button(accessibility_label="x" * n))),
    "an action id": (255, lambda n: actions(button(action_id="x" * n))),
    "a confirmation's title": (100, lambda n: actions(button(confirm=confirm(title=plain(n))))),
    "a confirmation's text": (300, lambda n: actions(button(confirm=confirm(text=mrkdwn(n))))),
    "a confirmation's yes": (30, lambda n: actions(button(confirm=confirm(confirm=plain(n))))),
    "a confirmation's no": (30, lambda n: actions(button(confirm=confirm(deny=plain(n))))),
    "options of a menu": (100, lambda n: section(accessory=select(options=options(n)))),
    "an option's text": (75, lambda n: section(accessory=select(options=[option(text=n)]))),
    "an option's value": (150, lambda n: section(accessory=select(options=[{"text": plain(1), "value": "x" * n}]))),
    "an option's description": (
        75,
        lambda n: section(accessory=select(options=[option() | {"description": plain(n)}])),
    ),
    "a menu's placeholder": (150, lambda n: section(accessory=select(placeholder=plain(n)))),
    "options of several": (
        100,
        lambda n: section(accessory={"type": "multi_static_select", "options": options(n)}),
    ),
    "groups of options": (
        100,
        lambda n: section(
            accessory={"type": "static_select", "option_groups": [{"label": plain(1), "options": options(1)}] * n}
        ),
    ),
    "a group's label": (
        75,
        lambda n: section(
            accessory={"type": "static_select", "option_groups": [{"label": plain(n), "options": options(1)}]}
        ),
    ),
    "lines of an overflow menu": (5, lambda n: section(accessory={"type": "overflow", "options": options(n)})),
    "radio buttons": (10, lambda n: section(accessory={"type": "radio_buttons", "options": options(n)})),
    "checkboxes": (10, lambda n: section(accessory={"type": "checkboxes", "options": options(n)})),
    "a checkbox's text": (75, lambda n: section(accessory={"type": "checkboxes", "options": [option(text=n)]})),
    "an input's label": (2000, lambda n: field(typed(), label=plain(n))),
    "an input's hint": (2000, lambda n: field(typed(), hint=plain(n))),
    "a text's placeholder": (150, lambda n: field(typed(placeholder=plain(n)))),
    "a text's initial value": (3000, lambda n: field(typed(initial_value="x" * n))),
    "a text's initial value by its own limit": (20, lambda n: field(typed(initial_value="x" * n, max_length=20))),
    "a text's least length": (3000, lambda n: field(typed(min_length=n))),
    "a text's greatest length": (3000, lambda n: field(typed(max_length=n))),
    "an emoji's name": (255, lambda n: rich({"type": "emoji", "name": "x" * n})),
}


@pytest.mark.parametrize(("most", "make"), BLOCK_LIMITS.values(), ids=BLOCK_LIMITS)
async def test_a_block_is_taken_at_its_limit_and_refused_above(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel, most: int, make: Make
) -> None:
    await client.chat_postMessage(channel=quiz.id, text="x", blocks=[make(most)])
    assert not slack.invalid

    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=quiz.id, text="x", blocks=[make(most + 1)])
    assert len(slack.visible(quiz)) == 1
    assert len(slack.invalid) == 1


VIEW_LIMITS: dict[str, tuple[int, Callable[[int], Json]]] = {
    "blocks": (100, lambda n: modal(*[{"type": "divider"}] * n)),
    "title": (24, lambda n: modal(title=plain(n))),
    "submit": (24, lambda n: modal(submit=plain(n))),
    "close": (24, lambda n: modal(close=plain(n))),
    "private metadata": (3000, lambda n: modal(private_metadata="x" * n)),
    "callback id": (255, lambda n: modal(callback_id="x" * n)),
    "external id": (255, lambda n: modal(external_id="x" * n)),
}


@pytest.mark.parametrize(("most", "make"), VIEW_LIMITS.values(), ids=VIEW_LIMITS)
async def test_a_form_is_taken_at_its_limit_and_refused_above(
    slack: FakeSlack, client: AsyncWebClient, ann: Person, most: int, make: Make
) -> None:
    await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=make(most))
    assert not slack.invalid

    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=make(most + 1))
    assert len(slack.invalid) == 1


async def test_a_form_of_more_than_250_kb_is_refused(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    large, larger = (modal(*[section(text=mrkdwn(length))] * 85) for length in (2870, 2900))
    await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=large)
    with pytest.raises(SlackApiError, match="view_too_large"):
        await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=larger)


async def test_a_home_page_takes_100_blocks(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [{"type": "divider"}] * 100})
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_publish(user_id=ann.id, view={"type": "home", "blocks": [{"type": "divider"}] * 101})
    assert len(slack.invalid) == 1


def summing_to(characters: int) -> list[Json]:
    """Blocks that are so long together, as JSON."""
    around = len('[{"type":"section","text":{"type":"plain_text","text":""}}]') - 1
    lengths = [3000] * 4
    lengths.append(characters - sum(lengths) - 5 * around - 1)
    return [{"type": "section", "text": plain(length)} for length in lengths]


MESSAGE_LIMITS: dict[str, tuple[int, str, Callable[[int], list[Json]]]] = {
    "blocks": (50, "invalid_blocks", lambda n: [{"type": "divider"}] * n),
    "all blocks together": (13_200, "msg_blocks_too_long", summing_to),
    "all markdown together": (
        12_000,
        "msg_blocks_too_long",
        lambda n: [{"type": "markdown", "text": "x" * 6000}, {"type": "markdown", "text": "x" * (n - 6000)}],
    ),
}


@pytest.mark.parametrize(("most", "error", "make"), MESSAGE_LIMITS.values(), ids=MESSAGE_LIMITS)
async def test_a_message_is_taken_at_its_limit_and_refused_above(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel, most: int, error: str, make: Make
) -> None:
    await client.chat_postMessage(channel=quiz.id, text="x", blocks=make(most))
    with pytest.raises(SlackApiError, match=error):
        await client.chat_postMessage(channel=quiz.id, text="x", blocks=make(most + 1))
    assert len(slack.invalid) == 1


async def test_an_update_takes_4000_characters(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    posted = await client.chat_postMessage(channel=quiz.id, text="x")
    await client.chat_update(channel=quiz.id, ts=posted["ts"], text="x" * 4000)
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel=quiz.id, ts=posted["ts"], text="x" * 4001)
    assert len(slack.invalid) == 1


async def test_a_post_is_cut_at_40000_characters(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    await client.chat_postMessage(channel=quiz.id, text="x" * 40_000)
    assert not slack.invalid

    await client.chat_postMessage(channel=quiz.id, text="x" * 40_001)
    assert len(slack.visible(quiz)[1].text) == 40_000
    assert len(slack.invalid) == 1


MISSHAPEN: dict[str, Json] = {
    "formatted text in a header": {"type": "header", "text": mrkdwn(1)},
    "formatted text on a button": actions(button(text=mrkdwn(1))),
    "formatted text as a label": field(typed(), label=mrkdwn(1)),
    "formatted text in a menu": section(accessory=select(options=[{"text": mrkdwn(1), "value": "v"}])),
    "an empty text": section(text=mrkdwn(0)),
    "half a character": section(text={"type": "mrkdwn", "text": "\ud800"}),
    "an empty text in rich text": rich({"type": "text", "text": ""}),
    "a section without text": {"type": "section"},
    "no elements": actions(),
    "no options": section(accessory=select(options=[])),
    "an empty menu of groups and options": section(accessory={"type": "static_select"}),
    "a choice that is not offered": section(accessory=select(initial_option=option(7))),
    "a text field outside an input": actions(typed()),
    "a button as an input": field(button()),
    "an unknown field": section(colour="red"),
    "an unknown block": {"type": "poem"},
    "an unknown style": actions(button(style="loud")),
    "no label": {"type": "input", "element": typed()},
    "the same action twice in a block": actions(button(action_id="a"), button(action_id="a")),
    "a time that is none": section(accessory={"type": "timepicker", "initial_time": "9:00"}),
    "a date that is none": section(accessory={"type": "datepicker", "initial_date": "today"}),
}


@pytest.mark.parametrize("block", MISSHAPEN.values(), ids=MISSHAPEN)
async def test_a_misshapen_block_is_refused(
    slack: FakeSlack, client: AsyncWebClient, quiz: Channel, block: Json
) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=quiz.id, text="x", blocks=[block])
    assert len(slack.invalid) == 1


async def test_the_same_block_id_twice_is_refused(slack: FakeSlack, client: AsyncWebClient, quiz: Channel) -> None:
    with pytest.raises(SlackApiError, match="invalid_blocks"):
        await client.chat_postMessage(channel=quiz.id, text="x", blocks=[{"type": "divider", "block_id": "b"}] * 2)


async def test_a_form_with_fields_needs_a_submit_button(slack: FakeSlack, client: AsyncWebClient, ann: Person) -> None:
    view = {"type": "modal", "title": plain(1), "blocks": [field(typed())]}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=slack.workspace.new_trigger(ann.id), view=view)


async def test_a_message_says_something(client: AsyncWebClient, quiz: Channel) -> None:
    with pytest.raises(SlackApiError, match="no_text"):
        await client.api_call("chat.postMessage", json={"channel": quiz.id})


@pytest.mark.parametrize(
    ("metadata", "error"),
    [
        ({"event_type": "round"}, "invalid_metadata_format"),
        ({"event_type": "round", "event_payload": {"a": "x" * 16_000}}, "metadata_too_large"),
    ],
)
async def test_metadata_has_its_shape_and_size(
    client: AsyncWebClient, quiz: Channel, metadata: Json, error: str
) -> None:
    with pytest.raises(SlackApiError, match=error):
        await client.chat_postMessage(channel=quiz.id, text="x", metadata=metadata)
