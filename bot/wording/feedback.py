"""What is said of feedback on questions."""

from collections.abc import Mapping

from bot.domain.feedback import Feedback

WHAT = "Say what it is: /quiz feedback wrong, unclear, outdated or great, after the date if it is an earlier question; none takes it back."
NOT_YET = "That question is not revealed here, so there is nothing to say of it yet."
TAKEN_BACK = "Taken back: nothing of yours is counted for that question."


def noted(what: Feedback) -> str:
    return (
        f"Noted: {what}. Whoever looks after the quiz here sees how many say so, not who; another word takes its place."
    )


def counts(said: Mapping[Feedback, int]) -> str:
    """How many said what, in one order always."""
    return ", ".join(f"{said[what]} {what}" for what in Feedback if said.get(what))
