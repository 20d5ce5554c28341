from collections import Counter

from adapters.grading.abbreviations import TABLE, abbreviations
from adapters.grading.clauses import tokens
from adapters.grading.language import STOP_WORDS


def table() -> list[tuple[str, str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(short, long) for short, _, long in (line.partition(" = ") for line in lines)]


def test_the_table_has_each_short_form_once_in_order_and_in_lower_case() -> None:
    shorts = [short for short, _ in table()]

    assert [short for short, times in Counter(shorts).items() if times > 1] == []
    assert all(long and f"{short} = {long}" == f"{short} = {long}".lower() for short, long in table())


def test_no_short_form_is_a_word_that_says_nothing() -> None:
    assert not STOP_WORDS & {short for short, _ in table()}


def test_every_line_of_the_table_is_read() -> None:
    known = abbreviations()

    assert known.words.keys() | set(known.terms.values()) == {short for short, _ in table()}


def test_two_short_forms_of_one_term_are_the_same() -> None:
    assert len({token.word for text in ("AUC", "AUROC", "area under curve") for token in tokens(text)}) == 1


def test_a_term_is_one_word_at_its_place_and_not_across_the_end_of_a_sentence() -> None:
    found = tokens("use Population Stability-Index, not learning. Rate it")

    assert [(token.word, token.start, token.end) for token in found][1] == ("psi", 4, 30)
    assert [token.word for token in found][3:5] == ["learning", "rate"]
