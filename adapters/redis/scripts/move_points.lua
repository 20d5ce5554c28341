-- Put a member's points where they belong: on the boards' twins if the member is hidden now, else on the boards.
-- KEYS: hidden members, then (board, twin) …   ARGV: member
-- Returns 1. Safe to repeat, and right whatever has been awarded meanwhile: what is there is added to what is.
local hidden = redis.call('SISMEMBER', KEYS[1], ARGV[1])
for i = 2, #KEYS, 2 do
  local from, to = KEYS[i + 1 - hidden], KEYS[i + hidden]
  local points = redis.call('ZSCORE', from, ARGV[1])
  if points then
    local seconds = redis.call('TTL', from)
    local is_new = redis.call('EXISTS', to) == 0
    redis.call('ZINCRBY', to, points, ARGV[1])
    redis.call('ZREM', from, ARGV[1])
    if seconds > 0 and (is_new or redis.call('TTL', to) < seconds) then
      redis.call('EXPIRE', to, seconds)
    end
  end
end
return 1
