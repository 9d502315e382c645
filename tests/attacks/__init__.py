"""Attacks on what is printed, by somebody who was not there when it was decided: domain.md 2.1d."""
