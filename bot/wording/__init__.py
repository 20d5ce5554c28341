"""Every sentence the bot says, by what it is about. A chat adds its own buttons and dates, never its own sentences."""

from bot.wording import boards, dates, desk, grades, members, programmes, replies

__all__ = ["boards", "dates", "desk", "grades", "members", "programmes", "replies"]
