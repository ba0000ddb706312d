"""The words of a command line in, what to do out: every command, option and word of help.

Invariant: what an editor reads here is a sentence in their language; a wrong word ends the run with exit code 2.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from converters import __version__, registry
from converters.conversion import Options
from converters.diagnostics import refuse

USAGE = 2
"""The exit code of a command line that makes no sense."""

_OTHERS = ("all", "explain", "formats", "styles", "init")
"""The commands that are no format."""


class Explaining(NamedTuple):
    """What `explain` was asked for. page: the file of a web page; accept: the numbers of suggestions, and in whose name."""

    everything: bool = False
    page: str = ""
    json: bool = False
    accept: tuple[int, ...] = ()
    editor: str = ""


WITH_RENDITIONS = frozenset({"pdf", "docx", "epub", "html"})
"""Formats that show a speaker's label in full only once."""


class Run(NamedTuple):
    """One call of the command: what it makes of what, where to, and how it speaks."""

    command: str
    sources: tuple[str, ...]
    output: str
    options: Options
    strict: bool
    each: bool
    quiet: bool
    explaining: Explaining = Explaining()
    layout_report: bool = False
    list_renditions: bool = False


def language_of(arguments: Sequence[str]) -> str:
    """--lang, else the locale's language where it is English, else Chinese: the collections are."""
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang" or word.startswith("--lang="):
            return "en" if (following if word == "--lang" else word.partition("=")[2]) == "en" else "zh"
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "zh"


_IN_CHINESE = {
    "unrecognized arguments": "不认识的参数",
    "the following arguments are required": "还缺少",
    "expected one argument": "后面要跟一个值",
    "invalid choice": "没有这个选择",
    "invalid int value": "不是整数",
    "not allowed with": "不能同时用",
    "choose from": "可选的有",
    "argument": "参数",
    "usage: ": "用法：",
    "positional arguments": "位置参数",
    "options": "选项",
}
"""argparse's own words, where an editor reads them."""


class _ChineseHelp(argparse.HelpFormatter):
    """Help whose headings are Chinese."""

    def start_section(self, heading: str | None) -> None:
        super().start_section(_IN_CHINESE.get(heading or "", heading))

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _IN_CHINESE["usage: "] if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """An argument parser whose refusals are one sentence."""

    def error(self, message: str) -> NoReturn:
        if self.formatter_class is _ChineseHelp:
            for english, chinese in _IN_CHINESE.items():
                message = message.replace(english, chinese)
            print(f"命令写法不对：{message}\n    提示：用法见 python -m converters --help", file=sys.stderr)
        else:
            print(f"wrong usage: {message}\n    hint: see python -m converters --help", file=sys.stderr)
        raise SystemExit(USAGE)


def parse_arguments(arguments: list[str], language: str) -> Run:
    """Raises: ConversionError(unknown-format); SystemExit with the exit code for a wrong option, for help and version."""
    arguments = _language_last(arguments)
    first = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    known = [first] if first in {*registry.WRITERS, *_OTHERS} else _commands()
    if first and first not in known:
        raise refuse("unknown-format", name=first, known="、".join(known))
    found = _parser(language, known).parse_args(arguments)
    options = Options(
        style=getattr(found, "style", ""),
        labels=getattr(found, "labels", ""),
        date=getattr(found, "date", ""),
        only=getattr(found, "only", ""),
        keep_typing=getattr(found, "keep_typing", False),
        cover=not getattr(found, "no_cover", False),
        page_numbers=getattr(found, "page_numbers", False),
        corrections=not getattr(found, "no_corrections", False),
        list_corrections=getattr(found, "list_corrections", False),
    )
    return Run(
        command=found.command,
        sources=tuple(getattr(found, "sources", ())),
        output=getattr(found, "output", ""),
        options=options,
        strict=getattr(found, "strict", False),
        each=getattr(found, "each", False),
        quiet=getattr(found, "quiet", False),
        explaining=_explaining(found),
        layout_report=getattr(found, "layout_report", False),
        list_renditions=getattr(found, "list_renditions", False),
    )


def _explaining(found: argparse.Namespace) -> Explaining:
    if found.command != "explain":
        return Explaining()
    return Explaining(found.everything, found.page, found.json, tuple(found.accept), found.editor)


