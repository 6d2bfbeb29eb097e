"""The glossary: one sentence a term, resting on articles that the library has."""

from pathlib import Path

import pytest

from assistant.domain.provision import ArticleRef
from assistant.errors import KnowledgeError
from assistant.ingest.records import load_knowledge
from assistant.web.glossary import load_glossary

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge_base"
GLOSSARY = load_glossary(KNOWLEDGE)


def test_each_term_has_one_sentence_and_one_entry():
    names = [name for entry in GLOSSARY.entries for name in (entry.term, *entry.also)]
    assert len(GLOSSARY.entries) >= 30
    assert len(names) == len(set(names))
    assert all(entry.means.endswith("。") and len(entry.means) <= 80 for entry in GLOSSARY.entries)


def test_each_cited_article_has_a_gist():
    knowledge = load_knowledge(KNOWLEDGE)
    titles = {name: law.title for law in knowledge.laws for name in (law.title, *law.aliases)}
    articles = {(provision.ref.law, provision.ref.article) for provision in knowledge.provisions}
    cited = [ArticleRef.parse(cite) for entry in GLOSSARY.entries for cite in entry.cite]
    missing = [str(ref) for ref in cited if (titles.get(ref.law, ref.law), ref.article) not in articles]
    assert missing == []


def test_the_longest_wording_is_found():
    assert GLOSSARY.pattern.search("定强令、组织他人违章冒险作业罪").group() == "强令、组织他人违章冒险作业罪"
    assert GLOSSARY.pattern.search("行刑反向衔接").group() == "行刑反向衔接"


def test_no_file_no_terms_and_a_bad_file_is_named(tmp_path):
    assert load_glossary(tmp_path).pattern.search("宽严相济") is None
    (tmp_path / "glossary.yaml").write_text("- {term: 甲}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"glossary\.yaml"):
        load_glossary(tmp_path)
