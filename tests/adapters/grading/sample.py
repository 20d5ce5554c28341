"""A question as the grader gets it, small enough to be read with its tests."""

from datetime import date

from bot.domain.question import KeyPoint, Level, Question

QUESTION = Question(
    id="canary",
    revision=1,
    topic="deployment",
    level=Level.FOUNDATION,
    text="How does a canary release protect the users of a model?",
    key_points=(
        KeyPoint(
            id="small-share",
            statement="Only a small share of live traffic meets the new version at first.",
            weight=2,
            accepted=("five per cent of requests go to it", "a few customers get it before the rest"),
            contradicted_by=("everybody is switched over at once",),
        ),
        KeyPoint(
            id="guard-metrics",
            statement="Error rates and business metrics are compared with the old version before the share grows.",
            weight=1,
            accepted=("the dashboard decides whether the ramp goes on", "monitor latency and conversions at each step"),
        ),
        KeyPoint(
            id="rollback",
            statement="Going back is quick, since the old version keeps running.",
            weight=1,
            accepted=("roll back by routing everything to the previous deployment", "nothing was taken down"),
            contradicted_by=("rollback needs a fresh deployment",),
        ),
    ),
    model_answer="",
    sources=(),
    reviewed=date(2026, 11, 23),
    hints=("Think of who meets a fault first and who never does.",),
)
GOOD = (
    "A few customers get it before all the rest do. We monitor latency and conversions at every step, "
    "and can roll back by routing all to the previous deployment."
)
