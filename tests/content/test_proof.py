"""What proofreading finds: each fault with its line and a sentence."""

from datetime import date
from pathlib import Path

import pytest

from content.bank import Bank, default_packs
from content.language import spellings
from content.page import Fault
from content.proof import MAX_REVEAL, out_of_date, proofread
from tests.content.sample import BODY, FRONT, changed, line_of, question_file, write_question

TODAY = date(2026, 11, 26)


def found(pack: Path, text: str) -> tuple[Fault, ...]:
    write_question(pack, text=text)
    bank = Bank.load([pack])
    assert [str(fault) for fault in bank.faults] == []
    return proofread(bank, TODAY) + out_of_date(bank, TODAY)


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        (
            "reviewed: 2026-11-23",
            "reviewed: 2024-11-20",
            "reviewed:",
            "the review of 2024-11-20 is too old: read the question against its sources again, and renew reviewed",
        ),
        (
            "reviewed: 2026-11-23",
            "reviewed: 2026-11-23\nreview_after: 2026-11-25",
            "review_after:",
            "the review of 2026-11-23 is too old: read the question against its sources again, and renew reviewed",
        ),
        (
            "reviewed: 2026-11-23",
            "reviewed: 2026-11-27",
            "reviewed:",
            "reviewed must not lie in the future, and today is 2026-11-26",
        ),
        (
            "- What would make you stop?",
            "- Do guard metrics decide whether the crowd grows?",
            "- Do guard",
            "hint gives the key point 'guard-metrics' away: both say 'guard metrics decide whether the'",
        ),
        (
            "text: It is a test on a laptop.",
            "text: It is a test. Start with a laptop and a slice of its requests.",
            "- you start with a slice",
            "accepted phrasing 'you start with a slice of requests' also fits sample reply 3, which is wrong: say more of it",
        ),
        (
            "- rollback takes seconds",
            "- this is what you want",
            "- this is",
            "accepted phrasing 'this is what you want' has no word of its subject: say more of the idea",
        ),
        (
            "- everybody is switched over at once",
            "- the canary protects",
            "- the canary",
            "contradicting phrasing 'the canary protects' has no word that the question has not: say more of the idea",
        ),
        (
            "- everybody is switched over at once",
            "- the canary protects nobody from wolves",
            "- the canary",
            "contradicting phrasing 'the canary protects nobody from wolves' hangs on one word, which right replies have too",
        ),
        (
            "- rollback takes seconds",
            "- the traffic",
            "- the traffic",
            "accepted phrasing 'the traffic' hangs on one common word: say more of the idea",
        ),
        (
            "- rollback takes seconds",
            "- its behavior is undone, as its colour and its behaviour are known",
            "- its behavior",
            "'behavior' is American spelling, and most words of these files are British",
        ),
    ],
)
def test_a_fault_is_found_in_its_line(tmp_path: Path, old: str, new: str, at: str, message: str) -> None:
    text = question_file(changed(old, new))

    assert [(one.line, one.message) for one in found(tmp_path, text)] == ([(line_of(at, text), message)])


def test_a_good_question_has_nothing_to_mend(tmp_path: Path) -> None:
    assert found(tmp_path, question_file()) == ()


def test_a_reveal_that_fits_no_message_is_named_with_its_length(tmp_path: Path) -> None:
    source = FRONT[FRONT.index("  - title") : FRONT.index("reviewed")]
    longer = source.replace("Canarying Releases", "Long title " * 26).replace("Alec Warner", "Somebody else " * 18)
    long = longer * 6
    (fault,) = found(tmp_path, question_file(FRONT.replace(source, long), BODY + " Wordwordword" * 60))

    assert f"one message takes {MAX_REVEAL:,}" in fault.message


def test_of_two_questions_that_are_nearly_the_same_the_later_one_is_named_with_the_other(tmp_path: Path) -> None:
    first = write_question(tmp_path)
    front = changed("protect you from, and how?", "protect its users from, and in what way?")
    second = write_question(tmp_path, id_="zebra", text=question_file(front.replace("id: canary-release", "id: zebra")))

    (fault,) = proofread(Bank.load([tmp_path]), TODAY)

    assert (fault.path, fault.line) == (second, line_of("question:", question_file()))
    assert fault.message.startswith(f"this asks nearly the same as {first}")


def test_american_files_are_held_to_american_spelling(tmp_path: Path) -> None:
    (fault,) = found(tmp_path, question_file(body=BODY + " Analyze the color of a labeled behaviour."))

    assert fault.message == "'behaviour' is British spelling, and most words of these files are American"
    assert fault.line == question_file(body=BODY).rstrip("\n").count("\n") + 1


def test_names_addresses_and_code_are_spelt_as_they_are(tmp_path: Path) -> None:
    text = question_file(
        changed("title: Canarying Releases", "title: Analyzing behavior"), BODY + " `optimize()` for its behaviour."
    )

    assert found(tmp_path, text) == ()


@pytest.mark.parametrize("word", ["size", "prize", "surprise", "revised", "analyses", "program", "tokenizer", "hour"])
def test_words_that_both_sides_spell_alike_are_nobodys(word: str) -> None:
    assert list(spellings(word)) == []


def test_the_bank_has_nothing_to_mend() -> None:
    bank = Bank.load(default_packs())

    today = max(question.reviewed for question in bank.all())
    assert [str(fault) for fault in proofread(bank, today)] == []
