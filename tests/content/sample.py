"""Text of question files for tests: a good one, and the same with something changed."""

from pathlib import Path

from bot.domain.question import Question
from content.page import Fault
from content.schema import parse

FOLDER = "deployment"
ID = "canary-release"
PATH = Path(FOLDER) / f"{ID}.md"

FRONT = """\
id: canary-release
revision: 1
topic: deployment
level: foundation
question: What does a canary release of a model protect you from, and how?
key_points:
  - id: small-share
    statement: Only a small share of the traffic reaches the new version at first.
    weight: 2
    accepted:
      - five per cent of users see it before anybody else
      - you start with a slice of requests
      - most people stay on the version from yesterday
    contradicted_by:
      - everybody is switched over at once
  - id: guard-metrics
    statement: Guard metrics decide whether the share grows.
    weight: 3
    accepted:
      - error rate and latency gate each step
      - the ramp stops by itself when a number looks bad
      - a check on live measurements comes before every increase
  - id: quick-way-back
    statement: Going back is quick, since the old version still runs.
    weight: 1
    accepted:
      - rollback takes seconds
      - flip the traffic back to what is still up
      - no redeploy is needed to undo it
hints:
  - Who meets the new version first?
  - What would make you stop?
follow_up: How would you choose the size of the first step?
sources:
  - title: Canarying Releases
    by: Alec Warner and Štěpán Davidovič
    year: 2018
    url: https://sre.google/workbook/canarying-releases/
reviewed: 2026-11-23
tags: [deployment, rollout]
sample_replies:
  - kind: good
    text: >-
      You let a few per cent in, watch errors, and only open up if those stay fine. The old one is kept warm.
    labels: {small-share: made, guard-metrics: made, quick-way-back: made}
  - kind: partial
    text: Some users first, then the rest.
    labels: {small-share: made, guard-metrics: not-made, quick-way-back: not-made}
  - kind: wrong
    text: It is a test on a laptop.
    labels: {small-share: not-made, guard-metrics: not-made, quick-way-back: half-made}
"""

SENTENCE = "A new version meets a few requests first and gets more of them while its measurements stay good."
BODY = "\n\n".join(
    [
        "**In short.** " + SENTENCE,
        "Guard metrics decide whether the share of the traffic grows. The old version still runs, so going back is quick.",
        *[SENTENCE] * 4,
    ]
)


def question_file(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}---\n{body}\n"


def changed(old: str, new: str) -> str:
    """Return the good front matter with one piece replaced; the piece must be there."""
    assert old in FRONT, f"{old!r} is not in the sample"
    return FRONT.replace(old, new, 1)


def line_of(piece: str, text: str) -> int:
    """Return the line of the text, from 1, in which the piece first stands."""
    return text[: text.index(piece)].count("\n") + 1


def write_question(pack: Path, *, id_: str = ID, folder: str = FOLDER, text: str | None = None) -> Path:
    """Put a question file into a pack: the good one under another id and topic, or the text as given."""
    front = FRONT.replace(f"id: {ID}", f"id: {id_}", 1).replace(f"topic: {FOLDER}", f"topic: {folder}", 1)
    path = pack / folder / f"{id_}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(question_file(front) if text is None else text, encoding="utf-8")
    return path


def faults(text: str | bytes) -> tuple[Fault, ...]:
    """Read the text as the sample's file and return its faults, none if it is a question."""
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    found = parse(data, PATH, folder=FOLDER)
    return () if isinstance(found, Question) else found


def only_fault(text: str | bytes) -> Fault:
    found = faults(text)
    assert len(found) == 1, [str(fault) for fault in found]
    return found[0]
