"""Tables for the models of 线索, made by chance from a seed: clean ones, and ones with anomalies at known rows.

Firms, people and numbers are invented. Names and days are written in several ways, as in practice.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TODAY = date(2026, 11, 20)
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "明芳强伟静磊军洋勇艳杰娟涛超霞平刚桂英"
_PLACES, _TRADES = (
    ["东山", "西河", "南坪", "北岭", "青石", "白水", "红旗", "长青"],
    ["建材", "化工", "矿业", "燃气", "机械", "物流"],
)


@dataclass
class Made:
    """A file's rows, and the rows that each rule has to find in it."""

    rows: list[list[str]]
    labels: dict[str, set[int]] = field(default_factory=dict)

    def add(self, row: list[str], *rules: str) -> int:
        """Append a row that these rules have to find; returns its number, headings counted."""
        self.rows.append(row)
        for rule in rules:
            self.labels.setdefault(rule, set()).add(len(self.rows))
        return len(self.rows)


Tables = dict[str, Made]


class Chance:
    """Everything that is drawn."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._firms = 0
        self._people = 0

    def firm(self) -> str:
        """A firm that no other table has."""
        self._firms += 1
        where, what = self.random.choice(_PLACES), self.random.choice(_TRADES)
        return f"{where}{what}{self._firms}号（虚构）有限公司"

    def written(self, firm: str) -> str:
        """A firm's name as another clerk would write it."""
        ways: list[Callable[[str], str]] = [
            str,
            lambda name: name.replace("有限公司", "有限责任公司"),
            lambda name: name.replace("（", "(").replace("）", ")"),
            lambda name: f" {name[:3]} {name[3:]}",
            lambda name: name.replace("0", "０").replace("1", "１"),
        ]
        return self.random.choice(ways)(firm)

    def day(self, first: date, last: date) -> date:
        """A day between two, both included."""
        return first + timedelta(self.random.randrange((last - first).days + 1))

    def dated(self, day: date) -> str:
        """A day in one of the ways in which days are written."""
        ways = [
            day.isoformat(),
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}.{day.month:02}.{day.day:02}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y%m%d}",
            str((day - date(1899, 12, 30)).days),
            f"{day.isoformat()} 08:30",
        ]
        return self.random.choice(ways)

    def person(self) -> tuple[str, str]:
        """A name and an identity number whose check digit holds; no two alike."""
        self._people += 1
        born = self.day(date(1965, 1, 1), date(2000, 12, 31))
        stem = f"{110101 + self._people // 900:06}{born:%Y%m%d}{self._people % 900 + 100:03}"
        name = self.random.choice(_SURNAMES) + "".join(self.random.choices(_GIVEN, k=2))
        return name, stem + check_digit(stem)


