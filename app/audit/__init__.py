"""The access log (Min Log): every look at a citizen's data, written in the transaction that looks."""
