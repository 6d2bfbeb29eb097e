"""文字识别 of scanned pages, on this machine, with the models that lie in rapidocr's own package: nothing is fetched.

Pages are read two at a time, each by an engine of one thread: on two cores that is faster than one engine of two. Both together
take up to 1 GB while they work; they live in the process that reads a file, and go with it.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.ingest.pages import Fragment

_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_DETECT_SIDE = 960
"""Longest side on which lines are looked for: half the time of 1,500 dots, and finds the lines of a page of A4 as well."""
_AT_ONCE = min(2, os.cpu_count() or 1)
_SURE = 0.6
"""Words that are read with less confidence are left out: they are specks and stamps."""


class Recogniser:
    """Reads words from the images of pages."""

    def __init__(self) -> None:
        self._own = local()

    def available(self) -> bool:
        """Whether the extra ``ocr`` is installed with its models."""
        return _models() is not None

    def read(self, images: Iterable[NDArray[np.uint8]]) -> Iterator[list[Fragment]]:
        """Words of one image (rows of blue, green, red) after the other, from top to bottom and left to right.

        Only as many images are asked for ahead as are read at the same time.
        """
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            working: deque[Future[list[Fragment]]] = deque()
            for image in images:
                working.append(pool.submit(self._fragments, image))
                if len(working) > _AT_ONCE:
                    yield working.popleft().result()
            while working:
                yield working.popleft().result()

    def _engine(self) -> Any:
        """The engine of this thread."""
        if not hasattr(self._own, "engine"):
            from rapidocr import RapidOCR

            folder = _models()
            assert folder is not None
            self._own.engine = RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.use_cls": False,
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "Det.limit_type": "max",
                    "Det.limit_side_len": _DETECT_SIDE,
                    "Rec.rec_batch_num": 1,
                    **{f"{task}.model_path": str(folder / name) for task, name in _MODELS.items()},
                }
            )
        return self._own.engine

    def _fragments(self, image: NDArray[np.uint8]) -> list[Fragment]:
        read = self._engine()(image)
        if read.txts is None:
            return []
        height, width = image.shape[:2]
        found = []
        for corners, text, score in zip(read.boxes, read.txts, read.scores, strict=True):
            if score >= _SURE and text.strip():
                (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
                box = (float(left / width), float(top / height), float(right / width), float(bottom / height))
                found.append(Fragment(text.strip(), box))
        return found


def _models() -> Path | None:
    """The folder with the models, where they are."""
    found = find_spec("rapidocr")
    folder = Path(found.origin).parent / "models" if found and found.origin else None
    return folder if folder and all((folder / name).is_file() for name in _MODELS.values()) else None
