"""Following withdrawals and corrections to every copy, and certifying that they arrived."""
