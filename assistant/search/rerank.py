"""The learned ranking: a small forest of decision trees over the features of candidates (LambdaMART, Burges 2010).

It is trained by ``train_ranking`` and runs by onnxruntime, which Chroma brings along; no torch.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.search.features import NAMES
from assistant.settings import Settings

FILE = "ranking.onnx"


def learnt(settings: Settings) -> Path:
    """The folder of translation table and ranking: the embedding model's own, or what ships."""
    own = Path(settings.search.embedding).expanduser()
    return own if (own / FILE).is_file() else settings.knowledge / "embedding"


class Ranking:
    """The model in a folder; loaded at the first use."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @property
    def there(self) -> bool:
        """Whether the folder has a model."""
        return self._path.is_file()

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self._path), options, providers=["CPUExecutionProvider"])

    def scores(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """One number a row of ``features``; more is better."""
        if features.shape[1] != len(NAMES):
            raise ValueError(f"{len(NAMES)} features are wanted, not {features.shape[1]}")
        found = self._session.run(None, {self._session.get_inputs()[0].name: features})[0]
        return np.asarray(found, dtype=np.float32).ravel()
