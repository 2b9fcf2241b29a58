class LinkRefused(Exception):
    """A link is not taken: a sentence for people, and for code one of unknown, used, revoked, expired, code."""

    def __init__(self, sentence: object, reason: str) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.reason = reason
