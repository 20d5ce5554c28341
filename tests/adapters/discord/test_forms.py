from dataclasses import replace
from typing import Any

import pytest

from adapters.discord import forms, names
from adapters.discord.views import answer_modal, empty_answer_modal, grade_modal, practice_modal, setup_modal
from adapters.discord.views.setup import PAGES
from bot.domain.ids import member_id
from bot.domain.programme import DAY_NAMES, Programme, Schedule
from bot.domain.timetable import parse_time
from bot.ports import Caller, SetupRequest
from bot.service.setup import choices, present, read
from bot.views import SetupChoice, SetupFormView
from bot.wording.programmes import SETUP_MEANINGS
from tests.adapters.discord.limits import BOXES, INPUT, LABEL, RADIO, SELECT, USERS, modal_faults
from tests.adapters.discord.samples import ANA, DANA, FORM, GRADE, PLACE, PRACTICE, ROUND

CALLER = Caller(place=PLACE, member=ANA, delivery="d")
TOPICS = frozenset({"ci-cd", "data", "serving"})
GUILD = "1100000000000000011"


def sent(modal: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """The data of a modal that was submitted: every field as it was drawn, or as it was changed."""
    parts = [part for part in modal["components"] if part["type"] == LABEL]
    fields = [{"type": LABEL, "id": 1, "component": _sent(part["component"], changed)} for part in parts]
    return {"custom_id": modal["custom_id"], "components": [{"type": 10, "id": 9}, *fields]}


def _sent(element: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    name, kind = element["custom_id"], element["type"]
    chosen = [option["value"] for option in element.get("options", ()) if option.get("default")]
    said: dict[int, Any] = {
        INPUT: {"value": element.get("value", "")},
        RADIO: {"value": chosen[0] if chosen else None},
        SELECT: {"values": chosen},
        BOXES: {"values": chosen},
        USERS: {"values": [one["id"] for one in element.get("default_values", ())]},
    }
    key = next(iter(said[kind]))
    return {"type": kind, "id": 2, "custom_id": name, key: changed.get(name, said[kind][key])}


def setup_form(before: Programme | None = None, **more: str) -> SetupFormView:
    """The form as the core gives it."""
    values = {**present(before, CALLER), **more}
    return SetupFormView(
        note="",
        values=tuple((name, value, SETUP_MEANINGS[name]) for name, value in values.items()),
        choices=choices(before, CALLER, TOPICS),
        revision=3,
    )


def field(modal: dict[str, Any], name: str) -> dict[str, Any]:
    parts = (part["component"] for part in modal["components"] if part["type"] == LABEL)
    return next(one for one in parts if one["custom_id"] == name)


def programme(request: SetupRequest) -> Programme:
    wanted, faults = read(request, CALLER, None, TOPICS)
    assert faults == []
    return wanted


def test_an_answer_is_read_from_the_form_of_its_round() -> None:
    data = sent(answer_modal(FORM), text="Because @everyone `x`")

    assert forms.answer_text(data) == "Because @everyone `x`"
    assert data["custom_id"] == f"{names.ANSWER_FORM}:{ROUND}"


FIELD = {"type": INPUT, "custom_id": names.TEXT, "value": "So."}


@pytest.mark.parametrize(
    "part",
    [
        FIELD,
        {"type": 1, "components": [FIELD]},
        {"type": 17, "components": [{"type": 18, "component": FIELD}]},
        {"type": 18, "component": {"type": 1, "components": [FIELD]}},
    ],
    ids=["bare", "row", "container", "label"],
)
def test_an_answer_is_read_wherever_its_field_stands(part: dict[str, Any]) -> None:
    assert forms.answer_text({"custom_id": "answer_form", "components": [{"type": 10}, part]}) == "So."


def test_an_answer_that_was_left_out_is_empty() -> None:
    assert forms.answer_text(sent(empty_answer_modal(ROUND, "Later."))) == ""


def test_ticks_are_those_of_the_key_points_in_their_order() -> None:
    data = sent(grade_modal(GRADE), points=["2", "0"], reason="It says so.")

    assert forms.ticks(data, 3) == [True, False, True]
    assert forms.reason(data) == "It says so."


def test_a_self_check_that_is_sent_unchanged_keeps_what_is_ticked_without_a_reason() -> None:
    data = sent(grade_modal(GRADE))

    assert forms.ticks(data, 3) == [True, False, False]
    assert forms.reason(data) == ""


def test_a_self_check_without_a_tick_has_none() -> None:
    assert forms.ticks(sent(grade_modal(GRADE), points=[]), 3) == [False, False, False]


def test_a_practice_form_knows_its_question() -> None:
    assert sent(practice_modal(PRACTICE))["custom_id"] == "practice_form:drift-1"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_setup_sent_unchanged_is_a_valid_programme_of_the_defaults(page: int) -> None:
    modal = setup_modal(setup_form(), page)

    assert modal_faults(modal) == []
    assert modal["custom_id"] == f"setup_form:{page} 3"
    assert programme(forms.setup_request(sent(modal))) == programme(SetupRequest())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_the_setup_sent_unchanged_changes_nothing(page: int) -> None:
    before = replace(
        programme(SetupRequest(topics="data,ci-cd", levels="expert:7", collect="form", admins=DANA)),
        schedule=Schedule(
            at=parse_time("7:05"),
            reveal_at=parse_time("17:30"),
            zone="Asia/Kolkata",
            weekdays=frozenset({0, 2, 6}),
            every=2,
            holidays="DE-BE",
        ),
    )

    wanted, faults = read(forms.setup_request(sent(setup_modal(setup_form(before), page))), CALLER, before, TOPICS)

    assert faults == []
    assert wanted == before


def test_every_value_of_the_setup_stands_on_one_page() -> None:
    shown = [part["component"]["custom_id"] for page in PAGES for part in setup_modal(setup_form(), page)["components"]]

    assert sorted(shown) == sorted(name for name, *_ in setup_form().values)


def test_what_is_chosen_in_the_setup_is_read() -> None:
    first = sent(setup_modal(setup_form(), 1), at="10:15", zone="Asia/Tokyo", days=["tue", "sun"], collect="thread")
    second = sent(setup_modal(setup_form(), 2), topics=["data", "serving"], levels=["expert:2"], holidays="DE")

    assert forms.setup_request(first) == SetupRequest(
        at="10:15", reveal_at="16:00", zone="Asia/Tokyo", days="tue,sun", collect="thread"
    )
    assert forms.setup_request(second) == SetupRequest(
        topics="data,serving", levels="expert:2", holidays="DE", every="1", admins="none"
    )


def test_topics_that_are_all_taken_away_are_all_topics() -> None:
    before = programme(SetupRequest(topics="data"))

    assert forms.setup_request(sent(setup_modal(setup_form(before), 2), topics=[])).topics == "all"


def test_admins_are_chosen_by_name_and_read_as_members() -> None:
    user = DANA.rpartition(":")[2]
    modal = setup_modal(setup_form(admins=f"300000000000000007,discord:{GUILD}:300000000000000009,@ana"), 2)

    request = forms.setup_request(sent(modal, admins=[user, "300000000000000009"]))

    shown = field(modal, "admins")["default_values"]
    assert [one["id"] for one in shown] == ["300000000000000007", "300000000000000009"]
    assert modal_faults(modal) == []
    assert programme(request).admins == {member_id("discord", GUILD, "300000000000000009"), DANA}


def test_admins_that_are_all_taken_away_are_none() -> None:
    before = programme(SetupRequest(admins=DANA))

    wanted, _ = read(forms.setup_request(sent(setup_modal(setup_form(before), 2), admins=[])), CALLER, before, TOPICS)

    assert wanted.admins == frozenset()


@pytest.mark.parametrize("topics", [1, 2, 10, 11, 25, 26, 100])
def test_a_bank_of_any_size_can_be_set_up(topics: int) -> None:
    options = tuple(f"topic-{number}-{'x' * 50}" for number in range(topics))
    form = replace(setup_form(), choices={"topics": SetupChoice(options=options, chosen=options[:1], none="all")})

    assert modal_faults(setup_modal(form, 2)) == []


def test_every_day_has_a_name() -> None:
    shown = field(setup_modal(setup_form(), 1), "days")["options"]

    assert [option["value"] for option in shown] == list(DAY_NAMES)
    assert shown[0]["label"] == "Monday"
