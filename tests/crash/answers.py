"""What people say on a day with real processes, and what it is worth in the end."""

from adapters.grading.lexical import suggest_all
from bot.domain.question import Question
from bot.domain.score import points

DONT_KNOW = "I don't know."
TOO_LATE = "Now I know it too: compare what is served with what was trained on."
PRACTISED = "I would look at the data before the model."


def replies_to(question: Question) -> dict[str, str]:
    return {
        "ana": question.model_answer,
        "ben": question.key_points[1].statement,
        "chris": question.key_points[0].statement,
    }


def expected_points(question: Question) -> dict[str, int]:
    """Return what each member has in the end: Ana ticked every key point, the lead was late."""
    said = replies_to(question)
    ben, chris = suggest_all(question, {}, [said["ben"], said["chris"]])
    ticks = {"ana": [True] * len(question.key_points), "ben": ben.ticks, "chris": chris.ticks}
    return {name: points(question, ticked, good_faith=True) for name, ticked in ticks.items()}
