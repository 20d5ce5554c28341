-- Note in an empty store by which schema it is written.
-- KEYS: schema   ARGV: number of the schema   Returns the number that is kept.
now_ms() -- a user of the store who may not ask for the time is to learn it at the start
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return redis.call('GET', KEYS[1])
