import io
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len
from rich.console import Console

from adapters.console.panels import WIDTH, View, panel
from adapters.console.writing import Reader, bar, distance, harmless
from bot import wording
from bot.domain.ids import member_id
from bot.domain.reply import PointVerdict, Verdict
from bot.domain.round import RoundState
from bot.domain.score import Period, Standing
from bot.views import FormView, NoticeView
from tests.adapters.console.samples import (
    ANA,
    ASKED,
    DAY,
    EMPTY_BOARD,
    FORM,
    GRADE,
    HELP,
    LATE,
    LEARNT,
    NEXT_QUESTION,
    NOTICE,
    NOW,
    QUESTION,
    RECEIPT,
    REVEAL,
    REVIEW,
    SETUP_FAULTS,
    SETUP_FORM,
    STATUS,
    VIEWS,
    WEEK,
)

BERLIN = ZoneInfo("Europe/Berlin")
NASTY = (
    "x" * 500,
    "word " * 600,
    "🧪👩‍🔬" * 200,
    "שלום عليكم \u202eevil\u2066",
    "[bold]no[/bold] [/] [link=https://example.org]x[/link] :smile:",
    "\x1b[2J\x1b]8;;https://example.org\x07click\x9b31m\x00\x7f",
    "<script>`a` **b** # c\r\rd\u2028e\tf",
    "lone \ud800 surrogate",
    "",
)


def shown(
    view: View, *, alone: str | None = None, width: int = 80, colour: bool = False, reader: Reader | None = None
) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    console.print(panel(view, reader or Reader(zone=BERLIN, now=NOW, alone=alone)))
    return out.getvalue()


