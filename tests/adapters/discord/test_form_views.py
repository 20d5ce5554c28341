from dataclasses import replace

import pytest

from adapters.discord.views import (
    Message,
    answer_modal,
    empty_answer_modal,
    faults_message,
    grade_modal,
    practice_modal,
)
from bot.domain.question import MAX_STATEMENT
from bot.ports import SetupRequest
from bot.views import (
    GradedPoint,
    SetupFaultsView,
)
from tests.adapters.discord.drawn import alone, buttons, fields, lines
from tests.adapters.discord.limits import BOXES, INPUT
from tests.adapters.discord.samples import (
    FORM,
    GRADE,
    PRACTICE,
    ROUND,
)


def test_the_answer_form_has_one_field_of_many_lines_with_the_present_reply() -> None:
    form = answer_modal(FORM)

    assert fields(form) == {
        "text": {
            "type": INPUT,
            "custom_id": "text",
            "style": 2,
            "max_length": 3_000,
            "required": True,
            "value": FORM.present,
        }
    }
    assert lines(form) == [
        f"**{FORM.text}**",
        "Answers count until <t:1795446000:f> (<t:1795446000:R>).",
    ]


def test_a_form_that_could_not_be_filled_says_so_and_takes_the_answer_all_the_same() -> None:
    form = empty_answer_modal(ROUND, "It could not be read.")

    assert "value" not in fields(form)["text"]
    assert lines(form) == ["It could not be read."]
    assert form["custom_id"] == f"answer_form:{ROUND}"


def test_the_self_check_has_a_tick_for_each_key_point_as_it_stands_and_one_reason() -> None:
    form = grade_modal(replace(GRADE, version=4))

    points, reason = fields(form)["points"], fields(form)["reason"]
    assert points["type"] == BOXES
    assert [one["default"] for one in points["options"]] == [True, False, False]
    assert points["options"][1] == {
        "label": "2. Accuracy may lag behind",
        "value": "1",
        "description": "Weight 2. Maybe covered, for you to decide: “Labels are late”.",
        "default": False,
    }
    assert (points["min_values"], points["required"], reason["required"]) == (0, False, False)
    assert form["custom_id"] == f"grade_form:{ROUND} 4 3"


@pytest.mark.parametrize("end", ["", "."])
def test_a_key_point_of_any_length_stands_whole_in_its_box(end: str) -> None:
    statement = " ".join(f"word{number:03}" for number in range(20))[: MAX_STATEMENT - 1] + end
    long = GradedPoint(
        point=replace(GRADE.points[0].point, statement=statement), verdict=GRADE.points[0].verdict, ticked=False
    )

    (option,) = fields(grade_modal(replace(GRADE, points=(long,))))["points"]["options"]

    assert f"{option['label']} {option['description']}".replace("… …", " ").startswith(
        f"1. {statement.rstrip('.')}. Weight 3"
    )


def test_what_a_suggestion_rests_on_is_marked_in_the_reply() -> None:
    for drawn in (grade_modal(GRADE), alone(GRADE)):
        assert "> First **find the cause**. **Labels are late**." in lines(drawn)


def test_a_grade_says_what_counts_and_why_and_can_be_changed_while_it_is_open() -> None:
    assert buttons(alone(GRADE)) == {"Check my key points": f"check:{ROUND}"}
    assert lines(alone(GRADE))[-8:] == [
        "### Key points",
        "1. Find out why the inputs shifted",
        "   *Counted, weight 3. Suggested as covered: “find the cause”.*",
        "2. Accuracy may lag behind",
        "   *Not counted, weight 2. Maybe covered, for you to decide: “Labels are late”.*",
        "3. Retrain on a criterion",
        "   *Not counted, weight 1. Not seen in the reply.*",
        "You can change this until <t:1795604400:f> (<t:1795604400:R>).",
    ]
    assert "**6 of 10 points (2 for replying, 4 of 8 for key points) · suggested**" in lines(alone(GRADE))


def test_what_is_too_long_is_shortened_where_it_is_longest() -> None:
    long = lines(alone(replace(GRADE, reply="*" * 3_000)))

    quote = next(line for line in long if line.startswith("> "))
    assert quote.endswith("…")
    assert quote.count("*") > 1_400
    assert [line for line in long if line != quote] == [line for line in lines(alone(GRADE)) if line[:2] != "> "]


def test_a_grade_that_is_closed_offers_nothing() -> None:
    assert buttons(alone(replace(GRADE, open_until=None))) == {}


def test_practice_can_be_answered_hinted_given_up_and_passed() -> None:
    assert buttons(alone(PRACTICE)) == {
        "Answer": "practice_answer:drift-1",
        "Hint": "practice_hint:drift-1 1 1",
        "Show the answer": "practice_show:drift-1 2",
        "Another question": "practise:monitoring||drift-1",
    }
    assert list(fields(practice_modal(PRACTICE))) == ["text"]


def test_what_was_wanted_is_left_out_of_a_button_that_has_no_room_for_it() -> None:
    long = replace(PRACTICE, topic_wanted="t" * 64, question="q" * 64)

    assert buttons(alone(long))["Another question"] == f"practise:||{'q' * 64}"


def test_a_setup_that_is_wrong_comes_back_with_what_was_written_and_a_way_to_try_again() -> None:
    wrong = SetupFaultsView(text="Nothing was changed:\n• zone: no.", faults=(("zone", "no."),))

    said: Message = faults_message(wrong, SetupRequest(zone="Mars/_Base_", at="9:00"), 1)

    assert lines(said.components) == [
        "Nothing was changed:",
        "- zone: no.",
        "### What you wrote",
        "**Ask at:** 9:00",
        "**Time zone:** Mars/\\_Base\\_",
    ]
    assert buttons(said.components) == {"Open the form again": "setup:1"}
