class LinkRefused(Exception):
    """A link is not taken; the sentence says why, the reason is one word for code: unknown, used, revoked, expired, code."""

    def __init__(self, sentence: object, reason: str) -> None:
        super().__init__(str(sentence))
        self.sentence = str(sentence)
        self.reason = reason
