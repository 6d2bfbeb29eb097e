"""A lecture over imported law: another version of an article marks the slides that rest on it, and they are built anew."""

import pytest

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
