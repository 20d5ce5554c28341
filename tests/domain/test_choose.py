from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.choose import Asked, History, choose
from bot.domain.question import Level, Question
from tests.world import question

DAY = date(2025, 3, 3)
BANK = [question(number) for number in range(6)]


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def chosen(bank: list[Question], history: History | None = None, seed: str = "s", **wanted: object) -> str | None:
    found = choose(bank, history or History(), DAY, seed, **wanted)  # type: ignore[arg-type]
    return found.id if found else None


def played(bank: list[Question], days: int, **wanted: object) -> list[Question]:
    """Ask one question a day in one place, and return them in order."""
    asked: dict[str, Asked] = {}
    team: dict[str, date] = {}
    order = []
    for number in range(days):
        day = DAY + timedelta(days=number)
        found = choose(bank, History(asked=asked, team=team), day, f"seed {day}", **wanted)  # type: ignore[arg-type]
        assert found
        times = asked[found.id].times + 1 if found.id in asked else 1
        asked[found.id], team[found.id] = Asked(times=times, last=day), day
        order.append(found)
    return order


def test_an_empty_bank_has_no_question() -> None:
    assert chosen([]) is None


def test_the_same_bank_history_date_and_seed_give_the_same_question_in_whatever_order_the_bank_is() -> None:
    assert chosen(BANK) == chosen(BANK[::-1])
    assert len({chosen(BANK, seed=f"seed {number}") for number in range(50)}) == len(BANK)


def test_only_wanted_topics_and_levels_come() -> None:
    assert {chosen(BANK, seed=str(n), topics={"serving"}) for n in range(20)} == {"q1", "q4"}
    assert {chosen(BANK, seed=str(n), levels={Level.EXPERT: 2, Level.FOUNDATION: 0}) for n in range(20)} == {"q2", "q5"}
    assert chosen(BANK, topics={"data"}, levels={Level.EXPERT: 1}) is None


def test_nothing_comes_again_before_all_of_the_wanted_bank_has_come() -> None:
    order = [question.id for question in played(BANK, 6)]

    assert sorted(order) == sorted(one.id for one in BANK)


def test_topics_rotate() -> None:
    order = [question.topic for question in played(BANK, 6)]

    assert sorted(order[:3]) == ["data", "serving", "training"]
    assert order[3:] == order[:3]


def test_levels_come_in_the_wanted_mix() -> None:
    bank = [question(n, topic="data", level=list(Level)[n % 3]) for n in range(60)]

    order = [
        one.level for one in played(bank, 20, levels={Level.FOUNDATION: 3, Level.PRACTITIONER: 5, Level.EXPERT: 2})
    ]

    assert [order.count(level) for level in Level] == [6, 10, 4]


def test_a_question_rests_for_thirty_days_after_it_was_asked_anywhere_in_the_team() -> None:
    team = {one.id: ago(30) for one in BANK[1:]}

    assert chosen(BANK, History(team=team)) == "q0"
    assert chosen(BANK, History(team={**team, "q1": ago(31), "q0": ago(1)})) == "q1"


def test_if_everything_rests_the_one_that_rested_longest_comes() -> None:
    team = {one.id: ago(number + 1) for number, one in enumerate(BANK)}

    assert chosen(BANK, History(team=team)) == "q5"


def test_if_everything_rests_one_that_is_new_to_the_place_comes_before_those_it_knows() -> None:
    team = {one.id: ago(number + 1) for number, one in enumerate(BANK)}
    asked = {id_: Asked(times=1, last=team[id_]) for id_ in ("q5", "q4", "q3")}

    assert chosen(BANK, History(asked=asked, team=team)) == "q2"


def test_of_those_asked_on_one_day_the_one_asked_first_comes() -> None:
    for order in (["q3", "q1", "q2"], ["q2", "q3", "q1"]):
        assert chosen(BANK[1:4], History(team=dict.fromkeys(order, DAY))) == order[0]


def test_what_is_open_in_the_team_may_not_come_whatever_else_holds() -> None:
    team = {one.id: ago(number + 1) for number, one in enumerate(BANK)}

    assert chosen(BANK, History(team=team, taken={"q5"})) == "q4"
    assert chosen(BANK, History(taken={one.id for one in BANK})) is None


def test_after_exhaustion_what_the_team_did_worst_comes_back_first() -> None:
    shares: Mapping[str, float | None] = {"q0": 0.9, "q1": 0.2, "q2": 0.5, "q3": 0.7, "q4": 0.2, "q5": 0.6}
    asked = {id_: Asked(times=1, last=ago(50 if id_ == "q4" else 40), share=share) for id_, share in shares.items()}

    assert chosen(BANK, History(asked=asked)) == "q4"  # as badly as q1, and longer ago
    assert chosen(BANK, History(asked={**asked, "q3": Asked(times=1, last=ago(40))})) == "q3"  # nobody answered it
    assert chosen(BANK, History(asked={**asked, "q4": Asked(times=2, last=ago(50), share=0.0)})) == "q1"


@given(st.integers(1, 12), st.integers(1, 90))
def test_a_bank_however_small_always_has_a_question(size: int, days: int) -> None:
    order = played([question(number) for number in range(size)], days)

    assert len(order) == days
    assert all(first.id != second.id for first, second in pairwise(order)) or size == 1


OLD = date(2020, 1, 1)


def test_a_question_whose_review_is_too_old_does_not_come() -> None:
    bank = [*BANK[:2], question(2, reviewed=OLD), question(3, review_after=ago(1))]

    assert {chosen(bank, seed=str(seed)) for seed in range(50)} == {"q0", "q1"}


def test_one_with_an_old_review_comes_only_where_no_other_may() -> None:
    bank = [question(0), question(1, reviewed=OLD)]

    assert chosen(bank, History(team={"q0": ago(3)})) == "q0"  # one that rests is still the better one
    assert chosen(bank, History(taken={"q0"})) == "q1"
    assert chosen(bank[1:]) == "q1"
