"""A report's tables as they are before anything is done to them: every cell as printed, its value, and the era's form."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

Key = tuple[str, str, str]

T3_COLUMNS = ("natural", "business", "research", "public_welfare", "legal", "other", "total")
T4_ROWS = ("review", "direct", "post_review")
T4_COLUMNS = ("maintain", "correct", "other", "pending", "total")
T4_HEADS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")

# (caption, heads as (key, words), rows as (key, label))
T2_2019 = (
    ("第二十条第（一）项", (("made", "本年新制作数量"), ("new_public", "本年新公开数量"), ("public_total", "对外公开总数量")),
     (("regulations", "规章"), ("normative_docs", "规范性文件"))),
    ("第二十条第（五）项", (("prev", "上一年项目数量"), ("change", "本年增/减"), ("processed", "处理决定数量")),
     (("licensing", "行政许可"), ("other_services", "其他对外管理服务事项"))),
    ("第二十条第（六）项", (("prev", "上一年项目数量"), ("change", "本年增/减"), ("processed", "处理决定数量")),
     (("punishment", "行政处罚"), ("coercion", "行政强制"))),
    ("第二十条第（八）项", (("prev", "上一年项目数量"), ("change", "本年增/减")), (("fees", "行政事业性收费"),)),
    ("第二十条第（九）项", (("count", "采购项目数量"), ("amount", "采购总金额")), (("procurement", "政府集中采购"),)),
)  # fmt: skip
T2_2021 = (
    ("第二十条第（一）项", (("made", "本年制发件数"), ("repealed", "本年废止件数"), ("valid", "现行有效件数")),
     (("regulations", "规章"), ("normative_docs", "行政规范性文件"))),
    ("第二十条第（五）项", (("processed", "本年处理决定数量"),), (("licensing", "行政许可"),)),
    ("第二十条第（六）项", (("processed", "本年处理决定数量"),), (("punishment", "行政处罚"), ("coercion", "行政强制"))),
    ("第二十条第（八）项", (("amount", "本年收费金额（单位：万元）"),), (("fees", "行政事业性收费"),)),
)  # fmt: skip

# (key, group, label); rows of one group stand together.
_COMMON = (
    ("r1", "", "一、本年新收政府信息公开申请数量"),
    ("r2", "", "二、上年结转政府信息公开申请数量"),
    ("r3.1", "", "（一）予以公开"),
    ("r3.2", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("r3.3.1", "（三）不予公开", "1.属于国家秘密"),
    ("r3.3.2", "（三）不予公开", "2.其他法律行政法规禁止公开"),
    ("r3.3.3", "（三）不予公开", "3.危及“三安全一稳定”"),
    ("r3.3.4", "（三）不予公开", "4.保护第三方合法权益"),
    ("r3.3.5", "（三）不予公开", "5.属于三类内部事务信息"),
    ("r3.3.6", "（三）不予公开", "6.属于四类过程性信息"),
    ("r3.3.7", "（三）不予公开", "7.属于行政执法案卷"),
    ("r3.3.8", "（三）不予公开", "8.属于行政查询事项"),
    ("r3.4.1", "（四）无法提供", "1.本机关不掌握相关政府信息"),
    ("r3.4.2", "（四）无法提供", "2.没有现成信息需要另行制作"),
    ("r3.4.3", "（四）无法提供", "3.补正后申请内容仍不明确"),
    ("r3.5.1", "（五）不予处理", "1.信访举报投诉类申请"),
    ("r3.5.2", "（五）不予处理", "2.重复申请"),
    ("r3.5.3", "（五）不予处理", "3.要求提供公开出版物"),
    ("r3.5.4", "（五）不予处理", "4.无正当理由大量反复申请"),
    ("r3.5.5", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
)
_END = (("r3.7", "", "（七）总计"), ("r4", "", "四、结转下年度继续办理"))
T3_2019 = (*_COMMON, ("r3.6", "", "（六）其他处理"), *_END)
T3_2021 = (
    *_COMMON,
    ("r3.6.1", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("r3.6.2", "（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("r3.6.3", "（六）其他处理", "3.其他"),
    *_END,
)


@dataclass(slots=True)
class Tables:
    """The three standard tables of a report: `printed` is what each cell shows, `values` what it says."""

    era: int
    printed: dict[Key, str] = field(default_factory=dict)
    values: dict[Key, float | None] = field(default_factory=dict)

    @property
    def t2(self) -> tuple:
        """The small tables of t2 in the era's form."""
        return T2_2019 if self.era == 2019 else T2_2021

    @property
    def t3(self) -> tuple:
        """The rows of t3 in the era's form."""
        return T3_2019 if self.era == 2019 else T3_2021

    def put(self, key: Key, value: float | None, printed: str) -> None:
        """Set a cell."""
        self.values[key] = value
        self.printed[key] = printed

    def row(self, table: str, key: str, columns: tuple[str, ...]) -> list[str]:
        """The printed cells of a row."""
        return [self.printed[table, key, column] for column in columns]


