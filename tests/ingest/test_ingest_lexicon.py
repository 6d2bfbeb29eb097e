"""Words that stand for one another are named once and spelt out where expressions use them."""

from dataclasses import dataclass

import pytest

from assistant.errors import KnowledgeError
from assistant.ingest.lexicon import spell_out


@dataclass(frozen=True)
class Cue:
    words: tuple[str, ...]
    says: dict[str, str]


def test_a_name_is_replaced_wherever_an_expression_stands():
    cue = Cue(("不〈动作〉就走",), {"是": "〈动作〉了"})
    assert spell_out(cue, {"动作": "干|下井"}) == Cue(("不(?:干|下井)就走",), {"是": "(?:干|下井)了"})


def test_a_name_may_use_another():
    assert spell_out("〈甲〉", {"甲": "子|〈乙〉", "乙": "丑"}) == "(?:子|(?:丑))"


@pytest.mark.parametrize("lexicon", [{}, {"甲": "〈甲〉"}, {"甲": "〈乙〉", "乙": "〈甲〉"}])
def test_a_name_that_leads_nowhere_is_refused(lexicon):
    with pytest.raises(KnowledgeError, match="没有定义的词组"):
        spell_out("〈甲〉", lexicon)
