from datetime import date

import pytest

from bot.domain.ids import (
    erased_id,
    is_erased,
    is_part,
    is_round_id,
    last_part,
    member_id,
    place_id,
    platform_of,
    programme_and_date,
    programme_of,
    round_id,
    team_of,
)

PLACE = place_id("slack", "T024", "C17")
DAY = date(2026, 11, 23)


def test_ids_read_as_the_design_says() -> None:
    assert PLACE == "slack:T024:C17"
    assert member_id("slack", "T024", "U9") == "slack:T024:U9"
    assert round_id(programme_of(PLACE), DAY) == "slack:T024:C17:2026-11-23"
    assert round_id(programme_of(PLACE), DAY, 2) == "slack:T024:C17:2026-11-23.2"


@pytest.mark.parametrize("number", [1, 2, 13])
def test_a_rounds_id_can_be_taken_apart(number: int) -> None:
    assert programme_and_date(round_id(programme_of(PLACE), DAY, number)) == (programme_of(PLACE), DAY, number)


@pytest.mark.parametrize("text", ["", "x", "2026-11-23", "slack:T024:C17", "slack:T024:C17:today"])
def test_what_no_round_is_called(text: str) -> None:
    assert is_round_id(round_id(programme_of(PLACE), DAY))
    assert not is_round_id(text)


def test_every_id_knows_its_platform_and_team() -> None:
    for id_ in (PLACE, member_id("slack", "T024", "U9"), programme_of(PLACE), round_id(programme_of(PLACE), DAY)):
        assert (platform_of(id_), team_of(id_)) == ("slack", "slack:T024")
    assert platform_of(team_of(PLACE)) == "slack"
    assert last_part(PLACE) == "C17"


@pytest.mark.parametrize("part", ["C17", "general", "café", "a.b-c_d", "x" * 64])
def test_what_may_be_part_of_an_id(part: str) -> None:
    assert is_part(part)


@pytest.mark.parametrize("part", ["", "a:b", "a b", "a\n", "a/b", "a|b", "\x7f", "x" * 65])
def test_what_may_not_is_refused_with_what_would_be_right(part: str) -> None:
    assert not is_part(part)
    with pytest.raises(ValueError, match="1 to 64 characters"):
        place_id("slack", part, "C17")


def test_who_was_erased_is_known_by_the_name_and_by_nothing_else() -> None:
    name = erased_id(team_of(PLACE), "5f2c")

    assert name == "slack:T024:~5f2c"
    assert is_erased(name)
    assert not is_erased(member_id("slack", "T024", "U9"))
