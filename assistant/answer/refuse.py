"""Refusals are made in code, before anything is composed: typed, with what is missing and what could be asked instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answer.draft import Composition
from assistant.answer.match import Match, Matcher, bag
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding, has_content, normalise
from assistant.domain.answer import Behavior, Outcome, Passage, Section
from assistant.domain.cases import Case
from assistant.domain.provision import Status
from assistant.domain.records import Offence, Practice
from assistant.errors import EmptyQuestion, QuestionTooLong
from assistant.law.refs import label

SCOPE = "安全生产刑事案件、行刑衔接与企业安全合规"
_COUNTED = re.compile(r"\d+(?:\.\d+)?\s*(?:万|余|多)?\s*[件人份起%％]")
KNOWN_ENOUGH = 0.55
"""A question of the field shares at least this much of its wording with the library."""
NEVER_BELOW = 0.30
OWN_TEXT = 0.6
"""Share of a question that an imported text has to say to bring the question into scope."""
ON_IT = 0.4
"""Share of the words of a question about figures that the sentence with the figures has to hold."""
_TITLE = re.compile(r"《([^》]{2,60})》|[“\"]([^”\"]{2,40})[”\"]|([\u4e00-\u9fff]{1,8}〔\d{4}〕\d+号)")
_WHEN = re.compile(r"(?:19|20)\d{2}\s*年|去年|今年|前年|上个?月|本月|近年|最多|最高|第一|排名")


def check_input(question: str, limit: int) -> None:
    """Raise the sentence for what cannot be a question."""
    if not has_content(normalise(question)):
        raise EmptyQuestion("没有看到问题，请用文字写下要问的事，例如“死亡三人的重大责任事故怎么判？”")
    if len(question) > limit:
        raise QuestionTooLong(f"问题超过{limit}字，请只留下要问的事实和问题；整份材料请用“导入”加入资料库后再问。")


def out_of_scope(
    u: Understanding, matcher: Matcher, ranked: Sequence[Match], hits: Sequence[Passage], sources: Sources
) -> Composition | None:
    """Another field, small talk, or an instruction instead of a question."""
    if u.refs or u.offences or u.carries or any(sources.has_articles(law) for law in u.laws):
        return None
    cues = sources.knowledge.cues
    off = any(re.search(pattern, u.text, re.IGNORECASE) for pattern in cues.off_topic)
    field = any(re.search(pattern, u.text, re.IGNORECASE) for pattern in cues.in_field)
    known = matcher.known(u.text)
    if not off and any("条" in hit.surface for hit in u.unresolved):
        return None  # an article of a law that is not at hand: said by name
    asked = bag(u.text)
    own = [hit for hit in hits[:3] if hit.source_id.startswith("text/")]
    if not off and any(matcher.covered(asked, bag(f"{hit.title} {hit.text}")) >= OWN_TEXT for hit in own):
        return None  # a text that the user imported speaks of it
    least = NEVER_BELOW / 2 if u.aspects else NEVER_BELOW
    if not u.wants_any("greeting") and not off and known >= least and (field or known >= KNOWN_ENOUGH):
        return None
    if any(len(name) > 2 and name in u.text for match in ranked[:5] for name in (match.record.title, *match.record.aliases)):
        return None
    if off and field and ranked and ranked[0].score > 0.5:
        return None
    out = Composition(Behavior.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE)
    out.say(f"这个问题超出范围：本助手只回答{SCOPE}方面的问题，不作猜测。", Section.CONCLUSION)
    out.say(
        "可以这样问：“死亡三人的重大责任事故怎么判？”“特种作业无证上岗怎么罚？”“公安收到移送案件几天内决定立案？”", Section.NOTES
    )
    return out


def prediction(u: Understanding) -> Composition | None:
    """A definite outcome is wanted. The ranges that the law gives are added by the caller where an offence is known."""
    if not u.wants_any("prediction"):
        return None
    out = Composition(Behavior.NO_PREDICTION, Outcome.INSUFFICIENT)
    out.say(
        "不能预测具体裁判结果，也不会给出确定的刑期；可以说明法定刑幅度、从严从宽的量刑情节，以及还需要补充哪些案情。",
        Section.CONCLUSION,
    )
    out.say(
        "请补充：罪名或行为经过、死亡与重伤人数、直接经济损失、事故责任（全部、主要、同等、次要）、行为时间、"
        "是否自首或坦白、是否认罪认罚、是否积极抢救和赔偿、是否取得谅解、有无前科和从重情形。",
        Section.NOTES,
    )
    return out


def not_in_library(u: Understanding, ranked: Sequence[Match], sources: Sources) -> Composition | None:
    """A name, a case number, a full text or a statistic that the library does not hold."""
    return (
        _identity(u, ranked)
        or _model_text(u, ranked)
        or _full_text(u, ranked, sources)
        or _statistics(u, ranked)
        or _unknown_law(u, ranked)
        or _unknown_article(u, sources)
    )


def _missing(text: str) -> Composition:
    out = Composition(Behavior.NOT_IN_LIBRARY, Outcome.INSUFFICIENT)
    out.say(text, Section.CONCLUSION)
    return out


def _identity(u: Understanding, ranked: Sequence[Match]) -> Composition | None:
    if not u.wants_any("identity"):
        return None
    about = next((match.record for match in ranked[:5] if isinstance(match.record, Case | Practice)), None)
    if about is None:
        return _missing("库内没有这项身份或者文书信息（姓名、案号、文号等），不能提供，也不会推测；请向承办单位查询。")
    out = _missing("库内材料没有写明当事人的全名、身份信息或者裁判文书案号，不能提供，也不会推测。")
    out.say("材料写到的是：" + about.points[0].text, Section.BASIS, about.id)
    if isinstance(about, Case) and about.unconfirmed:
        out.say(f"{about.title}中没有核到的还有：{'、'.join(about.unconfirmed)}。", Section.NOTES)
    out.say("需要时请以中国裁判文书网、12309中国检察网或者承办单位的正式文书为准。", Section.NOTES)
    out.uses(about.id)
    return out


def _model_text(u: Understanding, ranked: Sequence[Match]) -> Composition | None:
    """A paper is to be written or a model of one is wanted: what it must hold can be told, the paper not."""
    if not u.wants_any("model_text"):
        return None
    out = _missing("库内没有文书范本，目前也不代拟文书；可以说明它应当写到的内容和依据。")
    for match in ranked[:2]:
        out.uses(match.record.id)
        for point in match.record.points[:3]:
            out.say(point.text, Section.BASIS, *(point.cite or (match.record.id,)), confidence=point.confidence)
    return out


def _full_text(u: Understanding, ranked: Sequence[Match], sources: Sources) -> Composition | None:
    if not u.wants_any("full_text") or any(sources.has_text(law) for law in u.laws):
        return None
    titles = (next(filter(None, groups)) for groups in _TITLE.findall(u.text))
    named = next(iter(u.laws), "") or next(titles, "")
    if not named:
        return None
    out = _missing(f"库内没有“{named}”的全文，不能提供原文；下面只是要旨，不是逐字文本。")
    on_it = [m.record for m in ranked[:6] if not u.laws or any(ref.law in u.laws for ref in sources.cited_by[m.record.id])]
    for record in on_it[:2]:
        out.uses(record.id)
        for point in record.points[:4]:
            out.say(point.text, Section.BASIS, *(point.cite or (record.id,)), confidence=point.confidence)
    for gist in [] if on_it else [p for p in sources.knowledge.provisions if p.ref.law in u.laws][:3]:
        out.say(gist.text, Section.BASIS, str(gist.ref))
    out.say("需要全文时，请从发布机关网站取得正式文本，用“导入”加入资料库后再问。", Section.NOTES)
    return out


def _statistics(u: Understanding, ranked: Sequence[Match]) -> Composition | None:
    """A figure for a year that no record near the question speaks of."""
    when = _WHEN.findall(u.text)
    if not u.wants_any("statistics") or not when or u.quantities.harm:
        return None
    near = [point.text for match in ranked[:4] for point in match.record.points]
    asked = bag(_WHEN.sub("", u.text))
    close = [text for text in near if len(asked & bag(text)) >= ON_IT * len(asked)]
    if any(all(each in text for each in when) and _COUNTED.search(text) for text in close):
        return None
    return _missing(f"库内没有“{'、'.join(when)}”的这项数据，不能回答，也不会推算；请以主管机关公开发布的数据为准。")


def _unknown_law(u: Understanding, ranked: Sequence[Match]) -> Composition | None:
    """A law between 《》 that the library has never heard of, asked for by article."""
    if not u.unresolved or u.refs:
        return None
    surface = u.unresolved[0].surface
    out = _missing(f"库内没有{surface}所指的法律文件，无法核对它的内容；请确认名称是否准确，或者导入该文件后再问。")
    good = [match for match in ranked[:2] if match.score > 0.45 and not isinstance(match.record, Offence)]
    for match in good:
        out.say(f"与问题接近的有：{match.record.title}。", Section.NOTES)
    return out


def _unknown_article(u: Understanding, sources: Sources) -> Composition | None:
    """Nothing but articles is asked for, and the library has none of them. A repealed law is put right elsewhere."""
    today = date.today()
    named = [ref.whole_article() for ref in u.refs if ref.article]
    there = any(sources.provision(ref, today) or sources.law(ref.law).status(today) is Status.REPEALED for ref in named)
    if not named or there or not u.wants_articles or u.carries:
        return None
    out = _missing(f"库中没有{'、'.join(map(label, named[:4]))}，不能回答它的内容；请核对条号，或者导入官方文本后再问。")
    known = [ref.law for ref in named if sources.has_articles(ref.law)]
    if known:
        out.say(f"《{known[0]}》的其他条文可以查，例如直接问“{known[0]}有哪些关于……的规定”。", Section.NOTES)
    return out
