-- End a restore: from here on the store is a bot's.
-- KEYS: schema   ARGV: its number   Returns 1.
redis.call('SET', KEYS[1], ARGV[1])
return 1
