"""数据包: out of one home, into another, back with remarks; loaded twice nothing changes; what was tampered with is refused by name."""

import hashlib
import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain.ledger import Deed, Filter, Gap, Level, State
from assistant.domain.ledger_chain import linked
from assistant.errors import BadPacket, UsageError
from assistant.ledger import LedgerService
from assistant.ledger_packets import LedgerPackets
from assistant.practice.ledger import new
from assistant.settings import Settings
from assistant.store.packets import pack

GAP = Gap("tip.a", "没有装报警器", Level.MAJOR, deadline=date(2026, 12, 1), source="自查", found=date(2026, 11, 1))


class Home:
    """One 安衡, of a firm or of a procuratorate."""

    def __init__(self, folder, owner, **database):
        self.folder, self.owner, self.database = folder, owner, database
        self.ledger = LedgerService(Settings(home=folder, **database))
        self.packets = LedgerPackets(self.ledger)

    @property
    def rows(self):
        return [row for _, _, row in self.ledger.rows(self.owner, Filter())]

    @property
    def key(self):
        return self.ledger.ledgers(self.owner)[0].id

    def send(self, name="一店.anheng"):
        target = self.folder / name
        self.packets.export(self.owner, self.key, target, "张三")
        return target

    def load(self, path, **more):
        return self.packets.load(self.owner, path, **more)

    def all(self):
        """Every link there is, and every row."""
        return [(one, self.ledger.store.links(one.id)) for one in self.ledger.ledgers()], self.rows


@pytest.fixture
def firm(tmp_path, databases):
    home = Home(tmp_path / "企业", "甲", **databases())
    home.ledger.add("甲", "一店", [GAP, replace(GAP, key="b", hazard="出口上锁")], "张三")
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"photo" * 1000)
    home.ledger.attach("甲", home.key, home.rows[0].id, [home.ledger.files.keep(photo)], "张三", "已装")
    return home


@pytest.fixture
def office(tmp_path, databases):
    return Home(tmp_path / "检察院", "检", **databases())


def test_out_of_one_home_into_another_and_back_with_remarks(firm, office):
    there = office.load(firm.send())
    assert (there.added, there.remarks, there.files) == (4, 0, 1)
    assert there.packet.fingerprint == firm.packets.key.fingerprint == there.ledger.signer
    assert office.rows == firm.rows
    (file,) = office.rows[0].evidence
    assert office.ledger.files.get(file.sha256) == b"photo" * 1000
    with pytest.raises(UsageError, match="只能写检察意见"):
        office.ledger.move("检", office.key, office.rows[0].id, State.AT_WORK, "王检")
    office.ledger.remark("检", office.key, office.rows[0].id, "请补充检测记录", "王检")
    back = office.send("回看.anheng")
    firm.ledger.move("甲", firm.key, firm.rows[1].id, State.AT_WORK, "张三")  # life goes on meanwhile
    here = firm.load(back)
    assert (here.added, here.remarks, here.packet.fingerprint) == (1, 1, office.packets.key.fingerprint)
    entry, via = firm.ledger.history("甲", firm.key, firm.rows[0].id)[-1]
    assert (entry.deed, entry.who, entry.note, via) == (Deed.REMARK, "王检", "请补充检测记录", office.packets.key.fingerprint)
    assert firm.rows[0].remarks == 1
    again = office.load(firm.send("第二次.anheng"))
    assert (again.added, again.remarks) == (1, 0)
    assert office.rows == firm.rows
    assert firm.ledger.verify() == office.ledger.verify() == []


def test_loaded_twice_or_older_than_what_is_there_nothing_changes(firm, office):
    first = firm.send("第一次.anheng")
    firm.ledger.move("甲", firm.key, firm.rows[0].id, State.AT_WORK, "张三")
    second = firm.send("第二次.anheng")
    office.load(second)
    before = office.all()
    for path in (second, first):
        assert office.load(path).added == 0
    assert office.all() == before
    before = firm.all()
    assert firm.load(second).added == 0
    assert firm.all() == before


def test_two_owners_of_one_home_may_hold_the_same_packet(firm, office):
    path = firm.send()
    office.load(path)
    other = Home(office.folder, "另一位", **office.database)
    assert other.load(path).added == 4
    office.ledger.remark("检", office.key, office.rows[0].id, "只有我的", "王检")
    assert other.rows[0].remarks == 0


def test_a_history_that_was_rewritten_after_it_was_sent_is_refused(firm, office, tmp_path):
    office.load(firm.send())
    links = firm.ledger.store.links(firm.key)
    entries = [link.entry for link in links]
    entries[1] = replace(entries[1], when="2020-01-01T00:00:00Z")
    about = {"chain": firm.ledger.ledgers("甲")[0].chain, "site": "一店", "made": "2026", "by": "张三"}
    files = [(file.sha256, firm.ledger.files.get(file.sha256)) for file in firm.rows[0].evidence]
    forged = tmp_path / "改写.anheng"
    pack(forged, about, linked(entry.to_bytes() for entry in entries), files, firm.packets.key)
    before = office.all()
    with pytest.raises(BadPacket, match="第2条整改记录在上次之后被改过"):
        office.load(forged)
    assert office.all() == before


def test_the_firm_takes_nothing_but_remarks_from_outside(firm, office, tmp_path):
    office.load(firm.send())
    row = firm.rows[0].id
    moved = new(row, Deed.STATE, "王检", before={"state": "待整改"}, after={"state": "整改中"})
    bodies = [*(link.body for link in firm.ledger.store.links(firm.key)), moved.to_bytes()]
    about = {"chain": firm.ledger.ledgers("甲")[0].chain, "site": "一店", "made": "2026", "by": "王检"}
    files = [(file.sha256, firm.ledger.files.get(file.sha256)) for file in firm.rows[0].evidence]
    pack(tmp_path / "x.anheng", about, linked(bodies), files, office.packets.key)
    with pytest.raises(BadPacket, match="没有登记过的整改记录"):
        firm.load(tmp_path / "x.anheng")


