"""The public keys with which receipts and answers are checked."""