def check_digit(stem: str) -> str:
    """The eighteenth character for seventeen digits."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(stem, WEIGHTS, strict=True)) % 11]


def write(tables: Tables, folder: Path, encoding: str = "utf-8-sig") -> list[Path]:
    """The tables as CSV files."""
    paths = []
    for name, made in tables.items():
        paths.append(folder / name)
        with paths[-1].open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(made.rows)
    return paths


def deaths(chance: Chance, size: int, planted: bool) -> Tables:
    """Accidents, filed cases and a list of the dead. A firm may have several accidents, each with its own case."""
    accidents = Made([["序号", "事故单位", "事故发生时间", "死亡人数", "重伤人数", "直接经济损失（万元）", "事故等级"]])
    cases = Made([["案号", "涉案企业", "案发时间", "移送日期", "立案时间", "死亡人数"]])
    dead = Made([["姓名", "用人单位", "死亡时间"]])
    firm, day = chance.firm(), date(2023, 1, 1)
    for number in range(size):
        again = chance.random.randrange(8) == 0
        firm = firm if again else chance.firm()
        day = day + timedelta(60) if again else chance.day(date(2023, 1, 1), date(2026, 6, 1))
        dying, hurt, loss = chance.random.choice(_HARM)
        count = int(dying) if dying.isdigit() else 0
        kind = chance.random.randrange(40) if planted and count else 99
        grade, rules = ("较大事故" if count >= 3 else "一般事故"), {0: ["unfiled"], 3: ["fewer"]}.get(kind, [])
        if count >= 3 and kind == 2:
            grade, rules = "一般", ["downgraded"]
        accidents.add([str(number + 1), chance.written(firm), chance.dated(day), dying, hurt, loss, grade], *rules)
        if (count or hurt == "3" or loss == "100") and kind != 0:
            moved = day + timedelta(chance.random.randrange(5, 40))
            wait = chance.random.randrange(4, 60) if kind == 1 else chance.random.randrange(0, 4)
            row = [f"立{number}", chance.written(firm), chance.dated(day), chance.dated(moved)]
            row += [chance.dated(moved + timedelta(wait)), str(count - 1 if kind == 3 else count)]
            cases.add(row, *(["late"] if kind == 1 else []))
        if count:
            dead.add([chance.person()[0], chance.written(firm), chance.dated(day + timedelta(chance.random.randrange(0, 31)))])
        if planted and number % 97 == 0:
            dead.add([chance.person()[0], chance.firm(), chance.dated(day)], "unreported")
    return {"事故台账.csv": accidents, "立案台账.csv": cases, "工亡人员名单.csv": dead}


_HARM = [
    ("0", "0", "3"),
    ("", "2", "99"),
    ("0人", "1", "20"),
    ("1", "", "90"),
    ("2", "1", ""),
    ("3", "0", "400"),
    ("0", "3", "80"),
    ("0", "0", "100"),
    ("无", "—", "99.9"),
]
"""Deaths, serious injuries and loss, on both sides of what makes a case."""


def certificates(chance: Chance, size: int, planted: bool) -> Tables:
    """Holders, and the register."""
    certs = Made([["姓名", "身份证号码", "准操项目", "操作证号", "初领日期", "有效期至", "单位名称"]])
    register = Made([["证书编号", "证书状态"]])
    for number in range(size):
        plant = chance.random.randrange(150) if planted else 99
        row, rules = _certificate(chance, number, plant)
        again = f"JD{number:08}"
        if plant == 6:  # one number, two people
            row[3] = again
            certs.add(row, "duplicate")
            other, another = chance.person()
            certs.add([other, another, *row[2:]])
        elif plant == 7:  # one person, two numbers
            certs.add(row, "several")
            certs.add([*row[:3], again, *row[4:]])
            register.add([again, "有效"])
        else:
            certs.add(row, *rules)
        if plant != 5:
            register.add([row[3].lower() if number % 5 == 0 else row[3], "有效"])
    return {"特种作业持证台账.csv": certs, "证书登记库.csv": register}


def _certificate(chance: Chance, number: int, plant: int) -> tuple[list[str], list[str]]:
    """A holder's row, and the rules that have to find it."""
    name, identity = chance.person()
    issued = chance.day(date(2022, 1, 1), date(2026, 6, 1))
    until = chance.day(issued, TODAY - timedelta(1)) if plant == 0 else chance.day(TODAY, date(2030, 1, 1))
    wrong = identity[:17] + ("0" if identity[17] != "0" else "1")
    began = {3: "2024-02-30", 4: chance.dated(until + timedelta(1))}.get(plant, chance.dated(issued))
    held = wrong if plant == 1 else identity
    cert = {1: f"SC{number:08}", 2: f"T{wrong}"}.get(plant, f"T{identity}")
    kind = ["低压电工作业", "高处安装作业", "熔化焊接与热切割作业"][number % 3]
    rules = {0: ["expired"], 1: ["identity"], 2: ["embedded"], 3: ["impossible"], 4: ["impossible"], 5: ["unregistered"]}
    return [name, held, kind, cert, began, chance.dated(until), chance.firm()], rules.get(plant, [])
