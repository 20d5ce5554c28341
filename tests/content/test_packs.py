"""The bank that the bot comes with, as a clone or an installation has it."""

from content.bank import Bank, default_packs

IDS = {
    "ab-test-vs-bandit",
    "ab-testing-models",
    "canary-vs-blue-green",
    "deployment-issues",
    "feature-attribution-monitoring",
    "immutable-infrastructure",
    "ml-ci-cd",
    "ml-infrastructure",
    "mlops-modelops-aiops",
    "mlops-vs-devops",
    "model-and-concept-drift",
    "model-packaging",
    "monitoring-vs-logging",
    "pre-deployment-testing",
    "version-control-mlops",
}


def test_no_question_is_missing() -> None:
    bank = Bank.load(default_packs())
    assert {question.id for question in bank.all()} >= IDS
    assert not bank.faults
