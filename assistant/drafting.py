"""Whether a model writes, which one and where, and what may leave this machine for it."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.answer.ask import Room, ask
from assistant.answer.match import Matcher
from assistant.answer.prompts import Prompt, load_prompt
from assistant.answer.rewrite import rewrite
from assistant.answer.sources import Sources
from assistant.answer.understand import normalise
from assistant.answer.wording import Wording
from assistant.answer.writing import Shown, write
from assistant.documents.paper_reasons import as_answer, with_reasons
from assistant.domain.answer import Answer
from assistant.domain.lecture import Lecture
from assistant.domain.material import Shelf
from assistant.domain.papers import Paper
from assistant.errors import BadModel, HomeError
from assistant.ingest.records import load_wording
from assistant.settings import Settings, shipped

if TYPE_CHECKING:
    from assistant.answer.generate import Model

FILE = "llm-confirmed.json"
WARNING = (
    "这个端点不在本机：提问内容和检索到的依据会发送到{place}。涉密材料和未公开的案卷不得外传；"
    "默认先遮蔽人名、企业名、证件号、电话、银行卡号、车牌和邮箱，但遮蔽不能保证没有遗漏。"
)
WITHOUT = "还没有接语言模型，讲稿仍是原来的：请设置 ANHENG_LLM__MODEL 和 ANHENG_LLM__BASE_URL 后再顺。"
UNCONFIRMED = "语言模型的端点不在本机，还没有同意使用，讲稿仍是原来的：请先在网页顶部启用，或者运行 anheng model confirm。"


class Drafting:
    """The model of the settings. Nothing of it is loaded before the first question that it writes for."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._llm = settings, settings.llm

    @property
    def chosen(self) -> bool:
        """Whether the settings name a model."""
        return bool(self._llm.model or self._llm.base_url)

    @property
    def on(self) -> bool:
        """Whether a model writes: named, and confirmed where it is not on this machine."""
        return self.chosen and (self.local or self.confirmed)

    @property
    def place(self) -> str:
        """Host and port of the endpoint; raises ``BadModel`` where the settings name none."""
        if not self._llm.model:
            raise BadModel("接语言模型要写明模型名称：请设置 ANHENG_LLM__MODEL。")
        try:
            parts = urlsplit(self._llm.base_url)
            host = parts.hostname if parts.scheme in {"http", "https"} else None
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            host, port = None, ""
        if not host:
            raise BadModel("语言模型的地址写法不对，请把 ANHENG_LLM__BASE_URL 写成 http://主机:端口/v1 的样子。")
        return f"[{host}]{port}" if ":" in host else f"{host}{port}"

    @property
    def local(self) -> bool:
        """Whether the endpoint is on this machine."""
        host = urlsplit(f"//{self.place}").hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def confirmed(self) -> bool:
        """Whether the warning about this very endpoint was accepted, by the settings or once before."""
        if self._llm.confirmed:
            return True
        try:
            return bool(json.loads((self._settings.home / FILE).read_text(encoding="utf-8"))["place"] == self.place)
        except (OSError, ValueError, KeyError, TypeError):
            return False

    def confirm(self, yes: bool = True) -> None:
        """Remember that the warning was accepted, or forget it."""
        file = self._settings.home / FILE
        try:
            if not yes:
                file.unlink(missing_ok=True)
                return
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps({"place": self.place, "at": datetime.now(UTC).isoformat()}), encoding="utf-8")
        except OSError as error:
            raise HomeError(f"数据目录 {self._settings.home} 写不进去（{error.strerror}），请检查权限。") from error

    @property
    def name(self) -> str:
        """qwen3（127.0.0.1:11434）: for the bar, ``doctor`` and the answer."""
        if not self.chosen:
            return "未接模型"
        return f"{self._llm.model}（{self.place}{'' if self.on else '，不在本机，待确认'}）"

    def about(self) -> dict[str, str | bool]:
        """``model``; where it is elsewhere, ``model_warning`` as well, and ``model_on`` once that was accepted."""
        elsewhere = self.chosen and not self.local
        told: dict[str, str | bool] = {"model": self.name}
        return told | {"model_warning": self.warning, "model_on": self.on} if elsewhere else told

    @property
    def warning(self) -> str:
        """What has to be read before an endpoint elsewhere is used."""
        return WARNING.format(place=self.place)

    def ask(
        self,
        question: str,
        room: Room,
        history: Sequence[Answer],
        on: date | None,
        cancelled: Callable[[], bool],
        shelf: Shelf | None,
        shown: Shown,
        model: bool = True,
    ) -> Answer:
        """Compose an answer, then let the model write what leads it, if there is one and ``model`` allows it."""
        if not (model and self.on):
            return ask(question, room, history, on, cancelled, shelf)
        completed = rewrite(question, history, room, self, self._prompts["rewrite"], cancelled)
        if completed:
            composed = ask(completed, room, (), on, cancelled, shelf)
            composed = replace(composed, question=normalise(question), completed=completed)
        else:
            composed = ask(question, room, history, on, cancelled, shelf)
        return write(composed, room, self.wording(room.sources), self, self._prompts["answer"], cancelled, shown)

    def reasons(self, paper: Paper, room: Room, cancelled: Callable[[], bool] = lambda: False) -> Paper:
        """A paper whose reasons the model has written, as far as they pass the check; as it is where no model writes."""
        if not (self.on and paper.reasoned):
            return paper
        wording = self.wording(room.sources)
        return with_reasons(paper, write(as_answer(paper), room, wording, self, self._prompts["answer"], cancelled))

    def smooth(
        self,
        lecture: Lecture,
        sources: Sources,
        matcher: Matcher,
        progress: Callable[[str, int, int], None] = lambda what, done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Lecture:
        """A lecture whose notes the model has smoothed, as far as they pass the check; raises ``BadModel`` where no model writes."""
        if not self.on:
            raise BadModel(WITHOUT if not self.chosen else UNCONFIRMED)
        from assistant.documents.lecture_smooth import Bench, smooth

        prompt = self._prompts["notes"]
        return smooth(lecture, Bench(sources, matcher, self.wording(sources), self, prompt), progress, cancelled)

    def stream(self, prompt: Prompt, values: Mapping[str, str], cancelled: Callable[[], bool]) -> Generator[str]:
        """Pieces of what the model writes, as they arrive."""
        return self._model.stream(prompt, values, cancelled)

    @property
    def masks(self) -> bool:
        """Whether what is sent has to be masked first."""
        return self._llm.mask and not self.local

    def warm(self) -> None:
        """Load what the first question needs, where a model writes."""
        if self.on:
            self._model.warm()

    @cached_property
    def _model(self) -> Model:
        from assistant.answer.generate import Model

        return Model(self._llm)

    @cached_property
    def _prompts(self) -> Mapping[str, Prompt]:
        return {name: load_prompt(shipped("prompts"), name) for name in ("answer", "rewrite", "notes")}

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[Sequence[str]]]:
        return load_wording(self._settings.knowledge)

    def wording(self, sources: Sources) -> Wording:
        """The words by which sentences are compared."""
        offences = [_spellings(offence.title, *(old.name for old in offence.names)) for offence in sources.offences]
        return Wording({**self._groups, "offences": offences})


def _spellings(*names: str) -> tuple[str, ...]:
    """失火罪 and 过失爆炸罪 of 失火罪、过失爆炸罪等（…）; each name by itself as well."""
    halves = (half.strip("等") for name in names for half in re.split(r"[、/（）]", name))
    return (*names, *(half for half in halves if half.endswith("罪") and len(half) > 2))
