"""It invents the example world: a cast, what they buy, what they disclose, what monitors find. Nothing here is real."""
