import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadModel, UsageError
from assistant.search.embed import StaticEmbedder, load_embedder
from assistant.settings import SearchSettings, shipped
from assistant.training.static import train_static

BUILTIN = shipped("knowledge_base") / "embedding"
CHANGES = ["cut", "emptied", "garbled"]
TEXTS = ["重大责任事故罪立案标准", "瞒报事故", "ABC 123，特种作业人员", "主要负责人" * 300]


def chosen(setting):
    return load_embedder(SearchSettings(embedding=str(setting)), BUILTIN)


def harm(path, how):
    whole = path.read_bytes()
    path.write_bytes({"cut": whole[: len(whole) // 3], "emptied": b"", "garbled": b"\xff{" + whole[::-1]}[how])


@pytest.fixture
def copied(tmp_path, model, bert):
    """A model of each kind that a test may break."""
    return lambda kind: Path(shutil.copytree(model if kind == "static" else bert, tmp_path / kind))


@pytest.mark.parametrize("which", ["trained here", "builtin"])
def test_the_table_gives_what_sentence_transformers_gives(which, model):
    from sentence_transformers import SentenceTransformer

    folder = str(BUILTIN if which == "builtin" else model)
    reference = SentenceTransformer(folder, device="cpu", local_files_only=True)
    ours = StaticEmbedder(BUILTIN if which == "builtin" else model).encode(TEXTS)
    assert np.allclose(ours, reference.encode(TEXTS), atol=2e-3)  # it computes in the 16 bits that the file holds
    assert np.allclose(ours, reference.float().encode(TEXTS), atol=1e-5)


def test_vectors_have_length_one_and_the_unknown_has_none(embedder):
    vectors = embedder.encode(["瞒报事故", "", "🙂"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0], atol=1e-6)
    assert embedder.encode([]).shape == (0, 16)


def test_the_builtin_model_knows_related_words():
    vectors = load_embedder(SearchSettings(), BUILTIN).encode(["瞒报谎报事故", "迟报漏报事故", "婚姻登记"])
    assert vectors.shape == (3, 256)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.1


def test_the_builtin_model_is_small():
    assert sum(path.stat().st_size for path in BUILTIN.rglob("*") if path.is_file()) < 40_000_000


def test_static_models_need_no_torch():
    lines = [
        "import sys, pathlib, assistant.settings as settings, assistant.search.embed as embed",
        "embed.load_embedder(settings.SearchSettings(), pathlib.Path(sys.argv[1])).encode(['事故'])",
        "assert not {'torch', 'chromadb', 'sentence_transformers'} & set(sys.modules)",
    ]
    subprocess.run([sys.executable, "-c", "; ".join(lines), str(BUILTIN)], check=True)


def test_training_twice_gives_the_same_model(tmp_path):
    for name in ("a", "b"):
        train_static(TEXTS * 10, tmp_path / name, dim=8, vocab=60)
    for file in ("tokenizer.json", "model.safetensors"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


@pytest.mark.parametrize("missing", ["nobody/no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_here_is_one_sentence(missing):
    with pytest.raises(UsageError, match=r"^本机没有向量模型.*builtin。$"):
        chosen(missing)


def test_any_other_model_on_this_machine(bert, no_network):
    embedder = chosen(bert)
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (4, 16)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert embedder.encode([]).shape[0] == 0
    assert embedder.name == chosen(bert).name


def test_a_model_downloaded_before_is_found_by_its_name(bert, tmp_path):
    """In a process of its own: where the cache lies is read once."""
    repository = tmp_path / "hub" / "models--nobody--tiny"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text("abc123")
    shutil.copytree(bert, repository / "snapshots" / "abc123")
    code = (
        "from pathlib import Path; from assistant.settings import SearchSettings; from assistant.search.embed import load_embedder;"
        "e = load_embedder(SearchSettings(embedding='nobody/tiny'), Path()); print(e.encode(['事故']).shape, e.name)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"HF_HUB_CACHE": str(tmp_path / "hub")}, capture_output=True, text=True
    )
    assert ran.stdout.startswith("(1, 16) nobody/tiny@"), ran.stderr


@pytest.mark.parametrize("how", CHANGES)
@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("static", "model.safetensors"),
        ("static", "tokenizer.json"),
        ("static", "modules.json"),
        ("bert", "model.safetensors"),
        ("bert", "tokenizer.json"),
        ("bert", "modules.json"),
        ("bert", "config.json"),
    ],
)
def test_a_broken_model_is_one_sentence(copied, kind, file, how):
    folder = copied(kind)
    harm(folder / file, how)
    with pytest.raises(BadModel, match=r"^向量模型.*不完整或已损坏.*builtin。$"):
        chosen(folder).encode(["事故"])


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
def test_a_model_with_a_file_missing_is_one_sentence(copied, file):
    folder = copied("static")
    (folder / file).unlink()
    with pytest.raises(BadModel, match=r"builtin。$"):
        chosen(folder).encode(["事故"])


def test_a_table_of_another_model_is_noticed(copied, tmp_path):
    folder = copied("static")
    train_static(["甲乙丙丁"] * 9, tmp_path / "other", dim=16, vocab=50)
    shutil.copy(tmp_path / "other" / "model.safetensors", folder)
    with pytest.raises(BadModel, match="不完整或已损坏"):
        chosen(folder)


def test_weights_that_are_no_numbers_are_refused(copied):
    from safetensors.numpy import load_file, save_file

    folder = copied("bert")
    weights = {name: np.full_like(value, np.nan) for name, value in load_file(folder / "model.safetensors").items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BadModel, match="给出的向量不能用"):
        chosen(folder).encode(["事故"])


def test_a_broken_builtin_model_says_what_helps(copied):
    folder = copied("static")
    harm(folder / "tokenizer.json", "cut")
    with pytest.raises(BadModel, match="重新安装安衡"):
        load_embedder(SearchSettings(), folder)


@pytest.mark.parametrize("kind", ["static", "bert"])
def test_files_exchanged_in_place_give_another_name(copied, kind):
    folder = copied(kind)
    before = chosen(folder).name
    if kind == "static":
        train_static(TEXTS * 10, folder, dim=8, vocab=60)
    else:
        weights = folder / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:-1] + b"\x01")
    assert chosen(folder).name != before
    (folder / "README.md").write_text("a note is no part of a model")
    assert chosen(folder).name == chosen(folder).name


def test_weights_too_large_to_be_read_for_it_are_told_apart_by_size_and_time(copied, monkeypatch):
    monkeypatch.setattr("assistant.search.models._SMALL", 100)
    folder = copied("bert")
    before, weights = chosen(folder).name, folder / "model.safetensors"
    os.utime(weights, ns=(1, 1))
    moved = chosen(folder).name
    weights.write_bytes(weights.read_bytes() + b" ")
    os.utime(weights, ns=(1, 1))
    assert len({before, moved, chosen(folder).name}) == 3
