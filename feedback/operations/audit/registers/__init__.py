"""Registers for the privacy officer and for auditors, made from the system itself: one module each."""
