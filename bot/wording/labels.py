"""The words of a layout: buttons, titles, labels. What a chat calls its own places stands beside its views."""

from bot.domain.question import KeyPoint
from bot.domain.reply import PointVerdict, Verdict
from bot.views import GradedPoint, GradeView, OtherVerdict
from bot.wording.texts import shortened, tidy

_LONGEST_EVIDENCE = 150

ANSWER = "Answer"
HINT = "Hint"
NEXT_HINT = "Next hint"
MY_GRADE = "My grade"
LEADERBOARD = "Leaderboard"
SHOW_ANSWER = "Show the answer"
ANOTHER = "Another question"
PRACTISE = "Practise"
CHECK = "Check my key points"
CHANGE_SETUP = "Change the setup"
SET_UP = "Set up the quiz"
SEND = "Send"
SAVE = "Save"
CANCEL = "Cancel"
CLOSE = "Close"
NOTHING = "-"
WHOLE_TEAM = "The whole team"

CLOSED = "closed"
LATE = "asked late"
ANSWERED = "You have replied; Answer lets you change it."
NOT_ANSWERED = "You have not replied yet."
ANSWER_UNTIL = "Answers count until"
REVEAL = "Reveal"
REVEALS = "reveals"
LOADING = "One moment…"

YOUR_ANSWER = "Your answer"
YOUR_REPLY = "Your reply"
REPLY = "Reply"
PRACTICE_HINT = "For you alone, without points."

MODEL_ANSWER = "Model answer"
KEY_POINTS = "Key points"
SOURCES = "Sources"
FOLLOW_UP = "To think about next"
TODAY = "Today"
THIS_WEEK = "This week"
PROVISIONAL = "provisional"
FINAL = "final"
OF_REPLIES = "of replies"
OF_KEY_POINTS = "of the key points in"
WEIGHT = "weight"

SAYS_THIS = "My reply says this"
REASON = "Why, if you change a tick"
REASON_HINT = "Your lead may read it."
VERDICTS = {
    "covered": "Suggested as covered",
    "maybe": "Maybe covered, for you to decide",
    "not seen": "Not seen in the reply",
    "cannot judge": "Could not be judged",
}
BECAUSE = ", because of"
COUNTED = "Counted"
NOT_COUNTED = "Not counted"
SELF_CHECK_UNTIL = "Check your own grade until"
OPEN_UNTIL = "You can change this until"

PRACTICE = "Practice"
COMES_BACK = "Comes back"

STATUS = "Status of the quiz"
STATE = "State"
SCHEDULE = "Schedule"
ZONE = "Zone"
ADMINS = "Looked after by"
NEXT = "Next"
LAST = "Last"
CHANGES = "Changes"
SOMEBODY_GONE = "Somebody who is no longer here"
THE_BOT = "The bot"
NEXT_QUESTION = "Next question"
ASKS = "asks"

REVIEW = "Review"
SAID_OF_QUESTIONS = "What was said of questions"
FEEDBACK = {"wrong": "Wrong", "unclear": "Unclear", "outdated": "Outdated", "great": "Great"}
GONE_POINT = "Of a key point that the question no longer has"
LEARNT = "Learnt here"
SECOND_OPINION = "Another grader differs"
IN_QUESTION = "In question"
WHY = "Why"
ACCEPT = "Accept"
DECIDE = "Decide…"
DECISION = "Decision"
DECISIONS = {"accept": "Accept: it counts", "overrule": "Overrule: it does not count"}
DECISION_REASON = "Why, for the one who wrote it"
DECISION_REASON_HINT = "Needed to overrule. The first decision is final."
LEARN = "Let the team learn it, for"
LEARN_HINT = "From then on the passage counts for everybody here."
PASSAGE = "The passage that says it"
OLDER = "Older ones"
APPEAL = "Appeal"
APPEAL_REASON = "Why"
APPEAL_HINT = "Whoever looks after the quiz here reads it beside your reply, and decides."

YOU = "You in the quiz"
YOUR_QUIZ = "How you stand"
OPEN_NOW = "Open now"
LOOKED_AFTER = "Looked after by you"
POINTS = "Points"
RANK = "Rank"
ROUNDS = "Rounds"
STREAK = "Streak"
REVIEWS = "Reviews"
TOPICS = "Topics"
LEVELS = "Levels"

SETUP_TITLE = "Set up the quiz"
SETUP_FIELDS = {
    "at": "Ask at",
    "reveal_at": "Reveal at",
    "zone": "Time zone",
    "days": "Days",
    "every": "Every how many weeks",
    "topics": "Topics",
    "levels": "Levels and their shares",
    "collect": "How replies are collected",
    "holidays": "Holidays",
    "admins": "Who else looks after the quiz",
}
NOTHING_YET = "Nothing is open just now, and no channel of yours has the quiz yet."
MORE = "There is more; whoever runs the bot can hand it over whole."
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def and_more(count: int) -> str:
    return f"and {count} more"


def about(topic: str, level: str, *more: str) -> str:
    """Return what a question is about, on one line."""
    return " · ".join([" ".join(tidy(topic).split()), level, *more])


def weight(point: KeyPoint) -> str:
    return f"{WEIGHT} {point.weight}"


def total(view: GradeView) -> str:
    """Say what the points are made of, where there are any, and whose word they rest on."""
    said = f"{view.total} of {view.of} points"
    if view.total:
        points = f"{view.total - view.for_reply} of {view.of - view.for_reply} for key points"
        said += f" ({view.for_reply} for replying, {points})"
    return f"{said} · {view.origin}"


def suggestion(verdict: PointVerdict) -> str:
    """Say what the grader thinks of a key point, with the words of the reply that it rests on."""
    words, evidence = VERDICTS[verdict.verdict], shortened(tidy(verdict.evidence), _LONGEST_EVIDENCE)
    if not evidence:
        return f"{words}."
    return f"{words}{BECAUSE if verdict.verdict is Verdict.NOT_SEEN else ':'} “{evidence}”."


def second_opinion(one: OtherVerdict) -> str:
    """Say what another grader thinks of a key point."""
    return f"{one.number}. {suggestion(one.verdict)}"


def standing(one: GradedPoint) -> str:
    """Say whether a key point counts, what it weighs and what was suggested."""
    return f"{COUNTED if one.ticked else NOT_COUNTED}, {weight(one.point)}. {suggestion(one.verdict)}"
