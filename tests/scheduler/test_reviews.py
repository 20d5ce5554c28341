from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.practice import Recall
from scheduler import reviews

NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def test_what_was_missed_comes_back_within_two_days_and_what_was_known_later() -> None:
    missed, hard, good = (reviews.after("", how, NOW)[1] - NOW for how in (Recall.MISSED, Recall.HARD, Recall.GOOD))

    assert DAY <= missed <= 2 * DAY
    assert missed <= hard < good


def test_what_stays_known_comes_back_after_ever_longer_times_up_to_a_year() -> None:
    state, due, times = "", NOW, []
    for _ in range(12):
        state, due_next = reviews.after(state, Recall.GOOD, due)
        times.append(due_next - due)
        due = due_next

    assert all(shorter <= longer for shorter, longer in pairwise(times))
    assert times[-1] == 365 * DAY


def test_one_miss_brings_a_well_known_question_back_soon() -> None:
    state, due = "", NOW
    for _ in range(6):
        state, due = reviews.after(state, Recall.GOOD, due)

    _, again = reviews.after(state, Recall.MISSED, due)

    assert again - due < 10 * DAY


def test_it_is_the_same_whoever_looks_and_in_whichever_zone() -> None:
    berlin = NOW.astimezone(ZoneInfo("Europe/Berlin"))

    assert reviews.after("", Recall.GOOD, NOW) == reviews.after("", Recall.GOOD, berlin)
    assert reviews.after("", Recall.GOOD, berlin)[1].tzinfo == UTC


def test_an_answer_again_at_once_is_planned_too() -> None:
    state, _ = reviews.after("", Recall.MISSED, NOW)

    _, due = reviews.after(state, Recall.GOOD, NOW + timedelta(minutes=1))

    assert due > NOW
