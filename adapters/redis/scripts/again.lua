-- Let the reveal of a round that stands revealed without a post be posted after all, while its self-check is open.
-- KEYS: agenda, round   ARGV: entry   Returns 1, or 0 if there is nothing to post.
local known = redis.call('HMGET', KEYS[2], 'state', 'reveal_post', 'checked')
if known[1] ~= 'revealed' or (known[2] or '') ~= '' or known[3] then
  return 0
end
if not redis.call('ZSCORE', KEYS[1], ARGV[1]) then
  schedule(KEYS[1], ARGV[1], now_ms(), 0)
end
return 1
