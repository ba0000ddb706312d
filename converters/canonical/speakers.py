"""Who speaks under a label, where neither the front matter nor a remark says it.

Invariant: the answer depends on the labels and the byline of one article alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from converters.canonical.meaning import is_han
from converters.document import Blocks, Credit, Role, Speaker
from converters.renditions import turns

_ASKING = tuple("主持人 主持 记者 記者 编辑 編輯 采访者 採訪者 采访人 访问者 訪問者 编者 主播".split())
_LETTERS = {"问": Role.HOST, "問": Role.HOST, "提问": Role.HOST, "提問": Role.HOST, "Q": Role.HOST, "答": None, "回答": None, "A": None}
"""Labels that are an office by themselves."""
_OFFICES = (
    *_ASKING,
    *(
        "书记 書記 主任 长 長 主席 委员 委員 代表 常委 干事 幹事 专员 專員 调研员 主管 负责人 負責人 经理 經理 总裁 總裁 总监 總監 教授 讲师 "
        "研究员 研究員 博士 院士 工程师 医生 医师 醫師 护士 老师 老師 教师 教師 律师 律師 法官 检察官 民警 发言人 發言人 顾问 顧問 董事 总编 总编辑 "
        "總編 主编 嘉宾 嘉賓 专家 專家 作家 导演 導演 演员 演員 教练 教練 社工 网格员 学生 學生 同学 同學 村民 居民 市民 网友 網友 听众 聽眾 观众 觀眾 "
        "受访者 受訪者 先生 女士 小姐"
    ).split(),
)
"""How an office ends, before a name or alone."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of one article. told: those of whom the file says who they are; asked: whether anybody asks."""

    told: Mapping[str, Speaker]
    writers: frozenset[str] = frozenset()
    asked: bool = False

    def speaker(self, label: str) -> Speaker:
        """Who speaks under a label: who holds an asking office or wrote the article asks; where somebody asks, the others answer."""
        if label in self.told:
            return self.told[label]
        speaker = split_label(label)
        role = Role.GUEST if self.asked else None
        return replace(speaker, role=Role.HOST if _asks(speaker, self.writers) else role)


def cast_of(blocks: Blocks, byline: tuple[Credit, ...], told: Mapping[str, Speaker]) -> Cast:
    """The speakers of an article with these blocks."""
    writers = frozenset(credit.name for credit in byline)
    return Cast(told, writers, any(_asks(split_label(turn.speaker.label), writers) for turn in turns(blocks)))


def _asks(speaker: Speaker, writers: frozenset[str]) -> bool:
    return speaker.office.endswith(_ASKING) or _LETTERS.get(speaker.office) is Role.HOST or speaker.name in writers


def split_label(label: str) -> Speaker:
    """A label as office and name: 永安镇党委书记李锋, 李锋（永安镇党委书记）, 主持人, 李锋."""
    name, bracket, office = label.removesuffix("）").partition("（")
    if bracket and name and office and label.endswith("）"):
        return Speaker(label, office, name)
    for length in (2, 3, 4):
        office, name = label[:-length].rstrip(), label[-length:]
        if office.endswith(_OFFICES) and is_han(name):
            return Speaker(label, office, name)
    return Speaker(label, label) if label in _LETTERS or label.endswith(_OFFICES) else Speaker(label, "", label)
