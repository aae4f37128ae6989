"""What assets talk to: the workshop, ffmpeg, readers."""
