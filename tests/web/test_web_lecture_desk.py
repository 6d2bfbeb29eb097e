"""The events of 讲堂 without a browser: bad input gets one sentence, and what was there before stays, on a full disk too."""

import base64
import re
import threading
import zipfile
from dataclasses import replace
from html import unescape
from io import BytesIO
from types import SimpleNamespace

import docx
import openpyxl
import pptx
import pypdf
import pytest
from full_disk import fill, small
from scripted_llm import Say
from web_answers import ScriptedService

from assistant.documents.lecture_edit import LONGEST_TITLE
from assistant.documents.pdf import program
from assistant.domain.smoothed import SMOOTHED
from assistant.drafting import Drafting
from assistant.errors import HomeError
from assistant.settings import LLMSettings, Settings
from assistant.store.repository import Repository
from assistant.web.lecture_desk import LectureDesk
from assistant.web.lecture_state import Held
from assistant.web.lecture_work import alone

ASKED = {"topic": "动火作业", "audience": "班组工人", "minutes": "15", "style": "警示"}
ANNA, BEN = {"owner": "a" * 24}, {"owner": "b" * 24}
NAMES = [
    "🔥" * LONGEST_TITLE,
    "安" * LONGEST_TITLE,
    "👨‍👩‍👧‍👦动火🇨🇳",
    'a/b\\c:d*e?"f<g>|h',
    "\ud83d半个",
    "CON",
    "...",
    "   ",
    "𠮷" * LONGEST_TITLE,
]


@pytest.fixture
def desk(tmp_path):
    repository = Repository.in_home(tmp_path / "home")
    yield LectureDesk(ScriptedService(), repository)
    repository.close()


def failure(shown):
    """The one sentence."""
    said = [unescape(one) for one in re.findall(r'<p class="failure" role="alert">([^<]*)</p>', shown.page)]
    assert len(said) == 1, shown.page[:400]
    assert said[0].endswith(("。", "？"))
    assert not re.search(r"Error|Errno|Traceback|None", said[0]), said
    return said[0]


def last(events):
    *_, shown = events
    return shown


def planned(desk, stored=ANNA, **asked):
    return desk.act("plan", Held(), stored, ASKED | asked)


def made(desk, stored=ANNA, **asked):
    return last(desk.make(planned(desk, stored, **asked).held, stored, {}))


def taken(shown):
    name, data = re.search(r'download="([^"]*)" href="data:[^;]*;base64,([^"]*)"', shown.made).groups()
    return unescape(name), base64.b64decode(data)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"topic": "婚姻财产分割"}, "库里没有能讲“婚姻财产分割”"),
        ({"topic": "红烧肉做法"}, "库里没有能讲“红烧肉做法”"),
        ({"topic": "股票"}, "库里没有能讲“股票”"),
        ({"topic": ""}, "请写讲课的主题"),
        ({"topic": " \t\u3000"}, "请写讲课的主题"),
        ({"topic": "\ud83d\x00"}, "请写讲课的主题"),
        ({"topic": "动" * 200}, "请写在 60 个字以内"),
        ({"topic": "🔥" * 200}, "请写在 60 个字以内"),
        ({"minutes": "3"}, "15 到 120"),
        ({"minutes": "500"}, "15 到 120"),
        ({"minutes": "-45"}, "15 到 120"),
        ({"minutes": "一节课"}, "15 到 120"),
        ({"minutes": "9" * 150}, "15 到 120"),
        ({"minutes": ""}, "15 到 120"),
        ({"audience": "老板"}, "班组工人"),
        ({"style": ""}, "警示"),
    ],
)
def test_what_cannot_be_planned_is_one_sentence_and_the_form_keeps_what_was_written(desk, asked, said):
    shown = planned(desk, **asked)
    assert said in failure(shown)
    assert shown.held.outline is None
    assert (
        getattr(shown.held.asked, next(iter(asked))) == next(iter(asked.values())).translate({0: " ", 9: " ", 0xD83D: " "})[:200]
    )


def test_a_topic_without_a_case_is_taught_and_says_so(desk):
    shown = planned(desk, topic="电梯")
    assert "库里没有“电梯”的案例" in shown.page
    built = last(desk.make(shown.held, ANNA, {}))
    assert len(built.held.lecture.slides) > 8


def picture(path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 200)


