"""HTTP of attachments: coming in, read by writers and clerks, decided upon, and public."""
