"""The words of how replies are collected here, and where they are looked for."""

HOW = {
    "form": "Answer in private with the button.",
    "thread": "Answer in the thread of this post; everyone can read it there.",
    "both": "Answer in private with the button, or in the thread for everyone to read.",
}
COLLECT = {
    "both": "Privately or in the thread",
    "form": "Privately only",
    "thread": "In the thread only, for all to read",
}
ANSWER_THERE = "Answers are collected in the thread of its post in the channel."
IS_CLOSED = "This question is closed. The reveal is in the thread."
