"""More tables by chance: gas, mines, penalties. See ``eval.screening_data``."""

from __future__ import annotations

from datetime import date, timedelta

from eval.screening_data import Chance, Made, Tables


def gas(chance: Chance, size: int, planted: bool) -> Tables:
    """Sales, licences, deliveries and the people who deliver."""
    sales, licences = (
        Made([["日期序号", "销售单位", "销售日期", "气瓶数量"]]),
        Made([["企业名称", "许可证编号", "发证日期", "有效期至"]]),
    )
    trips, staff = Made([["配送单位", "送气工", "身份证号", "配送时间"]]), Made([["所属单位", "姓名", "身份证号", "岗位证号"]])
    firms = []
    for number in range(200):
        firm, first = chance.firm(), chance.day(date(2021, 1, 1), date(2022, 12, 31))
        people = [chance.person() for _ in range(3)]
        licences.add([firm, f"燃证{number:05}", chance.dated(first), chance.dated(date(2026, 6, 30))])
        for place, (name, identity) in enumerate(people):
            staff.add([chance.written(firm), name, identity, f"岗{number:04}{place}"])
        firms.append((firm, people))
    for number in range(size // 2):
        firm, people = chance.random.choice(firms)
        plant = chance.random.randrange(60) if planted else 99
        day, rules = chance.day(date(2023, 1, 1), date(2026, 6, 30)), list[str]()
        if plant == 0:
            firm, rules = chance.firm(), ["unlicensed"]
        if plant == 1:
            day, rules = chance.day(date(2026, 7, 1), date(2026, 11, 1)), ["lapsed"]
        sales.add([str(number), chance.written(firm), chance.dated(day), str(chance.random.randrange(1, 40))], *rules)
        firm, people = chance.random.choice(firms)
        (name, identity), rules = chance.random.choice(people), []
        if plant == 2:
            (name, identity), rules = chance.person(), ["unlisted"]
        if plant == 3:
            firm, rules = chance.firm(), ["carrier", "unlisted"]
        day = chance.day(date(2023, 1, 1), date(2026, 6, 30))
        trips.add([chance.written(firm), name, identity, chance.dated(day)], *rules)
    return {"瓶装气销售.csv": sales, "燃气许可名录.csv": licences, "送气配送记录.csv": trips, "送气人员花名册.csv": staff}


def mines(chance: Chance, size: int, planted: bool) -> Tables:
    """Mines that are stopped or closed, monthly power and explosives."""
    stopped, power = Made([["矿山名称", "生产状态", "停产日期", "复产日期"]]), Made([["户名", "用电月份", "用电量（千瓦时）"]])
    taken = Made([["领用单位", "领用日期", "领用数量"]])
    months = [date(year, month, 1) for year in (2024, 2025) for month in range(1, 13)]
    for number in range(size // 24):
        mine, closed = chance.firm().replace("有限公司", "煤矿有限公司"), number % 3 == 0
        begin, end = date(2024, 7, 15), date(2025, 5, 20)
        state = "责令停产整顿" if closed else "正常生产"
        stopped.add([mine, state, chance.dated(begin), chance.dated(end)])
        for month in months:
            inside = closed and begin < month < end
            usual = chance.random.randrange(40_000, 60_000)
            cheats = planted and inside and chance.random.randrange(12) == 0
            used = usual if not inside or cheats else usual // 5
            rules = ["running"] if cheats else []
            power.add([chance.written(mine), chance.dated(month), f"{used:,}" if number % 2 else str(used)], *rules)
            blasts = planted and inside and chance.random.randrange(15) == 0
            if not inside or blasts:
                amount = str(chance.random.randrange(20, 400))
                taken.add(
                    [chance.written(mine), chance.dated(month + timedelta(5) if inside else month), amount],
                    *(["blasting"] if blasts else []),
                )
    return {"停产矿山名单.csv": stopped, "矿山用电.csv": power, "民爆领用.csv": taken}


_LAW, _MINING, _TRADE = "《安全生产法》第一百零二条", "《矿产资源法》", "《企业信息公示暂行条例》"
_FALSE, _DUG = "出具虚假证明文件", "无证采矿"
_HEAVIER, _CLOSING = ("heavier",), ("heavier", "closing")
Decision = tuple[int, str, str, str, tuple[str, ...]]
"""Days after the first, what was done, by which law, what became of it, and which rules have to find it."""
_PLANTED: dict[int, list[Decision]] = {
    0: [(0, _FALSE, _LAW, "", ()), (300, _FALSE, _LAW, "", _HEAVIER), (600, _FALSE, _LAW, "", ("heavier", "false_papers"))],
    1: [(0, _DUG, _MINING, "", ()), (300, _DUG, _MINING, "", ()), (600, _DUG, _MINING, "", ("illegal_mining",))],
    2: [(0, "", _LAW, "", ()), (80, "", _LAW, "", _HEAVIER), (180, "", _LAW, "", _CLOSING)],
    3: [(0, "", _LAW, "", ()), (115, "", _LAW, "", _HEAVIER), (230, "", _LAW, "", _HEAVIER), (345, "", _LAW, "", _CLOSING)],
    4: [(0, "", _LAW, "复查仍拒不改正", ("daily",))],
    5: [(0, "", _LAW, "", ()), (365, "", _LAW, "", _HEAVIER)],
}
_CLEAN: list[list[Decision]] = [
    [(0, "", _LAW, "", ())],
    [(0, "", _LAW, "", ()), (367, "", _LAW, "", ()), (734, "", _LAW, "", ())],
    [(0, "", _LAW, "", ()), (30, "未按规定公示信息", _TRADE, "拒不改正", ())],
    [(0, _DUG, _MINING, "", ()), (400, _DUG, _MINING, "", ()), (800, _DUG, _MINING, "", ())],
]


def penalties(chance: Chance, size: int, planted: bool) -> Tables:
    """Decisions: firms once, or far enough apart, or twice by slip; planted ones repeat."""
    made = Made([["当事人", "处罚决定书文号", "处罚决定日期", "违法事实", "处罚依据", "罚款金额（万元）", "复查结果"]])
    acts = ["未采取措施消除事故隐患", "未如实记录培训情况", "未落实危险作业审批"]
    while len(made.rows) <= size:
        firm, first = chance.firm(), chance.day(date(2021, 1, 1), date(2023, 6, 1))
        plant = chance.random.randrange(80) if planted else 99
        for days, act, basis, again, rules in _PLANTED.get(plant) or chance.random.choice(_CLEAN):
            day = first + timedelta(days)
            row = [chance.written(firm), f"应急罚〔{day.year}〕{len(made.rows)}号", chance.dated(day)]
            row += [act or chance.random.choice(acts), basis, str(chance.random.randrange(1, 20)), again or "已整改"]
            made.add(row, *rules)
            if not rules and chance.random.randrange(9) == 0:  # the same decision listed again
                made.add([chance.written(firm), *row[1:]])
    return {"行政处罚台账.csv": made}
