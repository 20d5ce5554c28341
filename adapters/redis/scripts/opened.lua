-- Move a round to open, with its reveal and the programme's next opening on the agenda. The first post given is kept.
-- KEYS: agenda, programme, round, team's asked, place's asked
-- ARGV: entry, fence, round id, post or '', local date, now, then candidates (round id, round key, due)
-- Returns the post that is kept or '', or false if superseded.
if not holds(KEYS[1], ARGV[1], ARGV[2]) then
  return false
end
local kept = redis.call('HGET', KEYS[3], 'post')
if redis.call('HGET', KEYS[3], 'state') == 'opening' then
  kept = ARGV[4]
  redis.call('HSET', KEYS[3], 'state', 'open', 'post', kept)
  local question = redis.call('HGET', KEYS[3], 'question')
  redis.call('ZADD', KEYS[4], ARGV[6], question)
  local times = string.match(redis.call('HGET', KEYS[5], question) or '0', '^%d+')
  redis.call('HSET', KEYS[5], question, (times + 1) .. '|' .. ARGV[5] .. '|')
  schedule(KEYS[1], 'reveal:' .. ARGV[3], redis.call('HGET', KEYS[3], 'reveals_at'), 0)
end
finish(KEYS[1], ARGV[1])
schedule_opening(KEYS[1], KEYS[2], candidates_from(7))
return kept or ''
