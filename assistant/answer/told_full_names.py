"""Full names without a sign of their own (岳大海, 曲洋): known by where they stand, what follows, and that they come again."""

from __future__ import annotations

import re

_TITLE_BEFORE = re.compile(
    r"(?:经理|老板娘?|[厂矿队班组站校园科局所工船店车段处区场院]长|主任|书记|负责人|法定代表人|控制人|经营者|承包人|投资人|合伙人|出资人|包工头|工头|司机|驾驶[员人]"
    r"|[\u4e00-\u9fff](?<!人)员|(?<!员)(?<!职)[\u4e00-\u9fff](?<!施)(?<!民)工|工程师|总监|主管|会计|店主|业主|户主|房东|车主|船主|窑主|矿主|摊主|村民|租户|租客|住户|嫌疑人|被告人|监理|总工|干部|机手|厂医|医生|老师|指挥|带班|值班|当班|安全员)$"
)
_KIN_BEFORE = re.compile(
    r"(?:弟弟|哥哥|妻子|丈夫|父亲|母亲|儿子|女儿|侄子|外甥|老婆|女婿|妻弟|表[哥弟]|堂[哥弟]|表兄|亲戚|朋友)$"
)
_EDGE = re.compile(r"(?:^|[，。；：、（）“”！？\n】]|其中|认定|确认|由|对|是|系|叫|让|与|和|跟|找|向|受|经|说|指|称|名叫)$")
_ANSWERS = re.compile(
    r"(?:对[^，。；]{0,12})?(?:应?(?:负|承担)(?:有)?(?:本次|此次)?(?:事故)?(?:的)?(?:全部|完全|主要|同等|次要|重要|直接|领导|管理|一定|责任)|主责|全责|次责|同责|无责|(?:主要|次要|全部|同等)责任"
    r"|(?:自愿|不|拒不|始终不)?认罪|(?:时|担)?任[^，。；]{0,14}(?:主任|长|经理|书记|员)|(?:是|系)[^，。；]{1,14}(?:长|经理|主任|书记|员|工|负责人|老板|师|法定代表人|控制人|承包人|司机|股东)(?=[，。；])|（[男女]|，[男女]，|，(?:现任|时任|原|系)?[^，。；\d]{2,16}(?:长|经理|主任|书记|员|工|负责人|老板|师|法定代表人|控制人|司机|科员)，)"
)
_ACTS = re.compile(
    r"（|，(?:男|女|现年|系|时任)|(?:19|20)\d\d年|于(?=\d|次|当|案|事|20)|自首|投案|到案|归案|如实|辩[称解]|供[述认]|交代|说|称(?!职|重|量)|承认|否认|明知|知道|得知|早(?:就|已|知|在)|嫌|怕|为了?|叫|让|指使|安排|命令|要求|因|被|系|是|在|到|组织|雇|承[包租]|开|把|将"
    r"|没|未|违|擅自|私自|伪造|收|接|签|发现|听|看|赶|逃|跑|躲|留|等|打|报[警案]|的(?!士)|带|过来|走|骂|吼|喊|拍|用|拿|买|卖|从|对|给|向|利用|仍|还|却|就|也|又|已|曾|一(?:直|再|边|个)|不|无|有|指挥|操作|驾|负责|经营|管理|购|租|借|做|替|冒|顶|经|电话|主动|当|此|先|后|随|立|边|继续|嘴|自[己行]|只|长期|多次|两次|三次|故意|通过|出|编|写|改|拆|关|取|酒|无证|持|涉嫌|一案|等人|和|与|、|以|搭|拆|焊|切|吊|浇|砌|挖|装|卸|推|拉|踩|抽|喝|睡|玩|倒|点|扔|放|站|坐|爬|进|下|上|降|偷|省|图|拒|放|听|按|参|造|疏|漏|少|贪|赶|急|忙|想|请|送|付|赔|欠|辩|积|配|转|挂|招|聘|找|托|委|派|另|同|均|都|各|共|合|原|现|住"
)
_NO_NAMES = frozenset(
    re.findall(
        r"\w+",
        "堵门 堵车 堵在 裂纹 裂缝 梁裂 滑落 滑移 滑倒 滑坡 滑动 承包 雇工 帮忙 赔偿 谅解 班主 生产 负责 作业 设备 "
        "技术 质量 工程 监理 人员 代表 检修 维修 运行 现场 项目 计划 方式 方法 方案 方面 方便 段落 "
        "时候 时间 时段 时任 经营 经济 经过 经理 经查 经鉴 管理 管道 管控 施工 安装 安排 安全 安监 "
        "高空 高温 高压 高处 通道 通风 通报 通知 通过 危险 危房 危化 危废 严重 严格 齐全 全部 全体 "
        "全县 全责 全程 全市 全国 全年 全额 国道 国家 国有 应急 应当 应该 查处 查封 查明 查获 查看 "
        "查验 宣布 宣告 温度 易燃 水泥 水泵 水电 金额 金属 江边 路口 路面 路上 路边 路人 路段 车间 "
        "车辆 车上 车主 房间 房东 房屋 房产 白班 明火 明知 明显 明明 明确 平台 平时 平均 毛坯 花炮 "
        "柴油 石料 石膏 石材 米线 麻袋 包装 包工 包括 包庇 成品 成员 成立 成本 符合 支护 支付 支架 "
        "支撑 宁可 强令 强行 强制 强度 强迫 关闭 关停 关键 关于 关掉 师傅 文件 文明 申请 申报 申诉 "
        "单位 单独 单据 单价 卫生 农村 农户 农药 农民 钱款 相关 相互 相邻 相应 沙场 雷管 计量 凌晨 "
        "干部 干活 边坡 边缘 边角 池子 池内 党委 党员 范围 安徽 江苏 江西 贵州 云南 广东 广西 宁夏 "
        "海域 海事 海上 海外 黄金 黄色 红色 白色 蓝色 黑色 焦炭 焦点 乐园 乐器 常年 常规 常务 常识 "
        "常见 习惯 古建 容器 容量 容易 容许 封闭 封条 封存 封停 封堵 储存 储罐 储油 向上 向外 别墅 "
        "别人 和解 和谐 步行 步骤 都市 都有 时速 时限 时效 华东 华北 葛洲 章程 章节 武警 武装 祖传 "
        "贝壳 顾客 顾问 盛装 盛大 林地 林区 林业 林木 林场 钟头 徐徐 高度 高速 高峰 高级 高管 高危 "
        "夏季 夏天 田地 田间 万元 万吨 万余 万般 莫名 解释 解除 解决 解散 解聘 丁烷 丁类 甲类 洪水 "
        "洪峰 左右 左侧 左边 石油 石灰 石头 石场 石子 石英 程序 程度 陆续 陆上 荣誉 段长 侯车 全员 "
        "全力 全面 全天 全身 全新 班组 班长 班车 班次 班后 仰面 秋季 秋后 仲裁 宁静 厉害 景区 景点 "
        "束缚 龙头 龙门 叶片 叶轮 司机 司法 司炉 印章 印刷 印染 白天 白板 从事 从业 从未 从来 从而 "
        "从犯 从严 从重 从轻 从宽 索取 索要 索道 籍贯 卓越 屠宰 蒙住 乔木 闻讯 党支 贡献 申领 扶梯 "
        "扶手 堵塞 堵住 堵死 双方 双层 双轨 双双 谷物 农机 柴火 充装 充电 充分 充气 充值 鱼塘 容积 "
        "向前 易爆 易发 慎重 终于 终止 终点 居民 居住 居间 衡器 满载 满员 国务 国土 文化 文书 文字 "
        "广场 广告 东侧 东西 东部 东面 利用 利润 利益 师生 师徒 融资 冷库 冷却 冷藏 辛苦 简易 简单 "
        "简称 空气 空压 空间 空调 空地 曾经 沙子 沙石 关系 相撞 相继 相当 后来 后续 后果 后勤 后面 "
        "后被 红外 红包 游客 游泳 游乐 权限 权属 盖板 盖住 公司 公安 公路 公里 公斤 公共 公章 公众 "
        "公务 公诉 公布 公告 公证 公开 公交 公用 公社 付款 付清 代理 代签 代班 代办 代驾 代替 商场 "
        "商铺 商店 商户 商贸 商业 商量 商品 商议 和平 和工 于此 时许 时分 时至 时常 时隔 晚上 归案 "
        "归还 归属 衣服 井下 井口 井内 井底 井筒 井架 段时 乌黑 山体 山上 山坡 山火 山洞 谷底 车厢 "
        "车库 车祸 车号 车牌 车队 车速 车床 车门 车头 车站 车架 家里 家中 家属 家人 家长 家具 家庭 "
        "家电 松动 松脱 律师 初步 初犯 初查 初期 初中 智能 敏感 迟报 迟迟 迟延 户外 户籍 户主 户口 "
        "银行 展会 展开 由于 由此 由其 才能 才是 才知 青年 母亲 南侧 南北 南部 门窗 门口 门店 门卫 "
        "门锁 门市 原因 原来 原料 原有 原告 原先 原本 原木 完工 完成 完全 完善 完毕 占用 占地 占道 "
        "占有 巨大 巨响 问题 问责 问询 种植 种类 修理 修复 修建 修改 修车 修补 冷静 扬尘 竹胶 竹竿 "
        "主任 主要 主管 主责 主犯 主动 主体 幸好 幸亏 幸存 幸免 都是 应付 应对 应聘 应受 任何 任务 "
        "任职 任意 任由 管井 管线 管网 管内 管廊 居然 别的 通电 通行 通常 通车 通气 通话 通宵 国企 "
        "物业 计算 计件 计价 计入 成功 成为 成都 常州 高层 高台 高架 强烈 强风 单元 单层 单班 单方 "
        "单次 支队 支出 支持 支部 支模 支行 ",
    )
)
"""Words that begin with a surname."""
_JOINED = frozenset(
    re.findall(r"\w+", "工程 工段 工时 工费 员工 人家 人方 长安 长江 长沙 长时 主席 主任 主管 理应 机房 机车 司机 司法")
)
"""Words that only look like the end of a position and a surname."""
_NOT_GIVEN = (
    "一今自负罚赔抢救送回复答批示接签订承租的了不没未在对是和与及或被把将让使叫要应又也都均仍还却"
    "再就才只因为由从向给到于按照经过说称写认担责违规施故亡伤员们他她它我你这那些各名位"
    "次年月日号时后前下上里内外间处场厂矿司局械备灾爆炸擅私嫌涉述等某死系任除括受续闭属停拆装查层收报觉以并即则其此二三五六七八九十百千万元多余岁男女姓"
    "（）“”，。、；：？！ \n"
)
_ALSO_WORDS = "方从于向和时应都后别通当由归经相关才初居别易连全能"
"""Surnames that are more often a word: with one more character they are a name only where somebody's answer is told."""
_POST = "员长工人理板师任手机主东者商表监总管"
"""Surnames with which a position may end: a name only where somebody's answer is told."""
_GIVEN = rf"[^\W\d_{_NOT_GIVEN}]"


