"""What each site did about a directive, with the evidence, as a table to hand on."""
