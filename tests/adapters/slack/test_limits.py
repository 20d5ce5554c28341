"""The tests' own checker finds what Slack refuses."""

from typing import Any

import pytest

from tests.adapters.slack.limits import message_faults, view_faults

PLAIN = {"type": "plain_text", "text": "x"}
BUTTON = {"type": "button", "text": PLAIN, "action_id": "a", "value": "v"}
SOUND = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
SAID = {"type": "text", "text": "x"}


def plain(length: int) -> dict[str, str]:
    return {"type": "plain_text", "text": "x" * length}


def rich(*elements: dict[str, Any], kind: str = "rich_text_section", **more: Any) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(elements), **more}]}


def row(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def asked(**element: Any) -> dict[str, Any]:
    return {"type": "input", "block_id": "b", "label": PLAIN, "element": {"action_id": "a", **element}}


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": PLAIN, "submit": PLAIN, "callback_id": "c", "blocks": [SOUND], **more}


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [SOUND] * 51,
        [{**SOUND, "block_id": "b"}, {**SOUND, "block_id": "b"}],
        [{**SOUND, "block_id": "b" * 256}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3_001}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": ""}}],
        [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2_900}}] * 5,
        [{"type": "header", "text": plain(151)}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{"type": "context", "elements": [PLAIN] * 11}],
        [row()],
        [row(*({**BUTTON, "action_id": str(number)} for number in range(26)))],
        [row(BUTTON, BUTTON)],
        [row({**BUTTON, "text": plain(76)})],
        [row({**BUTTON, "value": ""})],
        [row({**BUTTON, "style": "blue"})],
        [rich()],
        [rich({"type": "text", "text": ""})],
        [rich({"type": "text", "text": "x" * 3_001})],
        [rich({**SAID, "style": {"red": True}})],
        [rich({"type": "link", "url": "", "text": "x"})],
        [rich(SAID, kind="rich_text_table")],
        [rich({"type": "rich_text_section", "elements": []}, kind="rich_text_list", style="bullet")],
        [rich({"type": "rich_text_section", "elements": [SAID]}, kind="rich_text_list", style="dashed")],
        [{"type": "input"}],
    ],
    ids=str,
)
def test_a_message_that_slack_refuses_is_found(blocks: list[dict[str, Any]]) -> None:
    assert message_faults("x", [SOUND]) == []
    assert message_faults("x", blocks) != []


@pytest.mark.parametrize("text", ["", "x" * 4_001])
def test_a_text_that_slack_refuses_is_found(text: str) -> None:
    assert message_faults(text, [SOUND]) != []


@pytest.mark.parametrize(
    "view",
    [
        modal(title=plain(25)),
        modal(submit=plain(25)),
        modal(blocks=[SOUND] * 101),
        modal(private_metadata="x" * 3_001),
        modal(callback_id=""),
        modal(blocks=[asked(type="plain_text_input", max_length=3_001)]),
        modal(blocks=[asked(type="plain_text_input", max_length=1, initial_value="xx")]),
        modal(blocks=[asked(type="timepicker", initial_time="9:00")]),
        modal(blocks=[asked(type="multi_users_select", initial_users=[])]),
        modal(blocks=[asked(type="checkboxes", options=[])]),
        modal(blocks=[asked(type="checkboxes", options=[{"text": plain(76), "value": "v"}])]),
        modal(blocks=[asked(type="checkboxes", options=[{"text": PLAIN, "value": "v" * 151}])]),
        modal(blocks=[asked(type="checkboxes", options=[{"text": PLAIN, "value": "v"}], initial_options=[])]),
        modal(blocks=[asked(type="colour_picker")]),
        {
            key: value
            for key, value in modal(blocks=[asked(type="timepicker", initial_time="09:00")]).items()
            if key != "submit"
        },
    ],
    ids=str,
)
def test_a_modal_that_slack_refuses_is_found(view: dict[str, Any]) -> None:
    assert view_faults(modal()) == []
    assert view_faults(view) != []
