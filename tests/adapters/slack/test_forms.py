from dataclasses import replace
from typing import Any

import pytest

from adapters.slack import forms, names
from adapters.slack.views import answer_modal, grade_modal, practice_modal, setup_modal
from bot.domain.ids import member_id
from bot.domain.programme import DAY_NAMES, Programme, Schedule
from bot.domain.timetable import parse_time
from bot.ports import Caller, SetupRequest
from bot.service.setup import choices, present, read
from bot.views import SetupChoice, SetupFormView
from bot.wording.programmes import SETUP_MEANINGS
from tests.adapters.slack.limits import view_faults
from tests.adapters.slack.samples import ANA, DANA, FORM, GRADE, PLACE, PRACTICE, ROUND

CALLER = Caller(place=PLACE, member=ANA, delivery="d")
TOPICS = frozenset({"ci-cd", "data", "serving"})
_STATE: dict[str, tuple[str, str, Any]] = {
    "plain_text_input": ("value", "initial_value", None),
    "timepicker": ("selected_time", "initial_time", None),
    "checkboxes": ("selected_options", "initial_options", []),
    "multi_static_select": ("selected_options", "initial_options", []),
    "radio_buttons": ("selected_option", "initial_option", None),
    "multi_users_select": ("selected_users", "initial_users", []),
}
"""What Slack calls the value of an element, and what it is without one."""


