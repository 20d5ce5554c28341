#!lua flags=allow-oom
-- Begin to erase a member, or go on with it: from here on nothing new is kept of the member until it has ended.
-- KEYS: erasing, rights   ARGV: member, a random token   Returns the token under which the ledger keeps the points.
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
redis.call('INCR', KEYS[2])
return redis.call('HGET', KEYS[1], ARGV[1])