def _language_last(arguments: list[str]) -> list[str]:
    """--lang may stand before the command too."""
    if arguments[:1] == ["--lang"]:
        return [*arguments[2:], *arguments[:2]]
    if arguments and arguments[0].startswith("--lang="):
        return [*arguments[1:], arguments[0]]
    return arguments


def _commands() -> list[str]:
    """Every command, those of foreign formats among them."""
    return [*registry.writer_names(), *_OTHERS]


def _parser(language: str, known: list[str]) -> _Parser:
    """known: the commands to describe; the one that was called is enough."""

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    look = _ChineseHelp if language == "zh" else argparse.HelpFormatter
    parser = _Parser(
        prog="python -m converters",
        formatter_class=look,
        add_help=False,
        description=say("刊刻：把杂乱的专栏、访谈文本变成书。", "kanke: messy column and interview texts become books."),
        epilog=say(
            "不给来源时，依次找 ./collection.toml、./seeds/collection.toml、./seeds/ 里的文本、自带的样例。"
            "例：python -m converters pdf；python -m converters docx 稿件/ -o 书稿.docx",
            "Without sources: ./collection.toml, ./seeds/collection.toml, the texts in ./seeds/, the packaged demo. "
            "Example: python -m converters docx texts/ -o book.docx",
        ),
    )
    parser.add_argument("--version", action="version", version=f"kanke {__version__}", help=say("版本号", "the version"))
    parser.add_argument("-h", "--help", action="help", help=say("这份说明", "this help"))
    commands = parser.add_subparsers(dest="command", required=True, metavar=say("命令", "COMMAND"))

    texts = _command_help(say)
    for name in known:
        text = texts.get(name, name)
        added = commands.add_parser(name, help=text, description=text, formatter_class=look, add_help=False)
        _add_common(added, say)
        if name == "init":
            added.add_argument("sources", nargs="?", default=".", type=lambda folder: (folder,), metavar=say("文件夹", "FOLDER"))
        elif name == "explain":
            _add_explaining(added, say)
        elif name == "styles":
            added.add_argument(
                "--samples",
                dest="output",
                default="",
                metavar=say("文件夹", "FOLDER"),
                help=say("把每种样式的样张（PDF）写进这个文件夹", "write sample pages (PDF) of every style into this folder"),
            )
        elif name != "formats":
            _add_conversion(added, say)
        if name in WITH_RENDITIONS:
            added.add_argument(
                "--list-renditions",
                action="store_true",
                help=say("逐条列出简称或省去的说话人：在哪里、原稿怎样写", "list every label that is shortened or left out, and where"),
            )
        if name == "pdf":
            added.add_argument(
                "--layout-report",
                action="store_true",
                help=say("报告怎样排满各页：每个短页、试过的办法", "how the pages were filled: every short page and what was tried"),
            )
    return parser


Say = Callable[[str, str], str]


def _command_help(say: Say) -> dict[str, str]:
    return {
        "pdf": say("排成可以付印的书（PDF）", "a book to print (PDF)"),
        "docx": say("做成 Word/WPS 文档", "a Word document"),
        "epub": say("做成电子书（EPUB 3）", "an e-book (EPUB 3)"),
        "md": say("整理成干净的 Markdown", "clean Markdown"),
        "html": say("做成一个网页文件", "one web page"),
        "json": say("导出扁平的 JSON，供数据库和检索用", "flat JSON for databases and search"),
        "native": say("导出无损的文档模型（.native.json），可再作来源", "the lossless document model, readable again"),
        "all": say("一次做出 pdf、docx、epub、md、html、json", "pdf, docx, epub, md, html and json at once"),
        "explain": say(
            "说明原稿是怎样读成的：每行成了什么、为什么，存疑的在前", "how the source was read, line by line and why, the doubtful first"
        ),
        "formats": say("列出各种版本格式", "list the formats"),
        "styles": say("列出各种样式，或做出各自的样张", "list the styles, or make sample pages of each"),
        "init": say("为一个文件夹写一份 collection.toml 草稿", "draft a collection.toml for a folder"),
    }


