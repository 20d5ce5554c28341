import argparse
import json
from datetime import UTC, datetime

import pytest

from bot.cli import schedule

EXAMPLE = "--at 09:00 --reveal-at 16:00 --zone Europe/Berlin --days mon-fri --from 2026-03-27"


def run(line: str | list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bot")
    schedule.add_to(parser.add_subparsers(required=True))
    args = parser.parse_args(["schedule", "preview", *(line.split() if isinstance(line, str) else line)])
    code: int = args.run(args)
    return code


def rounds(capsys: pytest.CaptureFixture[str], line: str) -> list[dict[str, str]]:
    assert run(line + " --json") == 0
    found: list[dict[str, str]] = json.loads(capsys.readouterr().out)
    return found


def test_json_is_a_list_of_dates_and_utc_instants(capsys: pytest.CaptureFixture[str]) -> None:
    found = rounds(capsys, EXAMPLE + " --count 2")

    assert found == [
        {"date": "2026-03-27", "asks_at": "2026-03-27T08:00:00Z", "reveals_at": "2026-03-27T15:00:00Z"},
        {"date": "2026-03-30", "asks_at": "2026-03-30T07:00:00Z", "reveals_at": "2026-03-30T14:00:00Z"},
    ]


def test_without_json_it_is_an_aligned_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(EXAMPLE + " --count 2") == 0

    assert capsys.readouterr().out.splitlines() == [
        "round           asks, Europe/Berlin     reveals, Europe/Berlin  asks, UTC         reveals, UTC",
        "fri 2026-03-27  2026-03-27 09:00 +0100  2026-03-27 16:00 +0100  2026-03-27 08:00  2026-03-27 15:00",
        "mon 2026-03-30  2026-03-30 09:00 +0200  2026-03-30 16:00 +0200  2026-03-30 07:00  2026-03-30 14:00",
    ]


def test_every_option_counts(capsys: pytest.CaptureFixture[str]) -> None:
    line = "--at 09:00 --reveal-at 08:00 --zone Europe/Berlin --days fri-mon --holidays DE-BE"

    found = rounds(capsys, line + " --every 2 --reveal-days 1 --from 2026-04-01 --count 4")

    assert [one["date"] for one in found] == ["2026-04-10", "2026-04-11", "2026-04-12", "2026-04-20"]
    assert found[0]["reveals_at"] == "2026-04-11T06:00:00Z"


def test_five_rounds_from_today_without_more_words(capsys: pytest.CaptureFixture[str]) -> None:
    line = "--at 09:00 --reveal-at 16:00 --zone UTC --days daily"
    before = datetime.now(UTC).date().isoformat()

    found = rounds(capsys, line)

    assert len(found) == 5
    assert before <= found[0]["date"] <= datetime.now(UTC).date().isoformat()


def test_a_thousand_rare_rounds_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    line = "--at 09:00 --reveal-at 16:00 --zone Europe/Berlin --days mon --every 52 --holidays DE"

    assert len(rounds(capsys, line + " --from 2026-03-27 --count 1000")) == 1000


def test_the_end_of_the_calendar_is_an_empty_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert rounds(capsys, EXAMPLE + " --from 9999-12-31") == []
    assert rounds(capsys, EXAMPLE + " --from 0001-01-01 --count 1")[0]["date"] == "0002-01-01"


def test_all_wrong_values_are_reported_together(capsys: pytest.CaptureFixture[str]) -> None:
    line = "--at 9:0 --reveal-at 25:00 --zone berln --days mun --holidays XX --every 0 --reveal-days 364"

    assert run(line + " --from 2026-02-30 --count 1001") == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert [sentence.split(":")[0] for sentence in err.splitlines()] == [
        "--at",
        "--reveal-at",
        "--days",
        "--every",
        "--reveal-days",
        "There is no time zone 'berln'",
        "No holidays are known for 'XX'",
        "--from",
        "--count",
    ]


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--count", "0", "--count: '0' is not possible: write a whole number from 1 to 1000."),
        ("--count", "-5", "--count: '-5' is not possible: write a whole number from 1 to 1000."),
        ("--count", "٣", "--count: '٣' is not possible: write a whole number from 1 to 1000."),
        ("--from", "20260327", "--from: '20260327' is not a date: write year, month and day as 2026-03-27."),
        (
            "--zone",
            "localtime",
            "There is no time zone 'localtime': use a name of the IANA database, such as Europe/Berlin.",
        ),
        ("--zone", "", "There is no time zone '': use a name of the IANA database, such as Europe/Berlin."),
        (
            "--reveal-at",
            "09:00",
            "The reveal at 09:00 is not later than the question at 09:00: choose a later time for it.",
        ),
    ],
)
def test_a_wrong_value_gets_a_sentence(
    capsys: pytest.CaptureFixture[str], option: str, value: str, sentence: str
) -> None:
    assert run([*EXAMPLE.split(), option, value]) == 2

    assert capsys.readouterr().err == sentence + "\n"
