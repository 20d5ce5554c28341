"""What is said of one's own grade and of the self-check."""

from bot.domain.reply import Origin

NOTHING_REVEALED = "There is no revealed question here to look at; your grade comes with the next reveal."
NO_REPLY = (
    "You did not reply to that question before its close, so there is no grade for it; its model answer is in the reveal. "
    "The grade of an open question comes with its own reveal."
)
NOT_REVEALED = "This question is still open. Your grade comes with the reveal."
ROUND_GONE = "That question is too old: what was written then has been deleted, as promised."
CHECK_NOTICE = (
    "Tick what your reply really says: what is covered is ticked already, what is marked maybe counts once you tick it. "
    "Your lead may read this reply if you change a tick or appeal."
)
CHECK_CLOSED = "The self-check for this question has ended; this is what stands."
CHECK_KEPT = "Kept. This is what stands now; you can change it until the self-check ends."
CHANGED_SINCE = (
    "You changed this elsewhere, or it was graded anew, since this form was opened, so nothing was saved now. Here is what "
    "stands; change and save it if you like."
)
NOT_IN_GOOD_FAITH = (
    'This reply earned no points: it is empty of an answer of its own (an "I don\'t know", or the question or a hint copied). '
    "If that is wrong, appeal."
)
COPIED = (
    "This reply earned no points: it nearly repeats what somebody else had written openly before it. If it is your own all the "
    "same, appeal: whoever looks after the quiz here may let it count."
)
LATE_NOTICE = "This came after the close, so it has no points; here is what it covers, for your own learning."


def grade_notice(origin: Origin, *, open_now: bool) -> str:
    if not open_now:
        return CHECK_CLOSED
    return CHECK_NOTICE if origin is Origin.SUGGESTED else CHECK_KEPT


def ticks_do_not_fit(of: int) -> str:
    return f"This question has {of} key points; say for each of them whether your reply makes it."


def which_points(of: int) -> str:
    return f"Say which of the {of} key points your reply makes: /quiz grade 1 {min(of, 3)}, or /quiz grade none."
