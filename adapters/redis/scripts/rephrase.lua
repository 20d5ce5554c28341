-- Put another text in the place of a learnt phrasing, under its own id.
-- KEYS: phrasings   ARGV: id, new id, new text   Returns 1, also if it was done before, or 0 if there is no such phrasing.
local raw = redis.call('HGET', KEYS[1], ARGV[1])
if not raw then
  return redis.call('HEXISTS', KEYS[1], ARGV[2])
end
local phrasing = cjson.decode(raw)
phrasing.text = ARGV[3]
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('HSETNX', KEYS[1], ARGV[2], cjson.encode(phrasing))
return 1
