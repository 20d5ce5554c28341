"""The page for those who write questions: the file that it explains is one that the check has nothing to say about."""

import re
from pathlib import Path

from bot.cli.graded import graded
from content.bank import Bank
from content.proof import proofread

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")


def test_the_explained_file_has_no_fault(tmp_path: Path) -> None:
    blocks = re.findall(r"^```(?:yaml|markdown)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    file = tmp_path / "releases" / "friday-release.md"
    file.parent.mkdir()
    file.write_text("".join(blocks), encoding="utf-8")

    bank = Bank.load([tmp_path])

    assert [str(fault) for fault in bank.faults] == []
    (question,) = bank.all()
    assert [str(fault) for fault in (*proofread(bank, question.reviewed), *graded(bank))] == []


def test_the_pack_of_the_everyday_conversation_has_no_fault() -> None:
    bank = Bank.load([ROOT / "docs" / "everyday-pack"])

    today = max(question.reviewed for question in bank.all())
    assert [str(fault) for fault in (*bank.faults, *proofread(bank, today), *graded(bank))] == []


def test_those_who_want_to_contribute_are_led_there() -> None:
    assert "(docs/questions.md)" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