def locked_pdf(path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(path)


def locked_word(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512)


def blank_word(path):
    docx.Document().save(str(path))


def broken_word(path):
    docx.Document().save(str(path))
    path.write_bytes(path.read_bytes()[:900])


def nothing(path):
    path.write_bytes(b"")


def noise(path):
    path.write_bytes(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("name", "write", "said"),
    [
        ("现场.docx", picture, "是图片"),
        ("现场.txt", picture, "是图片"),
        ("空.txt", nothing, "是空文件"),
        ("空.pdf", nothing, "是空文件"),
        ("锁.pdf", locked_pdf, "打开密码"),
        ("锁.docx", locked_word, "打开密码"),
        ("白.docx", blank_word, "没有文字"),
        ("断.docx", broken_word, "断.docx"),
        ("乱.md", noise, "乱.md"),
    ],
)
def test_an_upload_that_is_no_text_is_one_sentence_and_the_outline_stays(desk, tmp_path, name, write, said):
    held = desk.act("down", planned(desk).held, ANNA, {"key": planned(desk).held.outline.blocks[0].key, "title": "我的一讲"}).held
    file = tmp_path / name
    write(file)
    shown = desk.own(held, ANNA, str(file))
    assert said in failure(shown)
    assert shown.held == held
    assert not file.exists()
    assert "我的一讲" in shown.page


def test_a_file_full_of_control_characters_is_read_and_the_files_open(desk, tmp_path):
    file = tmp_path / "导出.txt"
    file.write_text("二号库房\x07动火\x0b没有\ufffe监护人。\x1b[0m", encoding="utf-8")
    held = desk.own(planned(desk).held, ANNA, str(file)).held
    built = last(desk.make(held, ANNA, {})).held
    assert built.lecture, "nothing was built"
    for kind, read in (("slides", pptx.Presentation), ("handout", docx.Document), ("script", docx.Document)):
        read(BytesIO(taken(last(desk.take(built, ANNA, {"kind": kind})))[1]))


def test_material_is_added_after_some_was_dropped_and_all_of_it_is_built(desk, tmp_path):
    def added(held, text):
        file = tmp_path / "记录.txt"
        file.write_text(text, encoding="utf-8")
        return desk.own(held, ANNA, str(file)).held

    held = added(added(planned(desk).held, "一号库房。"), "二号库房。")
    first = next(one for one in held.outline.blocks if one.own == "一号库房。")
    held = added(desk.act("leave", held, ANNA, {"key": first.key}).held, "三号库房。")
    built = last(desk.make(held, ANNA, {}))
    said = "".join(one.text for slide in built.held.lecture.slides for one in slide.said)
    assert "二号库房" in said
    assert "三号库房" in said
    assert "一号库房" not in said


def test_an_outline_whose_topic_names_what_is_gone_can_still_be_edited(desk):
    held = planned(desk).held
    topic = replace(held.outline.topic, cases=("case.gone",))
    shown = desk.show(replace(held, outline=replace(held.outline, topic=topic)), ANNA)
    assert '<ol class="blocks">' in shown.page


def as_text(path):
    path.write_text("这不是幻灯片", encoding="utf-8")


def as_word(path):
    docx.Document().save(path.with_suffix(".docx"))
    path.with_suffix(".docx").rename(path)


def as_excel(path):
    openpyxl.Workbook().save(path.with_suffix(".xlsx"))
    path.with_suffix(".xlsx").rename(path)


def untitled(path):
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = 12192000, 6858000
    for layout in list(deck.slide_layouts):
        for shape in list(layout.placeholders):
            shape._element.getparent().remove(shape._element)
    deck.save(path)


def narrow(path):
    pptx.Presentation().save(path)


def without(part):
    def write(path):
        held = BytesIO()
        pptx.Presentation().save(held)
        with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                if not name.startswith(part):
                    new.writestr(name, old.read(name))

    return write


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (as_text, "不是 PowerPoint 模板"),
        (as_word, "不是 PowerPoint 模板"),
        (as_excel, "不是 PowerPoint 模板"),
        (nothing, "不是 PowerPoint 模板"),
        (locked_word, "不是 PowerPoint 模板"),
        (without("ppt/slideMasters"), "模板.pptx"),
        (without("ppt/slideLayouts"), "模板.pptx"),
        (without("ppt/presentation.xml"), "不是 PowerPoint 模板"),
        (narrow, "16:9"),
        (untitled, "没有带标题的版式"),
    ],
)
def test_a_template_that_is_none_is_one_sentence_and_the_former_stays(desk, tmp_path, write, said):
    good = pptx.Presentation()
    good.slide_width, good.slide_height = 12192000, 6858000
    good.save(tmp_path / "好.pptx")
    held = desk.skin(planned(desk).held, ANNA, str(tmp_path / "好.pptx")).held
    assert held.template_name == "好.pptx"
    file = tmp_path / "模板.pptx"
    write(file)
    shown = desk.skin(held, ANNA, str(file))
    assert said in failure(shown)
    assert shown.held == held


