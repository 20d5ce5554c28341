"""What is said to members of what is kept of them, and of their rights to it."""

from bot.wording import dates

HIDDEN = (
    "You are hidden now: your name is on no board and no podium, here and in the whole team, and the ranks of the "
    "others leave you out. Your points go on counting; /quiz leaderboard and /quiz me show them to you alone. What was posted in the "
    "chat before stays there, and what you write openly is still read by all; a ranking that is still provisional becomes "
    "final without you. /quiz unhide brings you back."
)
NOT_HIDDEN = "You are not hidden: your name is on the boards already. /quiz hide takes it off."
SHOWN = "Your name is on the boards again, with all your points. /quiz hide takes it off."
ASK_TO_FORGET = (
    "This deletes your replies, grades, practice, streaks and places on the boards, everywhere in this team, and whether you "
    "are hidden. It cannot be undone. Points already given stay in the books under a random name, so that what others have "
    "stays right. What stands in the chat (your open replies, rankings posted before) is not touched: delete your messages "
    "yourself. /quiz export gives you a copy first."
)
FORGET = "Erase everything of me"
FORGET_COMMAND = "/quiz forget-me yes"
FORGOTTEN = (
    "Done: nothing of you is kept here any more. Messages that you wrote in the chat stand there until you delete them. "
    "Whenever you answer again you start anew, and your name is shown again."
)
NO_ROUND_YET = (
    "You have not taken part in a round here yet, and that is fine: answer the next question with /quiz answer, and your "
    "points and shares come with its reveal. /quiz ask lets you practise before."
)
HIDDEN_NOTE = "You are hidden: only you see this. /quiz unhide brings you back."


def no_round_lately(days: int) -> str:
    """Of somebody whose points stand, and whose last rounds are gone."""
    return (
        f"You have not taken part in a round here for {dates.days(days)} or more, and what was written then has been deleted, as "
        "promised; your points stay. The next question is as good a day as any: /quiz answer."
    )


HOME_UNREAD = "Something on our side did not answer in time. Please open this page again in a moment."


def home_note(places: int, open_: int, most: int) -> str:
    """What to do where a member's page has little to show, or more than it has room for."""
    if not places:
        return "There is no quiz in your channels yet. An admin of one can set it up there with /quiz-admin setup."
    if places > most:
        return (
            f"Here are {most} of your {places} channels with a quiz. /quiz me shows the rest, each in its own channel."
        )
    return "" if open_ else "No question is open in your channels just now. /quiz ask gives you one to practise."


def weakest(topic: str) -> str:
    return f"Most is still to be won in {topic}. A question to practise:"


def ranked(rank: int, of: int) -> str:
    """The own rank of the present week; empty without points, which have none."""
    return f"{rank} of {of} this week" if rank else ""


def reviews(due: int) -> str:
    """How many practised questions have come due."""
    if not due:
        return "none due"
    return "1 due: /quiz ask brings it up" if due == 1 else f"{due} due: /quiz ask brings them up"


def practise(topic: str) -> str:
    """The way into practice of the weakest topic."""
    return f"/quiz ask {topic}"


def export_note(days: int) -> str:
    return (
        f"Everything that the quiz keeps of you, for you alone. Replies and grades are deleted {dates.days(days)} after their round "
        "has settled, so older ones are not in it. /quiz forget-me deletes the rest."
    )
