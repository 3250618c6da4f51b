"""One file or package per outside format or system; each turns what it reads into facts, or refuses it whole."""