BLANKS = "blanks"
MARKS = "marks"
NUMBERS = "numbers"


def make_tables(seed: int, era: int, style: str = NUMBERS) -> Tables:
    """Tables that satisfy every identity; with `BLANKS` some cells are blank, with `MARKS` some show `/`, `-` or 无."""
    rng = random.Random(f"{seed}/{era}/{style}")
    tables = Tables(era)
    for _, heads, rows in tables.t2:
        for row, _label in rows:
            for column, _words in heads:
                _put_t2(tables, rng, row, column)
    _put_t3(tables, rng)
    for row in T4_ROWS:
        parts = [rng.choice((0, 0, 0, 1, 2, 17)) for _ in range(4)]
        for column, value in zip(T4_COLUMNS, [*parts, sum(parts)], strict=True):
            tables.put(("t4", row, column), value, str(value))
    if style != NUMBERS:
        for key in [key for key in tables.printed if key[2] != "total"]:
            if rng.random() < 0.25:
                mark = "" if style == BLANKS else rng.choice(("/", "-", "无", "—"))
                tables.put(key, None, mark)
    return tables


def _put_t2(tables: Tables, rng: random.Random, row: str, column: str) -> None:
    if column == "change":
        value = rng.choice((0, 0, 3, -2, -8))
        tables.put(("t2", row, column), value, rng.choice((f"+{value}", str(value))) if value > 0 else str(value))
    elif column == "amount" and row == "procurement":
        value, printed = rng.choice(((251_000, "251000元"), (1_605_964, "160.5964万元"), (88, "88"), (0, "0")))
        tables.put(("t2", row, column), value, printed)
    elif column == "amount":
        value = rng.choice((0, 7730.28, 12.5, 316441))
        tables.put(("t2", row, column), value, f"{value:g}" if value != 7730.28 else "7730.28")
    else:
        value = rng.choice((0, 0, 1, 18, 550, 4119, 153103))
        tables.put(("t2", row, column), value, str(value))


def _put_t3(tables: Tables, rng: random.Random) -> None:
    outcomes = [key for key, _, _ in tables.t3 if key.startswith("r3.") and key != "r3.7"]
    for column in T3_COLUMNS[:-1]:
        busy = column in ("natural", "business")
        for key in outcomes:
            tables.put(
                ("t3", key, column), rng.choice((0, 0, 1, 3, 26, 1205)) if busy else rng.choice((0, 0, 0, 1)), ""
            )
        handled = sum(tables.values["t3", key, column] or 0 for key in outcomes)
        left_over = rng.choice((0, 0, 2)) if busy else 0
        carried_in = min(rng.choice((0, 1, 4)), int(handled + left_over))
        tables.put(("t3", "r3.7", column), handled, "")
        tables.put(("t3", "r4", column), left_over, "")
        tables.put(("t3", "r2", column), carried_in, "")
        tables.put(("t3", "r1", column), handled + left_over - carried_in, "")
    for key, _, _ in tables.t3:
        values = [int(tables.values["t3", key, column] or 0) for column in T3_COLUMNS[:-1]]
        for column, value in zip(T3_COLUMNS, [*values, sum(values)], strict=True):
            tables.put(("t3", key, column), value, str(value))
