"""A manuscript in, an account of its recovery out: what each line became, and why; shown on a terminal, as a page, or as records.

Invariant: an account says what recovery decided of the source as it lies, and decides nothing itself. The same source gives the same
numbers, so that an editor can accept a suggestion by its number.
"""

from converters.explain.account import Account, Chapter, Entry, Figures, Row, account_of, told_apart

__all__ = ["Account", "Chapter", "Entry", "Figures", "Row", "account_of", "told_apart"]
