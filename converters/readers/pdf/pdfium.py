"""PDFium's functions, asked for many characters or objects at once; the answers come as arrays.

Invariant: a call gets addresses and numbers only. The typed wrappers of pypdfium2 check and wrap each value, and with a million
characters that would cost more than reading the file.
"""

import ctypes
from collections.abc import Callable, Iterable
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_ADDRESS, _NUMBER = ctypes.c_void_p, ctypes.c_int


def address(handle: Any) -> int:
    """The address that a typed handle stands for."""
    return ctypes.cast(handle, _ADDRESS).value or 0


def _plain(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    plain: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address(function))
    return plain


def of_numbers(function: Any, result: Any, owner: int, numbers: Iterable[int]) -> npt.NDArray[Any]:
    """What a function (owner, number) → value says of each number. owner: an address; result: the value's type in ctypes."""
    return np.fromiter(map(_plain(function, result, _ADDRESS, _NUMBER), repeat(owner), numbers), np.dtype(result))


def rows_of_numbers(function: Any, owner: int, numbers: list[int], made: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """`made`, which has a row for each number, filled by a function (owner, number, address of the row) → success."""
    begin, step = made.ctypes.data, made.strides[0]
    rows = range(begin, begin + step * len(numbers), step)
    for _ in map(_plain(function, _NUMBER, _ADDRESS, _NUMBER, _ADDRESS), repeat(owner), numbers, rows):
        pass
    return made


def pairs_of_numbers(function: Any, owner: int, numbers: list[int]) -> FloatArray:
    """Two numbers for each number, by a function (owner, number, address of the first, address of the second) → success."""
    made = np.zeros((len(numbers), 2))
    begin, end = made.ctypes.data, made.ctypes.data + made.nbytes
    call = _plain(function, _NUMBER, _ADDRESS, _NUMBER, _ADDRESS, _ADDRESS)
    for _ in map(call, repeat(owner), numbers, range(begin, end, 16), range(begin + 8, end + 8, 16)):
        pass
    return made


def of_objects(function: Any, result: Any, objects: Iterable[int]) -> npt.NDArray[Any]:
    """What a function (object) → value says of each object."""
    return np.fromiter(map(_plain(function, result, _ADDRESS), objects), np.dtype(result))
