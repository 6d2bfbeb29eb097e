"""Files that the page 企业自查 hands out: the report as Word or PDF, a chapter of the handbook, an attached photo."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from html import escape
from uuid import uuid4

from assistant.documents.handbook import to_word as handbook_word
from assistant.documents.pdf import to_pdf
from assistant.documents.selfcheck_report import to_word
from assistant.errors import NotFound
from assistant.web.browser import Browser
from assistant.web.desk import told
from assistant.web.selfcheck_show import Held
from assistant.web.state import Service
from assistant.web.view_talks import download

Data = Mapping[str, str]


class SelfCheckFiles:
    """Each returns the markup whose link the page's script follows, or a notice that says why there is none."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def word(self, held: Held, stored: object, data: Data) -> str:
        """The report as a Word file."""

        def make() -> str:
            name, content = self._report(held, stored)
            return download(name, "word", content, uuid4().hex)

        return _made(make)

    def pdf(self, held: Held, stored: object, data: Data) -> str:
        """The report as PDF, by the LibreOffice of this machine."""

        def make() -> str:
            name, content = self._report(held, stored)
            return download(name, "pdf", to_pdf(content), uuid4().hex)

        return _made(make)

    def _report(self, held: Held, stored: object) -> tuple[str, bytes]:
        """Its name, and the Word file with the photos."""
        report = self._service.selfcheck.report(Browser.read(stored).owner, held.check)
        content = to_word(report, self._service.selfcheck.files.get)
        return f"自查报告-{report.check.site.name}-{report.result.day}", content

    def handbook(self, held: Held, stored: object, data: Data) -> str:
        """A chapter of the handbook as a Word file."""

        def make() -> str:
            book = self._service.handbook([data.get("field", "")])
            return download(f"企业安全生产法律风险提示-{data.get('field', '')}", "word", handbook_word(book), uuid4().hex)

        return _made(make)

    def take(self, held: Held, stored: object, data: Data) -> str:
        """An attached file, as it was brought."""

        def make() -> str:
            given = self._service.selfcheck.store.answers(Browser.read(stored).owner, held.check).get(data.get("question", ""))
            file = next((one for one in (given.files if given else ()) if one.sha256 == data.get("file")), None)
            content = self._service.selfcheck.files.get(file.sha256) if file else None
            if file is None or content is None:
                raise NotFound("这个附件找不到了，可能被移走或者改动过，请重新附上。")
            coded, name = base64.b64encode(content).decode(), escape(file.name)
            return (
                f'<a data-once="{uuid4().hex}" download="{name}" href="data:application/octet-stream;base64,{coded}">{name}</a>'
            )

        return _made(make)


def _made(make: Callable[[], str]) -> str:
    try:
        return make()
    except Exception as error:  # noqa: BLE001  the page is an edge
        return f'<p class="failure" data-once="{uuid4().hex}">{escape(told(error))}</p>'
