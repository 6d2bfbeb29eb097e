"""What the tests of the rules share: the rule book, and a library of the official texts where they are at hand."""

import pytest
from proving import KNOWLEDGE, ROOT, SHARED

from assistant.ingest.pipeline import import_paths
from assistant.ingest.rulebook import load_rules
from assistant.store.library import Library


@pytest.fixture(scope="session")
def book():
    return load_rules(ROOT / "knowledge_base", KNOWLEDGE.records)


@pytest.fixture(scope="session")
def official(tmp_path_factory):
    if not SHARED.exists():
        pytest.skip("official texts are not at hand: ../shared")
    library = Library(tmp_path_factory.mktemp("home"))
    laws = {law.title: law for law in KNOWLEDGE.laws} | {alias: law for law in KNOWLEDGE.laws for alias in law.aliases}
    import_paths([SHARED / "official", SHARED / "official_recent"], library, laws)
    return library
