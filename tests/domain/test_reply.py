import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.question import KeyPoint, Level, Question
from bot.domain.reply import MAX_REPLY, PointVerdict, Suggestion, Verdict, clean, in_good_faith, ticks_named, words

TEXT = "When would you prefer a canary release to a blue-green deployment, and what does it cost you?"
HINT = "Think of how many users meet a fault before anybody notices it."


def question(text: str = TEXT, *hints: str) -> Question:
    return Question(
        id="q",
        revision=1,
        topic="deployment",
        level=Level.FOUNDATION,
        text=text,
        key_points=(KeyPoint(id="k", statement="s", weight=1, accepted=("a",)),),
        model_answer="",
        sources=(),
        reviewed=date(2026, 11, 23),
        hints=hints,
    )


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


@pytest.mark.parametrize("text", ["", "   ", "?!", "…", "👍👍", "___", "\u200b"])
def test_a_reply_without_a_word_is_none(text: str) -> None:
    assert not in_good_faith(text, question())


@pytest.mark.parametrize(
    "text",
    [
        "I don't know",
        "i don’t know.",  # noqa: RUF001 - as phones type it
        "idk",
        "IDK, sorry!",
        "Sorry, I really don't know the answer to this one",
        "no idea tbh",
        "Not sure yet",
        "pass",
        "n/a",
        "N.A.",
        "TODO",
    ],
)
def test_saying_that_one_does_not_know_is_no_attempt(text: str) -> None:
    assert not in_good_faith(text, question())


@pytest.mark.parametrize(
    "text",
    [
        "blue-green",
        "canary",
        "never",
        "rollback",
        "I would prefer a canary release",
        "prefer canary to blue-green",
        "I don't know the term but I'd shift traffic in small steps",
        "I would prefer a canary release to blue-green when traffic is high",
        "Prefer canary when a fault would be dear; it costs you time and two versions side by side.",
        "test it on a few users first",
    ],
)
def test_short_or_unsure_replies_with_the_questions_words_are_attempts(text: str) -> None:
    assert in_good_faith(text, question(TEXT, HINT))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper() + "!!",
        TEXT.replace("canary", "canarry"),
        TEXT.replace("When", "So when"),
        TEXT.removeprefix("When "),
        TEXT.removesuffix("you?"),
        TEXT.replace(" and", ""),
        TEXT + " please",
        f"{TEXT} {TEXT}\n{TEXT}",
        "prefer a canary release to a blue-green deployment",
        HINT,
        HINT + HINT,
        "how many users meet a fault before anybody",
    ],
)
def test_the_question_or_a_hint_copied_is_no_attempt(text: str) -> None:
    assert not in_good_faith(text, question(TEXT, HINT))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Does concept drift always show in the inputs?", "Concept drift does not always show in the inputs"),
        ("Is it right that a bandit needs no fixed split?", "Is it right that a bandit needs no fixed split? No"),
        ("Is it right that a bandit needs no fixed split?", "Yes: it is right that a bandit needs no fixed split"),
        ("Drift always hurts the model in the end.", "Drift never hurts the model in the end."),
        ("Canary or blue-green?", "Canary, then blue-green"),
        ("Why?", "why not"),
    ],
)
def test_answering_a_question_in_its_own_words_is_an_attempt(asked: str, text: str) -> None:
    assert in_good_faith(text, question(asked))


@pytest.mark.parametrize("asked", ["What is drift?", "Canary or blue-green?"])
def test_a_short_question_copied_whole_is_no_attempt(asked: str) -> None:
    assert not in_good_faith(asked.lower(), question(asked))


def test_a_question_without_words_has_no_copies() -> None:
    assert in_good_faith("an answer of five words", question("?"))


def test_the_words_of_an_earlier_visible_reply_are_a_copy() -> None:
    earlier = "A canary limits how many users meet a fault."

    assert not in_good_faith("a canary limits how many users meet a fault", question(), ["other words", earlier])
    assert in_good_faith("a canary limits how many people meet a fault", question(), [earlier])


def test_two_may_give_the_same_short_answer() -> None:
    assert in_good_faith("blue-green", question(), ["Blue-green!"])


def test_words_are_lower_case_without_punctuation() -> None:
    assert words("Don’t use _this_ blue-green A/B, it's 50%!") == (  # noqa: RUF001 - as phones type it
        ["dont", "use", "this", "blue", "green", "a", "b", "its", "50"]
    )


def test_good_faith_is_judged_within_a_millisecond() -> None:
    asked = question(TEXT, HINT, HINT, HINT)
    long = (TEXT * 40)[:MAX_REPLY]

    def once() -> float:
        start = time.perf_counter()
        in_good_faith(long, asked)
        return time.perf_counter() - start

    assert min(once() for _ in range(50)) < 0.001


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
