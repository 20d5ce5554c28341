"""What members say of a question once they know its answer."""

from enum import StrEnum


class Feedback(StrEnum):
    WRONG = "wrong"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    GREAT = "great"
