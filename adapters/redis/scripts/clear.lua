-- Take keys away from a store that is being restored.
-- KEYS: the keys   Returns 1. Safe to repeat.
redis.call('UNLINK', unpack(KEYS))
return 1
