"""A lecture over imported law: another version of an article marks the slides that rest on it, and they are built anew."""

from dataclasses import replace

import pytest

from assistant.documents.lecture_json import outline_json, read_outline
from assistant.domain.lecture import LONGEST, SHORTEST
from assistant.errors import UsageError
from assistant.services import Services
from assistant.settings import Settings

LAW = """中华人民共和国安全生产法
（{day}第{nth}次公布　自{start}起施行）
第一章　总则
第一条　为了试验，制定本法。
第三十条　干特种作业的人，要先学会、考过、拿到资格证，没有拿到的不许动手。{more}
第三十一条　本条为试验而写。
"""


@pytest.fixture
def services(own_home):
    made = Services(Settings(home=own_home))
    yield made
    made.library.close()


@pytest.fixture
def shipped(services):
    return services.lecturing


def imported(services, folder, name, **words):
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(LAW.format(**words), encoding="utf-8")
    report = services.import_paths([file])
    assert report.changed, report


def test_two_versions_of_an_article(services, tmp_path):
    lecturing = services.lecturing
    gist = lecturing.build(lecturing.outline("特种作业证", "班组工人", 45))
    imported(services, tmp_path / "一", "安全生产法.txt", day="2021年6月10日", nth="三", start="2021年9月1日", more="")
    (now_original,) = [one for one in lecturing.stale(gist) if one.place == "安全生产法#30"]
    assert now_original.why == "现有官方原文"
    lecture = lecturing.build(gist.outline)
    assert lecturing.stale(lecture) == []
    quoted = [one for one in lecture.citations if (one.law, one.article) == ("安全生产法", "30")]
    assert "不许动手" in quoted[0].quote
    resting = {at for at, slide in enumerate(lecture.slides, 1) if {one.n for one in quoted} & set(slide.cites)}
    imported(
        services, tmp_path / "二", "安全生产法.txt", day="2026年1月1日", nth="四", start="2026年3月1日", more="证书应当随身携带。"
    )
    (old,) = [one for one in lecturing.stale(lecture) if one.place == "安全生产法#30"]
    assert old.why == "已修改"
    assert resting
    assert resting <= set(old.slides)
    anew = lecturing.rebuild(lecture)
    assert not [one for one in lecturing.stale(anew) if one.place == "安全生产法#30"]
    assert anew.prints["安全生产法#30"] != lecture.prints["安全生产法#30"]


def block(of, **changed):
    """An outline whose first block of a kind was edited."""

    def edit(written):
        next(one for one in written["blocks"] if one["kind"] == of).update(changed)

    return edit


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (block("record", points=[99]), "没有第 99 点"),
        (block("record", points=[-1]), "没有第 -1 点"),
        (block("case", points=[0, 50]), "没有第 50 点"),
        (block("record", record="x.y"), "没有编号“x.y”"),
        (block("record", record=""), "没有编号"),
        (block("record", kind="case"), "不能按 case 来讲"),
        (block("record", kind="tiers"), "不能按 tiers 来讲"),
        (block("record", kind="todo"), "不能按 todo 来讲"),
        (block("record", kind="own"), "own 是空的"),
        (block("quiz", points=[]), "points 要写两个数"),
        (block("quiz", points=[5000, 3]), "不超过 100"),
        (lambda written: written.update(minutes=500), f"{SHORTEST} 到 {LONGEST}"),
        (lambda written: written.update(minutes=3), f"{SHORTEST} 到 {LONGEST}"),
        (lambda written: written.update(title="安" * 200), "60 个字以内"),
        (lambda written: written.update(blocks=[]), "提纲是空的"),
        (lambda written: written.update(blocks=written["blocks"] * 2), "key 相同"),
        (lambda written: written.update(blocks=written["blocks"] * 100), "最多 200 段"),
    ],
)
def test_an_outline_that_was_edited_into_nonsense_is_one_sentence(shipped, edit, said):
    written = outline_json(shipped.outline("动火作业", "班组工人", 15))
    edit(written)
    with pytest.raises(UsageError, match=said) as raised:
        shipped.build(read_outline(written))
    assert str(raised.value).endswith("。")


def test_what_the_library_no_longer_holds_is_left_out_of_a_lecture_that_is_built_anew(shipped):
    outline = shipped.outline("动火作业", "班组工人", 15)
    made = shipped.build(outline)
    record = next(one for one in outline.blocks if one.kind == "record")
    fewer = replace(record, points=(*record.points, 99))
    gone = replace(next(one for one in outline.blocks if one.kind == "case"), record="case.gone")
    kept = tuple(fewer if one == record else gone if one.kind == "case" else one for one in outline.blocks)
    anew = shipped.rebuild(replace(made, outline=replace(outline, blocks=kept)))
    assert record in anew.outline.blocks
    assert gone.key not in {one.key for one in anew.outline.blocks}
    assert f"“{gone.title}”在知识库里已没有了，没有讲。" in anew.outline.notices
