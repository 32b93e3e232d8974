"""Receipts and slips: what stands on them, how it becomes ESC/POS bytes, and how those bytes look on paper."""
