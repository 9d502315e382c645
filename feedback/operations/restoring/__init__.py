"""A backup put back, a newer version put in, a keystore handed over: nothing that went comes along."""
