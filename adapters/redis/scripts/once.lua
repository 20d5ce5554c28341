-- Be the first to ask for a key, until it runs out. Whoever was the first still is, asking again.
-- KEYS: once   ARGV: token of this asking, ttl in s   Returns 1 to the first, 0 to all others.
redis.call('SET', KEYS[1], ARGV[1], 'NX', 'EX', ARGV[2])
return redis.call('GET', KEYS[1]) == ARGV[1] and 1 or 0
