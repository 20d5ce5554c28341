"""The conversation of the documentation, as a newcomer would type it, says what its transcript says."""

from tests.cli.everyday import EXPECTED, alike, transcript


def test_the_transcript_of_the_documentation_is_what_the_bot_says() -> None:
    assert alike(transcript()) == alike(EXPECTED.read_text(encoding="utf-8"))
