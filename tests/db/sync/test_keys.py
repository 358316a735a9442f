import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.sync import keys
from db.sync.keys import DeviceKey, FingerprintProblem, KeyProblem
from tests._helpers.bundles import KEY, OTHER_KEY


def test_the_id_of_a_key_never_changes() -> None:
    assert KEY.id == "4JN2MNC9XQ5NFZN0QRTN5W35"
    assert keys.device_id(KEY.public) == KEY.id
    assert keys.show_fingerprint(KEY.id) == "4JN2-MNC9-XQ5N-FZN0-QRTN-5W35"


def test_the_fingerprint_carries_120_bits() -> None:
    assert keys.crockford(bytes(32), 24) == "0" * 24
    assert keys.crockford(b"\xff" * 32, 24) == "Z" * 24
    assert keys.crockford(bytes(14) + b"\x1f" + bytes(17), 24) == "0" * 23 + "Z"


@pytest.mark.parametrize(
    "typed",
    [
        "4JN2-MNC9-XQ5N-FZN0-QRTN-5W35",
        "4jn2 mnc9 xq5n fzn0 qrtn 5w35",
        " 4JN2–MNC9—XQ5N.FZNO-QRTN-5W35\n",
        "4JN2MNC9XQ5NFZNoQRTN5W35",
    ],
)
def test_a_fingerprint_is_read_however_it_is_written(typed: str) -> None:
    assert keys.read_fingerprint(typed) == KEY.id


def test_letters_misread_over_the_phone_are_understood() -> None:
    assert keys.read_fingerprint("iIlL oO00 0000 0000 0000 0000") == "1111" + "0" * 20


@given(st.binary(min_size=32, max_size=32))
def test_every_fingerprint_reads_back(public: bytes) -> None:
    device = keys.device_id(public)
    assert keys.read_fingerprint(keys.show_fingerprint(device).lower()) == device


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "ở đây có 0"),
        ("4JN2-MNC9", "ở đây có 8"),
        ("U" * 24, "“U”"),
        ("đ" * 24, "“Đ”"),
        ("\x1b", "lạ"),
    ],
)
def test_what_is_no_fingerprint_is_refused_in_plain_words(typed: str, said: str) -> None:
    with pytest.raises(FingerprintProblem, match=said):
        keys.read_fingerprint(typed)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert keys.DEVICE_ID.fullmatch(keys.read_fingerprint(text))
    except FingerprintProblem as problem:
        assert "xin" in str(problem).lower()
        assert str(problem).isprintable()


def test_a_signature_holds_for_its_bytes_and_key_only() -> None:
    signature = KEY.sign(b"data")
    assert len(signature) == 64
    assert keys.verify(KEY.public, signature, b"data")
    assert not keys.verify(KEY.public, signature, b"datA")
    assert not keys.verify(OTHER_KEY.public, signature, b"data")


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_checking_never_crashes(public: bytes, signature: bytes) -> None:
    assert not keys.verify(public, signature, b"data")


def test_keys_survive_their_text_form() -> None:
    assert DeviceKey.from_pem(KEY.private_pem()).public == KEY.public
    assert keys.read_public_pem(KEY.public_pem) == KEY.public
    assert len(DeviceKey.generate().public) == 32


@pytest.mark.parametrize("pem", [b"", b"nonsense", KEY.private_pem().encode()])
def test_what_is_no_public_key_is_refused(pem: bytes) -> None:
    with pytest.raises(KeyProblem):
        keys.read_public_pem(pem)


@pytest.mark.parametrize("pem", ["", "nonsense", KEY.public_pem.decode()])
def test_what_is_no_private_key_is_refused(pem: str) -> None:
    with pytest.raises(KeyProblem):
        DeviceKey.from_pem(pem)


def test_a_key_of_another_kind_is_refused() -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    other = ec.generate_private_key(ec.SECP256R1())
    private = other.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = other.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(KeyProblem):
        DeviceKey.from_pem(private.decode())
    with pytest.raises(KeyProblem):
        keys.read_public_pem(public)


def test_a_key_never_shows_itself() -> None:
    assert repr(KEY) == str(KEY) == "<DeviceKey 4JN2-MNC9-XQ5N-FZN0-QRTN-5W35>"


@pytest.mark.parametrize("module", ["db.sync.reading", "db.sync.archive", "db.identity"])
def test_importing_does_not_load_cryptography_or_the_database(module: str) -> None:
    script = (
        f"import sys, {module}; "
        "print([m for m in ('cryptography', 'sqlalchemy', 'sqlmodel', 'textual') "
        "if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
