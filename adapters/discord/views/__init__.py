"""What a person is to see, in Discord's components. Pure: a view in, components out, always within Discord's limits.

Components V2 for every message: their text runs over the whole width of a phone, headings and lists are told apart by
screen readers, and buttons stand below what they are about.
"""

from adapters.discord.views.answers import answer_modal, empty_answer_modal
from adapters.discord.views.components import Message, payload
from adapters.discord.views.grades import appeal_modal, grade_message, grade_modal
from adapters.discord.views.posts import question_message, reveal_message
from adapters.discord.views.practice import practice_grade_modal, practice_modal
from adapters.discord.views.private import hint_message, notice_message, private_message
from adapters.discord.views.review import review_modal
from adapters.discord.views.setup import faults_message, setup_modal

__all__ = [
    "Message",
    "answer_modal",
    "appeal_modal",
    "empty_answer_modal",
    "faults_message",
    "grade_message",
    "grade_modal",
    "hint_message",
    "notice_message",
    "payload",
    "practice_grade_modal",
    "practice_modal",
    "private_message",
    "question_message",
    "reveal_message",
    "review_modal",
    "setup_modal",
]
