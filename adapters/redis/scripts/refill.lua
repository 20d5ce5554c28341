-- Carry out commands that fill a store which is being restored.
-- KEYS: none   ARGV: for each command how many words it has, then these   Returns 1. Safe to repeat.
local i = 1
while i <= #ARGV do
  local last = i + tonumber(ARGV[i])
  redis.call(unpack(ARGV, i + 1, last))
  i = last + 1
end
return 1
