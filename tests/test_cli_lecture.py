"""``anheng lecture`` as a process: files that open again, an outline that is edited and comes back, one sentence where it cannot be."""

import json

import docx
import pptx
import pytest

TOPIC = ("lecture", "动火作业", "--audience", "班组工人", "--minutes", "30")


def test_slides_handout_and_script_are_written(anheng, tmp_path):
    ran = anheng(*TOPIC, "--out", tmp_path / "讲课", home=tmp_path / "home")
    assert ran.code == 0, ran.err
    assert "出处" in ran.out
    names = sorted(path.name for path in (tmp_path / "讲课").iterdir())
    assert names == [f"没有批准的一次动火-{name}" for name in ("幻灯片.pptx", "讲义.docx", "讲稿.docx")]
    deck = pptx.Presentation(tmp_path / "讲课" / names[0])
    assert deck.slides[0].shapes.title.text_frame.text == "没有批准的一次动火"
    assert docx.Document(tmp_path / "讲课" / names[1]).paragraphs[0].text == "没有批准的一次动火"


def test_an_outline_goes_out_is_edited_and_comes_back(anheng, tmp_path):
    outline = json.loads(anheng(*TOPIC, "--json", home=tmp_path / "home").out)
    outline["blocks"] = outline["blocks"][:3]
    file = tmp_path / "提纲.json"
    file.write_text(json.dumps(outline, ensure_ascii=False), encoding="utf-8")
    ran = anheng("lecture", "--from", file, "--title", "🔥我的一讲", "--out", tmp_path / "讲课", home=tmp_path / "home")
    assert ran.code == 0, ran.err
    assert (tmp_path / "讲课" / "我的一讲-幻灯片.pptx").exists()


def test_topics_are_listed(anheng, tmp_path):
    ran = anheng("lecture", home=tmp_path / "home")
    assert ran.code == 0
    assert "专题　动火作业" in ran.out
    assert "罪名　重大责任事故罪" in ran.out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("lecture", "红烧肉", "--out", "x"), "库里没有能讲“红烧肉”"),
        (("lecture", "动火作业", "--minutes", "3"), "15 到 120"),
        (("lecture", "动火作业", "--minutes", "500"), "15 到 120"),
        (("lecture", "动火作业", "--audience", "老板"), "没有“老板”这种听众"),
        (("lecture", "动火作业", "--style", "脱口秀"), "没有“脱口秀”这种讲法"),
        (("lecture", "动火作业", "--own", "没有.docx"), "找不到"),
        (("lecture", "--from", "没有.json"), "读不出来"),
    ],
)
def test_what_cannot_be_made_is_one_sentence(anheng, tmp_path, options, said):
    ran = anheng(*options, home=tmp_path / "home")
    assert ran.code == 2
    assert said in ran.sentence


def test_files_that_are_none_and_places_that_cannot_be_written_are_one_sentence(anheng, tmp_path):
    wrong = tmp_path / "模板.pptx"
    wrong.write_bytes(b"no")
    ran = anheng(*TOPIC, "--template", wrong, "--out", tmp_path / "x", home=tmp_path / "home")
    assert (ran.code, "不是 PowerPoint 模板" in ran.sentence) == (2, True)
    picture = tmp_path / "图.docx"
    picture.write_bytes(b"\x89PNG\r\n")
    ran = anheng(*TOPIC, "--own", picture, home=tmp_path / "home")
    assert ran.code in {1, 2}
    assert "图.docx" in ran.sentence
    (tmp_path / "文件").write_text("")
    ran = anheng(*TOPIC, "--out", tmp_path / "文件" / "里面", home=tmp_path / "home")
    assert (ran.code, "写不了" in ran.sentence) == (2, True)
