"""A grader out of the house: a language model behind any address that speaks OpenAI's chat completions.

It wraps the offline grader, whose suggestion stands wherever the model has nothing to say that the reply's own words back.
``task`` is pure: what is sent, and how an answer is read. ``quotations`` says what a quotation is worth, ``weighing`` what
stands. ``client`` alone speaks to the ``model``, and says what came in the way as ``trouble``; it alone imports the ``openai``
package, and is imported when that is configured.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from adapters.grading.llm.access import Access
from adapters.grading.llm.grader import LlmGrader
from adapters.grading.llm.model import open_model
from bot.ports import Allowance, Grader, Judged

__all__ = ["Access", "open_llm"]


@asynccontextmanager
async def open_llm(
    access: Access, offline: Grader, allowance: Allowance, told: Callable[[Judged], None]
) -> AsyncIterator[Grader]:
    """Give the grader. ``told`` hears what came of each reply. Raises StartError where the extra is not installed."""
    async with open_model(access) as model:
        yield LlmGrader(offline=offline, model=model, allowance=allowance, seconds=access.seconds, told=told)
