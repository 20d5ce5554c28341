"""What a person is to see, in Slack's blocks. Pure: a view in, blocks out, always within Slack's limits."""

from adapters.slack.views.answers import answer_modal, empty_answer_modal
from adapters.slack.views.blocks import Message
from adapters.slack.views.grades import appeal_modal, grade_modal
from adapters.slack.views.home import home_view
from adapters.slack.views.posts import question_message, reveal_message
from adapters.slack.views.practice import practice_grade_modal, practice_modal
from adapters.slack.views.private import hint_message, loading_modal, message_modal, private_message
from adapters.slack.views.review import review_modal
from adapters.slack.views.setup import setup_modal

__all__ = [
    "Message",
    "answer_modal",
    "appeal_modal",
    "empty_answer_modal",
    "grade_modal",
    "hint_message",
    "home_view",
    "loading_modal",
    "message_modal",
    "practice_grade_modal",
    "practice_modal",
    "private_message",
    "question_message",
    "reveal_message",
    "review_modal",
    "setup_modal",
]
