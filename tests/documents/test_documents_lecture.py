"""Lectures: outlines from the library, every statement with a source that carries it, editing, what becomes old, bad input."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from lectures import FOLDER, TEN, built, lecturing, quizzing, sources

from assistant.answer.draft import in_chinese
from assistant.answer.match import Matcher
from assistant.answer.sources import Sources
from assistant.answer.verify import record_text
from assistant.documents import lecture_edit
from assistant.documents.lecture_json import from_json, outline_json, read_outline, to_json, words
from assistant.documents.lecture_said import clauses, opening
from assistant.domain.lecture import Audience, Part, Style
from assistant.domain.records import Record
from assistant.errors import Cancelled, NotFound, UsageError
from assistant.lecturing import Lecturing

ASIDE = {"cover", "agenda", "section", "question", "remember"}
"""Layouts that state no law."""


@pytest.fixture(scope="module")
def said_by_the_library():
    """Everything that a record says, its tiers with it, in one text without blanks."""
    held = [in_chinese(record_text(record)) for record in sources().knowledge.records]
    return re.sub(r"\s", "", "\n".join(held))


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_every_statement_of_a_slide_opens_to_a_source_that_carries_it(audience, topic, said_by_the_library):
    lecture = built(topic, audience)
    assert 30 <= len(lecture.slides) <= 50
    assert lecture.withheld == ()
    for slide in lecture.slides:
        stated = [one for one in slide.said if one.cites]
        assert stated or slide.layout in ASIDE or (slide.layout == "options" and not slide.figure), f"{slide.title} has no source"
        for n in {*slide.cites, *(n for one in slide.notes for n in one.cites)}:
            citation = lecture.citation(n)
            source = sources().by_id(citation.source_id)
            text = record_text(source) if isinstance(source, Record) else source.text
            assert citation.quote
            assert citation.quote in text
        if slide.layout in {"tiers", "sources", "options"}:  # composed of fields, which the knowledge and quiz tests prove
            continue
        for one in stated:
            for clause in clauses(one.text):
                assert clause.rstrip("；。") in said_by_the_library, one.text


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_the_notes_say_what_the_slide_says_and_fill_the_time(audience, topic):
    lecture = built(topic, audience)
    assert all(slide.notes for slide in lecture.slides)
    for slide in lecture.slides:
        spoken = "".join(one.text for one in slide.notes)
        if slide.layout not in {*ASIDE, "sources", "bars", "tree"}:
            assert all(one.text in spoken for one in slide.said if slide.layout != "options" or one.cites)
        if slide.layout in {"bars", "tree"}:  # cut on the slide, whole in the notes
            assert all(clause.rstrip("。；") in spoken for one in slide.said for clause in clauses(one.text))
    assert abs(sum(slide.seconds for slide in lecture.slides) - 3600) < 60


def test_length_follows_the_minutes_and_words_follow_the_audience():
    counts = [len(built("宽严相济", Audience.PROSECUTORS, minutes).slides) for minutes in (15, 30, 60, 120)]
    assert counts == sorted(counts)
    assert counts[0] < 20 < 55 < counts[-1]
    workers, heads = built("动火作业", Audience.WORKERS), built("动火作业", Audience.HEADS)
    assert {slide.part for slide in workers.slides} != {slide.part for slide in heads.slides}
    assert "有权拒绝违章指挥" in words(workers)
    assert "第一责任人" in words(heads)
    assert any("是：" in note.text for slide in workers.slides for note in slide.notes), "no term was explained"


def test_styles_shift_the_weight():
    many = {
        style: sum(slide.part == "从一个案件讲起" for slide in built("宽严相济", Audience.HEADS, 60, style).slides)
        for style in Style
    }
    assert many[Style.WARNING] > many[Style.LAW]


def test_every_topic_that_is_offered_can_be_taught_to_everybody():
    for topic in lecturing().topics:
        for audience in Audience:
            outline = lecturing().outline(topic.name, audience, 30)
            assert {block.part for block in outline.blocks} >= {
                Part.OPENING,
                Part.LIABILITY,
                Part.QUIZ,
            } or not outline.topic.cases
            assert len({block.key for block in outline.blocks}) == len(outline.blocks)


@pytest.mark.parametrize(
    ("topic", "audience", "minutes", "said"),
    [
        ("", "班组工人", 45, "请写讲课的主题"),
        ("   ", "班组工人", 45, "请写讲课的主题"),
        ("红烧肉怎么做", "班组工人", 45, "库里没有能讲“红烧肉怎么做”的义务、罪名或案例"),
        ("离婚财产分割", "检察官", 45, "请换一个安全生产方面的主题"),
        ("动" * 200, "检察官", 45, "主题有 200 个字"),
        ("动火作业", "班组工人", 3, "讲课时间是 3 分钟，请写 15 到 120"),
        ("动火作业", "班组工人", 500, "讲课时间是 500 分钟"),
        ("动火作业", "班组工人", "一小时", "讲课时间“一小时”不是分钟数"),
        ("动火作业", "老板", 45, "没有“老板”这种听众"),
    ],
)
def test_what_cannot_be_taught_gets_a_sentence(topic, audience, minutes, said):
    with pytest.raises(UsageError, match=said):
        lecturing().outline(topic, audience, minutes)


def test_words_of_ones_own_and_emoji_find_their_records():
    outline = lecturing().outline("叉车", "班组工人", 30)
    assert outline.topic.kind == "自拟"
    assert any("特种设备" in block.title for block in outline.blocks)
    lecture = lecturing().build(lecture_edit.retitle(outline, "🔥" * 30 + "叉车"))
    assert lecture.outline.name.startswith("🔥")
    with pytest.raises(UsageError, match="讲课的名称有 200 个字"):
        lecture_edit.retitle(outline, "长" * 200)


def test_a_topic_without_a_case_says_so_and_is_taught_all_the_same():
    outline = lecturing().outline("职业病", "企业负责人", 30)
    if outline.topic.cases:
        pytest.fail("the library has a case on it now: choose another topic")
    assert any("没有“职业病”的案例" in line for line in outline.notices)
    assert len(lecturing().build(outline).slides) > 10


def test_an_outline_is_edited_before_it_is_built():
    outline = lecturing().outline("动火作业", "班组工人", 45)
    first, second, *_ = outline.blocks
    moved = lecture_edit.move(outline, first.key, 1)
    assert [block.key for block in moved.blocks[:2]] == [second.key, first.key]
    assert lecture_edit.move(outline, first.key, -5) == outline
    assert second.key not in {block.key for block in lecture_edit.drop(outline, second.key).blocks}
    other = next(one for one in lecture_edit.alternatives(outline, lecturing().shelves) if one.id == "case.pc.changfeng")
    swapped = lecture_edit.swap(outline, first.key, other.id, lecturing().shelves)
    titles = [slide.title for slide in lecturing().build(swapped).slides]
    assert "北京长峰医院“4·18”火灾案" in titles
    with pytest.raises(UsageError, match="这一项不是案例"):
        lecture_edit.swap(outline, second.key, other.id, lecturing().shelves)
    with pytest.raises(UsageError, match="提纲里已没有这一项"):
        lecture_edit.drop(outline, "nothing")
    with pytest.raises(UsageError, match="提纲是空的"):
        lecturing().build(replace(outline, blocks=()))


def test_ones_own_material_is_taught_as_ones_own_and_never_as_law():
    outline = lecturing().outline("动火作业", "班组工人", 30)
    rows = [("上周三在二号库房动火，没有监护人。" * 30, "第2页"), ("  ", "")]
    lecture = lecturing().build(lecture_edit.add_own(outline, rows, "会议记录.docx"))
    own = [slide for slide in lecture.slides if slide.block.startswith("own-")]
    assert len(own) >= 2
    assert {slide.kicker for slide in own} == {"您的材料，不是法律依据"}
    cited = lecture.citation(own[0].said[0].cites[0])
    assert (cited.kind, cited.title) == ("material", "会议记录.docx，第2页")
    assert cited.quote == own[0].said[0].text
    with pytest.raises(UsageError, match="没有可以讲的文字"):
        lecture_edit.add_own(outline, [(" ", "")], "空.docx")


def test_a_lecture_and_its_outline_come_back_as_they_were_kept():
    lecture = built("宽严相济", Audience.PROSECUTORS)
    assert from_json(to_json(lecture)) == lecture
    assert read_outline(outline_json(lecture.outline)) == lecture.outline
    with pytest.raises(NotFound, match="别的版本存下的"):
        from_json({"slides": []})
    with pytest.raises(UsageError, match="不是提纲"):
        read_outline([1, 2])


def test_building_stops_when_it_is_told_to():
    told = []
    with pytest.raises(Cancelled):
        lecturing().build(
            lecturing().outline("动火作业", "班组工人", 60),
            progress=lambda what, done, total: told.append((what, done, total)),
            cancelled=lambda: len(told) > 3,
        )
    assert len(told) == 4
    assert told[0][2] > 10


def test_the_papers_open_again_with_every_statement_and_every_source():
    lecture = built("动火作业", Audience.WORKERS)
    handout = _text(lecturing().file(lecture, "handout"))
    script = _text(lecturing().file(lecture, "script"))
    for slide in lecture.slides:
        if slide.layout in {"statement", "figure", "columns", "myth", "tree", "balance", "tiers"}:
            assert all(one.text in handout for one in slide.said)
        if slide.layout not in {"cover", "agenda", "section", "sources"}:
            assert all(one.text in script for one in slide.notes)
    for citation in lecture.citations:
        assert citation.title in handout
        assert citation.quote in script
    assert "仅供参考" in handout
    for one in lecture.questions:
        assert one.stem in handout
        assert f"答案：{one.right}　解析：{one.why.text}" in script
    assert "答案：" not in handout


def _text(content):
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def test_a_list_that_is_announced_is_not_cut_short():
    assert opening("分三层：一是甲；二是乙；三是丙。", 4) == "分三层：一是甲；二是乙；三是丙。"
    assert opening("甲；乙乙乙乙乙乙。", 4) == "甲。"
    assert opening("甲可以罚；但是乙不罚；丙。", 4) == "甲可以罚；但是乙不罚。"


@pytest.fixture
def changing():
    """A library in which one article has another text from a day on."""
    knowledge = sources().knowledge
    bank = quizzing(lambda: shelf[0]).bank
    return knowledge, Lecturing(knowledge, FOLDER, lambda: shelf[0], lambda: matcher, lambda said: said, bank), shelf


matcher = Matcher(sources().knowledge.records)
shelf = [sources()]


def test_an_article_that_changes_marks_the_slides_that_rest_on_it(changing):
    knowledge, teaching, shelf = changing
    lecture = teaching.build(teaching.outline("特种作业证", "班组工人", 45))
    assert teaching.stale(lecture) == []
    cited = {slide for slide, one in enumerate(lecture.slides, 1) for n in one.cites if lecture.citation(n).article == "30"}
    assert cited
    changed = tuple(
        replace(one, text=one.text.replace("资格", "证书") + "（新）")
        if (one.ref.law, one.ref.article) == ("安全生产法", "30")
        else one
        for one in knowledge.provisions
    )
    shelf[0] = Sources(replace(knowledge, provisions=changed))
    try:
        (old,) = teaching.stale(lecture)
        assert (old.place, old.why) == ("安全生产法#30", "已修改")
        assert cited <= set(old.slides)
        anew = teaching.rebuild(lecture)
        assert teaching.stale(anew) == []
        assert any("（新）" in one.quote or "证书" in one.quote for one in anew.citations)
        shelf[0] = Sources(replace(knowledge, records=tuple(one for one in knowledge.records if one.id != "case.pc.kecheng")))
        assert [one.why for one in teaching.stale(lecture)] == ["已移除"]
        again = teaching.rebuild(lecture)
        assert any("知识库里已没有了" in line for line in again.outline.notices)
    finally:
        shelf[0] = sources()


def test_law_of_another_day_is_read_as_of_that_day():
    lecture = lecturing().build(lecturing().outline("危险作业", "检察官", 30), date(2020, 6, 1))
    assert lecture.day == date(2020, 6, 1)
    assert lecture.withheld, "what was not yet in force must not be taught as law"
    assert all("尚未施行" in lost.reason or "不能作为依据" in lost.reason for lost in lecture.withheld)
