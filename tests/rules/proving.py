"""What the tables are proven with: the built-in knowledge, and the place of a citation in the official texts."""

from datetime import date
from pathlib import Path

from assistant.answer.sources import Sources
from assistant.domain.records import Offence
from assistant.ingest.records import load_knowledge
from assistant.law.outline import select

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
KNOWLEDGE = load_knowledge(ROOT / "knowledge_base")
SOURCES = Sources(KNOWLEDGE)
RECORDS = {record.id: record for record in KNOWLEDGE.records if isinstance(record, Offence)}
TODAY = date(2026, 11, 26)


def place(library, cite, *, whole=False):
    """The official words of a citation; ``None`` where that law has no official text here. A wrong place fails."""
    ref = SOURCES.ref(cite)
    if ref.law not in set(library.titles().values()):
        return None
    found = library.provision(ref.law, ref.article, TODAY)
    assert found, f"官方文本没有 {cite}"
    text = found.text if whole else select(found.text, ref.paragraph, ref.item)
    assert text, f"官方文本没有这一款、项：{cite}"
    return text
