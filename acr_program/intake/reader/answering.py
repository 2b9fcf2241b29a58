"""What the parser says, and how it refuses."""

import json
import sys


class Refused(Exception):
    """The file is not read; its code names the sentence, its details fill it."""

    def __init__(self, code, **details):
        super().__init__(code)
        self.code, self.details = code, details


def say(**line):
    sys.stdout.write(json.dumps(line, separators=(",", ":"), ensure_ascii=True) + "\n")
