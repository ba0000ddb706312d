"""The words that lines of canonical Markdown are known by: roles, offices, forms of address. Facts about the trade.

Invariant: a part of the format. A file says the same as long as these stay; new words go in with a test that old files still read equal.
"""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COLUMN_WORDS = _words("专栏 專欄 栏目 欄目 专题 專題 专版 專版 专刊 專刊")
"""How a line ends that announces a column."""

ADDRESSED = _words("者 们 們 友 家长 同志 同胞 同学 老师 先生 女士 乡亲 单位 單位 企业 商户 居民 市民 村民 干部 职工 党员")
ADDRESSING = _words("尊敬 敬爱 亲爱 各位 广大 全体 全区 全區 全市 全镇 全省 全国 致")
"""How a salutation ends, or begins."""

ROLES = frozenset(
    _words(
        "记者 記者 通讯员 通訊員 作者 策划 策劃 统筹 監製 监制 编导 导演 图文 圖文 文图 文/图 图/文 文 图 摄 摄影 攝影 摄影报道 图片 圖片 "
        "文字 撰文 撰稿 撰稿人 采写 採寫 采访 採訪 整理 编辑 編輯 责任编辑 責任編輯 责编 責編 主编 执笔 執筆 主笔 评论员 評論員 审核 審核 "
        "编审 編審 校对 校對 供稿 供图 供圖 绘图 繪圖 制图 美编 视觉 视频 报道 報道 翻译 翻譯 编译 口述"
    )
)
PAPERS = _words("本报 本報 本刊 本网 本網 本台 新华社 新華社 中新社 特约 特約 实习 實習 见习 見習 首席 全媒体 融媒体 驻站 资深 特派")
"""What somebody did for an article, and what may stand before it."""

_SOURCES = _words(
    "来源 來源 稿源 转自 轉自 转载自 摘自 选自 選自 原载 原載 原题 原題 资料来源 資料來源 本文来源 本文选自 本文選自 本文原载 本文系 "
    "本文作者 作者为 作者為 作者系 作者係 作者是 作者单位 作者單位"
)
SOURCES = tuple(bracket + word for bracket in ("", "（", "(") for word in _SOURCES)
"""How a line begins that says where an article comes from."""

ASKING = _words("主持人 主持 记者 記者 编辑 編輯 采访者 採訪者 采访人 访问者 訪問者 编者 主播 提问 提問")
ASKS = frozenset(_words("问 問 Q"))
ANSWERS = frozenset(_words("答 回答 A"))
OFFICES = ASKING + _words(
    "书记 書記 主任 长 長 主席 委员 委員 代表 常委 干事 幹事 专员 專員 调研员 主管 负责人 負責人 经理 經理 总裁 總裁 总监 總監 教授 讲师 "
    "研究员 研究員 博士 院士 工程师 医生 医师 醫師 护士 老师 老師 教师 教師 律师 律師 法官 检察官 民警 发言人 發言人 顾问 顧問 董事 总编 "
    "总编辑 總編 主编 嘉宾 嘉賓 专家 專家 作家 导演 導演 演员 演員 教练 教練 社工 网格员 学生 學生 同学 同學 村民 居民 市民 网友 網友 听众 "
    "聽眾 观众 觀眾 受访者 受訪者 先生 女士 小姐"
)
"""How an office ends; whoever holds one of `ASKING` asks. `ASKS` and `ANSWERS` are labels by themselves."""
