"""Every sentence the bot says, by what it is about. A chat adds its own buttons and dates, never its own sentences."""

from bot.wording import (
    boards,
    changes,
    dates,
    desk,
    feedback,
    grades,
    members,
    phrasings,
    practice,
    programmes,
    regrading,
    replies,
    review,
)

__all__ = [
    "boards",
    "changes",
    "dates",
    "desk",
    "feedback",
    "grades",
    "members",
    "phrasings",
    "practice",
    "programmes",
    "regrading",
    "replies",
    "review",
]