def recurring(text: str, surnames: str) -> set[str]:
    """Full names: at the edge of a clause or after a position, before what a person does; alone where the position or the answer is told."""
    found: set[str] = set()
    for one in re.finditer(rf"(?=(?P<full>[{surnames}]{_GIVEN}{{1,2}}))", text):
        start, longer = one.start(), one["full"]
        if text[max(0, start - 1) : start + 1] in _JOINED:
            continue
        before = text[max(0, start - 6) : start]
        titled = _TITLE_BEFORE.search(before) or _KIN_BEFORE.search(before)
        if not (titled or _EDGE.search(before)):
            continue
        for name in _as_long(text, start, longer):
            end = start + len(name)
            if is_word(name):
                continue
            answers = _ANSWERS.match(text, end)
            known = bool(titled) or start == 0 or text.count(name) > 1
            if answers or (known and _ACTS.match(text, end) and not _is_rare(name, text.count(name), titled is not None)):
                found.add(name)
                break
    return found


def _is_rare(name: str, times: int, titled: bool) -> bool:
    """Whether a string with such a beginning is more likely no name."""
    if name[0] in _POST:
        return titled or times < 2
    return len(name) == 2 and name[0] in _ALSO_WORDS and times < 3


def is_word(name: str) -> bool:
    """Whether it is a word of the language, or begins or ends with one."""
    return name in _NO_NAMES or name[:2] in _NO_NAMES or (len(name) > 2 and name[1:] in _NO_NAMES)


def _as_long(text: str, start: int, longer: str) -> tuple[str, ...]:
    """Which of two lengths to try first: the shorter where it comes more often (汤敏早就, 汤敏负) or a longer word follows it."""
    short = longer[:2]
    follows = _ACTS.match(text, start + 2)
    if text.count(short) > text.count(longer) or (follows and len(follows.group()) > 1):
        return tuple(dict.fromkeys((short, longer)))
    return tuple(dict.fromkeys((longer, short)))
