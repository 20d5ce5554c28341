from dataclasses import replace
from typing import Any

import pytest

from adapters.slack import names
from adapters.slack.views import (
    answer_modal,
    empty_answer_modal,
    grade_modal,
    hint_message,
    practice_modal,
    private_message,
    question_message,
    reveal_message,
)
from adapters.slack.views.boards import named as shown_name
from adapters.slack.views.review import phrasings_message, review_message
from bot.domain.feedback import Feedback
from bot.domain.programme import Collect
from bot.domain.question import MAX_MODEL_ANSWER, Source
from bot.domain.reply import ReceiptState
from bot.domain.score import Period
from bot.views import DocumentView, NoticeView, ReceiptView
from bot.wording import labels
from tests.adapters.console.samples import LEARNT, REVIEW
from tests.adapters.slack.limits import walk
from tests.adapters.slack.samples import (
    ANA,
    DAY,
    FORM,
    GRADE,
    NAMES,
    NOW,
    PLACE,
    PRACTICE,
    QUESTION,
    REVEAL,
    ROUND,
    WEEK,
)


def buttons(payload: object) -> dict[str, str]:
    """The buttons by what is on them, with what they are about."""
    return {one["text"]["text"]: one.get("value", "") for one in walk(payload) if one.get("type") == "button"}


def fields(view: dict[str, Any]) -> dict[str, Any]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def bold(payload: object) -> list[str]:
    return [one["text"] for one in walk(payload) if one.get("type") == "text" and one.get("style") == {"bold": True}]


def mentions(payload: object) -> list[str]:
    return [one["user_id"] for one in walk(payload) if one.get("type") == "user"]


def test_a_question_says_what_it_is_about_what_is_asked_and_until_when() -> None:
    asked = question_message(QUESTION)

    assert asked.text.splitlines() == [
        "monitoring · practitioner",
        QUESTION.text,
        "Answers count until Mon 23 Nov 15:00 UTC. Answer in private with the button, or in the thread for everyone to read.",
    ]
    assert buttons(asked.blocks) == {"Answer": ROUND, "Hint": f"{ROUND} 1 2"}
    assert asked.blocks[0]["block_id"] == f"question:{ROUND}"


def test_the_deadline_is_shown_on_the_readers_own_clock() -> None:
    line = next(one["text"] for one in walk(question_message(QUESTION).blocks) if one.get("type") == "mrkdwn")

    assert "<!date^1795446000^{date_short_pretty} at {time}|Mon 23 Nov 15:00 UTC>" in line


def test_a_question_without_hints_has_no_button_for_them() -> None:
    assert buttons(question_message(replace(QUESTION, hints=())).blocks) == {"Answer": ROUND}


@pytest.mark.parametrize(
    ("collect", "offered", "told"),
    [(Collect.FORM, ["Answer", "Hint"], "the button."), (Collect.THREAD, ["Hint"], "in the thread of this post")],
)
def test_only_ways_of_answering_that_are_open_are_offered(collect: Collect, offered: list[str], told: str) -> None:
    asked = question_message(replace(QUESTION, collect=collect))

    assert list(buttons(asked.blocks)) == offered
    assert told in asked.text


def test_a_thread_question_without_hints_has_no_empty_row_of_buttons() -> None:
    asked = question_message(replace(QUESTION, collect=Collect.THREAD, hints=()))

    assert "actions" not in {block["type"] for block in asked.blocks}


@pytest.mark.parametrize("closed", [False, True])
def test_what_everybody_has_to_know_stands_under_the_question_as_it_is(closed: bool) -> None:
    note = "What you write goes to little-model at <!channel> *llm*."

    shown = question_message(replace(QUESTION, note=note, closed=closed))

    assert note in [one["text"] for one in walk(shown.blocks) if one.get("type") == "text"]
    assert question_message(QUESTION).blocks != shown.blocks


def test_a_closed_question_says_so_and_takes_no_answer() -> None:
    closed = question_message(replace(QUESTION, closed=True))

    assert buttons(closed.blocks) == {}
    assert "This question is closed." in closed.text


def test_hints_are_followed_by_the_next_one_until_there_is_none() -> None:
    first = hint_message(NoticeView(text="Hint 1 of 2: when?"), names.HINT, f"{ROUND} 1 2")
    last = hint_message(NoticeView(text="Hint 2 of 2: who?"), names.HINT, f"{ROUND} 2 2")

    assert buttons(first.blocks) == {"Next hint": f"{ROUND} 2 2"}
    assert buttons(last.blocks) == {}
    for malformed in ("", "junk", f"{ROUND} one two"):
        assert buttons(hint_message(NoticeView(text="There is none."), names.HINT, malformed).blocks) == {}


