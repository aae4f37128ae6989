"""Acts of supervision: apply and decide, report outages, register working rules."""
