"""Each sentence against its sources: what the law, the figures, the conditions and the words must have in common."""

import re
from pathlib import Path

import pytest

from assistant.answer.evidence import Evidence
from assistant.answer.sentences import Sentence
from assistant.answer.support import Support
from assistant.services import Services
from assistant.settings import Settings
from eval.adversarial import ABSENT, judge

OFFICIAL = Path(__file__).resolve().parents[2].parent / "shared" / "official"

QUESTION = "死亡三人的重大责任事故怎么判？"


@pytest.fixture(scope="module")
def told(services):
    composed = services.ask(QUESTION, model=False)
    evidence = Evidence(composed, services.sources, services.drafting.wording(services.sources))
    support = Support(evidence, services.matcher, composed.as_of)
    numbers = {(one.ref.law, one.ref.article) if one.ref else one.title: one.n for one in evidence.given}
    interpretation = services.sources.resolve("法释〔2015〕22号")
    places = {"刑134": ("刑法", "134"), "刑135": ("刑法", "135"), "解6": (interpretation, "6"), "解7": (interpretation, "7")}

    def telling(text, *names):
        cites = tuple(numbers[places[name]] if name in places else name for name in names)
        return support.check(Sentence(text, cites))

    return telling


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("重大责任事故罪处三年以下有期徒刑或者拘役。", ["刑134"]),
        ("情节特别恶劣的，处3年以上7年以下有期徒刑。", ["刑134"]),
        ("死亡三人以上并且负事故主要责任的，处三年以上七年以下有期徒刑。", ["解7"]),
        ("死亡三人以上、负事故主要责任的，属于情节特别恶劣，处三年以上七年以下有期徒刑。", ["解7", "刑134"]),
        ("《刑法》第一百三十四条第一款规定，情节特别恶劣的，处三年以上七年以下有期徒刑。", []),
        ("死亡一人以上的，应当认定为造成严重后果。", ["解6"]),
        ("重大责任事故罪没有罚金刑。", ["刑134"]),
    ],
)
def test_what_the_sources_say_passes(told, text, names):
    assert not isinstance(told(text, *names), str), told(text, *names)


@pytest.mark.parametrize(
    ("text", "names", "reason"),
    [
        ("重大责任事故罪处三年以下有期徒刑。", [], "没有注明来源"),
        ("重大责任事故罪处三年以下有期徒刑。", [99], r"不存在的来源\[99\]"),
        ("《刑法》第一百三十四条之九规定处三年以下有期徒刑。", ["刑134"], "库中没有《刑法》第一百三十四条之九"),
        ("《刑法》第一百三十四条第九款规定处三年以下有期徒刑。", ["刑134"], "没有第九款"),
        ("根据《企业安全责任法》第三条，处三年以下有期徒刑。", ["刑134"], "企业安全责任法"),
        ("依照法释〔2007〕5号，死亡一人以上应当认定为造成严重后果。", ["解6"], "法释〔2007〕5号"),
        ("《刑法》第一百三十五条规定了重大责任事故罪。", ["刑134"], "不在《刑法》第一百三十五条"),
        ("依照《刑法》第二百七十四条，处三年以下有期徒刑。", ["刑134"], "第二百七十四条"),
        ("《特种作业人员安全技术培训考核管理规定》规定处三年以下有期徒刑。", ["刑134"], "特种作业人员"),
        ("情节特别恶劣的，处三年以上十年以下有期徒刑。", ["刑134"], "10年以下"),
        ("情节特别恶劣的，处七年有期徒刑。", ["刑134"], "7年"),
        ("情节特别恶劣的，处三年以下有期徒刑或者拘役。", ["刑134"], "档次"),
        ("重伤三人以上并且负事故主要责任的，处三年以上七年以下有期徒刑。", ["解7"], "3人以上"),
        ("死亡三人以上的，处三年以上七年以下有期徒刑。", ["解7"], "漏了条件“主要责任”"),
        ("死亡三人以上并且负事故次要责任的，处三年以上七年以下有期徒刑。", ["解7"], "次要责任"),
        ("法院“应当一律从重处罚”。", ["刑134"], "引文“应当一律从重处罚”"),
        ("重大责任事故罪并处罚金。", ["刑134"], "罚金|肯定"),
        ("重大责任事故罪处罚监理单位。", ["刑134"], "监理单位"),
        ("重大责任事故罪不包括直接从事生产、作业的人员。", ["刑134"], ""),
        ("建议尽快更换电气线路并购买灭火器材。", ["刑134"], "相差太远|不在"),
        ("The penalty is three years of imprisonment.", ["刑134"], "不是中文"),
        ('{"answer": "三年以下", "sources": [1]}', ["刑134"], "不是中文"),
        ("处" * 500, ["刑134"], "过长"),
    ],
)
def test_what_they_do_not_say_is_withheld_with_its_reason(told, text, names, reason):
    found = told(text, *names)
    assert isinstance(found, str)
    assert re.search(reason, found), found


def test_no_false_sentence_of_the_scripted_outputs_is_shown_and_few_true_ones_are_withheld(services):
    judged = judge(services)
    assert len({one.output for one in judged}) >= 60
    assert not [one.reason for one in judged if one.how == ABSENT]
    true = [one for one in judged if one.true]
    assert [one.text for one in judged if one.shown and not one.true] == []
    assert sum(not one.shown for one in true) <= 0.05 * len(true)


@pytest.mark.official
@pytest.mark.slow
@pytest.mark.skipif(not OFFICIAL.is_dir(), reason="official texts are not at hand: ../shared/official")
def test_the_same_holds_where_the_official_texts_were_imported(own_home):
    services = Services(Settings(home=own_home))
    services.import_paths([OFFICIAL])
    judged = [one for one in judge(services) if one.how != ABSENT]
    true = [one for one in judged if one.true]
    assert [one.text for one in judged if one.shown and not one.true] == []
    assert sum(not one.shown for one in true) <= 0.05 * len(true)