def test_a_reveal_has_everything_that_was_promised() -> None:
    said = reveal_message(REVEAL, NAMES)

    assert said.text.splitlines() == [
        "Reveal: monitoring · practitioner",
        REVEAL.text,
        "Model answer",
        "Not yet. Look first.",
        "Key points",
        "• Find out why the inputs shifted (weight 3, 50% of replies)",
        "• Accuracy may lag behind (weight 2)",
        "Sources",
        "• Watching models — Some Body, 2022",
        "To think about next",
        "What if labels never come?",
        "Today (provisional)",
        "1. Ana · 10 points",
        "2. Ben · 1 point",
        "This week (provisional)",
        "1. Ana · 10 points",
        "2. Ben · 1 point",
        "4 replies. Ranking provisional. Check your own grade until Wed 25 Nov 12:00 UTC.",
    ]
    words = {word.capitalize(): f"quiz feedback {ROUND.rpartition(':')[2]} {word}" for word in Feedback}
    assert buttons(said.blocks) == {"My grade": ROUND, "Leaderboard": "week", **words}
    assert said.blocks[0]["block_id"] == f"reveal:{ROUND}"


def test_a_reveal_notifies_nobody_whose_name_is_known() -> None:
    named, unnamed = reveal_message(REVEAL, NAMES), reveal_message(REVEAL)

    assert mentions(named.blocks) == []
    assert "<@" not in named.text
    assert mentions(unnamed.blocks) == ["U1", "U2", "U1", "U2"]


def test_a_name_can_do_nothing() -> None:
    said = reveal_message(REVEAL, {**NAMES, ANA: "<!channel> *Ana*\nBen"})

    assert "1. &lt;!channel&gt; *Ana* Ben · 10 points" in said.text


def test_a_final_ranking_is_called_final_unless_its_week_is_not() -> None:
    settled = replace(DAY, provisional=False)
    final = reveal_message(replace(REVEAL, final=True, day=settled, week=DAY), NAMES)

    assert "Today (final)" in final.text
    assert "This week (provisional)" in final.text


def test_what_has_no_room_in_a_reveal_is_shortened_visibly_and_its_buttons_stay() -> None:
    long = replace(
        REVEAL,
        model_answer=("**a** _b_ " * 200)[:MAX_MODEL_ANSWER],
        sources=(Source(title="T" * 300, by="B" * 300, year=2022, url="https://example.org/" + "u" * 480),) * 6,
    )

    said = reveal_message(long, NAMES)

    assert "…" in said.text
    assert list(buttons(said.blocks))[:2] == ["My grade", "Leaderboard"]


@pytest.mark.parametrize("name", ["\u200d", "\u3164", "\u2800 ", "\U000e0020"])
def test_who_is_called_nothing_that_can_be_seen_is_mentioned(name: str) -> None:
    assert shown_name(ANA, {ANA: name})["type"] == "user"


def test_a_source_whose_address_leads_nowhere_is_named_all_the_same() -> None:
    odd = replace(REVEAL.sources[0], url="javascript:alert(1)")

    said = reveal_message(replace(REVEAL, sources=(odd,)), NAMES)

    assert "• Watching models — Some Body, 2022" in said.text
    assert "link" not in {one.get("type") for one in walk(said.blocks)}


def test_the_answer_form_has_one_field_of_many_lines_with_the_present_reply() -> None:
    form = answer_modal(FORM)

    (field,) = fields(form).values()
    assert field["element"] == {
        "type": "plain_text_input",
        "action_id": names.VALUE,
        "multiline": True,
        "max_length": 3_000,
        "initial_value": FORM.present,
    }
    assert form["callback_id"] == names.ANSWER_FORM


def test_the_form_says_who_sees_what_is_written_in_it_and_what_stands_in_the_thread() -> None:
    private, visible = (
        fields(answer_modal(replace(FORM, visible=visible)))[names.TEXT]["hint"]["text"] for visible in (False, True)
    )

    assert private.startswith("Only you see this; your lead too, if you change a tick")
    assert visible.startswith("All can read what stands here now, in the thread.")


def test_a_form_that_could_not_be_filled_says_so_and_takes_the_answer_all_the_same() -> None:
    form = empty_answer_modal(ROUND, PLACE, "It could not be read.")

    assert "initial_value" not in fields(form)[names.TEXT]["element"]
    assert any(one.get("text") == "It could not be read." for one in walk(form))


def test_the_self_check_has_a_tick_for_each_key_point_as_it_stands_and_one_reason() -> None:
    form = grade_modal(GRADE, PLACE)

    asked = fields(form)
    assert list(asked) == ["point:0", "point:1", "point:2", "reason"]
    assert ["initial_options" in asked[f"point:{number}"]["element"] for number in range(3)] == [True, False, False]
    assert asked["point:1"]["label"]["text"] == "2. Accuracy may lag behind"
    assert asked["point:1"]["hint"]["text"] == ("Weight 2. Maybe covered, for you to decide: “Labels are late”.")
    assert all(block["optional"] for block in asked.values())


