import pytest

from accounts.actions import add
from accounts.places import theater_of


@pytest.mark.parametrize(
    ("theater", "names"),
    [
        ("AMER", "USA, U.S.A., usa, United States, The United States of America, us, Canada, CAN, 840"),
        ("LATAM", "Mexico, MÉXICO, Brazil, Brasil, br, Argentina, Venezuela, Puerto Rico, Saint Lucia, Trinidad and Tobago"),
        ("APAC", "Japan, Hong Kong, Vietnam, Viet Nam, Korea, Australia, Myanmar, India, nz, Taiwan"),
        ("EMEA", "UK, United Kingdom, england, Germany, DE, DEU, Türkiye, Turkey, Cote d'Ivoire, Ivory Coast, Czechia, UAE, are"),
        ("EMEA", "Bosnia and Herzegovina, the Netherlands, Ireland, Switzerland, Poland, Nigeria, Saudi Arabia, Kazakhstan"),
        ("", "Narnia, Antarctica, World, x, ***, EU"),
    ],
)  # fmt: skip
def test_a_country_tells_its_theater_however_it_is_written(theater, names):
    assert {name: theater_of(name) for name in names.split(", ")} == dict.fromkeys(names.split(", "), theater)
    assert theater_of(f"  {names.split(', ')[0]} ") == theater


def test_no_country_tells_no_theater():
    assert theater_of("") == ""


def test_an_account_added_without_a_theater_gets_that_of_its_country(people):
    made = {
        (country, given): add(by=people["admin"], name="Neu", country=country, theater=given).theater
        for country, given in (("Chile", ""), ("Chile", "AMER"), ("Atlantis", ""))
    }

    assert made == {("Chile", ""): "LATAM", ("Chile", "AMER"): "AMER", ("Atlantis", ""): ""}
