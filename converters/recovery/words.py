"""The vocabulary that press articles mark their structure with: facts about the trade, no name of any person or column.

Each set serves several questions of this folder; traditional forms stand beside simplified ones.
"""

import re


def _words(text: str) -> tuple[str, ...]:
    """Words divided by white space, the longest first, so that a pattern made of them takes the longest."""
    return tuple(sorted(text.split(), key=len, reverse=True))


HOSTS = frozenset(_words("主持人 主持 记者 記者 编辑 編輯 采访者 採訪者 采访人 访问者 訪問者 提问 提問 问 問 Q 编者 主播"))
"""Labels, or offices in labels, of those who ask."""

ANSWERS = frozenset(_words("答 A 嘉宾 嘉賓 受访者 受訪者 回答 专家 專家 与会者 與會者 听众 聽眾 观众 觀眾 网友 網友"))
"""Labels of those who answer, without a name."""

_BYLINE_ROLES = _words(
    "记者 記者 通讯员 通訊員 策划 策劃 图文 圖文 文图 摄影报道 摄影 攝影 图片 圖片 文字 撰文 采写 採寫 采访 採訪 整理 编辑 編輯 "
    "责任编辑 責任編輯 责编 責編 执笔 執筆 作者 编导 编審 审核 審核 校对 校對 供稿 供图 供圖 绘图 繪圖 制图 美编 视觉 视频 统筹 監製 "
    "监制 主笔 评论员 評論員 撰稿 撰稿人 执行 报道 報道 翻译 翻譯 编译 主编 图 圖 文 摄 攝 实习生 實習生 口述 讲述 講述 讲课 講課 主讲 "
    "主講 演讲 文字整理 錄音 紀錄 記錄 记录 記錄整理 紀錄整理 记录整理 訪問 访问 录音整理 錄音整理 采访整理 採訪整理 访谈整理 对话 制表 "
    "漫画 漫畫 插图 插圖 值班编辑 值班主任 组稿 审校 終審 终审"
)
_ROLE_PREFIXES = _words(
    "本报 本報 本刊 本网 本台 新华社 新華社 中央社 中新社 特约 特約 实习 實習 见习 見習 首席 全媒体 融媒体 驻站 资深 特派"
)

BYLINE_ROLE = re.compile(rf"(?:{'|'.join(_ROLE_PREFIXES)})*(?:{'|'.join(_BYLINE_ROLES)})")
"""What somebody did for an article, with the paper's own name before it."""
BYLINE_ENDS = _BYLINE_ROLES
"""How a byline ends that names people first."""

AUTHORS = _words("课题组 課題組 调研组 調研組 编辑部 編輯部 编委会 采访组 报道组 写作组 研究室 评论员 評論員 观察员 编辑室")
"""How a name ends that several people write under."""

OFFICES = _words(
    "书记 書記 主任 局长 局長 镇长 鎮長 区长 區長 县长 縣長 市长 市長 省长 省長 乡长 村长 州长 州長 部长 部長 处长 處長 科长 科長 股长 "
    "所长 所長 院长 院長 校长 校長 园长 会长 會長 理事长 理事長 秘书长 秘書長 社长 社長 站长 站長 队长 隊長 组长 組長 厂长 廠長 店长 "
    "董事长 董事長 总经理 總經理 经理 經理 总裁 總裁 总监 總監 主席 副主席 委员 委員 代表 常委 干事 幹事 专员 專員 调研员 主管 负责人 "
    "負責人 发言人 發言人 教授 副教授 讲师 研究员 研究員 博士 院士 工程师 工程師 总工程师 医生 医师 醫師 护士 老师 老師 教师 教師 律师 "
    "律師 法官 检察官 警官 民警 参赞 大使 领事 总理 總理 总统 總統 主编 總編 总编辑 馆长 館長 台长 台長 团长 團長 司长 司長 署长 署長 "
    "庭长 行长 行長 政委 指导员 社工 网格员 学生 學生 同学 同學 村民 居民 创始人 創辦人 董事 执行官 召集人 立委 議員 议员 科员 部員 "
    "管理员 管理員 预报员 預報員 修复师 修復師 设计师 設計師 建筑师 建築師 摄影师 攝影師 厨师 廚師 规划师 分析师 农艺师 技术员 技術員 "
    "志愿者 传承人 傳承人 理事 监事 監事 首席执行官 组员 队员 隊員 船长 船長 机长 舰长 连长 营长 班长 班主任 教导员 驻村干部 种粮大户 "
    "顾问 顧問 先生 女士 小姐 主持人 记者 記者 嘉宾 嘉賓 专家 專家 作家 导演 導演 演员 演員 教练 教練"
)

