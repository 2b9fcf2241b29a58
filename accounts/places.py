"""Which theater a country belongs to, by its English name or ISO code, however it is written."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from acr_program.people.folding import folded

from .choices import Theater

AMERICAS = "BM CA PM US UM"
LATIN = """
    AG AI AR AW BB BL BO BQ BR BS BZ CL CO CR CU CW DM DO EC FK GD GF GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PR PY
    SR SV SX TC TT UY VC VE VG VI
"""
ASIA_PACIFIC = """
    AF AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN IO JP KH KI KP KR LA LK MH MM MN MO MP MV MY NC NF NP NR NU NZ PF PG PH
    PK PN PW SB SG TH TK TL TO TV TW VN VU WF WS
"""
NOBODY = "AC AQ BV CP CQ DG EU EZ GS HM QO TA TF UN XA XB ZZ"  # no customers there, or no country
OTHER_NAMES = {
    "america": "US", "united states of america": "US", "england": "GB", "great britain": "GB", "scotland": "GB",
    "wales": "GB", "northern ireland": "GB", "holland": "NL", "czech republic": "CZ", "turkey": "TR", "macedonia": "MK",
    "russian federation": "RU", "korea": "KR", "republic of korea": "KR", "viet nam": "VN", "burma": "MM", "myanmar": "MM",
    "hong kong": "HK", "macau": "MO", "macao": "MO", "ivory coast": "CI", "cape verde": "CV", "swaziland": "SZ",
    "palestine": "PS", "democratic republic of the congo": "CD", "congo": "CG", "brasil": "BR", "uae": "AE",
    "deutschland": "DE", "peoples republic of china": "CN",
}  # fmt: skip


def theater_of(country: str) -> str:
    """AMER, LATAM, APAC or EMEA; empty where the country is not known."""
    code = codes().get(plain(country), "")
    return theaters().get(code, "")


def zones_of(country: str) -> list[str]:
    """The time zones of a country, one of those whose clocks go alike; none where the country is not known."""
    zones = get_global("territory_zones").get(codes().get(plain(country), ""), [])
    alike: dict[tuple[object, ...], str] = {}
    for zone in sorted(set(zones) & available_timezones()):
        year = [datetime(datetime.now(ZoneInfo(zone)).year, month, 1, tzinfo=ZoneInfo(zone)) for month in (1, 4, 7, 10)]
        alike.setdefault(tuple(moment.utcoffset() for moment in year), zone)
    return sorted(alike.values())


def plain(country: str) -> str:
    """“The U.S.A.” and “usa”, “Côte d’Ivoire” and “cote divoire” are the same."""
    text = re.sub(r"[.'’]", "", folded(country)).replace("&", " and ")
    words = re.sub(r"[^\w]+", " ", text).strip()
    return words.removeprefix("the ").replace("saint ", "st ")


@cache
def codes() -> dict[str, str]:
    """The code of each country by its plain name, by its ISO codes, and by what else it is called."""
    names = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    found = {plain(name): code for code, name in names.items()}
    found |= {
        old.lower(): now[0] for old, now in get_global("territory_aliases").items() if len(now) == 1 and now[0] in names
    }
    return found | {code.lower(): code for code in names} | OTHER_NAMES


@cache
def theaters() -> dict[str, str]:
    """The theater of each code; Europe, the Middle East, Africa and inner Asia are whatever the lists do not name."""
    found = dict.fromkeys(codes().values(), Theater.EMEA.value)
    for theater, listed in ((Theater.AMER, AMERICAS), (Theater.LATAM, LATIN), (Theater.APAC, ASIA_PACIFIC)):
        found |= dict.fromkeys(listed.split(), theater.value)
    return found | dict.fromkeys(NOBODY.split(), "")
