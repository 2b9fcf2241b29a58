import pytest

from acr_program.config.mailer import FILES, mailers


def test_without_an_address_mail_is_kept_as_files(tmp_path):
    assert mailers("", tmp_path) == {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": str(tmp_path)}}}


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://127.0.0.1:2525", 2525, False, False),
        ("smtp+tls://me:a%40b@mail.acme.test", 587, True, False),
        ("smtp+ssl://me:a%40b@mail.acme.test", 465, False, True),
    ],
)
def test_an_address_names_server_port_and_encryption(tmp_path, address, port, tls, ssl):
    options = mailers(address, tmp_path)["default"]["OPTIONS"]

    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl)
    assert options["password"] == ("a@b" if "me:" in address else "")


@pytest.mark.parametrize("address", ["mail.acme.test", "http://mail.acme.test", "smtp://", "smtp+tls:///x"])
def test_a_wrong_address_is_told_the_right_form(tmp_path, address):
    with pytest.raises(ValueError, match=r"EMAIL_URL must look like"):
        mailers(address, tmp_path)
