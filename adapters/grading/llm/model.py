"""A model that can be asked."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Protocol

from adapters.grading.llm.access import Access
from adapters.grading.llm.task import Claim
from bot.domain.question import Question
from bot.ports import StartError

NOT_INSTALLED = (
    "STUDYBOT_LLM_URL is set, and what it takes is not installed: install the bot's extra [llm] "
    "(pip install --no-deps --require-hashes -r requirements-llm.lock), or leave the variable out."
)


class Model(Protocol):
    @property
    def version(self) -> str: ...

    async def claims(self, question: Question, reply: str) -> Mapping[str, Claim]:
        """Ask once. Raises Trouble."""
        ...

    async def names(self) -> frozenset[str]:
        """Return the names of the models that are there. Raises Trouble."""
        ...


@asynccontextmanager
async def open_model(access: Access) -> AsyncIterator[Model]:
    """Give the model; nothing is asked of it yet. Raises StartError where the extra is not installed."""
    try:
        from adapters.grading.llm.client import open_client  # noqa: PLC0415 - an extra, which few have
    except ModuleNotFoundError as error:
        raise StartError(NOT_INSTALLED) from error
    async with open_client(access) as client:
        yield client