def flat(text: str) -> str:
    """The text without its frame and line breaks."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_view_fits_its_width(view: View, width: int) -> None:
    lines = shown(view, width=width).splitlines()

    assert max(cell_len(line) for line in lines) <= min(width, WIDTH)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: type(view).__name__)
@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_word_is_cut_or_broken_where_there_is_little_room(view: View, width: int) -> None:
    assert Counter(words(shown(view, width=width))) == Counter(words(shown(view, width=WIDTH)))


def words(text: str) -> list[str]:
    """The words without the frame around them; an address may be longer than a line."""
    return [word for word in flat(text).split() if "example.org" not in word]


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("number", range(len(VIEWS)), ids=[type(view).__name__ for view in VIEWS])
def test_no_text_breaks_a_view_or_reaches_the_terminal_as_an_escape(number: int, text: str) -> None:
    view = with_text(VIEWS[number], text)

    plain = shown(view, alone="ana")
    coloured = shown(view, colour=True)

    assert max(cell_len(line) for line in plain.split("\n")) <= 80
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", plain)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", re.sub(r"\x1b\[[0-9;]*m", "", coloured))


def with_text(view: View, text: str) -> View:
    """Put a text wherever a view has words of people or of the bank."""
    changes = {
        name: text
        for name in ("text", "sentence", "reply", "notice", "present", "note", "model_answer")
        if hasattr(view, name)
    }
    for name in ("topic", "follow_up", "title", "closing", "state", "schedule", "zone"):
        if isinstance(getattr(view, name, None), str) and type(view) is not type(RECEIPT):
            changes[name] = text
    return replace(view, **changes)  # type: ignore[arg-type]


def test_words_of_people_are_shown_as_they_were_typed() -> None:
    text = flat(shown(NoticeView(text="[bold]no[/bold] :smile: [x] <b>")))

    assert "[bold]no[/bold] :smile: [x] <b>" in text


def test_a_reply_of_3000_characters_is_shown_whole() -> None:
    reply = " ".join(f"word{number}" for number in range(400))[:3000]

    assert flat(reply) in flat(shown(replace(RECEIPT, text=reply)))


def test_a_question_shows_when_it_is_revealed_on_the_reader_s_clock_and_its_buttons() -> None:
    text = flat(shown(QUESTION))

    assert ASKED in text
    assert "Reveal Mon 23 Nov 16:00 CET, in 3 h" in text
    assert "/quiz answer /hint 1 /hint 2" in text


def test_a_closed_question_has_no_buttons_and_a_late_one_says_so() -> None:
    assert "/quiz" not in shown(replace(QUESTION, closed=True))
    assert "closed" in shown(replace(QUESTION, closed=True))
    assert "asked late" in shown(replace(QUESTION, late=True))


def test_a_reveal_shows_the_model_answer_the_key_points_the_sources_and_the_boards() -> None:
    text = flat(shown(REVEAL))

    assert "Not yet. Look first: • a broken feed looks like drift • accuracy lags behind <labels>" in text
    assert "See a page (https://example.org/x)." in text
    assert "because labels come late weight 2 █████░░░░░ 50%" in text
    assert "Watching models — Some Body, 2022 https://example.org/watching" in text
    assert "What if labels never come?" in text
    assert "4 replies · ranking provisional until Wed 25 Nov 13:00 CET, in 2 days" in text


def test_a_reveal_is_final_once_the_self_check_has_ended() -> None:
    assert "provisional" not in shown(replace(REVEAL, final=True, day=replace(DAY, provisional=False)))
    assert "ranking final" in shown(replace(REVEAL, final=True))


def test_a_reveal_without_shares_shows_none() -> None:
    points = tuple(replace(point, share=None) for point in REVEAL.points)
    text = shown(replace(REVEAL, repliers=0, points=points))

    assert "No replies to show" in text
    assert "50%" not in text


def test_ties_are_ranked_as_they_are_given() -> None:
    ranks = re.findall(r"(\d)\.  (\w+)", shown(DAY))

    assert ranks == [("1", "ana"), ("2", "ben"), ("2", "chris"), ("4", "dana")]


def test_the_reader_s_own_place_is_marked_with_its_neighbours_below_the_page() -> None:
    assert "… 16. eli 4 ████░░░░░░ 17. dana (you) 3 ███░░░░░░░ 18. fay" in flat(shown(WEEK))
    assert "ana (you)" in shown(replace(DAY, own=Standing(rank=1, member=ANA, points=10)))


def test_a_long_name_takes_the_room_of_the_bars_before_it_is_broken() -> None:
    anastasia = member_id("console", "home", "anastasia-alexandrova")
    board = replace(DAY, top=(Standing(rank=1, member=anastasia, points=10),))

    assert "1.  anastasia-alexandrova  10 " in shown(board, width=40)
    assert "1.  anastasia-alexandrova  10  ██████████ " in shown(board, width=60)


def test_a_round_that_asks_or_reveals_on_another_date_names_that_date() -> None:
    auckland = Reader(zone=ZoneInfo("Pacific/Auckland"), now=NOW)

    assert "asks 21:00 NZDT, in 20 h reveals Wed 25 Nov 04:00" in flat(shown(STATUS, reader=auckland))


def test_what_stands_otherwise_than_suggested_is_told_from_the_suggestion() -> None:
    kept, maybe, missing = GRADE.points
    ticks = (replace(kept, ticked=False), maybe, replace(missing, ticked=True))
    text = flat(shown(replace(GRADE, points=ticks)))

    assert "suggested as covered: “find the cause”" in text
    assert "suggested as not seen" in text
    assert "suggested as maybe" not in text


def test_a_lead_reads_what_another_grader_thinks_and_what_can_be_typed() -> None:
    text = flat(shown(REVIEW))

    assert "Another grader differs: 2. Suggested as covered: “the cause”." in text
    assert "/quiz-admin review 0a1b2c3d accept or overrule REASON or learn 2 PASSAGE" in text
    assert "learn" not in flat(shown(replace(REVIEW, items=(replace(REVIEW.items[0], in_question=()),))))


def test_what_counts_for_no_key_point_any_more_is_listed_with_the_rest() -> None:
    assert "no longer has 4d5e6f70 the labels are late" in flat(shown(LEARNT))


def test_who_has_nothing_ticked_is_told_how_to_tick_one() -> None:
    text = flat(shown(replace(GRADE, points=GRADE.points[1:])))

    assert "/grade 1 keeps exactly that one" in text


def test_words_that_speak_against_a_key_point_are_not_shown_as_making_it() -> None:
    against = PointVerdict(verdict=Verdict.NOT_SEEN, evidence="find the cause")
    text = flat(shown(replace(GRADE, points=(replace(GRADE.points[2], verdict=against),))))

    assert "not seen, because of “find the cause”" in text


def test_who_is_called_you_is_not_marked_as_you_again() -> None:
    you = Standing(rank=1, member=member_id("console", "home", "you"), points=10)

    assert "(you)" not in shown(replace(DAY, top=(you,), own=you))


def test_a_long_value_of_the_setup_form_is_broken_behind_its_commas() -> None:
    levels = ("levels", "foundation:3,practitioner:5,expert:2", "with their shares")
    form = replace(SETUP_FORM, values=(levels,))

    assert "levels=foundation:3, practitioner:5,expert:2 with their shares" in flat(shown(form, width=40))
    assert "levels=foundation:3,practitioner:5,expert:2 with their shares" in flat(shown(form))


def test_the_setup_form_names_its_values_as_they_are_typed() -> None:
    assert "reveal=16:00 when to reveal, HH:MM" in flat(shown(SETUP_FORM))


def test_what_is_wrong_in_a_setup_is_a_list() -> None:
    assert flat(shown(SETUP_FAULTS)) == flat(shown(NoticeView(text=SETUP_FAULTS.text)))


def test_an_empty_board_says_what_would_fill_it_and_a_busy_one_that_it_is_busy() -> None:
    assert wording.boards.NOBODY_YET in flat(shown(EMPTY_BOARD))
    assert "quarter 4 of 2026" in shown(EMPTY_BOARD)
    assert "this very moment" in shown(replace(DAY, updating=True))


def test_a_grade_numbers_its_key_points_and_says_how_to_tick_them() -> None:
    text = flat(shown(GRADE, alone="ana"))

    assert "[x] 1. Find out why the inputs shifted before anything else weight 3 · covered: “find the cause”" in text
    assert "[ ] 2. Accuracy may lag, because labels come late weight 2 · maybe: “Labels are late”" in text
    assert "6 of 10 points (2 for replying, 4 of 8 for key points) · suggested" in text
    assert "/grade 1 keeps exactly that one" in text
    assert "only ana sees this" in text


def test_what_can_be_typed_next_stands_out_by_its_colour() -> None:
    assert "\x1b[36m/quiz answer" in shown(QUESTION, colour=True)
    assert "\x1b[36m/grade 1 keeps" in shown(GRADE, colour=True)


def test_evidence_is_marked_in_the_reply() -> None:
    assert re.search(r"\x1b\[[0-9;]*4[0-9;]*mfind the cause\x1b", shown(GRADE, colour=True))


def test_a_closed_grade_has_no_buttons() -> None:
    assert "/grade" not in shown(replace(GRADE, open_until=None))


def test_a_late_receipt_shows_what_the_reply_covers_and_no_deadline() -> None:
    text = shown(LATE)

    assert "Find out why" in text
    assert "Reveal" not in text


def test_a_form_shows_the_present_reply_and_why_it_may_be_missing() -> None:
    text = flat(shown(FORM))

    assert "Your present reply, which the next one replaces: First find the cause." in text
    assert "It was read late." in text
    assert wording.replies.VISIBLE_HINT in flat(shown(replace(FORM, visible=True)))
    empty = FormView(round=FORM.round, text=FORM.text, reveals_at=FORM.reveals_at)
    assert "present reply" not in shown(empty)


def test_status_and_help_and_notices_say_what_they_have() -> None:
    status = flat(shown(STATUS))

    assert "Admins ana, ben" in status
    assert "Tue 24 Nov asks 09:00 CET, in 20 h reveals 16:00 CET, in 27 h" in status
    assert f"Mon 23 Nov · open · 1 reply · asked late {ASKED}" in status
    assert "/quiz answer write or change your reply 2 points." in flat(shown(HELP))
    assert NOTICE.text in shown(NOTICE)


def test_the_lines_of_a_list_in_a_notice_stay_behind_their_bullets() -> None:
    notice = NoticeView(text="Nothing was changed:\n• at: this is no time\n• zone: this is none")

    lines = [line[3:-3].rstrip() for line in shown(notice, width=24).splitlines()[1:-1]]

    assert lines == ["Nothing was", "changed:", "• at: this is no", "  time", "• zone: this is", "  none"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (59, "in 59 s"),
        (60, "in 1 min"),
        (3_569, "in 59 min"),
        (3_590, "in 1 h"),
        (10_800, "in 3 h"),
        (172_800, "in 2 days"),
        (-90, "2 min ago"),
    ],
)
def test_a_distance_in_time_is_said_to_the_nearest_unit(seconds: int, words: str) -> None:
    assert distance(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("day:2026-11-23", "Mon 23 Nov 2026"),
        ("week:2026-W05", "week 5 of 2026"),
        ("month:2026-11", "November 2026"),
        ("season:2026-Q4", "quarter 4 of 2026"),
        ("all", "all time"),
    ],
)
def test_a_period_is_named_in_words(period: str, words: str) -> None:
    assert wording.dates.period_name(Period(period)) == words


@pytest.mark.parametrize(("share", "filled"), [(0.0, 0), (0.001, 1), (0.5, 5), (0.999, 9), (1.0, 10)])
def test_a_bar_shows_something_as_something_and_less_than_all_as_less(share: float, filled: int) -> None:
    assert bar(share).plain == "█" * filled + "░" * (10 - filled)


def test_control_characters_are_shown_as_their_symbols() -> None:
    assert harmless("a\x1b[31m\x00\x7f\x9bb\r\nc\td") == "a␛[31m␀␡\ufffdb\nc   d"


def test_a_status_says_who_changed_what_and_when() -> None:
    text = flat(shown(STATUS))

    assert "ana changed at from 09:30 to 09:00 Mon 23 Nov 11:00 CET, 2 h ago" in text
    assert "bot paused the quiz: the channel was archived" in text
    assert "somebody who is no longer here set the quiz up" in text
    assert "older" not in text
    assert "and 2 older ones: /quiz-admin status changes" in flat(shown(replace(STATUS, older_changes=2)))
    assert "and 1 older one: " in flat(shown(replace(STATUS, older_changes=1)))


def test_a_skipped_round_is_shown_without_replies_and_with_its_note() -> None:
    skipped = replace(STATUS.last[0], state=RoundState.SKIPPED, question="", note="by hand")

    text = flat(shown(replace(STATUS, last=(skipped,))))

    assert "Mon 23 Nov · skipped · by hand" in text
    assert "repl" not in text.replace("replies:", "")


def test_the_next_question_is_shown_with_its_time_key_points_answer_and_sources() -> None:
    text = flat(shown(NEXT_QUESTION, alone="ana"))

    assert text.startswith("Next question Asks Tue 24 Nov 09:00 CET, in 20 h monitoring · practitioner")
    assert "• Accuracy may lag, because labels come late (weight 2)" in text
    assert "Model answer Find the cause first. Then decide." in text
    assert "A book — Somebody, 2020 https://example.org/book" in text
    assert text.endswith("Nobody else sees this. only ana sees this")


def test_what_everybody_has_to_know_stands_under_the_question() -> None:
    note = "What you write goes to little-model."

    assert note in shown(replace(QUESTION, note=note))
    assert note in shown(replace(QUESTION, note=note, closed=True))
