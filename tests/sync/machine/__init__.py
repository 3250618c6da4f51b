"""A model of the sync protocol in memory: a server, three phones, a bad net and restores that nobody announces.

The decisions are those of app.sync.rules, the real ones; what surrounds them is written here a second time, and small,
so that thousands of histories can be played. Bugs can be seeded into it, to see that the invariants would find them.
"""
