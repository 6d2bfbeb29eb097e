import numpy as np

from assistant.search.vectors import VectorStore


def test_the_vector_store_keeps_deletes_and_filters(tmp_path):
    vectors = np.eye(4, dtype=np.float32)
    store = VectorStore(tmp_path / "v")
    store.upsert([10, 11, 12, 13], vectors)
    assert store.query(vectors[1:2], 1) == [[11]]
    assert set(store.query(vectors[1:2], 4, among=[10, 12])[0]) == {10, 12}
    store.delete([11, 99])
    assert store.rows() == {10, 12, 13}
    store.close()
    again = VectorStore(tmp_path / "v")
    assert again.count() == 3
    assert again.query(vectors[2:3], 10)[0][0] == 12
    again.close()
