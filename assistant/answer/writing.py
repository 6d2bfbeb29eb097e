"""Writing with a model: evidence ─▶ model ─▶ sentences ─▶ check. What passes stands before the composed answer, which stays whole."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.answer.ask import Room
from assistant.answer.draft import Draft
from assistant.answer.evidence import Evidence
from assistant.answer.mask import Mask
from assistant.answer.prompts import Prompt
from assistant.answer.sentences import Sentence, sentences
from assistant.answer.support import Support
from assistant.answer.verify import Verified, cite
from assistant.answer.wording import Wording
from assistant.domain.answer import Answer, Behavior, Citation, Claim, Outcome, Section, Withheld
from assistant.errors import AnHengError, Cancelled

AGAIN = 3
"""How often a sentence may come before the model is taken to be running in circles."""
MOST = 40
"""Sentences of one answer; more is not an answer."""
_STANDS = "以下是不用模型写成的回答。"
Shown = Callable[[Answer], None]


class Writer(Protocol):
    """What writes: ``generate.Model`` behind a mask."""

    @property
    def name(self) -> str:
        """Which model, and where."""

    @property
    def local(self) -> bool:
        """Whether it runs on this machine."""

    @property
    def masks(self) -> bool:
        """Whether what is sent has to be masked."""

    def stream(self, prompt: Prompt, values: Mapping[str, str], cancelled: Callable[[], bool]) -> Generator[str]:
        """Pieces of text as they arrive; raises an ``AnHengError`` where there are none."""


@dataclass
class _Draft:
    """What has passed so far, and what has not."""

    verified: Verified
    claims: list[Claim] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


def write(
    composed: Answer,
    room: Room,
    wording: Wording,
    writer: Writer,
    prompt: Prompt,
    cancelled: Callable[[], bool] = lambda: False,
    shown: Shown = lambda answer: None,
) -> Answer:
    """The composed answer, led by the sentences of a model that passed; as it was, with a sentence, where there are none.

    Where nothing was found the model is not asked. ``shown`` gets the answer as it grows; raises ``Cancelled``.
    """
    if composed.status is not Outcome.ANSWERED or not composed.citations:
        return composed
    shown(composed)
    evidence = Evidence(composed, room.sources, wording, own=writer.local)
    values, mask = _told(evidence, writer)
    base = replace(composed, model=writer.name, sent="\n\n".join(text for _, text in prompt.filled(values)))
    draft = _Draft(Verified(citations=list(composed.citations)))
    support = Support(evidence, room.matcher, composed.as_of)
    failure = "模型没有写出能通过核对的句子。"
    try:
        with closing(writer.stream(prompt, values, cancelled)) as pieces:
            for read in sentences(pieces):
                sentence = replace(read, text=mask.back(read.text))
                if _take(sentence, draft, support, evidence):
                    shown(_led(base, draft))
                if draft.seen[sentence.text] >= AGAIN or len(draft.seen) >= MOST:
                    break
    except Cancelled:
        raise
    except AnHengError as error:
        draft.claims.clear()
        failure = str(error)
    if draft.claims:
        return _led(base, draft)
    return replace(base, withheld=(*composed.withheld, *draft.withheld), warnings=(*composed.warnings, f"{failure}{_STANDS}"))


def _told(evidence: Evidence, writer: Writer) -> tuple[dict[str, str], Mask]:
    """What the prompt is filled with, masked where it leaves this machine, and the mask."""
    values = {
        "question": evidence.question,
        "day": evidence.composed.as_of.isoformat(),
        "sources": evidence.told_sources,
        "facts": evidence.told_facts,
    }
    mask = Mask()
    if writer.masks:
        mask.learn(*values.values())
        values = {name: mask(value) for name, value in values.items()}
    return values, mask


def _take(sentence: Sentence, draft: _Draft, support: Support, evidence: Evidence) -> bool:
    """Check one sentence; whether it may be shown. What comes again is neither shown nor listed again."""
    draft.seen[sentence.text] = draft.seen.get(sentence.text, 0) + 1
    if draft.seen[sentence.text] > 1:
        return False
    found = support.check(sentence)
    if isinstance(found, str):
        draft.withheld.append(Withheld(sentence.text, found))
        return False
    numbers, past = found
    ids = tuple(evidence[n].source_id for n in numbers)
    as_draft = Draft(sentence.text, Section.CONCLUSION, ids, historic=past)
    cited = [_cited(source_id, as_draft, evidence) for source_id in ids]
    bad = next((reason for reason in cited if isinstance(reason, str)), None)
    if bad is not None:
        draft.withheld.append(Withheld(sentence.text, bad))
        return False
    chosen = tuple(dict.fromkeys(draft.verified.number(citation) for citation in cited if isinstance(citation, Citation)))
    draft.claims.append(Claim(sentence.text, Section.CONCLUSION, chosen, drafted=True))
    return True


def _cited(source_id: str, draft: Draft, evidence: Evidence) -> Citation | str:
    """The words of a source that carry the sentence; of a reader's own file, those that were found in it."""
    if evidence.sources.by_id(source_id) is None:
        return next(citation for citation in evidence.composed.citations if citation.source_id == source_id)
    return cite(source_id, draft, evidence.sources, evidence.composed.as_of)


def _led(base: Answer, draft: _Draft) -> Answer:
    """The model's sentences conclude; what the composed answer concluded becomes the first basis, unless it puts something right."""
    leads = base.behavior is Behavior.ANSWER
    kept = tuple(
        replace(claim, kind=Section.BASIS) if leads and claim.kind is Section.CONCLUSION else claim for claim in base.claims
    )
    claims = (
        (*draft.claims, *kept)
        if leads
        else (*base.section(Section.CONCLUSION), *draft.claims, *(c for c in kept if c.kind is not Section.CONCLUSION))
    )
    return replace(base, claims=claims, citations=tuple(draft.verified.citations), withheld=(*base.withheld, *draft.withheld))