def _add_sources(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument(
        "sources",
        nargs="*",
        metavar=say("来源", "SOURCE"),
        help=say("文本文件、文件夹、collection.toml，或 - 读标准输入", "files, folders, a collection.toml, or - for standard input"),
    )


def _add_explaining(parser: argparse.ArgumentParser, say: Say) -> None:
    _add_sources(parser, say)
    parser.add_argument(
        "--all",
        dest="everything",
        action="store_true",
        help=say(
            "列出全部判断和每一行（默认：存疑的 20 处和大纲）", "every decision and every line (default: 20 doubtful ones and an outline)"
        ),
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument(
        "--html",
        "-o",
        dest="page",
        default="",
        metavar=say("文件", "FILE"),
        help=say("做成一个网页：原稿和读成的样子左右对照", "one web page with the source beside what it became"),
    )
    shown.add_argument("--json", action="store_true", help=say("每条判断一行 JSON，供程序用", "JSON records, one for each decision"))
    shown.add_argument(
        "--accept",
        action="append",
        type=int,
        default=[],
        metavar=say("编号", "N"),
        help=say(
            "采纳第 N 条的建议或另一种读法，记入 corrections.toml（可重复；原稿不动）",
            "write what decision N suggests into corrections.toml (may be repeated; the source stays as it is)",
        ),
    )
    parser.add_argument(
        "--editor",
        default="",
        metavar=say("姓名", "NAME"),
        help=say("采纳者的姓名，记在 corrections.toml 里", "who accepts, for corrections.toml"),
    )


def _add_conversion(parser: argparse.ArgumentParser, say: Say) -> None:
    _add_sources(parser, say)
    parser.add_argument(
        "-o",
        "--output",
        default="",
        metavar=say("去处", "OUT"),
        help=say(
            "文件、文件夹（以 / 结尾）或 -；默认 editions/书名.后缀", "a file, a folder (ends in /) or -; default editions/TITLE.suffix"
        ),
    )
    parser.add_argument(
        "--style",
        default="",
        metavar=say("样式", "NAME"),
        help=say(
            "样式：styles 命令列出的名字，或自己的 .toml 文件",
            "the look: a name that the styles command lists, or a .toml file of your own",
        ),
    )
    parser.add_argument(
        "--labels",
        default="",
        choices=["short", "questions", "full"],
        help=say(
            "说话人：short 首次全称其后简称，questions 其后问、答，full 每次全称",
            "speakers: full label once, then short = names, questions = 问 and 答; full = always",
        ),
    )
    parser.add_argument(
        "--only",
        default="",
        metavar=say("栏目或标题", "WORDS"),
        help=say("只做一个栏目，或标题含这几个字的文章", "one column, or the articles whose titles hold these words"),
    )
    parser.add_argument("--each", action="store_true", help=say("每篇文章各做一份", "one edition for each article"))
    parser.add_argument(
        "--date",
        default="",
        metavar="YYYY-MM-DD",
        help=say("版本日期；不给则用集子的日期", "the edition's date; default: the collection's"),
    )
    parser.add_argument(
        "--keep-typing", action="store_true", help=say("保留原文里的空格和全角字母数字", "keep spaces and full-width letters as typed")
    )
    parser.add_argument(
        "--page-numbers",
        action="store_true",
        help=say("Word 目录按印刷版填好页码（collection.toml 总是如此）", "the print edition's page numbers in Word's contents"),
    )
    parser.add_argument(
        "--no-corrections",
        action="store_true",
        help=say("不用集子的 corrections.toml，按原文出书", "leave the collection's corrections out"),
    )
    parser.add_argument("--list-corrections", action="store_true", help=say("书后印校勘记", "print the list of corrections at the end"))
    parser.add_argument("--no-cover", action="store_true", help=say("电子书不画封面", "an e-book without a drawn cover"))
    parser.add_argument(
        "--strict", action="store_true", help=say("有一条“注意”就不出书（退出码 3）", "any warning: no edition (exit code 3)")
    )


def _add_common(parser: argparse.ArgumentParser, say: Say) -> None:
    parser.add_argument("-h", "--help", action="help", help=say("这份说明", "this help"))
    parser.add_argument("--lang", default="", choices=["zh", "en"], help=say("提示用中文或英文", "language of the messages"))
    parser.add_argument("--quiet", action="store_true", help=say("不说“说明”，只说“注意”和“错误”", "no notices"))
