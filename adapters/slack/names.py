"""What buttons, forms and their fields are called: their state is in their id and value, so that they work for ever.

A button's value is what it is about: a round's id, a question's id, or what else is said beside its name.
"""

# Buttons, by action id.
ANSWER = "answer"
"""Opens the form of the round in its value."""
HINT = "hint"
"""Shows a hint of the round in its value: "<round> <number> <of how many>"."""
GRADE = "grade"
"""Opens the member's own grade in the round in its value."""
LEADERBOARD = "leaderboard"
"""Shows the board of a period kind of this place: "day", "week", "month", "season" or "all"."""
PRACTISE = "practise"
"""Gives a question: "<what was wanted>|<question that is passed>", both may be empty."""
PRACTICE_ANSWER = "practice_answer"
PRACTICE_HINT = "practice_hint"
"""Shows a hint of a practice question: "<question> <number> <of how many>"."""
PRACTICE_SHOW = "practice_show"
"""Shows the model answer: "<question> <times>" from the question, "<question>" from its grade."""
PRACTICE_GRADE = "practice_grade"
SWAP = "swap"
"""Puts another question in the place of the next one, whose id is the value."""
SETUP = "setup"
"""Opens the setup of the place in its value or, without one, of the channel that it stands in."""
COMMAND = "command"
"""Does what its value says, as if it had been typed: "quiz forget-me yes"."""

PLACE = "place"
"""Of a block of buttons on a member's own page, which stands in no channel: the block id is "place:<place>"."""

# Forms, by callback id. Their private metadata is JSON: {"place": …, and what the form is about}.
ANSWER_FORM = "answer_form"
GRADE_FORM = "grade_form"
PRACTICE_FORM = "practice_form"
PRACTICE_GRADE_FORM = "practice_grade_form"
SETUP_FORM = "setup_form"

# Fields, by block id. Each field's action id is VALUE, or "value:<version>" of what is in it.
VALUE = "value"
TEXT = "text"
POINT = "point"
"""Of a key point's tick: "point:<number from 0>"."""
REASON = "reason"
ADMINS = "admins"
"""Of the setup, whose fields are called as in SetupRequest: the one that takes people."""
