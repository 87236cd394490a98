"""What if: a draft is a list of operations over the organisation's text; map, findings, clans and the patch follow from the text after."""

from topology.planning.operation import Operation, OperationError, operations_of
from topology.planning.plan import Plan, Step, letter, plan

__all__ = ["Operation", "OperationError", "Plan", "Step", "letter", "operations_of", "plan"]
