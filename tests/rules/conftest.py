"""What the tests of the rules share: the rule book."""

import pytest
from proving import KNOWLEDGE, ROOT

from assistant.ingest.rulebook import load_rules


@pytest.fixture(scope="session")
def book():
    return load_rules(ROOT / "knowledge_base", KNOWLEDGE.records)
