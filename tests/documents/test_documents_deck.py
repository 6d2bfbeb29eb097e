"""The PowerPoint file, opened again; and as it looks: rendered by LibreOffice, no text may leave its box."""

import re
from dataclasses import replace
from io import BytesIO

import pptx
import pypdfium2
import pytest
from lectures import TEN, built, lecturing, sources

from assistant.documents import deck_sizes, fit
from assistant.documents.deck import to_powerpoint
from assistant.documents.deck_sizes import BARE, READABLE
from assistant.documents.pdf import program, to_pdf
from assistant.domain.cases import Case
from assistant.domain.lecture import OPINION, Audience, Block, Part, Said, Slide
from assistant.errors import Cancelled, UsageError

needs_libreoffice = pytest.mark.skipif(program() is None, reason="LibreOffice is not installed: nothing renders the slides")
NEAR = 4
"""Points by which the outline of a character may leave the box that holds its line."""


def opened(content):
    return pptx.Presentation(BytesIO(content))


def text_of(slide, name=""):
    """All text of a slide, or that of the box of a name, without blanks."""
    shapes = [shape for shape in slide.shapes if shape.has_text_frame and name in ("", shape.name)]
    return "".join("".join(shape.text_frame.text.split()) for shape in shapes)


def overflowing(content):
    """(slide, text) of every text that stands outside its box on the rendered page."""
    deck, pdf = opened(content), pypdfium2.PdfDocument(to_pdf(content, ".pptx"))
    assert len(pdf) == len(deck.slides)
    lost = []
    for at, (slide, page) in enumerate(zip(deck.slides, pdf, strict=True), 1):
        drawn = page.get_textpage()
        whole = drawn.get_text_range()
        marks = [(one, index) for index, one in enumerate(whole) if not one.isspace()]
        line = "".join(one for one, _ in marks)
        tall = page.get_height()
        for shape in slide.shapes:
            if not shape.has_text_frame:
                continue
            left, top = shape.left.pt - NEAR, shape.top.pt - NEAR
            right, bottom = left + shape.width.pt + 2 * NEAR, top + shape.height.pt + 2 * NEAR
            for paragraph in shape.text_frame.paragraphs:
                text = "".join(paragraph.text.split())
                starts = [place for place in range(len(line)) if text and line.startswith(text, place)]
                boxes = [[drawn.get_charbox(marks[place + step][1]) for step in range(len(text))] for place in starts]
                inside = any(
                    all(left <= x0 and x1 <= right and top <= tall - y1 and tall - y0 <= bottom for x0, y0, x1, y1 in one)
                    for one in boxes
                )
                if text and not inside:
                    lost.append((at, shape.name, text))
    return lost


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_ten_lectures_have_marks_feet_and_notes_on_every_slide(audience, topic):
    lecture = built(topic, audience)
    deck = opened(to_powerpoint(lecture))
    assert abs(deck.slide_width / deck.slide_height - 16 / 9) < 0.001
    assert len(deck.slides) == len(lecture.slides)
    for slide, planned in zip(deck.slides, lecture.slides, strict=True):
        foot = text_of(slide, "sources")
        assert slide.shapes.title.text_frame.text.rstrip("…") in planned.title
        assert slide.notes_slide.notes_text_frame.text.strip()
        if planned.layout in BARE:
            assert foot == ""
            continue
        assert (foot == OPINION) is (not planned.cites)
        if planned.cites:
            first = lecture.citation(planned.cites[0])
            assert foot.startswith(str(first.n))
            assert "".join(first.title.split())[:30] in foot
        for one in planned.said:
            assert "".join(one.text.split())[:12] in text_of(slide)


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_what_a_slide_states_is_read_from_the_last_row(audience, topic):
    lecture = built(topic, audience)
    small = []
    for at, (slide, planned) in enumerate(zip(opened(to_powerpoint(lecture)).slides, lecture.slides, strict=True), 1):
        for shape in slide.shapes:
            if not shape.has_text_frame or shape.name in {"kicker", "sources", "page", "axis"} or planned.layout == "sources":
                continue
            runs = [run for paragraph in shape.text_frame.paragraphs for run in paragraph.runs]
            small += [(at, planned.layout, run.text) for run in runs if run.font.size.pt < READABLE]
    assert small == []


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
def test_the_library_speaks_of_the_law_on_slides_and_of_itself_in_the_notes(audience, topic):
    shown = "".join(one.text for slide in built(topic, audience).slides if slide.layout != "sources" for one in slide.said)
    assert not re.search("原文不在|这是要旨|没有核到|核对官方|宽严信号", shown)


