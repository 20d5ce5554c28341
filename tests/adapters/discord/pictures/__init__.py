"""Pictures of the quiz in Discord, drawn of the components that Discord is sent."""
