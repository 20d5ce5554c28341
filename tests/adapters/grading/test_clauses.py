from hypothesis import given
from hypothesis import strategies as st

from adapters.grading.clauses import Clause, sentences, tokens


def clauses(text: str) -> list[Clause]:
    return [clause for sentence in sentences(text) for clause in sentence]


def cut(text: str) -> list[str]:
    return [text[clause[0].start : clause[-1].end] for clause in clauses(text)]


def test_sentences_lines_bullets_and_brackets_are_clauses() -> None:
    text = "First one. Second one!\n- a bullet\n• another; done (as said) — so"

    assert cut(text) == ["First one", "Second one", "a bullet", "another", "done", "as said", "so"]


def test_a_long_sentence_is_cut_at_commas_and_conjunctions() -> None:
    text = "the canary meets five per cent, which we watch for an hour, and then the share grows to all"

    assert cut(text) == [
        "the canary meets five per cent",
        "which we watch for an hour",
        "and then the share grows to all",
    ]


def test_short_pieces_stay_together() -> None:
    assert cut("precision, recall and F1, not accuracy") == ["precision, recall and F1, not accuracy"]


def test_dots_and_hyphens_within_words_cut_nothing() -> None:
    assert cut("v1.2 of scikit-learn needs python3.11") == ["v1.2 of scikit-learn needs python3.11"]


def test_words_are_compared_without_apostrophes_and_slashes() -> None:
    found = tokens("Don’t A/B-test the model's CI/CD")  # noqa: RUF001 - as phones type it

    assert [token.word for token in found] == ["dont", "ab", "test", "the", "models", "ci", "cd"]


def test_neighbours_know_what_they_make_as_one_word() -> None:
    found = tokens("roll back, roll-back\nblue/green")

    assert [token.joined for token in found] == ["", "rollback", "", "rollback", "", "bluegreen"]


@given(st.text(st.characters(codec=None)))
def test_every_word_is_in_exactly_one_clause_and_knows_its_place(text: str) -> None:
    dealt = [token for clause in clauses(text) for token in clause]

    assert dealt == tokens(text)
    assert all(clauses(text))
    assert all(0 <= token.start < token.end <= len(text) for token in dealt)
