"""What buttons, forms and their fields are called. Their whole state is in their custom id, so that they work for ever.

A custom id is ``<name>`` or ``<name>:<what it is about>``, in at most 100 characters. Round ids are the longest thing in
one (some 65 characters), so that two of them never stand together.
"""

# Buttons.
ANSWER = "answer"
"""Opens the form of the round: "answer:<round>". Every open question's post has it, and is found by it."""
CLOSED = "closed"
"""Shows one's own reply and grade: "closed:<round>". Every closed question's post has it, and is found by it."""
HINT = "hint"
"""Shows a hint: "hint:<round> <number> <of how many>"."""
GRADE = "grade"
"""Opens the member's own grade: "grade:<round>". Every reveal has it, and is found by it."""
CHECK = "check"
"""Opens the form of the self-check, from the grade: "check:<round>"."""
LEADERBOARD = "leaderboard"
"""Shows the board of a period kind of this place: "leaderboard:day", week, month, season or all."""
PRACTISE = "practise"
"""Gives a question: "practise:<topic wanted>|<level wanted>|<question that is passed>", each may be empty."""
PRACTICE_ANSWER = "practice_answer"
PRACTICE_HINT = "practice_hint"
"""Shows a hint of a practice question: "practice_hint:<question> <number> <of how many>"."""
PRACTICE_SHOW = "practice_show"
"""Shows the model answer: "practice_show:<question> <times>" from the question, "practice_show:<question>" from its grade."""
PRACTICE_GRADE = "practice_grade"
"""Shows the grade of the last practice reply: "practice_grade:<question>"."""
PRACTICE_CHECK = "practice_check"
"""Opens the form of its self-check: "practice_check:<question>"."""
SWAP = "swap"
"""Puts another question in the place of the next one: "swap:<question>"."""
SETUP = "setup"
"""Opens a page of the setup: "setup:1" has what everybody sets, "setup:2" the rest."""
COMMAND = "command"
"""Does what it says, as if it had been typed: "command:quiz forget-me yes"."""

# Forms (modals): "<name>:<what it is about>".
ANSWER_FORM = "answer_form"
"""Of a round: "answer_form:<round>"."""
GRADE_FORM = "grade_form"
"""Of a round, with the version of the grade that was shown: "grade_form:<round> <version>"."""
PRACTICE_FORM = "practice_form"
PRACTICE_GRADE_FORM = "practice_grade_form"
SETUP_FORM = "setup_form"
"""A page of the setup, with the revision that was shown: "setup_form:<page> <revision>"."""

# Fields of forms, by custom id. Those of the setup are called as in SetupRequest.
TEXT = "text"
POINTS = "points"
"""The key points that are ticked: a checkbox group whose values are their numbers from 0."""
REASON = "reason"
