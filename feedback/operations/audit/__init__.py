"""What the privacy officer watches and shows: the signed list, registers, letters, proofs, the audit pack."""
