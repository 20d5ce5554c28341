"""What Discord's errors mean for people."""

import pytest

from adapters.discord.refusals import (
    BY_PLACE,
    BY_TOKEN,
    GONE,
    LIMITED,
    NOT_TOLD,
    OURS,
    OVER,
    PASSING,
    THREAD_IS_THERE,
    refusal,
)
from bot.ports import BotRefused

POST = "POST /channels/{channel_id}/messages"


def test_no_error_is_of_two_kinds() -> None:
    kinds = (BY_PLACE, BY_TOKEN, LIMITED, OURS, OVER, PASSING)

    assert sum(len(kind) for kind in kinds) == len({error for kind in kinds for error in kind})


def test_what_is_made_up_for_in_one_place_has_a_sentence_for_all_others() -> None:
    assert BY_PLACE.keys() >= (GONE | NOT_TOLD)
    assert THREAD_IS_THERE not in BY_PLACE


@pytest.mark.parametrize("code", [*BY_PLACE, *BY_TOKEN])
def test_a_sentence_fits_into_the_notice_that_quotes_it(code: int) -> None:
    sentence = str(refusal(POST, code))

    assert sentence[0].islower() or sentence.startswith("Discord")
    assert not sentence.endswith(".")
    assert str(code) not in sentence


def test_an_error_that_nobody_knows_is_told_by_its_number() -> None:
    assert str(refusal(POST, 99999)) == f"Discord refused {POST} (99999)"


@pytest.mark.parametrize("code", [401, 404, 40001, 40002, 50035, 0])
def test_what_is_wrong_with_the_bot_itself_can_be_told_from_a_place_that_refuses(code: int) -> None:
    assert isinstance(refusal(POST, code), BotRefused)
    assert not isinstance(refusal(POST, 50013), BotRefused)
