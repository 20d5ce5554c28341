"""The questions that a running bot asks: read at the start, and anew whenever somebody has changed the packs."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.question import Question
from bot.ports import StartError
from bot.settings import Settings
from bot.views import BotFacts
from content.bank import Bank, packs_of
from content.nodes import counted

log = logging.getLogger(__name__)


@dataclass(slots=True, kw_only=True)
class Shelf:
    """The bank as it is in rotation now. What a round asks is kept with the round: nothing here changes it."""

    packs: Sequence[Path]
    bank: Bank
    facts: BotFacts

    def all(self) -> Sequence[Question]:
        return self.bank.all()

    def get(self, question_id: str) -> Question | None:
        return self.bank.get(question_id)

    def read_anew(self, now: datetime) -> None:
        """Read the packs again. A state with any fault is refused as a whole, and what was read before stays.

        It takes as long as at the start, and may do so in another thread.
        """
        bank = Bank.load(self.packs)
        if bank.faults:
            for fault in bank.faults:
                log.warning("not taken: %s", fault)
            log.error("the packs were not read anew: there are faults, and what was read before stays")
            files = counted(len({fault.path for fault in bank.faults}), "file")
            self.facts = BotFacts(
                questions=self.facts.questions,
                read_at=self.facts.read_at,
                refused_at=now,
                refused=f"{counted(len(bank.faults), 'fault')} in {files}, the first: {bank.faults[0]}",
            )
            return
        self.bank = bank
        self.facts = BotFacts(questions=len(bank.all()), read_at=now)
        log.info("the packs were read anew", extra={"questions": len(bank.all())})


def load_questions(settings: Settings, now: datetime) -> Shelf:
    """Read the packs. Faulty files are named in the log and left out; StartError if no question is left."""
    packs = packs_of(settings.packs)
    bank = Bank.load(packs)
    for fault in bank.faults:
        log.warning("left out of the bank: %s", fault)
    if not bank.all():
        where = ", ".join(str(pack) for pack in packs)
        raise StartError(
            f"There is no question without fault in {where}: python -m bot content check names every fault."
        )
    return Shelf(packs=packs, bank=bank, facts=BotFacts(questions=len(bank.all()), read_at=now))
