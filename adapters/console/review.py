"""What waits for those who look after a place, as rows: each reply with its key points, and what to type about it."""

from rich.console import RenderableType
from rich.text import Text

from adapters.console.layout import Flow
from adapters.console.private import graded_points, quoted, with_evidence
from adapters.console.sections import indented, moment, section
from adapters.console.writing import Reader, harmless, said
from bot.domain.ids import programme_and_date
from bot.views import PhrasingsView, ReviewItem, ReviewView
from bot.wording import labels

Rows = list[RenderableType]


def review_rows(view: ReviewView, reader: Reader) -> Rows:
    rows: Rows = [said(view.notice)]
    for item in view.items:
        rows += _item(item, reader)
    if view.reports:
        told = [
            (said(f"{one.question} · {programme_and_date(one.round)[1]:%a %d %b}"), said(one.said))
            for one in view.reports
        ]
        rows += section("What was said of questions", *(row for pair in told for row in (pair[0], indented(pair[1]))))
    if view.after:
        rows += [Text(), said(f"/quiz-admin review after {view.after}", "cyan")]
    return rows


def phrasings_rows(view: PhrasingsView, reader: Reader) -> Rows:
    rows: Rows = [said(view.text, "bold"), Text(), said(view.notice)]
    titles = [*(f"{number}. {harmless(said)}" for number, said in enumerate(view.points, start=1)), labels.GONE_POINT]
    for number, title in zip([*range(1, len(titles)), 0], titles, strict=True):
        learnt = [one for one in view.learnt if one.point == number]
        lines = [row for one in learnt for row in (said(f"{one.id}  {one.text}"), moment("", one.at, reader))]
        rows += section(title, *lines) if learnt else []
    return rows


def _item(item: ReviewItem, reader: Reader) -> Rows:
    title = f"{harmless(item.what)} · {programme_and_date(item.round)[1]:%a %d %b} · {item.id}"
    wanted = ", ".join(map(str, item.in_question))
    return [
        *section(title, moment("Since", item.since, reader), said(item.text, "bold")),
        quoted(with_evidence(item)),
        graded_points(item.points),
        *([said(f"{labels.SECOND_OPINION}:", "yellow")] if item.second else []),
        *(indented(said(labels.second_opinion(one))) for one in item.second),
        *([said(f"In question: {wanted}", "yellow")] if wanted else []),
        *([said(f"Why: {item.reason}")] if item.reason else []),
        Flow(f"/quiz-admin review {item.id} accept", "or overrule REASON", *_learning(item), style="cyan", gap=3),
    ]


def _learning(item: ReviewItem) -> list[str]:
    return [f"or learn {item.in_question[0]} PASSAGE"] if item.in_question else []
