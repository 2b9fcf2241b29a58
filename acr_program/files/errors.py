class Corrupt(Exception):
    """Stored bytes are not the ones that were kept; the sentence names the file and goes to people as it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotKept(Exception):
    """The disk would not take a file; nothing half written is left behind."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotTaken(Exception):
    """A file that somebody sent is not one that may lie here; the sentence says why and goes to people as it is."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
