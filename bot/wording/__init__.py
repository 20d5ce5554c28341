"""Every sentence the bot says, by what it is about. A chat adds its own buttons and dates, never its own sentences."""

from bot.wording import (
    boards,
    changes,
    dates,
    desk,
    feedback,
    grades,
    labels,
    members,
    outside,
    phrasings,
    practice,
    programmes,
    regrading,
    replies,
    review,
    texts,
)

__all__ = [
    "boards",
    "changes",
    "dates",
    "desk",
    "feedback",
    "grades",
    "labels",
    "members",
    "outside",
    "phrasings",
    "practice",
    "programmes",
    "regrading",
    "replies",
    "review",
    "texts",
]
