"""What goes in and out, as the OpenAPI document and the tools describe it. Dates are ISO, article numbers ``134-1``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.api import examples
from assistant.domain.wish import Wish


def _whole(text: str) -> str:
    """JSON can hold half a character; nothing after this can."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise PydanticCustomError("half_a_character", "half a character")
    return text


_WHOLE = AfterValidator(_whole)
Written = Annotated[str, _WHOLE]
LawName = Annotated[
    str, Field(description="法律名称、简称或文号，例如：刑法、安全生产法、法释〔2022〕19号", max_length=200), _WHOLE
]
ArticleNumber = Annotated[str, Field(description="条号：134、134-1、第一百三十四条之一", max_length=40), _WHOLE]
On = Annotated[date | None, Field(description="按哪一天的法律，YYYY-MM-DD；默认今天")]
Kind = Annotated[str, Field(description="provision（条文）、case、offence、practice 等；all 为全部", max_length=20), _WHOLE]
Count = Annotated[int, Field(description="最多返回多少条", ge=1, le=50)]


ANSWER = ConfigDict(extra="allow")
"""An answer is what ``answer.render`` writes; it comes back in ``history`` as it was given."""


def shown(example: dict[str, Any]) -> ConfigDict:
    """Configuration of a shape with its example; what is not named is refused."""
    return ConfigDict(extra="forbid", json_schema_extra={"example": example})


class Problem(BaseModel):
    """出错时的返回."""

    model_config = shown(examples.PROBLEM)
    error: str = Field(description="一句话：出了什么问题，怎么办")


class Claim(BaseModel):
    """论断."""

    model_config = ANSWER
    text: str
    kind: str = Field(description="结论、依据、适用要点、类案、提示")
    citations: list[int] = Field(description="引注的编号")


class Citation(BaseModel):
    """引注：编号、出处和所引的话."""

    model_config = ANSWER
    n: int
    source_id: str = Field(description="出处的编号")
    kind: str = Field(description="provision（条文）或记录的种类")
    title: str
    law: str
    doc_no: str = Field(description="文号")
    article: str
    quote: str = Field(description="所引的话，出处中的原样")
    text_kind: str = Field(description="原文或要旨")
    effective_from: date | None = Field(description="施行日")
    status: str = Field(description="所问之日的效力：现行有效、已修改、已废止、尚未施行、需核对")
    url: str
    note: str


class Withheld(BaseModel):
    """没有采用的话和原因."""

    text: str
    reason: str


class Answered(BaseModel):
    """一次回答。追问时把它原样放进 history."""

    model_config = shown(examples.ANSWERED) | ANSWER
    question: Written
    status: str = Field(description="answered（已回答）、insufficient（依据不足）、out_of_scope（超出范围）")
    behavior: str
    as_of: date = Field(description="按哪一天的法律")
    answer_markdown: str = Field(description="全文，Markdown")
    claims: list[Claim]
    citations: list[Citation]
    withheld: list[Withheld]
    warnings: list[str]
    library_date: date | None = Field(description="法规库截至")
    topics: list[str]
    completed: str = Field("", description="追问按前文补全成的问题；没有补全时为空")
    turned: bool = Field(False, description="是否另起了话题，没有带入前文")
    understood: list[str] = Field([], description="从问题所述案情里读到的要素，例如 死亡人数：3人；没有讲案情的为空")
    wish: Wish | None = Field(
        None, description="问的是讲课（lecture）、出题（quiz）还是演练（drill），和所说的主题、听众、时间；不是的为空"
    )


class Question(BaseModel):
    """提问."""

    model_config = shown(examples.QUESTION)
    question: Written = Field(description="要问的事")
    on: On = None
    history: list[Answered] = Field(default=[], description="此前的回答，原样放回；追问时用", max_length=10)
    stream: bool = Field(default=False, description="true：以 server-sent events 逐句返回")


class Hit(BaseModel):
    """检索到的一条."""

    source_id: str
    kind: str
    title: str
    law: str
    article: str
    text: str
    text_kind: str = Field(description="原文或要旨")
    status: str = Field(description="所问之日的效力；不是条文的为空")
    effective_from: date | None
    effective_to: date | None
    score: float


class Found(BaseModel):
    """检索结果，好的在前."""

    model_config = shown(examples.FOUND)
    query: str
    as_of: date
    note: str = Field(description="问题是怎么理解的：改了错别字、把拼音或英文读成了中文")
    hits: list[Hit]


class Place(BaseModel):
    """另一条."""

    source_id: str
    law: str
    article: str


class Validity(BaseModel):
    """效力."""

    law: str
    doc_no: str = Field(description="文号")
    status: str = Field(description="所问之日的效力：现行有效、已修改、已废止、尚未施行、需核对")
    as_of: date
    effective_from: date | None = Field(description="施行日；null 为没有记载")
    effective_to: date | None = Field(description="有效到哪一天；null 为没有失效或没有记载")
    superseded_by: str = Field(description="被哪部文件代替")
    warnings: list[str] = Field(description="引用前要知道的事：已废止、已修改、尚未施行、只是要旨")
    note: str


class Article(Validity):
    """一条法律条文."""

    model_config = shown(examples.ARTICLE)
    source_id: str
    title: str
    article: str
    text: str = Field(description="一款或一项一行")
    text_kind: str = Field(description="原文或要旨")
    standing: str = Field(
        description="当日有效、当日没有这一条、当日文本不在库中、当日已经失效；不是当日有效的，text 只供对照，warnings 说明原因"
    )
    url: str
    cited_by: list[Place] = Field(description="引用它的条文")
    cites: list[Place] = Field(description="它引用的条文")


class Currency(Validity):
    """一部法律文件或者其中一条是否有效."""

    title: str
    article: str = Field(description="空：问的是整部文件")
    in_force: bool = Field(description="所问之日现行有效")
    source_id: str = Field(description="问的是一条时，它的出处编号")


class Text(BaseModel):
    """要核验的文字."""

    model_config = shown(examples.TEXT)
    text: Written = Field(description="整段文字；Word、PDF 请先取出文字，或者用 anheng check")
    on: On = None


class Finding(BaseModel):
    """一处引用和结论."""

    surface: str = Field(description="文中的写法")
    start: int = Field(description="起止位置，按字符计")
    end: int
    law: str
    article: str
    article_to: str = Field(default="", description="写的是一个范围时的末条")
    paragraph: int | None = Field(description="款")
    item: int | None = Field(description="项")
    verdict: str = Field(description="库中无此法、尚未施行、已废止、已修改、条号有误、文字有误、无法判断、一致")
    right: str = Field(description="应当是什么")
    why: str = Field(description="理由")
    source_id: str = Field(description="对照的出处")


class Checked(BaseModel):
    """引用核验的结果."""

    model_config = shown(examples.CHECKED)
    as_of: date
    all_right: bool = Field(description="至少有一处引用，而且处处一致")
    findings: list[Finding]
