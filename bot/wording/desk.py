"""Help, and what is said of commands that cannot be carried out."""

from collections.abc import Mapping

NOT_DONE = "Something on our side did not answer in time, so this may not have been done. Please look in a moment, and try again."
NOT_OPENED = "Something on our side did not answer in time, so the form cannot be opened now. Nothing has changed; please try again in a moment."
NOT_ADMIN = "Only those who look after the quiz in this place can do that. Ask one of them, or an admin of this workspace or server."
HELP_TITLE = "A question a day, answered in private, revealed with sources"
HELP: tuple[tuple[str, str], ...] = (
    ("/quiz answer", "write or change your private reply to the open question"),
    (
        "/quiz grade [DATE] [1 3|none]",
        "see your own grade after the reveal; with numbers, keep exactly these key points",
    ),
    (
        "/quiz appeal [DATE] [1 3] -- REASON",
        "ask whoever looks after the quiz to count key points of your reply that do not count",
    ),
    (
        "/quiz ask [topic] [level]",
        "a question to practise alone, at once and without points; what you missed comes back",
    ),
    ("/quiz feedback [DATE] wrong|unclear|outdated|great", "say what you think of a question that was revealed"),
    ("/quiz leaderboard [day|week|month|season|all] [team]", "the ranking; /leaderboard is short for it"),
    ("/quiz me", "your own rounds, points, streak and shares, and what to practise"),
    ("/quiz hide, unhide", "take your name off every board of the team, or put it back; your points stay"),
    ("/quiz export, forget-me", "a copy of all that is kept of you, or have it deleted"),
    ("/quiz help", "this list"),
    (
        "/quiz-admin status [changes]",
        "for those who look after the quiz: what comes next, what came last and who changed what",
    ),
    ("/quiz-admin review", "what was ticked above the suggestion or appealed for, to be accepted or overruled"),
    ("/quiz-admin phrasings QUESTION", "ways of putting its key points that were learnt here, to be dropped or edited"),
    ("/quiz-admin regrade [DATE]", "grade a question anew with what was learnt since; it says first what would change"),
    ("/quiz-admin next [swap]", "see the next question before the others do; swap takes another one"),
    ("/quiz-admin skip", "leave the next scheduled question out; streaks are not broken by that"),
    ("/quiz-admin setup [at=09:00 reveal=16:00 zone=Europe/Berlin days=mon-fri]", "set the quiz up here, or change it"),
    ("/quiz-admin ask-now, reveal-now", "ask or reveal at once instead of waiting for the time"),
    ("/quiz-admin pause, resume, remove", "stop asking for a while, go on, or end the quiz here"),
)
HELP_CLOSING = "2 points for any honest reply, up to 8 for its key points. None for speed, none for length."


MEANT: Mapping[str, Mapping[str, str]] = {
    "quiz": {
        "complain": "/quiz appeal",
        "delete-me": "/quiz forget-me",
        "practice": "/quiz ask",
        "practise": "/quiz ask",
        "rank": "/quiz leaderboard",
        "reply": "/quiz answer",
        "score": "/quiz me",
        "stats": "/quiz me",
        "streak": "/quiz me",
        "swap": "/quiz-admin next swap",
        "top": "/quiz leaderboard",
    },
    "quiz-admin": {
        "delete": "/quiz-admin remove",
        "start": "/quiz-admin resume",
        "stop": "/quiz-admin pause",
        "swap": "/quiz-admin next swap",
        "unpause": "/quiz-admin resume",
    },
}
"""What people call our commands elsewhere."""


def unknown_command(said: str, nearest: str | None) -> str:
    """The word is the caller's own: it is shortened and shown to the caller alone."""
    shown = said[:40] + ("…" if len(said) > 40 else "")  # noqa: PLR2004 - a line's worth
    way_out = f"Did you mean {nearest}?" if nearest else "/quiz help lists what there is."
    return f"I don't know {shown!r}. {way_out}"
