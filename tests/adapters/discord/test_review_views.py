"""What those who look after a place are shown of what waits, and their form."""

from dataclasses import replace

from adapters.discord import forms
from adapters.discord.forms import Decided
from adapters.discord.views import appeal_modal, private_message, review_modal
from bot.views import PhrasingLine, PhrasingsView, QuestionReport, ReviewItem, ReviewView
from tests.adapters.discord.drawn import alone, buttons, fields, lines
from tests.adapters.discord.limits import modal_faults
from tests.adapters.discord.samples import GRADE, NOW, PLACE, ROUND
from tests.adapters.discord.test_forms import sent

ITEM = ReviewItem(
    id="0a1b2c3d",
    what="Appeal",
    since=NOW,
    round=ROUND,
    text="Would you retrain?",
    reply=GRADE.reply,
    points=GRADE.points,
    in_question=(2,),
    reason="I *meant* it.",
)
REPORT = QuestionReport(round=ROUND, question="drift-1", text="Why?", said="2 unclear")
VIEW = ReviewView(place=PLACE, notice="1 reply waits.", items=(ITEM,), reports=(REPORT,))


def test_what_waits_is_shown_with_its_reason_and_can_be_accepted_with_one_tap() -> None:
    shown = alone(VIEW)

    assert lines(shown)[:5] == [
        "## Review",
        "1 reply waits.",
        "### Appeal · Mon 23 Nov · <t:1795435200:f> · *0a1b2c3d*",
        "**Would you retrain?**",
        "### Reply",
    ]
    assert "**In question:** 2" in lines(shown)
    assert r"Why: I \*meant\* it." in lines(shown)
    assert lines(shown)[-2:] == ["### What was said of questions", "- **drift-1:** 2 unclear"]
    assert buttons(shown) == {"Accept": "command:quiz-admin review 0a1b2c3d accept", "Decide…": "review:0a1b2c3d"}


def test_older_ones_are_a_button_away() -> None:
    assert buttons(alone(replace(VIEW, after=3)))["Older ones"] == "command:quiz-admin review after 3"


def test_a_reply_is_never_cut_to_make_room_for_another() -> None:
    long = replace(ITEM, reply="word " * 600)

    shown = private_message(replace(VIEW, items=tuple(replace(long, id=f"0000000{number}") for number in range(3))))

    assert len(shown) > 1
    said = [line for one in shown for line in lines(one.components)]
    assert sum(line.count("word") for line in said if line.startswith("> ")) == 3 * 600
    assert not any(line.endswith("…") for line in said)


def test_the_form_has_what_is_in_question_and_offers_to_learn_what_was_seen_of_it() -> None:
    form = review_modal(VIEW)

    assert form
    assert modal_faults(form) == []
    assert form["custom_id"] == "review_form:0a1b2c3d"
    assert "2. Accuracy may lag behind" in lines(form)
    assert not any("Retrain on a criterion" in line for line in lines(form))
    assert [one["value"] for one in fields(form)["learn"]["options"]] == ["2"]
    assert fields(form)["text"]["value"] == GRADE.points[1].verdict.evidence


def test_a_form_that_is_sent_as_it_is_accepts_and_teaches_nothing() -> None:
    form = review_modal(VIEW)

    assert form
    assert forms.decided(sent(form)).accept
    assert forms.decided(sent(form)).learn is None


def test_what_is_chosen_and_written_is_read_and_stands_there_again() -> None:
    form = review_modal(VIEW)
    assert form

    said = forms.decided(sent(form, decision="overrule", reason="No.", learn=["2"], text="late labels"))
    again = review_modal(VIEW, said)

    assert said == Decided(accept=False, reason="No.", point=2, passage="late labels")
    assert said.learn is None
    assert replace(said, accept=True).learn == (2, "late labels")
    assert again
    assert forms.decided(sent(again)) == said


def test_where_nothing_is_in_question_there_is_nothing_to_learn() -> None:
    form = review_modal(replace(VIEW, items=(replace(ITEM, in_question=()),)))

    assert form
    assert list(fields(form)) == ["decision", "reason"]


def test_without_one_item_there_is_no_form() -> None:
    assert review_modal(replace(VIEW, items=())) is None


def test_an_appeal_asks_for_key_points_with_a_reason_and_tells_what_is_new() -> None:
    form = appeal_modal(replace(GRADE, reason="It is there.", notice="Something was decided."))

    assert modal_faults(form) == []
    assert form["custom_id"] == f"appeal_form:{ROUND} 3"
    assert "Something was decided." in lines(form)
    assert (fields(form)["reason"]["value"], fields(form)["reason"]["required"]) == ("It is there.", True)


def test_an_appeal_is_offered_beside_the_check_and_after_it() -> None:
    may = replace(GRADE, may_appeal=True)

    assert buttons(alone(may)) == {"Check my key points": f"check:{ROUND}", "Appeal": f"appeal:{ROUND}"}
    assert buttons(alone(replace(may, open_until=None))) == {"Appeal": f"appeal:{ROUND}"}


def test_learnt_phrasings_are_listed_with_the_name_by_which_they_are_dropped() -> None:
    learnt = PhrasingLine(id="0a1b2c3d", point=2, text="labels *lag*", at=NOW)
    view = PhrasingsView(question="drift-1", text="Why?", points=("One", "Two"), notice="How.", learnt=(learnt,))

    assert lines(alone(view)) == [
        "## Learnt here",
        "**Why?**",
        "### Key points",
        "1. One",
        "2. Two",
        "### Learnt here",
        "- **2.** labels \\*lag\\* · *0a1b2c3d*",
        "How.",
    ]
