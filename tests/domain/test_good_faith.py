from datetime import date

import pytest

from bot.domain.good_faith import copied_passages, in_good_faith, words
from bot.domain.question import KeyPoint, Level, Question

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
        "asdf",
        "Keine Ahnung",
        "I really have no idea what this is about",
        "No idea what that means, sorry",
        "I don't know. " * 20,
        "idk idk idk",
        "I have absolutely no idea",
        "I don't have a clue",
        "Honestly I have no idea about this one, sorry, will look tomorrow",
        "never heard of that",
        "no comment",
        "I don\u00adt k\u200cnow",
        "weiß nicht",
    ],
)
def test_saying_that_one_does_not_know_is_no_attempt(text: str) -> None:
    assert not in_good_faith(text, question())


@pytest.mark.parametrize(
    "text",
    [
        "asdfgh qwerty",
        "asdfasdf",
        "aaaa",
        "a" * 3_000,
        "xxx yyy",
        "blah blah blah",
        "fjkdls ghfjdk",
        "test test",
        "lorem ipsum",
    ],
)
def test_noise_is_no_attempt(text: str) -> None:
    assert not in_good_faith(text, question())


@pytest.mark.parametrize(
    "text",
    [
        "mlflow",
        "https",
        "test it",
        "blue, green",
        "kubectl",
        "A/B test",
        "1234 rows",
        "99",
        "99.9",
        "2020",
        "1234",
        "SSH",
        "rhythm",
    ],
)
def test_a_word_of_the_trade_is_no_noise(text: str) -> None:
    assert in_good_faith(text, question())


@pytest.mark.parametrize(
    "text",
    [
        "blue-green",
        "canary",
        "never",
        "rollback",
        "I would prefer a canary release",
        "prefer canary to blue-green",
        "I don't know the term, it is target leakage.",
        "dont know the name, out-of-fold encoding",
        "I don't know the term but I'd shift traffic in small steps",
        "I would prefer a canary release to blue-green when traffic is high",
        "Prefer canary when a fault would be dear; it costs you time and two versions side by side.",
        "test it on a few users first",
        "No idea about the name, but shift traffic slowly",
        "I have no idea how to call it: send one percent of the users there first and watch the errors",
        f"{HINT} With a canary only one percent of them do, and monitoring rolls it back.",
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
        "When would you prefer a canary release to a blue",
        "prefer a canary release to a blue-green deployment",
        HINT,
        HINT + HINT,
        "how many users meet a fault before anybody",
        f"{HINT} {TEXT}",
        f"{TEXT}\n\n{HINT} Please do so",
        f"Well, {HINT.lower()} And {TEXT}",
        f"I don't know. {TEXT}",
        f"{TEXT} No idea!",
        f"not sure: {HINT}",
        " ".join(sorted(TEXT.split())),
        " ".join(reversed(f"{HINT} {TEXT}".split())),
        "Think really of how basically many users well meet a actually fault before honestly anybody notices it.",
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


def test_words_are_lower_case_without_punctuation() -> None:
    assert words("Don’t use _this_ blue-green A/B, it's 50%!") == (  # noqa: RUF001 - as phones type it
        ["dont", "use", "this", "blue", "green", "a", "b", "its", "50"]
    )


def test_copied_passages_are_found_where_they_stand() -> None:
    text = "İ say: how many users meet a fault! That's it. WHAT DOES IT COST YOU? Money."

    spans = copied_passages(text, question(TEXT, HINT))

    assert [text[start:end] for start, end in spans] == ["how many users meet a fault", "WHAT DOES IT COST YOU"]