def test_a_case_is_told_from_its_cause_to_its_lesson():
    lecture = built("动火作业", Audience.WORKERS, 60)
    told = [slide for slide in lecture.slides if "柯城" in slide.title + slide.kicker]
    layouts = [slide.layout for slide in told]
    assert layouts[0] == "figure"
    assert layouts.index("chain") < layouts.index("tree") < layouts.index("lesson")
    chain = told[layouts.index("chain")]
    assert {n for one in chain.said for n in one.cites} == set(chain.cites) != set()
    assert chain.said[0].text in lecture.citation(chain.cites[0]).quote


def test_a_case_of_which_only_the_outcome_is_known_is_told_by_its_points():
    lecture = built("动火作业", Audience.WORKERS, 60)
    case = next(
        one for one in sources().records("case") if isinstance(one, Case) and one.single and not one.chain and not one.lesson
    )
    outline = lecture.outline
    block = Block(f"case-{case.id}", Part.OPENING, "story", case.title, case.id, (0,))
    slides = [slide for slide in lecturing().build(replace(outline, blocks=(block,))).slides if slide.block == block.key]
    assert slides
    assert not {"chain", "lesson", "balance"} & {slide.layout for slide in slides} - ({"balance"} if case.strict else set())


@pytest.mark.parametrize(("audience", "topic"), TEN, ids=lambda value: str(value))
@pytest.mark.slow
@needs_libreoffice
def test_no_text_of_ten_lectures_leaves_its_box(audience, topic):
    assert overflowing(to_powerpoint(built(topic, audience))) == []


@pytest.mark.slow
@needs_libreoffice
def test_the_longest_that_the_library_can_say_stays_in_its_box():
    records = sources().knowledge.records
    points = sorted((point.text for record in records for point in record.points), key=len, reverse=True)
    titles = sorted((record.title for record in records), key=len, reverse=True)
    lecture = built("动火作业", Audience.WORKERS, 30)
    n = (1, 2, 3)
    slides = [
        Slide("statement", "这活该怎么干", titles[0], (Said(points[0], n),), titles[1], notes=(Said("讲"),)),
        Slide("figure", "罚则", titles[1], (Said(points[40], n, "直接经济损失"),), figure="1000万元以上2000万元以下", notes=(Said("讲"),)),
        Slide("columns", "罚则", titles[2], tuple(Said("数" * 56, n) for _ in range(3)), notes=(Said("讲"),)),
        Slide("columns", "罚则", titles[2], (Said("数" * 56, n), Said("甲")), notes=(Said("讲"),)),
        Slide("myth", "误解", titles[3], (Said("说" * 45, head="有人说"), Said(points[20], n, "其实")), notes=(Said("讲"),)),
        Slide("timeline", "时间", titles[4], tuple(Said("年" * 88, n, "2024年12月31日") for _ in range(4)), notes=(Said("讲"),)),
        Slide("tree", "责任", titles[5], tuple(Said(points[60], n, "其他负责人和安全员") for _ in range(3)), notes=(Said("讲"),)),
        Slide("chain", "案例", titles[8], tuple(Said("链" * 30, n) for _ in range(6)), notes=(Said("讲"),)),
        Slide("chain", "案例", titles[9], tuple(Said("链" * 30, n) for _ in range(3)), notes=(Said("讲"),)),
        Slide("lesson", "案例", "这件事教给我们", (Said("训" * 60, n),), titles[10], notes=(Said("讲"),)),
        Slide("section", "案例", titles[11], tuple(Said(title) for title in titles[:3]), figure="1", notes=(Said("讲"),)),
        Slide("agenda", "", "这一讲", tuple(Said("段" * 14, head=str(at), span=(at, at + 3)) for at in range(9)), notes=(Said("讲"),)),
        Slide("balance", "宽严", titles[6], tuple(Said("条" * 100, n, side) for side in "宽宽宽严严严"), notes=(Said("讲"),)),
        Slide("question", "想一想", titles[7], (Said("问" * 90),), notes=(Said("讲"),)),
        Slide("cover", "", "题" * 60, (Said("给安全管理人员的 120 分钟 · 业务研讨"),), notes=(Said("讲"),)),
        Slide("remember", "", "一句话记住", (Said("记" * 60),), notes=(Said("讲"),)),
        Slide("options", "小测", "选一选", (Said("干" * 80, n), *(Said("项" * 40, head=one) for one in "ABCD")), notes=(Said("讲"),)),
    ]  # fmt: skip
    assert overflowing(to_powerpoint(replace(lecture, slides=tuple(slides)))) == []


