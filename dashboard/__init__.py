"""What people see: a Dash app whose server sends numbers and whose browser draws them."""
