"""What comes in from Discord: commands, buttons, forms and messages, by the gateway."""
