-- Put a member's changed grade in the place of the present one, with the difference in the ledger and on the boards.
-- KEYS: round, grades, ledger, ledgers, deliveries, erasing, hidden members, what waits for the lead, then the boards, then
--       their twins
-- ARGV: member, delivery, ticks as 0 and 1, points, origin, reason, round id, award without its number and points, cause,
--       ttl of grades in s, ttl of deliveries in s, the version that the member saw or '', whether something is ticked above
--       the suggestion (0 or 1), instant in ms, number of boards, a ttl in s per board (0: for ever)
-- Returns {outcome, grade or ''}. A grade is {v = version, t = ticks, g = good faith, p = points, o = origin, r = reason,
-- a = {t = ticks, r = reason} if there is an appeal, d = {a = accepted, r = reason} if a lead has decided, w = instant in ms
-- since which it waits for a lead, if it does}.
local grade = redis.call('HGET', KEYS[2], ARGV[1])
if not grade or is_being_erased(KEYS[6], ARGV[1]) then
  return { 'nothing', '' }
end
local known = cjson.decode(grade)
local delivery = 'check:' .. ARGV[2]
if redis.call('HEXISTS', KEYS[5], delivery) == 1 then
  return { 'kept', grade }
end
if not known.g then
  return { 'nothing', grade }
end
local round = redis.call('HMGET', KEYS[1], 'state', 'checked')
if round[1] ~= 'revealed' or round[2] then
  return { 'closed', grade }
end
if known.d then
  return { 'final', grade }
end
if ARGV[12] ~= '' and tonumber(ARGV[12]) ~= known.v and (known.t ~= ARGV[3] or known.r ~= ARGV[6]) then
  return { 'overtaken', grade }
end
local difference = tonumber(ARGV[4]) - known.p
known.v = known.v + 1
known.t, known.p, known.o, known.r = ARGV[3], tonumber(ARGV[4]), ARGV[5], ARGV[6]
local entry = ARGV[7] .. '/' .. ARGV[1]
wait_for_lead(KEYS[8], entry, known, known.a or ARGV[13] == '1', tonumber(ARGV[14]), ARGV[10])
grade = cjson.encode(known)
redis.call('HSET', KEYS[2], ARGV[1], grade)
redis.call('EXPIRE', KEYS[2], ARGV[10])
redis.call('HSET', KEYS[5], delivery, 'kept')
redis.call('EXPIRE', KEYS[5], ARGV[11])
differ(KEYS[3], KEYS[4], KEYS[7], 9, 15, ARGV[1], entry .. '/' .. ARGV[9], cjson.decode(ARGV[8]), known.v, difference)
return { 'kept', grade }
