"""Acts of monitoring: keep what events tell, weigh it, and find."""