SINGLE_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷"
    "罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟"
    "徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳汲松井段富巫乌焦巴弓牧山谷车侯全班仰"
    "秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎薄印白怀蒲邰从索咸籍赖卓蔺屠蒙池乔阴闻党翟谭贡劳申扶堵冉宰雍桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习"
    "艾鱼容向古易慎戈廖终居衡步都耿满弘匡国文寇广禄东欧沃利蔚越隆师巩聂晁勾敖融冷辛那简饶空曾沙养丰巢关查后荆游竺权盖益桓公晋楚闫法汝涂钦岳帅海归肖种展操信"
    "趙錢孫吳鄭馮陳衛蔣韓楊許呂張嚴華謝鄒竇雲蘇範魯韋馬鳳費賀湯羅畢鄔樂時齊顧黃蕭貝計談龐紀項閔賈婁顏鍾駱萬盧莫經應鄧單諸龔陸榮儲烏車寧劉龍葉黎賴藺喬陰聞黨"
    "譚貢勞壽邊農溫莊閻連習魚終滿廣東歐師鞏聶饒關權蓋凃游簡曾歸岳帥"
)
DOUBLE_SURNAMES = frozenset(
    _words(
        "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 司空 端木 东方 南宫 独孤 轩辕 闻人 申屠 太史 钟离 呼延 东郭 百里 "
        "西门 歐陽 司馬 諸葛 尉遲 公孫 長孫 東方 南宮 獨孤 聞人 鍾離"
    )
)
"""The surnames of 百家姓 and those frequent today that it lacks; a fact list, like the calendar."""

SPEECH_VERBS = re.compile(
    r"(?:[说說道曰问問云叫喊谈談讲講称稱答]|表示|指出|强调|強調|介绍|介紹|认为|認為|提到|写道|寫道|回答|告诉|告訴|透露|坦言|提醒|呼吁|呼籲|建议|建議|补充|補充|写着|要求|显示|顯示)$"
)
"""How words before a colon end when they tell of speech, or of a text, instead of labelling a speaker."""

_DAY = r"\s*(?:\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*[日号號]"
_MONTH = r"\s*(?:\d{1,2}|[一二三四五六七八九十正冬腊臘]{1,2})\s*月"
DATE = (
    rf"(?:(?:[12]\d{{3}}|[一二][〇○零一二三四五六七八九]{{3}})\s*年{_MONTH}(?:{_DAY})?|{_MONTH}{_DAY})"
    r"(?:[凌清早晚上下中正傍深午晨夜間间黃昏黄]{1,3})?(?:[於于写寫书書]{1,2}[^，。]{2,10})?"
)
"""A date that stands alone, with the time of day and the place where something was written, as a pattern."""

SENTENCE_ENDS = "。！？!?…；;"
"""Marks that end a sentence or a clause that may end a paragraph."""
CLOSERS = "”’』」）)》〉】］\"'"
OPENERS = "“‘『「（(《〈【［"
NEVER_FIRST = "，。、；：？！）》〉】」』”’％,;?!)…"
"""Marks that begin no line on purpose: what begins with one goes on with the line above (GB/T 15834-2011 5.1)."""
COLUMN_WORDS = _words("专栏 專欄 栏目 欄目 专题 專題 专版 專版 专刊 專刊")
"""How a line ends that announces a column."""
PAPERS = tuple(
    f"的{paper}"
    for paper in _words(
        "通知 公告 通告 决定 決定 意见 意見 函 批复 批復 公开信 公開信 回信 倡议书 倡議書 报告 報告 说明 說明 声明 聲明 启事 啟事"
    )
)
"""How the title of a paper of an office ends: 关于……的通知."""
SUBTITLE_ENDS = _words(
    "纪实 紀實 侧记 側記 见闻 見聞 观察 觀察 调查 調查 札记 札記 手记 手記 访谈 訪談 访谈录 对话 對話 口述 自述 追踪 追蹤 启示 啟示 "
    "综述 綜述 巡礼 掠影 素描 随想 有感 之思 一瞥 速写 特写 剪影 解读 述评 实录"
)
"""How a subtitle ends that says what sort of text it stands over."""
LETTERS = _words("一封信 公开信 公開信 回信 倡议书 倡議書 慰问信 感谢信 感謝信 邀请函 決議 贺信 賀信 告白 公告 通告 启事 啟事")
"""How the title of a letter or a notice ends."""
NOTE_BEGINS = (
    *_words("来源 來源 转自 轉自 摘自 选自 選自 转载自 轉載自 原载 原載 原题 原題 资料来源 資料來源 供稿"),
    *(f"本文{words}" for words in _words("来源 來源 选自 選自 原载 原載 系 係 作者")),
    *(person + words for person in _words("作者 记者 記者") for words in _words("为 為 系 係 单位 單位 是")),
)
"""How a line begins that says where a text comes from, or who its author is."""
FIELD_ENDS = _words(
    "联系人 聯絡人 联络人 电话 電話 手机 手機 热线 熱線 传真 傳真 邮编 郵編 邮政编码 邮箱 郵箱 邮件 微信 微信号 公众号 网址 網址 网站 "
    "地址 地点 地點 时间 時間 日期 期限 单位 單位 账号 帐号 开户行 编号 文号"
)
"""How that ends which stands before a colon in notices and forms; no such word calls a person."""
FIELDS = frozenset(_words("來源 来源 注 附 备注 说明 題目 题目 标题 關鍵詞 关键词 摘要 例如 比如 其中 即"))
"""What stands before a colon in forms and lists."""
