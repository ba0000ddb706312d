"""One of every node, and its canonical Markdown beside it in `every.md`."""

from converters.document import (
    Article,
    BlockQuote,
    Code,
    CodeBlock,
    Column,
    Credit,
    Date,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Genre,
    Heading,
    Inline,
    Inlines,
    LineBreak,
    Link,
    List,
    ListItem,
    Meta,
    NoteReference,
    Paragraph,
    Part,
    ProperName,
    Role,
    Row,
    Ruby,
    Salutation,
    Signature,
    SourceNote,
    Speaker,
    Strong,
    Table,
    Text,
    ThematicBreak,
    Turn,
)


def t(text: str) -> Inlines:
    return (Text(text),)


def p(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(inline) if isinstance(inline, str) else inline for inline in inlines))


HOST = Speaker("主持人王坤", "主持人", "王坤", Role.HOST)
GUEST = Speaker("西王庄镇党委书记刘杰", "西王庄镇党委书记", "刘杰", Role.GUEST)

INTERVIEW = Article(
    t("立足乡村振兴 强化使命担当"),
    (
        Turn(HOST, (p("刘书记，你好。"),)),
        Turn(GUEST, (p("你好。"), p("我们镇总人口4.8万人。"), List((ListItem((p("全面推进"),), "（一）"),), ordered=True))),
        p("（采访在大棚里继续。）"),
        Turn(HOST, (p(Strong(t("最后")), "，谢谢。"),)),
        SourceNote(t("来源于市中融媒")),
    ),
    t("西王庄镇"),
    t("专访西王庄镇党委书记刘杰"),
    (Credit("记者", "刘正航"), Credit("记者", "王坤"), Credit("通讯员", "张志伟")),
    Column("干部作风建设提升", "《干部作风建设提升》专栏"),
    "2023-05-26",
    Genre.INTERVIEW,
    "乡村振兴",
)

EVERY = Article(
    (Text("一篇有各种结构的文章"), LineBreak(), Text("第二行")),
    (
        Salutation(t("各位读者：")),
        p("正文有", Strong(t("着重")), "与", Emphasis(t("强调")), "，有", Link(t("链接"), "https://example.org/a?b=c&d=e"), "。"),
        p("有", Ruby("汉", "hàn"), Ruby("字", "zì"), "，有脚注", NoteReference("1"), "，有", Code("a < b"), "，𠮷野家100 km。"),
        Footnote("1", (p("脚注的内容。"),)),
        p("有专名", ProperName("马可·波罗"), "。"),
        p("句中", Strong(t("“引语。”")), "两边没有空格。"),
        Heading(t("一级小标题")),
        Heading(t("二级小标题"), 2),
        List((ListItem((p("第一项"),), "1."), ListItem((p("第二项"),), "2.")), ordered=True),
        List((ListItem((p("甲"),), "•"), ListItem((p("乙"), List((ListItem((p("子项"),)),))), "•"))),
        List((ListItem((p("另一个列表"),)),)),
        BlockQuote((p("引文一段。"), p("引文又一段。"))),
        CodeBlock("x = 1\n\ny = 2", "python"),
        Table((Row((t("项目"), t("数量"))), Row((t("甲|乙"), ()))), 1, t("表1　统计")),
        Table((Row((t("没有表头"),)),), 0),
        Figure("img/a.png", "图片说明文字", t("图一　现场"), t("张三 摄")),
        ThematicBreak(),
        Paragraph(t("健全机制。"), head=t("锚定“强工业”，在转型倍增上攻坚突围。")),
        Paragraph(t("没有标点的段首小标题。"), head=t("小标题")),
        p("诗一行", LineBreak(), "诗二行"),
        Signature(t("某某单位")),
        Date(t("2023年5月26日")),
    ),
    column=Column("党建赋能·创新发展"),
    genre=Genre.LETTER,
)

SAMPLE = Document(
    Meta("全样本", "每种结构各一", "某某编", date="2026-11-21", isbn="978-7-5327-0000-0"),
    (Part("第一部分", (INTERVIEW,), (p("编者按。"),)), Part("附编", (EVERY,))),
)
