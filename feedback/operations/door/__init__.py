"""Who may come in: factors, passkeys, links, sessions, accounts, and who has looked at what."""
