"""For langchain's users: the retriever and the tools as langchain's own kinds. The only file that imports langchain for them.

Nothing here traces or reports; whether runs are traced is the setting of the program that uses these.
Example: ``services = Services(Settings()); LawRetriever(services=services, k=5).invoke("没有焊工证就动火")``
"""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import Field, SkipValidation, ValidationError

from assistant.api import lookup
from assistant.api.problems import misread
from assistant.api.toolbox import NAMES, Toolbox, purpose
from assistant.errors import AnHengError
from assistant.services import Services


class LawRetriever(BaseRetriever):
    """Articles and records as documents; the metadata hold source id, validity on the date, kind of text and dates."""

    services: SkipValidation[Services] = Field(exclude=True, repr=False)
    k: int = Field(default=10, ge=1, le=1000)
    kind: str = "provision"
    """``provision``, ``case``, ``offence`` …; ``all``."""
    on: date | None = None
    """The date that validity is told for; today where it is not set."""

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, k: int | None = None
    ) -> list[Document]:
        found = lookup.search(self.services, query, self.k if k is None else k, self.kind, self.on)
        return [
            Document(hit.text, id=hit.source_id, metadata=hit.model_dump(mode="json", exclude={"text"})) for hit in found.hits
        ]


def law_tools(services: Services) -> list[BaseTool]:
    """``search_legislation``, ``get_provision``, ``validate_citation``, ``check_currency`` and ``ask`` for an agent.

    Each returns a ``dict``; what cannot be answered comes back as one sentence, for the agent to read.
    """
    return [_tool(services, name) for name in NAMES]


def _tool(services: Services, name: str) -> BaseTool:
    method = getattr(Toolbox(services), name)

    def run(**arguments: Any) -> dict[str, Any]:
        try:
            found: dict[str, Any] = method(**arguments).model_dump(mode="json")
        except AnHengError as error:
            raise ToolException(str(error)) from error
        return found

    schema = StructuredTool.from_function(method, name=name).args_schema
    return StructuredTool.from_function(
        run,
        name=name,
        description=purpose(method),
        args_schema=schema,
        handle_tool_error=True,
        handle_validation_error=_misread,
    )


def _misread(error: Any) -> str:
    return misread(error.errors()) if isinstance(error, ValidationError) else "参数的写法不对，请对照说明改正后重试。"
