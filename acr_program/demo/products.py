"""What Alder & Fisk sells: categories, each with its products and their prices."""

from __future__ import annotations

from decimal import Decimal

# a category, and under it each product with its price
SHELVES = """\
Cheese and dairy
  Alder Valley Cheddar, 1 kg=11.40
  Crème fraîche, 5 l=18.75
  Soft goat's cheese in ash=7.20
  Butter, unsalted, 10 kg=64.00
Fish and shellfish
  Smoked eel fillet=23.90
  Norway lobster, cooked=31.50
  Cod loin, line caught=19.80
  Herring in dill, 3 l=14.25
Bakery and flour
  Rye sourdough, part baked=2.85
  Süßmilchbrötchen, 60 pieces=16.20
  Strong white flour, 25 kg=21.00
  Oatcakes with sea salt=3.45
Preserves
  Quince jelly, 2 kg=12.60
  Confiture d'abricots du Roussillon=5.35
  Pickled walnuts=6.10
  Plum compote, 5 kg=19.90
Prepared dishes
  Lentil and chestnut pie=4.70
  Beef cheek in stout, 2 kg=27.80
  Vegetable lasagne, tray of twelve portions for schools, hospitals and canteens, without egg, nuts and celery=33.60
  Fisherman's broth, 10 l=41.00
Beverages
  Elderflower cordial=4.95
  Cloudy apple juice, 5 l=9.30
  Kräuterlimonade, crate of 24=22.80
  Cold-brewed coffee, 1 l=6.40
Ices
  Blackcurrant sorbet, 5 l=24.50
  Dulce de leche ice, 5 l=26.75
"""
HOME = {
    "Chilled goods": 0, "Seafood": 1, "Dry goods": 2, "Prepared foods": 4, "Beverages": 5,
}  # fmt: skip


def shelves() -> list[tuple[str, list[tuple[str, Decimal]]]]:
    """Each category with its products."""
    found: list[tuple[str, list[tuple[str, Decimal]]]] = []
    for row in SHELVES.splitlines():
        if row.startswith("  "):
            name, price = row.strip().rsplit("=", 1)
            found[-1][1].append((name, Decimal(price)))
        else:
            found.append((row, []))
    return found
