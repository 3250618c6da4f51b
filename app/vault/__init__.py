"""Everything secret: keys, sealing and opening, blind look-up. The only importer of ``cryptography``."""
