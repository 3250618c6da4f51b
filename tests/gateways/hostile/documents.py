"""XML that is out to hurt, by name. Each must be refused with a sentence, fast and in little memory."""

ROOT = "http://www.dkma.dk/medicinecard/xml.schema/2015/06/01/E2"


def small() -> dict[str, bytes]:
    """The ones that are small themselves."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return {
        "empty": b"",
        "only whitespace": b" \r\n\t ",
        "truncated": f'<GetMedicineCardResponse xmlns="{ROOT}"><MedicineCard><Vers'.encode(),
        "not xml": b"PK\x03\x04 no document",
        "latin-1 labelled UTF-8": '<?xml version="1.0" encoding="UTF-8"?><a>ø</a>'.encode("latin-1"),
        "unknown encoding": b'<?xml version="1.0" encoding="x-none"?><a/>',
        "undefined entity": b"<a>&secret;</a>",
        "external entity": b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        "billion laughs": f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'.encode(),
        "external DTD": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>',
        "parameter entity": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]><a/>',
        "DOCTYPE in UTF-16": "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>".encode("utf-16"),
        "bare DOCTYPE": b"<!DOCTYPE a><a/>",
    }


def large() -> dict[str, bytes]:
    """The ones that are large or deep."""
    return {
        "30 MB": b"<a>" + b"x" * 30_000_000 + b"</a>",
        "depth 10,000": b"<a>" * 10_000 + b"</a>" * 10_000,
        "two million siblings": b"<a>" + b"<b/>" * 2_000_000 + b"</a>",
        "two million attributes": b"<a>" + b"<b c='' d=''/>" * 1_000_001 + b"</a>",
        "one text of 15 MB": b"<a>" + b"x" * 15_000_000,
    }
