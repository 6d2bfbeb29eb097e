"""Learn the order of candidates from questions: LambdaMART by LightGBM, written as ONNX so that it runs without LightGBM."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.errors import UsageError
from assistant.search.features import NAMES

TREES = 300
_PARAMETERS = {
    "objective": "lambdarank",
    "learning_rate": 0.06,
    "num_leaves": 15,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "lambdarank_truncation_level": 20,
    "verbose": -1,
    "deterministic": True,
    "num_threads": 2,
    "seed": 20261126,
}

Example = tuple[NDArray[np.float32], NDArray[np.bool_], float]
"""Features of a question's candidates, which of them answer it, and how much the question counts."""


def check_installed() -> None:
    """Ask before a quarter of an hour of work: ``UsageError`` where what the training needs is not installed."""
    try:
        import lightgbm  # noqa: F401
        import onnxmltools  # noqa: F401
    except (ImportError, OSError) as error:  # OSError: LightGBM is there, the system's libgomp is not
        raise UsageError(
            f"训练需要的程序没有装好（{error}）：请运行 pip install 'anheng[train]'，Linux 上还要有 libgomp1，然后重试。"
        ) from error


def learn_ranking(examples: Sequence[Example]) -> bytes:
    """Train on questions of whose answers one at least is a candidate; the model as ONNX has it."""
    import lightgbm
    from onnxmltools import convert_lightgbm
    from onnxmltools.convert.common.data_types import FloatTensorType

    useful = [example for example in examples if example[1].any()]
    data = lightgbm.Dataset(
        np.concatenate([features for features, _, _ in useful]),
        np.concatenate([right for _, right, _ in useful]).astype(int),
        group=[len(right) for _, right, _ in useful],
        weight=np.concatenate([np.full(len(right), weight) for _, right, weight in useful]),
        feature_name=list(NAMES),
    )
    forest = lightgbm.train(_PARAMETERS, data, TREES)
    inputs = [("features", FloatTensorType([None, len(NAMES)]))]
    model = convert_lightgbm(forest, initial_types=inputs, zipmap=False)
    return bytes(model.SerializeToString())
