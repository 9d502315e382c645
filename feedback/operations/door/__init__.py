"""The door to staff accounts: proving who one is, second steps, sign-ins, one-time links, the school's own service."""
