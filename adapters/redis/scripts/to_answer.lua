-- Read a round together with a member's reply in time: somebody waits for a form to open.
-- KEYS: round, replies   ARGV: member
-- Returns {the round's fields and values as one list of JSON, the member's record of replies or nothing}. One text is taken in
-- sooner by who waits than some thirty of them.
return { cjson.encode(redis.call('HGETALL', KEYS[1])), redis.call('HGET', KEYS[2], ARGV[1]) }
