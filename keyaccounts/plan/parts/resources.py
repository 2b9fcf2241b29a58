"""Resources: days, money, skills (N6.1 to N6.4)."""
