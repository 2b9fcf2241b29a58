"""What every record and every list shares: Today, search, people's pages, drafts."""
