from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import programme_of
from bot.domain.round import MOVES, Round, RoundState
from tests.mischief import MORNING
from tests.world import BY_HAND, MONDAY, PLACE, TODAY, question

ROUND = Round(
    id=TODAY,
    place=PLACE,
    question=question(),
    state=RoundState.OPEN,
    asks_at=MORNING,
    reveals_at=MORNING + timedelta(hours=7),
)


def test_a_round_knows_its_programme_and_date_by_its_id() -> None:
    assert (ROUND.programme, ROUND.date) == (programme_of(PLACE), MONDAY)
    assert replace(ROUND, id=BY_HAND).date == MONDAY


def test_a_round_skipped_before_a_question_was_chosen_has_none_to_show() -> None:
    assert ROUND.asked() == question()
    with pytest.raises(ValueError, match="skipped before one was chosen"):
        replace(ROUND, question=None).asked()


def test_nothing_moves_backwards_and_every_state_has_its_moves() -> None:
    order = list(RoundState)

    assert set(MOVES) == set(RoundState)
    assert all(order.index(after) > order.index(state) for state, moves in MOVES.items() for after in moves)
    assert MOVES[RoundState.REVEALED] == MOVES[RoundState.SKIPPED] == frozenset()
