"""Messages to people, written in the transaction that made them true."""
