#!lua flags=allow-oom
-- Let the ledger keep the awards of a member who is being erased under a random name, without the reason that
-- entries of earlier versions have.
-- KEYS: erasing, ledger   ARGV: member, token, then (award id, its new id) …   Returns 1, or 0 if the erasure has ended.
if not is_erased_as(KEYS[1], ARGV[1], ARGV[2]) then
  return 0
end
for i = 3, #ARGV, 2 do
  local raw = redis.call('HGET', KEYS[2], ARGV[i])
  if raw then
    local award = cjson.decode(raw)
    award.reason = nil
    redis.call('HSET', KEYS[2], ARGV[i + 1], cjson.encode(award))
    redis.call('HDEL', KEYS[2], ARGV[i])
  end
end
return 1