def sent(modal: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The view of a view_submission: every field as it was drawn, or as it was changed."""
    values = {}
    for block in modal["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            name, initial, none = _STATE[element["type"]]
            said = changed.get(block["block_id"], element.get(initial, none))
            values[block["block_id"]] = {element["action_id"]: {"type": element["type"], name: said}}
    return {**modal, "id": "V1", "hash": "1.a", "state": {"values": values}}


def setup_form(before: Programme | None = None, **more: str) -> SetupFormView:
    """The form as the core gives it."""
    values = {**present(before, CALLER), **more}
    return SetupFormView(
        note="",
        values=tuple((name, value, SETUP_MEANINGS.get(name, "who else")) for name, value in values.items()),
        choices=choices(before, CALLER, TOPICS),
    )


def programme(request: SetupRequest) -> Programme:
    wanted, faults = read(request, CALLER, None, TOPICS)
    assert faults == []
    return wanted


def chosen(*values: str) -> list[dict[str, Any]]:
    return [{"text": {"type": "plain_text", "text": value}, "value": value} for value in values]


def test_an_answer_is_read_with_its_round_and_place() -> None:
    view = sent(answer_modal(FORM), text="Because <!channel> `x`")

    assert forms.answer_text(view) == "Because <!channel> `x`"
    assert forms.about(view) == {"place": PLACE, "round": ROUND}


def test_an_answer_that_was_left_out_is_empty() -> None:
    assert forms.answer_text(sent(answer_modal(replace(FORM, present="")))) == ""


def test_ticks_are_those_of_the_key_points_in_their_order() -> None:
    view = sent(grade_modal(GRADE, PLACE), **{"point:0": [], "point:2": chosen("yes"), names.REASON: "It says so."})

    assert forms.ticks(view) == [False, False, True]
    assert forms.reason(view) == "It says so."


def test_a_self_check_that_is_sent_unchanged_keeps_what_is_ticked_without_a_reason() -> None:
    view = sent(grade_modal(GRADE, PLACE))

    assert forms.ticks(view) == [True, False, False]
    assert forms.reason(view) == ""


def test_more_than_ten_key_points_stay_in_order() -> None:
    many = replace(GRADE, points=GRADE.points * 4)

    assert forms.ticks(sent(grade_modal(many, PLACE))) == [True, False, False] * 4


def test_a_practice_form_knows_its_question_and_how_often_it_was_answered() -> None:
    assert forms.about(sent(practice_modal(PRACTICE, PLACE))) == {"place": PLACE, "question": "drift-1", "times": "2"}


def test_the_setup_sent_unchanged_is_a_valid_programme_of_the_defaults() -> None:
    view = sent(setup_modal(setup_form(), PLACE))

    assert programme(forms.setup_request(view)) == programme(SetupRequest())
    assert forms.about(view)["place"] == PLACE


def test_the_setup_sent_unchanged_changes_nothing() -> None:
    before = replace(
        programme(SetupRequest(topics="data,ci-cd", levels="expert:7", collect="form")),
        schedule=Schedule(
            at=parse_time("7:05"),
            reveal_at=parse_time("17:30"),
            zone="Asia/Kolkata",
            weekdays=frozenset({0, 2, 6}),
            every=2,
            holidays="DE-BE",
        ),
    )

    wanted, faults = read(forms.setup_request(sent(setup_modal(setup_form(before), PLACE))), CALLER, before, TOPICS)

    assert faults == []
    assert wanted == before


def test_an_emptied_zone_is_the_one_that_was_proposed() -> None:
    view = sent(setup_modal(setup_form(zone="Asia/Tokyo"), PLACE), zone=None)

    assert forms.setup_request(view).zone == "Asia/Tokyo"


def test_what_is_chosen_in_the_setup_is_read() -> None:
    view = sent(
        setup_modal(setup_form(), PLACE),
        at="10:15",
        zone="Asia/Tokyo",
        days=chosen("tue", "sun"),
        topics=chosen("data", "serving"),
        levels=chosen("expert:2"),
        collect=chosen("thread")[0],
    )

    request = forms.setup_request(view)

    assert (request.at, request.zone, request.days, request.topics) == (
        "10:15",
        "Asia/Tokyo",
        "tue,sun",
        "data,serving",
    )
    assert (request.levels, request.collect) == ("expert:2", "thread")


def test_topics_that_are_all_taken_away_are_all_topics() -> None:
    before = programme(SetupRequest(topics="data"))

    view = sent(setup_modal(setup_form(before), PLACE), topics=[])

    assert forms.setup_request(view).topics == "all"


def test_only_what_may_be_empty_can_be_emptied() -> None:
    modal = setup_modal(setup_form(), PLACE)

    assert [block["block_id"] for block in modal["blocks"] if block["optional"]] == ["topics", "admins"]


def test_admins_are_chosen_by_name_and_read_as_members() -> None:
    modal = setup_modal(setup_form(admins="U1,slack:T024:U2"), PLACE)

    request = forms.setup_request(sent(modal, admins=["U2", "U4"]))

    assert modal["blocks"][-1]["element"]["initial_users"] == ["U1", "U2"]
    assert view_faults(modal) == []
    assert programme(request).admins == {member_id("slack", "T024", "U2"), DANA}


def test_admins_that_are_all_taken_away_are_none() -> None:
    before = programme(SetupRequest(admins="U4"))

    request = forms.setup_request(sent(setup_modal(setup_form(before), PLACE), admins=[]))

    wanted, _ = read(request, CALLER, before, TOPICS)
    assert before.admins == {DANA}
    assert wanted.admins == frozenset()


@pytest.mark.parametrize("topics", [1, 10, 100, 101])
def test_a_bank_of_any_size_can_be_set_up(topics: int) -> None:
    options = tuple(f"topic-{number}-{'x' * 50}" for number in range(topics))
    form = replace(setup_form(), choices={"topics": SetupChoice(options=options, chosen=options[:1], none="all")})

    assert view_faults(setup_modal(form, PLACE)) == []


def test_every_day_has_a_name() -> None:
    shown = next(block for block in setup_modal(setup_form(), PLACE)["blocks"] if block["block_id"] == "days")

    assert [option["value"] for option in shown["element"]["options"]] == list(DAY_NAMES)
    assert shown["element"]["options"][0]["text"]["text"] == "Monday"


def test_faults_stand_at_their_fields_and_others_at_the_first() -> None:
    errors = forms.setup_errors([("zone", "No such zone."), ("", "Odd."), ("words", "Odder."), ("zone", "Really.")])

    assert errors == {"zone": "No such zone. Really.", "at": "Odd. Odder."}


def test_a_field_without_a_value_stands_as_it_was_drawn() -> None:
    """Whoever sends nothing but what was touched has left the rest as it is."""
    untouched = {"id": "V1", "state": {"values": {}}}
    grade = grade_modal(GRADE, PLACE)
    assert forms.ticks({**grade, **untouched}) == forms.ticks(sent(grade))
    assert forms.setup_request({**setup_modal(setup_form(), PLACE), **untouched}) == forms.setup_request(
        sent(setup_modal(setup_form(), PLACE))
    )
    assert forms.answer_text({**answer_modal(FORM), "id": "V1"}) == forms.answer_text(sent(answer_modal(FORM)))
