import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import member_id
from bot.domain.reply import FORM, MAX_REPLY, Part, PointVerdict, Suggestion, Verdict, clean, standing, ticks_named

ANA = member_id("console", "home", "ana")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  a reply \n", "a reply"),
        ("one\r\ntwo\rthree\u2028four\x85five", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a\tb"),
        ("a\x00b\x1b[31mc\x7f\x9f", "ab[31mc"),
        ("half \ud83d a pair", "half ? a pair"),
        ("\u200b\ufeff \u2060", ""),
        ("gpj.\u202egnp", "gpj.gnp"),
        ("👩\u200d💻 שלום", "👩\u200d💻 שלום"),
        ("", ""),
    ],
)
def test_what_is_kept_of_a_text(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(st.text(st.characters(codec=None)))
def test_any_text_can_be_cleaned_stored_and_cleaned_again(text: str) -> None:
    kept = clean(text)

    assert clean(kept) == kept
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", kept) is None


@pytest.mark.parametrize(
    ("text", "ticks"),
    [
        ("1 3", [True, False, True]),
        (" 3,1 ", [True, False, True]),
        ("2 2", [False, True, False]),
        ("None", [False, False, False]),
        ("", None),
        ("0", None),
        ("1 4", None),
        ("01", None),
        ("1 none", None),
        ("\N{SUPERSCRIPT TWO}", None),
        ("1-3", None),
    ],
)
def test_key_points_are_ticked_by_their_numbers(text: str, ticks: list[bool] | None) -> None:
    assert ticks_named(text, 3) == ticks


def test_only_what_is_covered_is_ticked() -> None:
    suggestion = Suggestion(
        verdicts=tuple(PointVerdict(verdict=verdict) for verdict in Verdict), grader="lexical", version="1"
    )

    assert suggestion.ticks == (True, False, False, False)


def part(text: str, *, version: int = 1, withdrawn: bool = False) -> Part:
    return Part(text=text, version=version, withdrawn=withdrawn)


def test_messages_are_joined_in_the_order_in_which_they_were_written() -> None:
    reply = standing(ANA, {"10": part("third"), "9": part("second", version=7), "8": part("first")})

    assert reply
    assert (reply.text, reply.version, reply.visible) == ("first\nsecond\nthird", 7, True)
    assert reply.parts == ("8", "9", "10")


def test_a_form_beats_messages_until_it_is_withdrawn() -> None:
    said = {"1": part("open"), FORM: part("private")}

    beaten = standing(ANA, said)
    alone = standing(ANA, {**said, FORM: part("", withdrawn=True)})

    assert beaten
    assert (beaten.text, beaten.visible) == ("private", False)
    assert alone
    assert (alone.text, alone.visible) == ("open", True)


def test_messages_have_the_room_of_one_reply_together_in_characters_not_bytes() -> None:
    said = {"1": part("\N{WOMAN}" * 1_500), "2": part("\u05e9" * 1_500), "3": part("x" * 1_499), "4": part("y")}

    reply = standing(ANA, said)

    assert reply
    assert reply.parts == ("1", "3")  # the second has no room; the third has, with the line end between
    assert len(reply.text) == MAX_REPLY


def test_a_message_counts_as_soon_as_there_is_room() -> None:
    said = {"1": part("a" * 2_000), "2": part("b" * 2_000)}

    before, after = standing(ANA, said), standing(ANA, {**said, "1": part("", version=2, withdrawn=True)})

    assert before
    assert before.parts == ("1",)
    assert after
    assert after.parts == ("2",)


def test_nothing_stands_of_what_was_withdrawn() -> None:
    assert standing(ANA, {"1": part("", withdrawn=True)}) is None
    assert standing(ANA, {}) is None


@given(
    st.dictionaries(st.integers(1, 400).map(str), st.integers(1, MAX_REPLY).map(lambda n: part("x" * n))), st.randoms()
)
def test_what_stands_does_not_depend_on_the_order_of_arrival(said: dict[str, Part], chance: random.Random) -> None:
    shuffled = dict(chance.sample(list(said.items()), len(said)))

    reply = standing(ANA, shuffled)

    assert reply == standing(ANA, said)
    assert len(reply.text if reply else "") <= MAX_REPLY