@pytest.mark.parametrize("title", NAMES)
def test_any_name_is_kept_and_its_files_can_be_written(desk, tmp_path, title):
    held = planned(desk).held
    shown = last(desk.make(held, ANNA, {"title": title}))
    assert shown.held.version == 1, shown.page[:300]
    assert desk.show(Held(), ANNA).side.count('data-act="unroll"') == 1
    for kind in ("slides", "handout", "script"):
        name, content = taken(last(desk.take(shown.held, ANNA, {"kind": kind})))
        assert len(name.encode()) <= 255
        assert re.fullmatch(r"[\w（）·\- ]+-(?:幻灯片\.pptx|讲义\.docx|讲稿\.docx)", name), name
        (tmp_path / name).write_bytes(content)


def test_a_name_of_200_characters_is_one_sentence_and_the_outline_stays(desk):
    held = planned(desk).held
    shown = last(desk.make(held, ANNA, {"title": "安" * 200}))
    assert "60 个字以内" in failure(shown)
    assert shown.held == held


def test_a_second_click_does_not_begin_another_build_and_the_first_goes_on(desk):
    held = planned(desk).held
    first = desk.make(held, ANNA, {})
    work = next(first).work
    second = list(alone(work, lambda: desk.make(held, ANNA, {})))
    assert len(second) == 1
    assert "请等它完成，或者先按“停止”" in failure(second[0])
    assert 'class="working"' in second[0].page
    assert last(first).held.version == 1
    assert desk.show(Held(), ANNA).side.count('data-act="unroll"') == 1
    assert last(alone(work, lambda: desk.make(held, ANNA, {}))).held.version == 1, "one that is over stands in nobody's way"


