"""The words of how replies are collected here, and of the buttons that Discord alone has."""

HOW = {
    "form": "Answer in private with the button.",
    "thread": "Answer by replying to this post, with its mention left on; everyone can read it.",
    "both": "Answer in private with the button, or by replying to this post for everyone to read.",
}
COLLECT = {
    "both": "Privately or as a reply to the post",
    "form": "Privately only",
    "thread": "As a reply to the post only, for all to read",
}
IS_CLOSED = "This question is closed: its answer is revealed."
MY_REPLY = "My reply and grade"
HOW_TO_ANSWER = "How to answer"
MORE_SETTINGS = "More settings"
TRY_AGAIN = "Open the form again"
WRITTEN = "What you wrote"
