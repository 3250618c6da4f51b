"""OIO BPP 1.1 and 1.2 out of a claim, and everything that is not that."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import errors
from app.gateways.oidc import privileges
from tests.gateways.oidc.staff import CVR, ROLE, V1_1, V1_2, document, encoded, group


@pytest.mark.parametrize("namespace", [V1_1, V1_2])
def test_both_versions_give_scope_privileges_and_constraints(namespace: str) -> None:
    read = privileges.read(
        encoded(
            document(
                group(privileges=(ROLE, "urn:dk:andet:1"), urn_dk_kombit_KLE="27.18.*, 15.20.*"),
                group(f"{CVR}22222222"),
                namespace=namespace,
            )
        )
    )

    assert [each.scope for each in read] == [f"{CVR}11111111", f"{CVR}22222222"]
    assert read[0].privileges == {ROLE, "urn:dk:andet:1"}
    assert dict(read[0].constraints) == {"urn:dk:kombit:KLE": {"27.18.*", "15.20.*"}}
    assert dict(read[1].constraints) == {}


def test_inner_elements_may_have_the_lists_namespace_and_a_constraint_may_stand_twice() -> None:
    inner = (
        f'<b:PrivilegeGroup Scope=" {CVR}11111111 "><b:Constraint Name="a">1</b:Constraint>'
        f'<b:Constraint Name="a">2</b:Constraint><b:Privilege> {ROLE} </b:Privilege></b:PrivilegeGroup>'
    )

    (read,) = privileges.read(encoded(f'<b:PrivilegeList xmlns:b="{V1_2}">{inner}</b:PrivilegeList>'))

    assert (read.scope, read.privileges) == (f"{CVR}11111111", {ROLE})
    assert dict(read.constraints) == {"a": {"1", "2"}}


def test_base64_may_be_broken_into_lines() -> None:
    written = base64.encodebytes(document(group()).encode()).decode()

    assert "\n" in written.strip()
    assert len(privileges.read(written)) == 1


BOMB = '<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z "&x;&x;&x;">]>'
FILE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no xml",
        "<a/>",
        document(group(), namespace="http://example.dk/other"),
        "<PrivilegeList/>",
        document("<Other/>"),
        document(f"<PrivilegeGroup><Privilege>{ROLE}</Privilege></PrivilegeGroup>"),
        document(f'<PrivilegeGroup Scope=" "><Privilege>{ROLE}</Privilege></PrivilegeGroup>'),
        document(group(privileges=())),
        document(group(privileges=("",))),
        document(group(privileges=("<b>x</b>",))),
        document(group(a=" , ")),
        document(group().replace("<Privilege>", '<Constraint Name="">x</Constraint><Privilege>')),
        document(group().replace("Privilege>", "Right>")),
        document(f'<x:PrivilegeGroup xmlns:x="urn:x" Scope="{CVR}1"><x:Privilege>a</x:Privilege></x:PrivilegeGroup>'),
        document(*[group()] * 101),
        document(group(privileges=(ROLE,) * 501)),
        document(group())[:-5],
        BOMB + document(group()).partition("?>")[2],
        FILE + document(group()).partition("?>")[2].replace(ROLE, "&x;"),
    ],
)
def test_what_the_profile_does_not_allow_is_refused_without_repeating_it(xml: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        privileges.read(encoded(xml))

    assert ROLE not in refused.value.detail
    assert "root:" not in refused.value.detail


@pytest.mark.parametrize("written", ["!", "abc", "æ" * 8, "A" * 70_000, document(group())])
def test_what_is_no_base64_is_refused(written: str) -> None:
    with pytest.raises(errors.Invalid):
        privileges.read(written)


@given(st.one_of(st.text(max_size=200), st.binary(max_size=200).map(lambda data: base64.b64encode(data).decode())))
def test_no_text_whatever_does_anything_but_be_read_or_refused(written: str) -> None:
    try:
        privileges.read(written)
    except errors.Invalid:
        return