def test_another_key_than_last_time_is_told_and_taken_once_it_is_confirmed(firm, office):
    office.load(firm.send())
    (firm.folder / "ledger" / "key").unlink()
    firm.ledger.move("甲", firm.key, firm.rows[0].id, State.AT_WORK, "张三")
    path = Home(firm.folder, "甲", **firm.database).send("新机.anheng")
    new_key = Home(firm.folder, "甲", **firm.database).packets.key.fingerprint
    with pytest.raises(BadPacket, match=f"签名指纹是 {new_key}，和上次的"):
        office.load(path)
    assert office.load(path, trust=new_key).added == 1
    assert office.ledger.ledgers("检")[0].signer == new_key


def test_the_key_is_its_owners_alone(firm):
    firm.send()
    assert (firm.folder / "ledger" / "key").stat().st_mode & 0o777 == 0o600


def test_a_ledger_whose_evidence_was_changed_is_not_sent(firm):
    file = next((firm.folder / "ledger" / "files").iterdir())
    file.write_bytes(b"another")
    with pytest.raises(UsageError, match=r"“照片\.jpg”缺失或者被改动，不能导出"):
        firm.send()
    assert not list(firm.folder.glob("*.anheng"))


# What was tampered with


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sent")
    home = Home(folder / "企业", "甲")
    home.ledger.add("甲", "一店", [GAP], "张三")
    proof = folder / "照片.jpg"
    proof.write_bytes(bytes(range(256)))
    home.ledger.attach("甲", home.key, home.rows[0].id, [home.ledger.files.keep(proof)], "张三")
    return home.send().read_bytes(), Home(folder / "检察院", "检")


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_changed_byte_of_a_packet_is_found_and_nothing_is_taken(sent, data):
    content, office = sent
    at, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(1, 255))
    path = office.folder.parent / "改.anheng"
    path.write_bytes(bytes([*content[:at], content[at] ^ bit, *content[at + 1 :]]))
    with pytest.raises(BadPacket):
        office.load(path)
    assert office.ledger.ledgers() == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_packet_that_was_cut_or_added_to_is_found(sent, data):
    content, office = sent
    path = office.folder.parent / "断.anheng"
    cut = data.draw(st.integers(0, len(content) - 1))
    path.write_bytes(
        data.draw(st.sampled_from([content[:cut], content + b"x" * (cut + 1), content[:cut] + b"x" + content[cut:]]))
    )
    with pytest.raises(BadPacket):
        office.load(path)
    assert office.ledger.ledgers() == []


def place(content, name):
    """Where the data of a part begins in a packet."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        member = next(one for one in package.infolist() if one.filename.startswith(name))
        return member.header_offset + 30 + len(member.filename) + 40


@pytest.mark.parametrize(
    ("name", "said"), [("entries", "台账记录被改动"), ("evidence", "证据文件 [0-9a-f]+…被改动"), ("manifest", "清单")]
)
def test_the_part_that_was_changed_is_named(sent, tmp_path, name, said):
    content, office = sent
    at = place(content, name)
    path = tmp_path / "改.anheng"
    path.write_bytes(bytes([*content[:at], content[at] ^ 0xFF, *content[at + 1 :]]))
    with pytest.raises(BadPacket, match=said):
        office.load(path)


def forged(folder, members, key):
    """A packet signed as it should be, with what no home would put into it."""
    path = folder / "forged.anheng"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.comment = b"anheng01" + key.public() + bytes(64)
        for name, content in members:
            package.writestr(name, content)
    body = path.read_bytes()[:-64]
    path.write_bytes(body + key.sign(hashlib.sha256(body).digest()))
    return path


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([("../../etc/x", b"")], "不该有的文件（../../etc/x）"),
        ([("evidence/../../x", b"")], "不该有的文件"),
        ([("manifest.json", b"{}")], "清单（manifest.json）被改动"),
        ([("manifest.json", b'{"format":"anheng-ledger/9","parts":{}}')], "另一个版本"),
        ([("manifest.json", b'{"format":"anheng-ledger/1","parts":{"entries.txt":{"sha256":"x"}}}')], "对不上"),
        ([("entries.txt", b"\0" * (201 * 2**20)), ("manifest.json", b"{}")], "解开后超过"),
    ],
    ids=["path", "path inside", "manifest", "version", "missing", "bomb"],
)
def test_a_packet_made_to_do_harm_is_refused(tmp_path, members, said):
    home = Home(tmp_path / "坏", "坏")
    office = Home(tmp_path / "检察院", "检")
    with pytest.raises(BadPacket, match=re.escape(said)):
        office.load(forged(tmp_path, members, home.packets.key))
    assert office.ledger.ledgers() == []
    assert {one.name for one in tmp_path.iterdir()} == {"forged.anheng", "坏", "检察院"}


def test_what_is_no_packet_is_one_sentence(tmp_path, office):
    (tmp_path / "a.anheng").write_bytes(b"")
    (tmp_path / "b.anheng").write_text("台账" * 500)
    for path in ("a.anheng", "b.anheng"):
        with pytest.raises(BadPacket, match=r"不是安衡的台账数据包"):
            office.load(tmp_path / path)
    with pytest.raises(BadPacket, match="打不开"):
        office.load(tmp_path / "没有.anheng")
