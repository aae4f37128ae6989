"""Files: images, attachments, sound and film, made safe before anybody else sees them."""
