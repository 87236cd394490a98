"""What if: a draft is a list of operations over the organisation's text; map, findings, clans and the patch follow from the text after."""

from topology.planning.draft import Draft, draft_of
from topology.planning.operation import Operation, OperationError
from topology.planning.plan import Plan, Step, letter, plan

__all__ = ["Draft", "Operation", "OperationError", "Plan", "Step", "draft_of", "letter", "plan"]
