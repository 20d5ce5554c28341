from datetime import date
from pathlib import Path

from bot.ports import Severity
from content.bank import Bank, default_packs
from content.checks import examined, packs


async def test_the_bots_own_pack_gives_no_cause_for_concern() -> None:
    bank = Bank.load(default_packs()).all()

    (fine,) = examined(default_packs(), max(one.reviewed for one in bank))

    assert fine.severity is Severity.OK
    assert f"{len(bank)} questions in 1 pack" in fine.said
    assert fine == (await packs(default_packs()))[0]


def test_questions_that_nobody_has_reviewed_for_two_years_are_named() -> None:
    fine, stale = examined(default_packs(), date(2100, 1, 1))

    assert (fine.severity, stale.severity) == (Severity.OK, Severity.WARNING)
    assert stale.said.startswith(
        f"{len(Bank.load(default_packs()).all())} questions out of rotation, for the review is too old: "
    )
    assert stale.said.endswith(" …")
    assert len(stale.said.rpartition(": ")[2].split(", ")) == 3


def test_files_with_faults_are_counted_and_how_to_see_them_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_text("---\n---\n")

    _, left_out = examined([*default_packs(), tmp_path], date(2026, 11, 26))

    assert (left_out.severity, left_out.said) == (Severity.WARNING, "1 file left out, for faults")
    assert "content check" in left_out.remedy


def test_without_a_question_nothing_can_be_asked(tmp_path: Path) -> None:
    (found,) = examined([tmp_path], date(2026, 11, 26))

    assert found.severity is Severity.FAULT
