"""The figures about the grader are the right ones, and nothing is fitted on what it is judged by."""

import json
from pathlib import Path

import pytest

from benchmarks import blind, grading
from benchmarks.agreement import calibrated, kappa, pearson, rmse, spearman
from benchmarks.fit_grading import Scored, fitted, rates
from bot.domain.question import Label
from content.bank import Bank, default_packs
from tests.world import question

HUMAN = [0.0, 0.25, 0.5, 0.75, 1.0]


def test_agreement_is_one_with_oneself_and_least_with_the_opposite() -> None:
    opposite = HUMAN[::-1]

    assert pearson(HUMAN, HUMAN) == spearman(HUMAN, HUMAN) == kappa(HUMAN, HUMAN) == pytest.approx(1)
    assert pearson(HUMAN, opposite) == spearman(HUMAN, opposite) == pytest.approx(-1)
    assert kappa(HUMAN, opposite) < 0
    assert pearson(HUMAN, [0.5] * 5) == kappa([0.5] * 5, [0.5] * 5) == 0


def test_ranks_look_at_the_order_alone_and_ties_share_one() -> None:
    assert spearman(HUMAN, [0.1, 0.11, 0.12, 0.9, 0.91]) == pytest.approx(1)
    assert spearman([1.0, 1.0, 2.0], [3.0, 3.0, 9.0]) == pytest.approx(1)


def test_rmse_is_in_the_unit_of_the_grades() -> None:
    assert rmse([0.0, 1.0], [0.5, 0.5]) == 0.5


def test_calibration_never_looks_at_the_question_that_it_is_for() -> None:
    scores, groups = [0.1, 0.2, 0.1, 0.2], ["a", "a", "b", "b"]

    fitted_scores = calibrated(scores, [0.4, 0.8, 0.0, 0.0], groups)

    assert fitted_scores == pytest.approx([0.0, 0.0, 0.4, 0.8])
    assert calibrated([0.3], [1.0], ["a"]) == [0.3]


def test_the_threshold_that_tells_best_apart_is_found() -> None:
    scored = [Scored(question=0, score=score, made=score > 0.5) for score in HUMAN]

    assert 0.5 < fitted(scored, scored) <= 0.75
    assert rates(scored, 0.6).balanced == 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    replies = {
        "inputs drift and fresh labels help": 1.0,
        "inputs drift; labels are fresh": 1.0,
        "inputs drift": 0.5,
        "it is cheap on Sundays": 0.0,
        " ": 0.0,
    }
    file = tmp_path / "graded.jsonl"
    lines = [
        {
            "dataset": "small",
            "question_id": number,
            "question": f"Why retrain model {number}?",
            "model_answer": "Inputs drift. Fresh labels help.",
            "reply": reply,
            "score_0_1": score,
        }
        for number in ("1", "2")
        for reply, score in replies.items()
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return file


@pytest.mark.parametrize(("learn", "left"), [(0, 8), (1, 6), (9, 4)])
def test_blank_replies_and_those_that_are_learnt_from_are_not_scored(
    path: Path, capsys: pytest.CaptureFixture[str], learn: int, left: int
) -> None:
    assert grading.main([str(path), "--learn", str(learn)]) == 0

    _, heads, small, mean = capsys.readouterr().out.splitlines()
    assert heads.split() == ["data", "set", "replies", "r", "alone", "ticks", "words", "rho", "rmse", "kappa", "ms"]
    assert small.split()[:2] == ["small", str(left)]
    assert mean.split()[1:9] == small.split()[1:9]
    learnt, alone = map(float, small.split()[2:4])
    assert learnt > 0.8
    assert learn or alone == learnt
    assert learn != 1 or alone < learnt


def test_each_blind_reply_has_a_label_for_every_key_point_of_its_question() -> None:
    bank = Bank.load(default_packs()).questions

    for one in blind.read():
        assert one.labels.keys() == {point.id for point in bank[one.question].key_points}, one.question


def test_a_blind_reply_is_learnt_from_by_others_alone() -> None:
    asked = question()
    labels = {"alpha": Label.MADE, "beta": Label.NOT_MADE, "gamma": Label.NOT_MADE}
    one, other = (
        blind.Blind(
            writer=name,
            question=asked.id,
            kind="good",
            reply=f"{opening} the harbour pilot boards first",
            labels=labels,
        )
        for name, opening in (("ana", "I say"), ("ben", "To me"))
    )

    def ticked(replies: list[blind.Blind], learn: int) -> int:
        return sum(told.ticked for _, told in blind.judged(replies, {asked.id: asked}, learn, 0))

    assert ticked([one, other], 0) == ticked([one], 1) == 0
    assert ticked([one, other], 1) == 2


def test_what_the_blind_replies_tell_is_printed_by_kind_and_writer(capsys: pytest.CaptureFixture[str]) -> None:
    assert blind.main(["--seed", "1"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert [line.split("made")[0].strip() for line in lines[1:]] == [
        "another side", "first writer", "good", "misleading", "partial", "second writer", "wrong", "all",
    ]  # fmt: skip
    assert "balanced" in lines[-1]
