"""The model answer: the body of a question file, in a Markdown that every chat can show."""

import re

from bot.domain.question import MAX_MODEL_ANSWER, MODEL_ANSWER_WORDS
from content.nodes import counted
from content.page import FaultLog, Page

_NOT_PLAIN = (
    (re.compile(r"^ {0,3}#{1,6}(\s|$)"), "a heading"),
    (re.compile(r"^ {0,3}(=+|-{2,})\s*$"), "a heading or a rule"),
    (re.compile(r"^\s*\|"), "a table"),
    (re.compile(r"!\["), "an image"),
    (re.compile(r"</?[A-Za-z][\w-]*(\s[^<>]*)?/?>|<!--"), "raw HTML"),
)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def model_answer(page: Page, log: FaultLog) -> str:
    """Return the page's body; what is wrong with it is in the log."""
    count, (fewest, most) = len(page.body.split()), MODEL_ANSWER_WORDS
    if not count:
        log.add(page.body_line, f"the model answer is missing: write {fewest} to {most} words below the closing '---'")
    elif not fewest <= count <= most:
        log.add(page.body_line, f"the model answer has {counted(count, 'word')}; {fewest} to {most} are allowed")
    if len(page.body) > MAX_MODEL_ANSWER:
        log.add(
            page.body_line,
            f"the model answer has {len(page.body):,} characters; at most {MAX_MODEL_ANSWER:,} are allowed",
        )
    for number, line in enumerate(_CODE.sub(_line_ends, page.body).split("\n"), page.body_line):
        for pattern, what in _NOT_PLAIN:
            if pattern.search(line):
                log.add(number, f"the model answer holds {what}: write paragraphs, **bold** and simple lists only")
    return page.body


def _line_ends(code: re.Match[str]) -> str:
    return "\n" * code[0].count("\n")
