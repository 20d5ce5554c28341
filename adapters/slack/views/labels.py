"""The words of the layout: buttons, titles, labels. Sentences are in bot.wording."""

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
HOW = {
    "form": "Answer in private with the button.",
    "thread": "Answer in the thread of this post; everyone can read it there.",
    "both": "Answer in private with the button, or in the thread for everyone to read.",
}
ANSWER_THERE = "Answers are collected in the thread of its post in the channel."
IS_CLOSED = "This question is closed. The reveal is in the thread."
ANSWER_UNTIL = "Answers count until"
REVEAL = "Reveal"
REVEALS = "reveals"
LOADING = "One moment…"

YOUR_ANSWER = "Your answer"
YOUR_REPLY = "Your reply"
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
    "not seen": "Not seen in your reply",
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
SETUP_OPTIONS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
    "both": "Privately or in the thread",
    "form": "Privately only",
    "thread": "In the thread only, for all to read",
}


def and_more(count: int) -> str:
    return f"and {count} more"
