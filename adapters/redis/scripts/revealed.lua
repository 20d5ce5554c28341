-- Move a round from closing to revealed, with the end of its self-check on the agenda. The first post given is kept, also
-- by a round that was revealed without one.
-- KEYS: agenda, round, place, taken, closing, unsettled, place's asked
-- ARGV: entry, fence, round id, reveal post or '', settles_at, share or '', note
-- Returns the post that is kept or '', or false if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return false
end
local known = redis.call('HMGET', KEYS[2], 'state', 'reveal_post', 'question')
if known[1] == 'closing' then
  known[2] = ARGV[4]
  redis.call('HSET', KEYS[2], 'state', 'revealed', 'reveal_post', ARGV[4], 'settles_at', ARGV[5], 'note', ARGV[7])
  if redis.call('HGET', KEYS[3], 'round') == ARGV[3] then
    redis.call('HDEL', KEYS[3], 'round')
  end
  redis.call('HDEL', KEYS[4], known[3])
  redis.call('SREM', KEYS[5], ARGV[3])
  redis.call('ZADD', KEYS[6], ARGV[5], ARGV[3])
  local asked = redis.call('HGET', KEYS[7], known[3])
  if asked then
    redis.call('HSET', KEYS[7], known[3], string.match(asked, '^%d+|[^|]*|') .. ARGV[6])
  end
  schedule(KEYS[1], 'settle:' .. ARGV[3], ARGV[5], 0)
elseif known[1] == 'revealed' and (known[2] or '') == '' and ARGV[4] ~= '' then
  known[2] = ARGV[4]
  redis.call('HSET', KEYS[2], 'reveal_post', ARGV[4], 'note', '')
end
finish(KEYS[1], ARGV[1])
return known[2] or ''
