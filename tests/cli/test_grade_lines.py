import argparse
import io
import json
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import grade
from bot.cli.grade_lines import graded

LINE: dict[str, Any] = {
    "question": "Why do we retrain a model?",
    "model_answer": "The distribution of the inputs drifts. Fresh labels let it follow customers again.",
    "reply": "The distribution of inputs drifts away.",
}


def run(*lines: object) -> list[dict[str, Any]]:
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    return [json.loads(json.dumps(one)) for one in graded(io.BytesIO(b"\n".join(raw)))]


def only(**changes: object) -> dict[str, Any]:
    (found,) = run(LINE | changes)
    return found


def verdicts(found: dict[str, Any]) -> list[str]:
    return [point["verdict"] for point in found["key_points"]]


def test_a_line_comes_back_with_its_share_and_a_verdict_for_each_clause_of_the_model_answer() -> None:
    found = only(number=7)

    assert {name: found[name] for name in LINE} == LINE
    assert found["number"] == 7
    assert 0 < found["share"] < 1
    assert [point["statement"] for point in found["key_points"]] == [
        "The distribution of the inputs drifts.",
        "Fresh labels let it follow customers again.",
    ]
    assert verdicts(found) == ["covered", "not seen"]
    assert found["key_points"][0]["evidence"] == "The distribution of inputs drifts away"


def test_key_points_may_be_texts_or_objects_with_phrasings() -> None:
    texts = only(key_points=["inputs drift in distribution", "fresh labels"])
    objects = only(
        key_points=[{"id": "drift", "statement": "covariate shift", "accepted": ["the distribution of inputs drifts"]}]
    )
    against = only(key_points=[{"statement": "inputs stay", "contradicted_by": ["distribution of inputs drifts away"]}])

    assert verdicts(texts) == ["covered", "not seen"]
    assert (objects["key_points"][0]["id"], verdicts(objects)) == ("drift", ["covered"])
    assert verdicts(against) == ["not seen"]
    assert against["key_points"][0]["evidence"]


def test_phrasings_are_of_the_whole_answer_or_of_a_key_point_by_id_or_statement_or_in_order() -> None:
    reply = "Reality moves on while weights are frozen."
    whole = only(reply=reply, phrasings=[reply])
    by_id = only(reply=reply, phrasings={"2": [reply]})
    in_order = only(reply=reply, phrasings=[[], [reply]])
    by_statement = only(reply=reply, phrasings={"Fresh labels let it follow customers again.": [reply]})

    assert only(reply=reply)["share"] == 0
    assert whole["share"] > 0.5
    assert verdicts(by_id) == verdicts(by_statement) == verdicts(in_order) == ["not seen", "covered"]
    assert only(reply=reply, phrasings={"1": [reply], "2": [reply]})["share"] == whole["share"]


def test_a_key_point_whose_id_is_null_has_its_number() -> None:
    found = only(key_points=[{"statement": "data drift", "id": None}])["key_points"]

    assert isinstance(found, list)
    assert found[0]["id"] == "1"


@pytest.mark.parametrize("reply", ["", "no idea", LINE["question"], "…", "Das ist nicht die Antwort auf alles, oder?"])
def test_what_is_no_attempt_or_in_another_language_has_no_share(reply: str) -> None:
    assert only(reply=reply)["share"] == 0


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"{bad", "is no JSON in UTF-8"),
        (b"\xff\xfe{}", "is no JSON in UTF-8"),
        (b'{"share": NaN}', "is no JSON in UTF-8"),
        (b'{"share": 1e999}', "is no JSON in UTF-8"),  # read as infinity, it could not be written again
        (b"[" * 100_000, "is no JSON in UTF-8"),
        ([1], "is no JSON object"),
        ({"question": "q", "model_answer": "a"}, "reply is missing"),
        (LINE | {"model_answer": 3}, "model_answer must be a text"),
        (LINE | {"key_points": []}, "key_points must be a list of 1 to 60"),
        (LINE | {"key_points": [3]}, "key point 1 must be a text, or an object with a statement"),
        (
            LINE | {"key_points": [{"statement": "a", "accepted": "b"}]},
            "accepted of key point 1 must be a list of texts",
        ),
        (
            LINE | {"key_points": [{"id": 1, "statement": "a"}, {"id": "1", "statement": "b"}]},
            "key_points has an id twice",
        ),
        (
            LINE | {"phrasings": "a"},
            "phrasings must be a list of texts, a list of such lists, or an object of them by key point",
        ),
        (LINE | {"phrasings": [None]}, "phrasings must be a list of texts"),
        (LINE | {"phrasings": [["a"]]}, "phrasings must have one list for each of the 2 key points"),
        (LINE | {"phrasings": [["a"], 3]}, "phrasings must be a list of texts"),
        (LINE | {"phrasings": {"9": []}}, "phrasings has '9', which is no key point's id or statement"),
        (b'"' + b"x" * 3_000_000 + b'"', "is longer than 1,000,000 bytes"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_the_rest_goes_on(line: object, says: str) -> None:
    good, bad, after = run(LINE, b"", line, LINE)[0], *run(LINE, b"", line, LINE)[1:]

    assert bad == {"line": 3, "error": f"line 3: {says}"}
    assert good == after


def test_each_line_is_answered_before_the_next_one_is_read() -> None:
    class Slowly(io.BytesIO):
        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            return json.dumps(LINE).encode() + b"\n"

    lines = Slowly()

    assert "share" in next(graded(lines))
    assert lines.asked == 1


@given(st.lists(st.binary(max_size=50), max_size=5), st.text(st.characters(codec=None)), st.text())
def test_any_input_is_answered(noise: list[bytes], reply: str, answer: str) -> None:
    found = run(*noise, LINE | {"reply": reply, "model_answer": answer, "phrasings": [reply]})

    assert 0 <= found[-1]["share"] <= 1
    assert all("share" in one or "error" in one for one in found)


def test_the_command_says_how_many_lines_could_not_be_graded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    grade.add_to(parser.add_subparsers(required=True))
    codes = []
    for text in (json.dumps(LINE), f"{json.dumps(LINE)}\nnonsense\n"):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        args = parser.parse_args(["grade", "--jsonl"])
        codes.append(args.run(args))

    said = capsys.readouterr()
    assert codes == [0, 1]
    assert ["error" in json.loads(line) for line in said.out.splitlines()] == [False, False, True]
    assert said.err == "1 line could not be graded; each says why\n"