def test_what_a_suggestion_rests_on_is_marked_in_the_reply() -> None:
    assert {"find the cause", "Labels are late"} <= set(bold(grade_modal(GRADE, PLACE)))


def test_a_closed_self_check_shows_what_stands_and_takes_nothing() -> None:
    closed = grade_modal(replace(GRADE, open_until=None), PLACE)

    assert fields(closed) == {}
    assert "submit" not in closed
    words = " ".join(one["text"] for one in walk(closed) if one.get("type") == "text")
    assert words.count("\nCounted, ") == 1
    assert words.count("\nNot counted, ") == 2


def test_a_grade_in_a_message_can_be_changed_behind_a_button_while_it_is_open() -> None:
    (open_one,), (closed,) = private_message(GRADE), private_message(replace(GRADE, open_until=None))

    assert buttons(open_one.blocks) == {"Check my key points": ROUND}
    assert buttons(closed.blocks) == {}
    assert "6 of 10 points (2 for replying, 4 of 8 for key points) · suggested" in open_one.text


def test_a_board_shows_the_reader_and_neighbours_below_the_page() -> None:
    (board,) = private_message(WEEK)

    assert board.text.splitlines()[-4:] == [
        "1. <@U1> · 31 points",
        "…",
        "16. <@U2> · 4 points",
        "17. <@U4> · 3 points (you)",
    ]


def test_a_board_says_how_many_more_have_as_many_points_as_its_last() -> None:
    (board,) = private_message(replace(WEEK, tied_others=4))

    assert "… and 4 more with as many points" in board.text


def test_a_board_without_anybody_says_what_would_fill_it_and_when() -> None:
    empty = replace(DAY, top=(), provisional=False, empty="Nobody yet.", coming=NOW)

    (board,) = private_message(empty)

    assert "Nobody yet. Mon 23 Nov 12:00 UTC" in board.text


def test_a_podium_is_listed_with_its_period() -> None:
    (board,) = private_message(replace(DAY, before=Period("week:2026-W47"), podium=DAY.top, podium_others=3))

    assert board.text.splitlines()[-4:] == [
        "Podium of week 47 of 2026",
        "1. <@U1> · 10 points",
        "2. <@U2> · 1 point",
        "and 3 more with as many points",
    ]


def test_a_late_reply_is_told_what_it_covers_in_a_message_of_its_own() -> None:
    late = ReceiptView(
        round=ROUND, state=ReceiptState.LATE, sentence="Too late.", late_grade=replace(GRADE, open_until=None)
    )

    first, second = private_message(late)

    assert first.text == "Too late."
    assert second.text.startswith("My grade: Mon 23 Nov")


def test_practice_can_be_answered_hinted_given_up_and_passed() -> None:
    (given,) = private_message(PRACTICE)

    assert buttons(given.blocks) == {
        "Answer": "drift-1",
        "Hint": "drift-1 1 1",
        "Show the answer": "drift-1 2",
        "Another question": "monitoring|drift-1",
    }
    assert list(fields(practice_modal(PRACTICE, PLACE))) == [names.TEXT]


def test_a_document_comes_in_messages_to_be_copied_cut_at_the_ends_of_lines() -> None:
    lines = [f'"line {number}": "{"x" * 80}"' for number in range(100)]

    first, *pages = private_message(DocumentView(name="quiz.json", text="\n".join(lines), note="All of it."))

    assert first.text == "quiz.json\nAll of it."
    assert "\n".join(one["text"] for one in walk([page.blocks for page in pages]) if one.get("type") == "text") == (
        "\n".join(lines)
    )


def test_of_a_very_long_document_the_beginning_is_shown_and_that_there_is_more() -> None:
    first, *pages = private_message(DocumentView(name="quiz.json", text="x" * 100_000, note="All of it."))

    assert len(pages) == 4
    assert "There is more" in first.text


def test_a_list_in_a_sentence_of_the_bots_is_a_list() -> None:
    (notice,) = private_message(NoticeView(text="Nothing was changed:\n• one\n• two"))

    assert [part["type"] for part in notice.blocks[0]["elements"]] == ["rich_text_section", "rich_text_list"]
    assert notice.text == "Nothing was changed:\n• one\n• two"


def test_a_lead_reads_what_another_grader_thinks() -> None:
    shown = str(review_message(REVIEW).blocks)

    assert labels.SECOND_OPINION in shown
    assert "2. Suggested as covered: “the cause”." in shown


def test_what_counts_for_no_key_point_any_more_is_listed_with_the_rest() -> None:
    assert f"{labels.GONE_POINT}: " in str(phrasings_message(LEARNT).blocks)
