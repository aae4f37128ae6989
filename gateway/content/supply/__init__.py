"""What units owe sites and send them."""
