"""A question file is read whole, or every fault of it is named with its line."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.question import Label, Level, Question
from content.page import Fault
from content.schema import parse
from tests.content.sample import BODY, FOLDER, FRONT, ID, PATH, changed, faults, line_of, only_fault, question_file

pytestmark = pytest.mark.usefixtures("each_loader")


def test_a_good_file_becomes_a_question_with_everything_that_is_in_it() -> None:
    question = parse(question_file().encode(), PATH, folder=FOLDER)

    assert isinstance(question, Question)
    assert (question.id, question.revision, question.topic, question.level) == (ID, 1, FOLDER, Level.FOUNDATION)
    assert question.text == "What does a canary release of a model protect you from, and how?"
    assert [(point.id, point.weight) for point in question.key_points] == [
        ("small-share", 2),
        ("guard-metrics", 3),
        ("quick-way-back", 1),
    ]
    assert question.key_points[0].accepted[1] == "you start with a slice of requests"
    assert question.key_points[0].contradicted_by == ("everybody is switched over at once",)
    assert question.key_points[1].contradicted_by == ()
    assert question.model_answer == BODY
    assert question.sources[0].by == "Alec Warner and Štěpán Davidovič"
    assert (question.sources[0].year, question.reviewed) == (2018, date(2026, 11, 23))
    assert question.hints == ("Who meets the new version first?", "What would make you stop?")
    assert question.follow_up == "How would you choose the size of the first step?"
    assert question.tags == ("deployment", "rollout")
    assert [sample.kind for sample in question.samples] == ["good", "partial", "wrong"]
    assert question.samples[2].labels == {
        "small-share": Label.NOT_MADE,
        "guard-metrics": Label.NOT_MADE,
        "quick-way-back": Label.HALF_MADE,
    }


def test_what_is_read_holds_for_windows_and_old_line_ends_and_a_byte_order_mark() -> None:
    as_is = parse(question_file().encode(), PATH, folder=FOLDER)

    for ends in ("\r\n", "\r"):
        data = b"\xef\xbb\xbf" + question_file().replace("\n", ends).encode()
        assert parse(data, PATH, folder=FOLDER) == as_is


def test_hints_tags_and_contradictions_may_be_left_out() -> None:
    front = FRONT.replace("tags: [deployment, rollout]\n", "")
    front = front.replace("    contradicted_by:\n      - everybody is switched over at once\n", "")
    start, end = front.index("hints:"), front.index("follow_up:")

    question = parse(question_file(front[:start] + front[end:]).encode(), PATH, folder=FOLDER)

    assert isinstance(question, Question)
    assert (question.hints, question.tags, question.key_points[0].contradicted_by) == ((), (), ())


ONE_FAULT = [
    ("id: canary-release", "id: Canary Release", "lower-case"),
    ("id: canary-release", "id: blue-green", "file's name without .md, which is 'canary-release'"),
    ("id: canary-release", "id: on", "YAML reads 'on' as a boolean: put it in quotes"),
    ("revision: 1", "revision: 0", "whole number from 1 to 9999, not '0'"),
    ("revision: 1", "revision: '1'", "revision must be a whole number from 1 to 9999, without quotes, not '1'"),
    ("revision: 1", "revision: one", "whole number from 1 to 9999, not 'one'"),
    ("revision: 1", "revision: 1.0", "whole number"),
    ("revision: 1", "revision: 0x1", "whole number"),
    ("revision: 1", "revision: 999999999999999999999", "whole number"),
    ("revision: 1", "revision: [1]", "not a list"),
    ("revision: 1", "revision: {a: b}", "not a mapping"),
    ("topic: deployment", "topic: monitoring", "file's folder, which is 'deployment'"),
    ("topic: deployment", "topic: CI/CD", "lower-case"),
    ("level: foundation", "level: beginner", "level must be foundation, practitioner or expert, not 'beginner'"),
    ("level: foundation", "level: yes", "level must be foundation, practitioner or expert, not 'yes'"),
    ("level: foundation", "level: [expert]", "level must be foundation, practitioner or expert, not a list"),
    ("level: foundation", "level:", "level must be foundation"),
    ("question: What does", "question: " + "w" * 300 + " What does", "question has 365 characters; at most 300 are allowed"),
    ("hints:", "hints_: []\nhints:", "unknown key 'hints_'; did you mean hints?"),
    ("hints:", "zzz: []\nhints:", "unknown key 'zzz'; known are id, revision"),
    ("revision: 1\n", "revision: 1\nrevision: 2\n", "the key 'revision' stands twice, first in line 3: keep one of them"),
    ("revision: 1\n", "revision: 1\nyes: 2\n", "a key must be text, but YAML reads 'yes' as a boolean"),
    ("revision: 1\n", "revision: 1\n? [a]\n: 2\n", "a key must be text, but YAML reads a list as a list"),
    ("statement: Only a", "statement: " + "s" * 160 + " Only a", "statement has 228 characters; at most 160"),
    ("statement: Guard", "statements: Guard", "statement"),
    ("weight: 2", "weight: 6", "weight must be a whole number from 1 to 5, not '6'"),
    ("weight: 2", "weight: -1", "weight must be a whole number from 1 to 5, not '-1'"),
    ("      - you start with a slice of requests\n", "", "accepted has 2 items; 3 to 26 are allowed"),
    ("- you start with a slice of requests", "- 'no'\n      - no", "must be text, but YAML reads 'no' as a boolean"),
    ("- you start with a slice of requests", "- 2026-11-23", "accepted phrasing must be text, but YAML reads '2026-11-23' as a date"),
    ("- you start with a slice of requests", "- 42", "as a whole number"),
    ("- you start with a slice of requests", "- !thing x y", "as something special"),
    ("- you start with a slice of requests", "-", "accepted phrasing is empty: it must be text"),
    ("- you start with a slice of requests", "- '  '", "accepted phrasing has no words: write 1 to 200 characters"),
    ("- you start with a slice of requests", "- '?!'", "accepted phrasing has no words"),
    ("- you start with a slice of requests", "- start: with", "accepted phrasing must be text, not a mapping"),
    ("- you start with a slice of requests", "- !!str [with]", "accepted phrasing must be text, not a list"),
    ("- you start with a slice of requests", '- "start \\a here"', "holds U+0007, a control character"),
    ("- everybody is switched over at once", "- 'Rollback: takes seconds'", "is accepted in line 28: it cannot be both"),
    ("- everybody is switched over at once", "- one way\n      - two ways\n      - three ways\n      - four ways", "contradicted_by has 4 items"),
    ("contradicted_by:\n      - everybody is switched over at once", "contradicted_by: everybody", "must be a list, not 'everybody'"),
    ("- Who meets the new version first?", "- You START with a slice, of requests...", "gives the key point 'small-share' away"),
    ("- What would make you stop?", "- Guard metrics decide whether the share grows, mostly.", "'guard-metrics'"),
    ("- What would make you stop?", "- a\n  - b\n  - c", "hints has 4 items; 0 to 3 are allowed"),
    ("- What would make you stop?", "- " + "h" * 201, "hint has 201 characters; at most 200"),
    ("follow_up: How", "follow_up: " + "h" * 300 + " How", "follow_up has 349 characters; at most 300"),
    ("follow_up: How would you choose the size of the first step?\n", "", "lacks the key 'follow_up'"),
    ("title: Canarying Releases", "title:", "title is empty: it must be text"),
    ("title: Canarying Releases", "title: ~", "YAML reads '~' as nothing: put it in quotes"),
    ("title: Canarying Releases", "titel: Canarying Releases", "title"),
    ("year: 2018", "year: 1949", "year must be a whole number from 1950 to 2027, not '1949'"),
    ("year: 2018", "year: 2028", "year must be a whole number from 1950 to 2027, not '2028'"),
    ("url: https://", "url: ftp://", "url must be an address that starts with https:// or http://"),
    ("url: https://", "url: ", "url must be an address"),
    ("url: https://sre.google", "url: https://", "url must be an address"),
    ("reviewed: 2026-11-23", "reviewed: last week", "reviewed must be a date such as 2026-11-23, not 'last week'"),
    ("reviewed: 2026-11-23", "reviewed: 2026-02-30", "reviewed must be a date"),
    ("reviewed: 2026-11-23", "reviewed: 2026-11-23\nreview_after: 2026-11-22", "review_after must not be before reviewed, which is 2026-11-23"),
    ("reviewed: 2026-11-23", "reviewed: 2026-11-23\nreview_after: soon", "review_after must be a date such as 2026-11-23, not 'soon'"),
    ("reviewed: 2026-11-23", "reviewed: [2026-11-23]", "reviewed must be a date such as 2026-11-23, not a list"),
    ("tags: [deployment, rollout]", "tags: [rollout, Rollout]", "tag 'Rollout' stands twice, first in line 41: keep one"),
    ("kind: partial", "kind: middling", "kind must be good, partial, wrong or misleading, not 'middling'"),
    ("kind: wrong", "kind: partial", "no wrong or misleading reply"),
    ("kind: good", "kind: partial", "no good reply"),
    ("text: Some users first, then the rest.", "text: " + "s" * 3001, "text has 3,001 characters; at most 3,000"),
    ("guard-metrics: made,", "", "labels lacks the key point 'guard-metrics': label it made, half-made or not-made"),
    ("guard-metrics: made,", "guard-metrics: yes,", "guard-metrics must be made, half-made or not-made, not 'yes'"),
    ("{small-share: made,", "{small-share: made, guard-metric: made,", "no key point's id; did you mean guard-metrics?"),
    ("{small-share: made,", "{small-share: made, 'off': made,", "'off', which is no key point's id"),
    ("{small-share: made,", "{small-share: made, small-share: made,", "the key 'small-share' stands twice"),
    ("labels: {small-share: made, guard-metrics: made, quick-way-back: made}", "labels: made", "must be a mapping"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), ONE_FAULT)
def test_a_fault_is_named_with_what_would_be_right(old: str, new: str, message: str) -> None:
    assert any(message in fault.message for fault in faults(question_file(changed(old, new))))


@pytest.mark.parametrize(
    ("old", "new", "at"),
    [
        ("id: canary-release", "id: canary", "id:"),
        ("level: foundation", "level: easy", "level:"),
        ("weight: 3", "weight: 30", "weight: 30"),
        ("- rollback takes seconds", "- no", "- no"),
        ("- rollback takes seconds", "- >-\n        " + "word " * 50, "- >-"),
        ("year: 2018", "year: next", "year:"),
        ("reviewed: 2026-11-23", "reviewed: soon", "reviewed:"),
        ("kind: partial", "kind: half", "kind: half"),
        ("text: >-", "text: >-\n      Rollback takes ages.\n    txt: >-", "txt:"),
        ("      - no redeploy is needed to undo it\n", "", "accepted:\n      - rollback"),
        ("    weight: 1\n", "", "id: quick-way-back"),
        ("text: It is a test", "text: Rollback takes seconds. It is a test", "- rollback takes seconds"),
        (
            "guard-metrics: not-made, quick-way-back: not-made",
            "quick-way-back: made",
            "labels: {small-share: made, quick",
        ),
    ],
)
def test_a_fault_has_the_line_that_it_stands_in(old: str, new: str, at: str) -> None:
    text = question_file(changed(old, new))

    assert only_fault(text).line == line_of(at, text)


def test_all_faults_of_a_file_come_at_once_in_the_order_of_their_lines() -> None:
    front = (
        changed("level: foundation", "level: easy").replace("weight: 3", "weight: 9").replace("year: 2018", "year: 18")
    )

    found = faults(question_file(front, "Too short."))

    assert [fault.line for fault in found] == sorted(fault.line for fault in found)
    assert [fault.message.split()[0] for fault in found] == ["level", "weight", "year", "the"]


def test_a_fault_reads_as_file_line_and_sentence() -> None:
    fault = only_fault(question_file(changed("weight: 3", "weight: 9")))

    assert str(fault) == f"{PATH}:19: weight must be a whole number from 1 to 5, not '9'"


def test_a_fault_in_a_file_with_an_odd_name_can_be_printed() -> None:
    assert str(Fault(path=Path("caf\udce9.md"), line=1, message="m")).encode()


def test_faults_are_the_only_result_of_an_unknown_key_beside_a_missing_one() -> None:
    text = question_file(changed("statement: Guard", "statemnt: Guard"))

    assert {(fault.line, fault.message) for fault in faults(text)} == {
        (line_of("statemnt", text), "key point has an unknown key 'statemnt'; did you mean statement?"),
        (line_of("id: guard-metrics", text), "key point lacks the key 'statement'"),
    }


def test_an_empty_mapping_lacks_every_required_key() -> None:
    found = faults(question_file("{}\n"))

    assert len(found) == 10
    assert all("the front matter lacks the key" in fault.message and fault.line == 2 for fault in found)


def test_a_key_point_that_stands_twice_is_named_with_the_first_one() -> None:
    found = faults(question_file(changed("id: guard-metrics", "id: small-share")))

    assert any(
        "id 'small-share' stands twice, first in line 8" in fault.message and fault.line == 17 for fault in found
    )


def test_labels_are_left_alone_while_a_key_point_has_no_readable_id() -> None:
    assert only_fault(question_file(changed("id: guard-metrics", "id: [guard-metrics]"))).line == 17


def test_a_wrong_label_is_named_even_while_there_are_no_key_points_to_compare_with() -> None:
    start, end = FRONT.index("key_points:"), FRONT.index("hints:")
    text = question_file((FRONT[:start] + FRONT[end:]).replace("half-made", "half"))

    assert [fault.message for fault in faults(text)] == [
        "the front matter lacks the key 'key_points'",
        "quick-way-back must be made, half-made or not-made, not 'half'",
    ]


def test_labels_that_are_missing_or_no_mapping_are_one_fault() -> None:
    labels = "    labels: {small-share: made, guard-metrics: not-made, quick-way-back: not-made}\n"

    assert only_fault(question_file(changed(labels, ""))).message == "sample reply lacks the key 'labels'"
    assert "labels must be a mapping" in only_fault(question_file(changed(labels, "    labels: made\n"))).message


def test_a_phrasing_may_not_stand_twice_whatever_its_case_and_punctuation() -> None:
    text = question_file(changed("- you start with a slice of requests", "- Rollback, takes seconds!"))

    fault = only_fault(text)

    assert fault.message == "accepted phrasing 'rollback takes seconds' stands twice, first in line 13: keep one"
    assert fault.line == line_of("- rollback takes seconds", text)


def test_an_accepted_phrasing_in_a_wrong_reply_is_a_fault_and_in_a_good_one_is_not() -> None:
    wrong = question_file(changed("text: It is", "text: Rollback takes SECONDS, so it is"))
    good = question_file(changed("You let a few", "Rollback takes seconds. You let a few"))

    assert "stands word for word in sample reply 3, which is wrong" in only_fault(wrong).message
    assert faults(good) == ()


def test_only_whole_words_in_a_row_give_a_hint_or_a_reply_away() -> None:
    assert faults(question_file(changed("text: It is", "text: Some rollback takes secondsish. It is"))) == ()


@pytest.mark.parametrize(
    "broken", ["https://[sre.google/", "https://[x]/", "https:// sre.google/", "https:///path", "sre.google"]
)
def test_an_address_that_no_browser_could_open_is_a_fault(broken: str) -> None:
    text = question_file(changed("https://sre.google/workbook/canarying-releases/", f"'{broken}'"))

    assert only_fault(text).message.startswith("url must be an address that starts with https:// or http://")


def test_an_id_that_another_file_has_is_a_fault_that_names_that_file() -> None:
    found = parse(question_file().encode(), PATH, folder=FOLDER, taken={ID: Path("other") / PATH})

    assert isinstance(found, tuple)
    assert [(fault.line, fault.message) for fault in found] == [
        (2, f"id '{ID}' is also that of {Path('other') / PATH}: an id is unique over all packs")
    ]
