"""The tools of an agent, under the names and parameters that agents know from other law servers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from assistant.api import lookup, shapes
from assistant.services import Services

NAMES = ("search_legislation", "get_provision", "validate_citation", "check_currency", "ask")


@dataclass(frozen=True)
class Toolbox:
    """One call's tools; the docstrings are what agents read."""

    services: Services
    cancelled: Callable[[], bool] = lookup.never

    def search_legislation(
        self,
        query: Annotated[shapes.Written, Field(description="要找什么；口语、错别字、英文都可以")],
        limit: shapes.Count = 10,
        kind: shapes.Kind = "provision",
        as_of_date: shapes.On = None,
    ) -> shapes.Found:
        """检索中国安全生产领域的法律条文、案例和其他记录，好的在前。每条注明原文或要旨、所问之日的效力和出处编号。."""
        return lookup.search(self.services, query, limit, kind, as_of_date)

    def get_provision(
        self, document_id: shapes.LawName, section: shapes.ArticleNumber = "", as_of_date: shapes.On = None
    ) -> shapes.Article:
        """取一条法律条文在某一天的文本，注明原文或要旨、效力、施行日、代替它的文件，以及引用它和它引用的条文。."""
        return lookup.article(self.services, document_id, section, as_of_date)

    def validate_citation(
        self,
        citation: Annotated[
            shapes.Written, Field(description="一处引用，或者含有引用的整段文字；连同所引的话一起给，才能核对文字和数字")
        ],
        as_of_date: shapes.On = None,
    ) -> shapes.Checked:
        """核验法条引用：法律是否在库、条款项是否存在、是否有效、所引的话和数字是否一致。每处引用一个结论。."""
        return lookup.check(self.services, citation, as_of_date)

    def check_currency(
        self, document_id: shapes.LawName, section: shapes.ArticleNumber = "", as_of_date: shapes.On = None
    ) -> shapes.Currency:
        """查一部法律文件或其中一条在某一天是否有效：现行有效、已修改、已废止、尚未施行、需核对，以及由什么代替。."""
        return lookup.currency(self.services, document_id, section, as_of_date)

    def ask(
        self,
        question: Annotated[shapes.Written, Field(description="安全生产刑事案件、行刑衔接、企业安全合规方面的问题")],
        as_of_date: shapes.On = None,
    ) -> shapes.Answered:
        """提问，得到分节的回答，每句话带编号引注；依据不足或超出范围时照实说明，不作猜测。."""
        return lookup.ask(self.services, question, as_of_date, cancelled=self.cancelled)


def purpose(tool: Callable[..., object]) -> str:
    """What a tool is for, in its own words."""
    return (tool.__doc__ or "").strip().removesuffix(".")
