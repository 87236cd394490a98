"""Edits of the organisation's text that leave everything else as it is: comments, order, quotes, line ends.

Each operation gives an `Edit`: pieces of text to replace. What it gives was read again and compared with what was asked.
"""

from topology.source.edit.operations import add, extend, remove, rename_id, rename_key, set_value
from topology.source.edit.remarks import without_comment
from topology.source.edit.splices import Edit, EditError, Splice

__all__ = [
    "Edit",
    "EditError",
    "Splice",
    "add",
    "extend",
    "remove",
    "rename_id",
    "rename_key",
    "set_value",
    "without_comment",
]
