"""What goes when: schedule, holds, purges and the certificates that prove them."""
