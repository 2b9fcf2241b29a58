"""Mail without a server: each one a file that any mail program opens, its text readable as it stands."""

import email.policy
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend as FileBackend
from django.utils.timezone import localtime

PLAIN = email.policy.default.clone(cte_type="8bit", max_line_length=990)  # no link is broken over two lines


class EmailBackend(FileBackend):
    """Django's own puts all mails of one connection into one .log, encoded."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            name = f"{localtime():%Y%m%d-%H%M%S}-{uuid4().hex[:8]}.eml"
            Path(self.file_path, name).write_bytes(message.message(policy=PLAIN).as_bytes())
        return len(email_messages)
