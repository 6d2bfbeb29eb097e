"""What the asker takes for granted, held against what the library says: a wrong premise is put right in the first sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer.draft import Composition
from assistant.answer.match import Matcher, bag
from assistant.answer.sources import Sources
from assistant.answer.understand import Understanding
from assistant.domain.answer import Behavior, Section
from assistant.domain.records import Misconception
from assistant.law.quantities import arabic

SAYS_SO, NEARLY, ANSWERS = 0.62, 0.5, 0.42
"""How close a question comes to a known wrong statement: it repeats it; it repeats it if one word group is missing and it asks
for confirmation; it asks about it, and the correction is the answer."""

BESIDE = 0.8
"""A second correction joins the first when it is nearly as close."""
_REPROOF = re.compile(r"^(?:不对|不是这样|不正确|错了|说法不对)[：，。]\s*")
_FIGURE = re.compile(
    r"(?<![到至\-—~.\d])(?P<n>\d+(?:\.\d+)?)\s*(?P<unit>个?工作日|个月|小时|万元|周|星期|[日天次元倍%％])(?![前后]|以[前后来])"
)
_UNITS = {"天": "日", "周": "星期", "％": "%"}
_NEGATIVE = re.compile(
    r"不用|不会|不能|不需要|不必|无需|没必要|用不着|不算|不是|不构成|不适用|不要求|不再|没有|没事|没责任|管不着|没办法|只能认|免了"
)
_LETS_OFF = re.compile(
    r"不用|不会|不需要|不必|无需|没必要|用不着|没事|没责任|管不着|没办法|只能认|不再|免了|就行|就可以|就没|就不"
)
_OBLIGES = re.compile(r"应当|必须|也要|还要|仍|不是|不等于|不影响|不免除|照样|可以|能")
_REFUSES = re.compile(r"^.{0,4}(?:不是|不能|不得|不构成|不适用|不等于|并非|不会|不必然|不属于)")


def known_mistakes(u: Understanding, matcher: Matcher, sources: Sources, out: Composition) -> None:
    """Corrections of misconceptions that the question holds; a neutral question close to one is answered by it."""
    asked, sure = bag(u.text), u.wants_any("asserts")
    near = [(matcher.nearest(asked, wrong.says), wrong) for wrong in sources.misconceptions]
    held = [(score, wrong) for score, wrong in near if _in_play(wrong, u.text, spare=1 if sure and score >= NEARLY else 0)]
    held.sort(key=lambda pair: -pair[0])
    for score, wrong in [pair for pair in held[:2] if pair[0] >= BESIDE * held[0][0]]:
        asserted = (sure or score >= SAYS_SO) and not _agrees(u.text, wrong)
        if asserted:
            out.behavior = Behavior.CORRECT_PREMISE
        concludes = asserted or (not out.concluded and matcher.nearest(asked, (*wrong.says, *wrong.asks)) >= ANSWERS)
        for position, point in enumerate(wrong.points):
            section = Section.CONCLUSION if concludes and position == 0 else Section.BASIS
            text = point.text if asserted else _REPROOF.sub("", point.text)
            out.say(text, section, *point.cite, confidence=point.confidence)
        out.uses(wrong.id)


def _in_play(wrong: Misconception, text: str, spare: int) -> bool:
    missing = sum(not any(term in text for term in group) for group in wrong.when)
    allowed = spare if len(wrong.when) > 2 else 0
    return bool(wrong.when) and missing <= allowed and not any(term in text for term in wrong.unless)


def _agrees(text: str, wrong: Misconception) -> bool:
    """Whether a question close to a wrong statement says the right thing: its terms and amounts are those of the correction."""
    figures = {(unit, value) for unit, values in _figures(text).items() for value in values}
    correct = {(unit, value) for unit, values in _figures(wrong.points[0].text).items() for value in values}
    mistaken = {(unit, value) for says in wrong.says for unit, values in _figures(says).items() for value in values}
    return bool(figures) and figures <= correct and not figures <= mistaken


def contradictions(u: Understanding, out: Composition) -> None:
    """A view that the first conclusion contradicts, by its figure or by saying the opposite, is named as wrong there."""
    at = next((i for i, draft in enumerate(out.drafts) if draft.section is Section.CONCLUSION), None)
    if at is None or out.behavior is not Behavior.ANSWER or not u.wants_any("asserts"):
        return
    first = out.drafts[at]
    figure = wrong_figure(u.text, first.text, "\n".join(draft.text for draft in out.drafts))
    if figure:
        out.drafts[at] = replace(first, text=f"不是“{figure}”：{first.text}")
    if figure or opposite(u.text, first.text):
        out.behavior = Behavior.CORRECT_PREMISE


def wrong_figure(asked: str, said: str, everything: str) -> str:
    """A figure of the question whose unit the conclusion uses with other figures only and that stands nowhere in the answer."""
    stated, supported = _figures(said), _figures(everything)
    for unit, figures in _figures(asked).items():
        if unit in stated and not figures.keys() & supported[unit].keys():
            return next(iter(figures.values()))
    return ""


def _figures(text: str) -> dict[str, dict[float, str]]:
    """Terms and amounts by unit, each as it is written; persons and years decide nothing, they stand in every threshold."""
    found: dict[str, dict[float, str]] = {}
    for match in _FIGURE.finditer(arabic(text)):
        value, unit = float(match["n"]), _UNITS.get(match["unit"], match["unit"])
        if unit == "星期":
            value, unit = value * 7, "日"
        found.setdefault(unit, {})[value] = match.group()
    return found


def opposite(asked: str, said: str) -> bool:
    """Whether the question lets off where the answer obliges, or affirms what the answer refuses in its first words."""
    if _LETS_OFF.search(asked):
        return bool(_OBLIGES.search(said[:14])) and not _NEGATIVE.search(said[:8].replace("不是", ""))
    return not _NEGATIVE.search(asked) and bool(_REFUSES.search(said))
