"""When: ``calendar`` computes local instants, ``clock`` ticks and carries out what is due."""
