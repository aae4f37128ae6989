"""Everything that changes attachments."""
