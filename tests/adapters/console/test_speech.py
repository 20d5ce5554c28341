import pytest

from adapters.console.speech import Line, is_name, nobody_speaks, parse, unfit_name, unknown_word


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("ana: hello", "ana", "hello"),
        ("  Ana:   hello  ", "ana", "hello"),
        ("ana:", "ana", ""),
        ("a-b_1: x: y", "a-b_1", "x: y"),
        ("hello", None, "hello"),
        ("http://example.org", None, "http://example.org"),
        ("böb: hello", None, "böb: hello"),
        ("ana:hello", "ana", "hello"),
        ("", None, ""),
    ],
)
def test_a_name_in_front_says_who_speaks(line: str, speaker: str | None, text: str) -> None:
    assert parse(line, None, ()) == Line(speaker=speaker, word=None, text=text)


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("hello", "ana", "hello"),
        ("ben: hello", "ben", "hello"),
        ("Ben: hello", "ben", "hello"),
        ("Drift: it changes", "ana", "Drift: it changes"),
        ("chris: hello", "chris", "hello"),
        ("ben:hello", "ben", "hello"),
        ("16:00 is late", "ana", "16:00 is late"),
        ("drift:it changes", "ana", "drift:it changes"),
        ("https://example.org", "ana", "https://example.org"),
    ],
)
def test_with_a_speaker_chosen_a_sentence_with_a_colon_is_no_person(line: str, speaker: str, text: str) -> None:
    assert parse(line, "ana", {"ana", "ben"}) == Line(speaker=speaker, word=None, text=text)


def test_while_an_answer_is_written_only_known_people_come_in_between() -> None:
    assert parse("drift: it changes", "ana", {"ana"}, writing=True).speaker == "ana"
    assert parse("ben: hello", "ana", {"ana", "ben"}, writing=True).speaker == "ben"
    assert parse("chris: /grade", "ana", {"ana"}, writing=True).speaker == "chris"


@pytest.mark.parametrize(
    ("line", "word", "text"),
    [
        ("/Quiz  Answer Me", "quiz", "Answer Me"),
        ("ana: /grade 1 3", "grade", "1 3"),
        ("/", "", ""),
        ("/quit", "quit", ""),
        ("1/2", None, "1/2"),
    ],
)
def test_a_slash_makes_a_word_of_what_follows(line: str, word: str | None, text: str) -> None:
    said = parse(line, "ana", {"ana"})

    assert (said.word, said.text) == (word, text)


def test_an_unknown_word_is_answered_with_the_nearest_one_or_the_way_to_all_of_them() -> None:
    assert unknown_word("gade") == "I don't know /gade; did you mean /grade?"
    assert unknown_word("zzzzzz") == "I don't know /zzzzzz; /help lists what there is."
    assert len(unknown_word("x" * 1_000_000)) < 100


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("Böb Smith", "bob-smith"), ("", "ana"), ("!!", "ana"), ("x" * 50, "x" * 32), ("\ud800", "ana")],
)
def test_an_unfit_name_is_answered_with_the_nearest_that_fits(text: str, nearest: str) -> None:
    assert not is_name(text)
    assert unfit_name(text) == f"A name is 1 to 32 letters, digits, - or _: {nearest} would do."
    assert is_name(nearest)


def test_a_line_of_nobody_is_answered_with_what_is_missing() -> None:
    assert nobody_speaks("hello") == "Say who speaks: write ana: and your text, or /as ana first."
    assert nobody_speaks("böb: hello") == unfit_name("böb")
