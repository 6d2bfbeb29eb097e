"""文字识别 of scanned pages, on this machine, with the models that lie in rapidocr's own package: nothing is fetched.

An engine costs some 0.7 GB while it works; it lives in the process that reads a file, and goes with it.
"""

from __future__ import annotations

import os
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import UnreadableFile
from assistant.ingest.pages import Fragment

_MODELS = {"Det": "PP-OCRv6_det_small.onnx", "Rec": "PP-OCRv6_rec_small.onnx"}
_DETECT_SIDE = 960
"""Longest side on which lines are looked for: half the time of 1,500 dots, and finds the lines of a page of A4 as well."""
_SURE = 0.6
"""Words that are read with less confidence are left out: they are specks and stamps."""


class Recogniser:
    """Reads words from the image of a page."""

    def available(self) -> bool:
        """Whether the extra ``ocr`` is installed with its models."""
        return self._folder is not None

    @property
    def _folder(self) -> Path | None:
        found = find_spec("rapidocr")
        folder = Path(found.origin).parent / "models" if found and found.origin else None
        return folder if folder and all((folder / name).is_file() for name in _MODELS.values()) else None

    @cached_property
    def _engine(self) -> Any:
        from rapidocr import RapidOCR

        assert self._folder is not None
        return RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "EngineConfig.onnxruntime.intra_op_num_threads": min(2, os.cpu_count() or 1),
                "Det.limit_type": "max",
                "Det.limit_side_len": _DETECT_SIDE,
                **{f"{task}.model_path": str(self._folder / name) for task, name in _MODELS.items()},
            }
        )

    def fragments(self, image: NDArray[np.uint8]) -> list[Fragment]:
        """Words of an image (rows of blue, green, red) from top to bottom, lines that are level from left to right."""
        if not self.available():
            raise UnreadableFile("本机没有安装文字识别组件。")
        read = self._engine(image)
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
