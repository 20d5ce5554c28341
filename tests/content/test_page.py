"""What is no question file at all gets a sentence, and never more than that."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.content.sample import BODY, FRONT, SENTENCE, changed, faults, line_of, only_fault, question_file

pytestmark = pytest.mark.usefixtures("each_loader")

GOOD = question_file().encode()


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"", 1, "the file is empty"),
        (b" \r\n\n", 1, "the file is empty"),
        (b"x" * 10_000_000, 1, "the file has more than 100,000 bytes"),
        (b"# A question\n", 1, "a question file starts with a line '---'"),
        (b"--- \nid: x\n", 1, "the front matter that starts here is not closed"),
        (b"---", 1, "the front matter that starts here is not closed"),
        (b"---\nid: caf\xe9\n---\n", 2, "the file is not UTF-8 text (byte 0xe9): save it as UTF-8"),
        ("---\nid: x\n---\n".encode("utf-16"), 1, "the file is not UTF-8 text"),
    ],
    ids=["empty", "blank", "10 MB", "no front matter", "not closed", "one line", "latin-1", "utf-16"],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(data: bytes, line: int, message: str) -> None:
    fault = only_fault(data)

    assert fault.line == line
    assert message in fault.message


@pytest.mark.parametrize(
    ("front", "line", "message"),
    [
        ("", 2, "the front matter is empty"),
        ("# only a comment\n", 2, "the front matter is empty"),
        ("just text\n", 2, "the front matter must be a mapping of keys to values, not 'just text'"),
        ("- id: x\n", 2, "the front matter must be a mapping of keys to values, not a list"),
        ("id: x\nquestion: what: then\n", 3, "this is not valid YAML"),
        ("id: x\n\tlevel: expert\n", 3, "this is not valid YAML"),
        ("id: x\nlevel: 'y\ntopic: z\n", 4, "this is not valid YAML "),
        ("id: x\n--- more\nid: y\n", 4, "this is not valid YAML"),
        ('id: "\\UFFFFFFFF"\n', 2, "this is not valid YAML"),
        ("%YAML " + "9" * 5_000 + ".1\n", 2, "this is not valid YAML"),
        ("id: &a x\ntopic: *a\n", 3, "an alias (*name) is not allowed"),
        ("id: x\ntopic: " + "[" * 9 + "]" * 9 + "\n", 3, "nested more than 8 deep"),
        ("id: x\ntopic: " + "[" * 50_000 + "\n", 3, "nested more than 8 deep"),
        ("id: x\n" + "- " * 49_000 + "\n", 3, "this is not valid YAML"),
        ("- " * 49_000 + "\n", 2, "nested more than 8 deep"),
    ],
)
def test_front_matter_that_is_no_tree_of_a_question_gets_a_sentence(front: str, line: int, message: str) -> None:
    fault = only_fault(question_file(front))

    assert message in fault.message
    assert fault.line == line


def test_a_quote_that_is_not_closed_is_named_with_the_line_that_it_starts_in() -> None:
    assert (
        "a quoted scalar, from line 3: found unexpected end of stream"
        in only_fault(question_file("id: x\nlevel: 'y\ntopic: z\n")).message
    )


def test_a_billion_laughs_are_refused_at_once() -> None:
    laughs = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

    assert only_fault(question_file(laughs)).line == 3


def test_faults_of_the_model_answer_are_named_beside_broken_front_matter() -> None:
    assert len(faults(question_file("id: [\n", "Too short."))) == 2


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\ufeff"])
def test_a_control_character_is_named_with_its_line(char: str) -> None:
    text = question_file(changed("Guard metrics", f"Guard{char} metrics"))

    fault = only_fault(text)

    assert f"the line holds U+{ord(char):04X}, a control character" in fault.message
    assert fault.line == line_of("Guard", text)


def test_half_a_surrogate_pair_is_a_sentence_raw_or_escaped() -> None:
    assert "not UTF-8" in only_fault(question_file(changed("Guard", "Guard\ud800"))).message
    assert (
        only_fault(question_file(changed("Guard metrics decide whether the share grows.", '"Guard \\ud800"'))).line
        == 18
    )


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "the model answer is missing: write 80 to 250 words"),
        ("word " * 79, "the model answer has 79 words; 80 to 250 are allowed"),
        ("word " * 251, "the model answer has 251 words; 80 to 250 are allowed"),
        ("sixteen-letters " * 101, "the model answer has 1,615 characters; at most 1,600 are allowed"),
    ],
)
def test_a_model_answer_of_the_wrong_size_is_named_with_its_size(body: str, message: str) -> None:
    assert message in only_fault(question_file(body=body)).message


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("## In short", "a heading"),
        ("=====", "a heading"),
        ("---", "a heading or a rule"),
        ("| a | b |", "a table"),
        ("![picture](https://x.example/y.png)", "an image"),
        ("Use <b>this</b> instead", "raw HTML"),
        ("<!-- note -->", "raw HTML"),
    ],
)
def test_a_model_answer_is_plain_markdown(line: str, what: str) -> None:
    text = question_file(body=f"{BODY}\n\n{line}\n\nThe end.")

    fault = only_fault(text)

    assert what in fault.message
    assert fault.line == text[: text.rindex(line)].count("\n") + 1


def test_code_lists_and_addresses_are_plain_enough() -> None:
    body = f"{BODY}\n\n- P(y|x) < 0.1 and `<b>`\n- <https://x.example/>\n\n```\n# a comment\n| pipe\n```"

    assert faults(question_file(body=body)) == ()


@settings(max_examples=150)
@given(data=st.binary(max_size=400))
def test_any_bytes_end_in_sentences(data: bytes) -> None:
    assert faults(data)
    assert all(str(fault).encode() for fault in faults(b"---\n" + data + b"\n---\n" + SENTENCE.encode()))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """The good file with up to five pieces cut out, doubled or replaced by something that YAML takes seriously."""
    data = GOOD
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        seasoned = st.sampled_from(
            [b": ", b"- ", b"{", b"[", b"&a ", b"*a", b"!!int ", b'"', b"'", b"\\", b"|", b"? ", b"<<: "]
        )
        data = (
            data[:start] + draw(st.one_of(st.just(data[start:end] * 2), seasoned, st.binary(max_size=4))) + data[end:]
        )
    return data


@settings(max_examples=300)
@given(data=mutated())
def test_a_good_file_with_anything_done_to_it_is_a_question_or_ends_in_sentences(data: bytes) -> None:
    lines = data.count(b"\n") + data.count(b"\r") + 1

    for fault in faults(data):
        assert 1 <= fault.line <= lines
        assert "\n" not in str(fault)
        assert str(fault).encode()


def test_the_sample_itself_is_good() -> None:
    assert FRONT
    assert faults(GOOD) == ()
