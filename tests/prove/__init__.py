"""The promises, proved: `python -m tests.prove P07 --db pg --lane ci --seed 1`, or `make prove P=P07 DB=pg`.

Each module pNN has SAYS and prove(worlds, tally, full, rng). It makes worlds (a data folder, a database, a web server on
loopback: world.py), lets people work in them (clients.py, company.py, forms.py), and counts what held (tally.py,
invariants.py). Each also runs its control, the same with a guard switched off in server.py, which has to fail.
"""
