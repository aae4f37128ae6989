"""Attachments: files that come with letters, judged before anybody reads them."""
