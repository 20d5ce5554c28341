-- Let a lead's decision stand: grade, ledger, boards and streak together, and the member's news of it; the first one counts.
-- KEYS: grades, ledger, ledgers, erasing, hidden members, what waits for the lead, streaks, the member's news, what was
--       learnt of the question, agenda, round, then the boards, then their twins
-- ARGV: member, entry of what waits, version that the lead saw, ticks as 0 and 1, points, good faith (0 or 1), decision,
--       cause, award without its number and points, streak that was read or '', the streak that it makes or '', round id,
--       ttl of news in s, what is learnt or '', its id, entry that amends the reveal, ms until then, number of boards, a ttl
--       in s per board (0: for ever)
-- Returns {outcome, grade or ''}: 'kept', 'final' if somebody has decided before, 'changed' if the member changed something,
-- 'again' if the streak was read too early, 'nothing' where there is no grade any more. A streak is "length|index|best".
local grade = redis.call('HGET', KEYS[1], ARGV[1])
if not grade or is_being_erased(KEYS[4], ARGV[1]) then
  return { 'nothing', '' }
end
local known = cjson.decode(grade)
if known.d then
  return { 'final', grade }
end
if known.v ~= tonumber(ARGV[3]) then
  return { 'changed', grade }
end
if ARGV[11] ~= '' then
  if (redis.call('HGET', KEYS[7], ARGV[1]) or '') ~= ARGV[10] then
    return { 'again', grade }
  end
  redis.call('HSET', KEYS[7], ARGV[1], ARGV[11])
end
local difference = tonumber(ARGV[5]) - known.p
known.v = known.v + 1
known.t, known.p, known.g, known.o, known.d = ARGV[4], tonumber(ARGV[5]), ARGV[6] == '1', 'reviewed', cjson.decode(ARGV[7])
wait_for_lead(KEYS[6], ARGV[2], known, false)
grade = cjson.encode(known)
redis.call('HSET', KEYS[1], ARGV[1], grade)
local id = ARGV[2] .. '/' .. ARGV[8]
differ(KEYS[2], KEYS[3], KEYS[5], 12, 18, ARGV[1], id, cjson.decode(ARGV[9]), known.v, difference)
if ARGV[14] ~= '' then
  local learnt = cjson.decode(ARGV[14])
  if is_being_erased(KEYS[4], learnt.by) then
    learnt.by = nil
  end
  redis.call('HSETNX', KEYS[9], ARGV[15], cjson.encode(learnt))
end
-- A ranking that was shown as final is amended, once for the decisions of a sitting.
if redis.call('HEXISTS', KEYS[11], 'checked') == 1 then
  schedule(KEYS[10], ARGV[16], now_ms() + ARGV[17], 0)
end
redis.call('HSET', KEYS[8], ARGV[12], 'review')
redis.call('EXPIRE', KEYS[8], ARGV[13])
return { 'kept', grade }
