"""The annual review of one account: from request to a document delivered, met and followed up."""
