"""Other ways to search the same passages, each behind one small protocol: what ``eval.race`` runs beside ours.

They are used as their documentation shows, with no tuning. Nothing here is part of the program; jieba and langchain come with
the ``dev`` extra.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np

from assistant.law.refs import label
from assistant.services import Services
from eval.measures import Article

K = 10
_RUN = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]", re.IGNORECASE)
_WORD = re.compile(r"\w", re.UNICODE)
_CHUNK, _OVERLAP = 500, 50
_FILES = ("config.json", "model.onnx", "special_tokens_map.json", "tokenizer_config.json", "tokenizer.json", "vocab.txt")


class Text(NamedTuple):
    """A passage as every peer gets it: the name and headings of the article, then its words."""

    article: Article
    text: str


class Peer(Protocol):
    """Something that searches."""

    name: str

    def build(self, texts: Sequence[Text]) -> None:
        """Index the passages."""

    def search(self, question: str) -> list[Article]:
        """The ten best articles, best first."""


def passages(services: Services) -> list[Text]:
    """Every article in force of the library once, the gists of those whose text is not there with them."""
    found: dict[Article, Text] = {}
    for many in (services.library.provisions(), services.knowledge.provisions):
        for provision in many:
            article = (provision.ref.law, provision.ref.article)
            if not provision.superseded and article not in found:
                title = " ".join([label(provision.ref), *provision.heading])
                found[article] = Text(article, f"{title}\n{provision.text}")
    return list(found.values())


def characters(text: str) -> list[str]:
    """Chinese characters one by one, other words whole."""
    return _RUN.findall(text.lower())


def jieba_words(text: str) -> list[str]:
    """Words as jieba cuts them, marks left out."""
    import jieba

    jieba.setLogLevel("ERROR")
    return [word for word in jieba.lcut(text.lower()) if _WORD.search(word)]


class Bm25:
    """bm25s with its defaults over some way to cut text."""

    def __init__(self, name: str, cut: Callable[[str], list[str]]) -> None:
        self.name = name
        self._cut = cut

    def build(self, texts: Sequence[Text]) -> None:
        """Index the tokens."""
        import bm25s

        self._articles = [text.article for text in texts]
        self._model = bm25s.BM25()
        self._model.index([self._cut(text.text) for text in texts], show_progress=False)

    def search(self, question: str) -> list[Article]:
        """The best by score; those that share no token with the question are not found."""
        known = [token for token in self._cut(question) if token in self._model.vocab_dict]
        if not known:
            return []
        scores = self._model.get_scores(known)
        return [self._articles[row] for row in _best(scores) if scores[row] > 0]


class BruteForce:
    """Every vector compared: nothing that is exact can be simpler, and its time is the floor for vectors."""

    def __init__(self, name: str, encode: Callable[[Sequence[str]], Any]) -> None:
        self.name = name
        self._encode = encode

    def build(self, texts: Sequence[Text]) -> None:
        """Compute the vectors."""
        self._articles = [text.article for text in texts]
        self._vectors = np.ascontiguousarray(self._encode([text.text for text in texts]), dtype=np.float32)

    def search(self, question: str) -> list[Article]:
        """The nearest by cosine; vectors have length 1."""
        return [self._articles[row] for row in _best(self._vectors @ np.asarray(self._encode([question]))[0])]


def _best(scores: Any) -> list[int]:
    top = np.argpartition(scores, -K)[-K:] if len(scores) > K else np.arange(len(scores))
    return top[np.argsort(-scores[top], kind="stable")].tolist()  # type: ignore[no-any-return]


class Langchain:
    """The usual recipe: RecursiveCharacterTextSplitter 500/50, Chroma, similarity search; an article counts by its best chunk."""

    def __init__(self, name: str, encode: Callable[[Sequence[str]], Any]) -> None:
        self.name = name
        self._encode = encode
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)

    def build(self, texts: Sequence[Text]) -> None:
        """Split each article, add the chunks."""
        os.environ.update(LANGSMITH_TRACING="false", LANGCHAIN_TRACING_V2="false")
        from chromadb.config import Settings
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        self._articles = [text.article for text in texts]
        splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
        chunks = splitter.create_documents([text.text for text in texts], [{"row": row} for row in range(len(texts))])
        self._store: Any = Chroma(
            "peer",
            self,  # type: ignore[arg-type]  # has the two methods of their Embeddings
            persist_directory=self._folder.name,
            client_settings=Settings(anonymized_telemetry=False, is_persistent=True, persist_directory=self._folder.name),
        )
        for start in range(0, len(chunks), 5000):
            self._store.add_documents(chunks[start : start + 5000])

    def search(self, question: str) -> list[Article]:
        """Three times as many chunks, so that ten articles remain."""
        rows = dict.fromkeys(found.metadata["row"] for found in self._store.similarity_search(question, k=3 * K))
        return [self._articles[row] for row in rows][:K]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """What langchain asks of an embedding."""
        return np.asarray(self._encode(texts), dtype=np.float32).tolist()  # type: ignore[no-any-return]

    def embed_query(self, text: str) -> list[float]:
        """The same for a question."""
        return self.embed_documents([text])[0]


def chroma_default() -> Callable[[Sequence[str]], Any] | None:
    """Chroma's default model (all-MiniLM-L6-v2) if its files are on this machine; ``None`` where it would be downloaded."""
    from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2

    folder = ONNXMiniLM_L6_V2.DOWNLOAD_PATH / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    if not all((folder / name).exists() for name in _FILES):
        return None
    model = ONNXMiniLM_L6_V2()
    return lambda texts: np.asarray(model(list(texts)))