@pytest.mark.slow
@needs_libreoffice
def test_the_check_of_the_boxes_sees_a_text_that_runs_over():
    deck = opened(to_powerpoint(built("动火作业", Audience.WORKERS, 15)))
    shape = next(one for one in deck.slides[1].shapes if one.name == "text" and len(one.text_frame.text) > 3)
    shape.text_frame.paragraphs[0].runs[0].text = "太长的一句话" * 30
    held = BytesIO()
    deck.save(held)
    assert [one[0] for one in overflowing(held.getvalue())] == [2]


def test_every_tier_of_every_offence_fits_by_measure():
    for topic in lecturing().topics:
        if topic.kind == "罪名":
            outline = lecturing().outline(topic.name, Audience.PROSECUTORS, 15)
            tiers = tuple(block for block in outline.blocks if block.kind == "tiers")
            lecture = lecturing().build(replace(outline, blocks=tiers))
            to_powerpoint(lecture)
            shown = [slide for slide in lecture.slides if slide.layout == "tiers"]
            assert shown
            assert all(deck_sizes.tiers(slide.said) >= READABLE for slide in shown), topic.name


def test_measures_are_on_the_safe_side():
    assert fit.width("安全", 10) == 20
    assert fit.width("8小时", 10) > 26
    assert fit.lines("安" * 20, 10, 105) == 2
    assert fit.lines("安" * 10 + "，", 10, 104) == 2  # a comma does not begin a line: the character before goes with it
    assert fit.largest(["安" * 100], (40, 20, 10), (200, 100)) == 10
    assert fit.cut("安" * 50, 10, 105, 2).endswith("…")
    assert fit.cut("安全", 10, 105, 2) == "安全"


def test_a_template_of_ones_own_is_used_and_what_is_none_is_refused(tmp_path):
    lecture = built("动火作业", Audience.WORKERS, 15)
    own = tmp_path / "本院模板.pptx"
    deck = opened(to_powerpoint(lecture))
    deck.core_properties.keywords = "本院"
    deck.save(own)
    made = opened(to_powerpoint(lecture, own))
    assert made.core_properties.keywords == "本院"
    assert len(made.slides) == len(lecture.slides)
    wrong = tmp_path / "不是模板.pptx"
    wrong.write_bytes(b"PK not a presentation")
    with pytest.raises(UsageError, match="不是 PowerPoint 模板"):
        to_powerpoint(lecture, wrong)
    square = pptx.Presentation()
    square.save(tmp_path / "方的.pptx")
    with pytest.raises(UsageError, match="不是 16:9 的"):
        to_powerpoint(lecture, tmp_path / "方的.pptx")


def test_drawing_stops_when_it_is_told_to():
    with pytest.raises(Cancelled):
        to_powerpoint(built("动火作业", Audience.WORKERS, 15), cancelled=lambda: True)


def test_without_libreoffice_a_pdf_is_refused_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="本机没有 LibreOffice"):
        lecturing().file(built("动火作业", Audience.WORKERS, 15), "pdf")
