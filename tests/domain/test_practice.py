from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.practice import (
    Memory,
    Recall,
    due,
    next_to_practise,
    order_of_practice,
    recall,
    reviews_left,
)
from tests.world import question

NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)
BANK = [question(number) for number in range(6)]


def memory(*, due_in: float, last: float = -3.0, times: int = 1) -> Memory:
    """A memory that is due in so many days and was made so many days ago."""
    return Memory(last=NOW + timedelta(days=last), due=NOW + timedelta(days=due_in), share=0.5, times=times, state="{}")


def order(memories: Mapping[str, Memory], reviews: int | None = None, seed: str = "s") -> list[str]:
    return [one.id for one in order_of_practice(BANK, memories, NOW, seed, reviews=reviews)]


def following(memories: Mapping[str, Memory], passing: str = "") -> str | None:
    found = next_to_practise(order_of_practice(BANK, memories, NOW, "s"), memories, NOW, passing)
    return found.id if found else None


MEMORIES = st.dictionaries(
    st.sampled_from([one.id for one in BANK]),
    st.builds(
        lambda due_in, last, times: memory(due_in=due_in, last=last, times=times),
        st.integers(-9, 9),
        st.integers(-9, 0),
        st.integers(1, 5),
    ),
)


@pytest.mark.parametrize(
    ("share", "judged"),
    [(0.0, Recall.MISSED), (0.39, Recall.MISSED), (0.4, Recall.HARD), (0.74, Recall.HARD), (0.75, Recall.GOOD)],
)
def test_a_share_of_the_key_points_says_how_well_a_question_was_known(share: float, judged: Recall) -> None:
    assert recall(share) is judged


def test_what_is_due_comes_first_then_what_is_new_then_what_is_due_soonest() -> None:
    known = {
        "q0": memory(due_in=5),
        "q1": memory(due_in=-1),
        "q2": memory(due_in=-2),
        "q3": memory(due_in=3),
    }

    found = order(known)

    assert found[:2] == ["q2", "q1"]
    assert set(found[2:4]) == {"q4", "q5"}
    assert found[4:] == ["q3", "q0"]


def test_beyond_the_days_reviews_what_is_due_comes_after_everything_else() -> None:
    known = {"q1": memory(due_in=-1), "q2": memory(due_in=-2), "q3": memory(due_in=3)}

    assert order(known, reviews=1)[0] == "q2"
    assert order(known, reviews=1)[-1] == "q1"
    assert order(known, reviews=0)[-2:] == ["q2", "q1"]


def test_what_was_answered_today_has_had_its_turn() -> None:
    known = {one.id: memory(due_in=3) for one in BANK}
    known["q2"] = memory(due_in=1, last=-0.1)
    known["q4"] = memory(due_in=2, last=-0.2)

    assert order(known)[-2:] == ["q4", "q2"]


@given(known=MEMORIES, reviews=st.none() | st.integers(0, 6), seed=st.text())
def test_every_wanted_question_is_in_the_order_once_and_no_more_are_due_first_than_allowed(
    known: dict[str, Memory], reviews: int | None, seed: str
) -> None:
    found = order(known, reviews, seed)

    assert sorted(found) == [one.id for one in BANK]
    new = [id_ for id_ in found if id_ not in known]
    if reviews is not None and new:
        assert found.index(new[0]) <= reviews


@given(known=MEMORIES)
def test_whoever_passes_on_and_on_sees_every_question_once_before_the_first_comes_again(
    known: dict[str, Memory],
) -> None:
    known = {id_: one for id_, one in known.items() if one.last.date() < NOW.date()}
    seen = [following(known)]
    for _ in BANK[1:]:
        seen.append(following(known, seen[-1] or ""))

    assert seen == order(known)
    assert following(known, seen[-1] or "") == seen[0]


def test_after_an_answer_the_order_begins_anew() -> None:
    known = {"q1": memory(due_in=-1), "q5": memory(due_in=4, last=-0.1)}

    assert following(known, "q5") == "q1"


def test_without_another_question_there_is_none() -> None:
    assert next_to_practise([], {}, NOW) is None
    assert next_to_practise([], {}, NOW, "q1") is None
    assert next_to_practise(BANK[:1], {}, NOW, "q0") is None
    assert next_to_practise(BANK[:1], {}, NOW, "gone") is BANK[0]


def test_members_meet_new_questions_in_an_order_of_their_own_that_stays() -> None:
    orders = {tuple(order({}, seed=f"member {number}")) for number in range(20)}

    assert len(orders) > 10
    assert order({}, seed="ana") == order({}, seed="ana")


def test_due_is_what_has_come_due_the_most_overdue_first() -> None:
    known = {"a": memory(due_in=0), "b": memory(due_in=-2), "c": memory(due_in=0.01)}

    assert due(known, NOW) == ["b", "a"]


def test_only_what_had_come_due_is_taken_off_the_days_reviews() -> None:
    today, yesterday = NOW - timedelta(hours=1), NOW - timedelta(hours=13)
    done = {f"q{number}": replace(memory(due_in=3, times=2), reviewed=today) for number in range(7)}
    others = {
        "again but not due": memory(due_in=3, last=-0.1, times=5),
        "reviewed yesterday": replace(memory(due_in=3), reviewed=yesterday),
    }

    assert reviews_left(others, NOW) == 5
    assert reviews_left({**others, "q0": done["q0"]}, NOW) == 4
    assert reviews_left(done, NOW) == 0