def test_two_browsers_build_at_once_and_each_has_its_own(desk):
    done = {}

    def build(name, stored, topic):
        done[name] = made(desk, stored, topic=topic)

    threads = [
        threading.Thread(target=build, args=(name, stored, topic))
        for name, stored, topic in (("a", ANNA, "动火作业"), ("b", BEN, "瞒报谎报"), ("c", BEN, "外包"))
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [done[name].held.version for name in "abc"] == [1, 1, 1]
    assert desk.show(Held(), ANNA).side.count('data-act="unroll"') == 1
    assert desk.show(Held(), BEN).side.count('data-act="unroll"') == 2


def test_on_a_full_disk_the_lecture_is_shown_taken_and_saved_once_there_is_room(tmp_path):
    with small(tmp_path / "disk", 2_000_000) as disk:
        repository = Repository.in_home(disk)
        desk = LectureDesk(ScriptedService(), repository)
        before = made(desk, topic="瞒报谎报").held
        fill(disk)
        shown = made(desk)
        assert "没有保存" in failure(shown)
        assert "可以先下载" in failure(shown)
        assert shown.held.lecture
        assert not shown.held.version
        assert 'data-act="keep"' in shown.page
        assert len(pptx.Presentation(BytesIO(taken(last(desk.take(shown.held, ANNA, {"kind": "slides"})))[1])).slides) > 5
        assert desk.act("unroll", shown.held, ANNA, {"id": before.key}).held.lecture == before.lecture, "what was there is lost"
        assert "没有保存" in failure(desk.act("keep", shown.held, ANNA, {}))
        (disk / "full").unlink()
        kept = desk.act("keep", shown.held, ANNA, {})
        assert kept.held.version == 1
        assert 'data-act="keep"' not in kept.page
        assert "已保存，第 1 版" in kept.page
        repository.close()


def test_where_a_renewed_lecture_cannot_be_saved_the_former_version_stays(tmp_path):
    with small(tmp_path / "disk", 2_000_000) as disk:
        repository = Repository.in_home(disk)
        desk = LectureDesk(ScriptedService(), repository)
        held = made(desk).held
        fill(disk)
        shown = last(desk.renew(held, ANNA, {"id": held.key}))
        assert "没有保存" in failure(shown)
        (disk / "full").unlink()
        assert "第 1 版" in desk.show(Held(), ANNA).side
        assert desk.act("keep", shown.held, ANNA, {}).held.version == 2
        repository.close()


def test_a_list_that_cannot_be_read_does_not_hide_the_lecture(desk, monkeypatch):
    held = made(desk).held

    def broken(*_):
        raise HomeError("咨询记录无法读写，请检查数据目录。")

    monkeypatch.setattr(desk._kept._lectures, "find", broken)
    shown = desk.show(held, ANNA)
    assert '<ol class="slides">' in shown.page
    assert "请检查数据目录" in shown.side
    assert 'id="src-lecture-1"' in shown.side


def test_a_full_temporary_folder_is_one_sentence_and_the_lecture_stays(desk, tmp_path, monkeypatch):
    if program() is None:
        pytest.skip("LibreOffice is not installed: a PDF is refused before a disk is needed")
    held = made(desk).held
    with small(tmp_path / "temp", 40_000) as temp:
        fill(temp)
        monkeypatch.setattr("tempfile.tempdir", str(temp))
        shown = last(desk.take(held, ANNA, {"kind": "pdf"}))
    assert "磁盘满了" in failure(shown)
    assert shown.held == held
    assert '<ol class="slides">' in shown.page


def test_a_lecture_deleted_in_another_window_is_saved_anew(desk):
    held = made(desk).held
    desk.act("erase", Held(), ANNA, {"id": held.key})
    shown = desk.act("keep", held, ANNA, {})
    assert (shown.held.version, shown.held.key != held.key) == (1, True)
    gone = last(desk.renew(held, ANNA, {"id": held.key}))
    assert "已不在记录里" in failure(gone)
    assert gone.held == held


def writing(desk, llm, change):
    def answer(prompt):
        lines = prompt.split("讲稿：\n")[-1].splitlines()
        return Say("\n".join(f"{number}. {change(text)}" for number, text in (line.split(". ", 1) for line in lines)), pause=0.05)

    llm.otherwise = answer
    desk._service.drafting = Drafting(Settings(llm=LLMSettings(model="qwen", base_url=llm.url, timeout=2)))


def test_notes_are_smoothed_on_the_page_and_kept_as_the_next_version(desk, llm):
    plain = made(desk)
    assert 'data-act="smooth"' not in plain.page, "no model is there"
    writing(desk, llm, lambda line: line + "这一条由我随便说，罚款九百万元。" if "动火" in line else "大家记住，" + line)
    assert 'data-act="smooth"' in desk.show(plain.held, ANNA).page
    steps = [one.page for one in desk.smooth(plain.held, ANNA, {}) if isinstance(one.page, str)]
    assert any("正在顺第" in one for one in steps)
    shown = desk.act("unroll", Held(), ANNA, {"id": plain.held.key})
    assert shown.held.version == 2
    assert SMOOTHED in shown.page
    assert "没有用" in shown.page
    assert "九百万元" in shown.page
    before, after = plain.held.lecture, shown.held.lecture
    assert [one.said for one in before.slides] == [one.said for one in after.slides]
    assert "九百万元" not in "".join(one.text for slide in after.slides for one in slide.notes)


def test_stopping_the_smoothing_keeps_what_was_there(desk, llm):
    held = made(desk).held
    writing(desk, llm, lambda line: "大家记住，" + line)
    running = desk.smooth(held, ANNA, {})
    next(running).work.stop()
    shown = last(running)
    assert "已停止" in failure(shown)
    assert shown.held == held
    assert "第 1 版" in desk.show(Held(), ANNA).side


def test_a_model_that_fails_is_one_sentence_and_the_notes_stay(desk, llm):
    held = made(desk).held
    writing(desk, llm, lambda line: line)
    llm.otherwise = lambda prompt: Say(fault="500")
    shown = last(desk.smooth(held, ANNA, {}))
    assert "HTTP 500" in failure(shown)
    assert shown.held == held
    desk._service.drafting = SimpleNamespace(on=True, smooth=Drafting(Settings(llm=LLMSettings())).smooth)
    assert "还没有接语言模型" in failure(last(desk.smooth(replace(held), ANNA, {})))
