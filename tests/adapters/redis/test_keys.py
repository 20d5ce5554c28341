from datetime import date
from fnmatch import fnmatchcase

import pytest

from adapters.redis import key_parts, keys
from adapters.redis.lifetimes import PERMANENT, board_seconds
from bot.domain.ids import programme_of, round_id, team_of
from bot.domain.round import Step
from bot.domain.score import PeriodKind, period
from tests.world import ANA, MONDAY, PLACE, TODAY

PREFIX = "studybot:console:home:"


def test_every_key_of_a_team_has_the_teams_prefix() -> None:
    of_rounds = [
        key(TODAY)
        for key in (
            keys.round_,
            keys.replies,
            keys.late_replies,
            keys.deliveries,
            keys.suggestions,
            keys.grades,
            keys.ledger,
        )
    ]
    of_places = [key(PLACE) for key in (keys.place, keys.rounds, keys.asked, keys.streaks, keys.changes)]
    of_teams = [
        key(team_of(PLACE))
        for key in (keys.team_asked, keys.taken, keys.closing, keys.unsettled, keys.hidden_members, keys.rights)
    ]
    others = [key(programme_of(PLACE)) for key in (keys.programme, keys.plan)]
    others += [key(PLACE, "a delivery\nof any text") for key in (keys.by_hand, keys.skipped)]
    of_members = [keys.memories(ANA), keys.attempt(ANA, "q1"), keys.practice_deliveries(ANA)]
    boards = [keys.board(scope, period(kind, MONDAY)) for scope in (PLACE, team_of(PLACE)) for kind in PeriodKind]

    every = [*of_rounds, *of_places, *of_teams, *others, *of_members, *keys.with_twins(boards)]

    assert all(key.startswith(PREFIX) for key in every)
    assert len(set(every)) == len(every)


def test_there_is_one_ledger_a_place_and_month_of_the_rounds_own_date() -> None:
    programme = programme_of(PLACE)

    first, last = (keys.ledger(round_id(programme, date(2025, 3, day), 2)) for day in (1, 31))

    assert first == last == f"{PREFIX}ledger:general:2025-03"
    assert keys.ledger(round_id(programme, date(2025, 4, 1))) != last
    assert key_parts.place_of_ledger(first) == PLACE


@pytest.mark.parametrize(("kind", "days"), [("day", 400), ("week", 400), ("month", 0), ("season", 0), ("all", 0)])
def test_only_boards_of_days_and_weeks_run_out(kind: PeriodKind, days: int) -> None:
    which = period(PeriodKind(kind), MONDAY)

    assert board_seconds(which) == days * 86_400
    boards = keys.with_twins(keys.board(scope, which) for scope in (PLACE, team_of(PLACE)))
    permanent = [any(fnmatchcase(board, one) for one in PERMANENT) for board in boards]
    assert permanent == [not days] * 4


def test_an_entry_names_its_step_and_its_round() -> None:
    assert keys.entry(Step.REVEAL, TODAY) == "reveal:console:home:general:2025-03-03"


def test_a_key_says_what_it_holds_and_of_what() -> None:
    assert (key_parts.kind(keys.replies(TODAY)), key_parts.id_of(keys.replies(TODAY))) == ("replies", TODAY)
    assert (key_parts.kind(keys.streaks(PLACE)), key_parts.id_of(keys.streaks(PLACE))) == ("streaks", PLACE)
    board = keys.board(team_of(PLACE), period(PeriodKind.ALL, MONDAY))
    assert (key_parts.kind(board), key_parts.id_of(board)) == ("team-board", "console:home:all")
    assert key_parts.shown_board(keys.hidden_board(board)) == key_parts.shown_board(board) == board


def test_what_is_one_members_alone_is_nobody_elses() -> None:
    assert key_parts.is_of(f"{PREFIX}memories:ana", ANA)
    assert key_parts.is_of(f"{PREFIX}attempt:ana:q1", ANA)
    assert not key_parts.is_of(f"{PREFIX}attempt:anamaria:q1", ANA)
    assert not key_parts.is_of(f"{PREFIX}attempt:eva:ana", ANA)
    assert not key_parts.is_of("studybot:console:away:memories:ana", ANA)
