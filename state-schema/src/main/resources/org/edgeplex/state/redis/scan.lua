-- A page of a table: keys and what is stored under them, in turn; ends when it has become large.
--
-- KEYS  1 the store's prefix
-- ARGV  1 table, 2 from, 3 to (as ZRANGE BYLEX has them), 4 entries at most, 5 octets at most
--
-- Answers with 'more' or 'last', the last key that was looked at, then the entries.
local call = redis.call
local objects = KEYS[1] .. ':o' .. ARGV[1]
local limit, room = tonumber(ARGV[4]), tonumber(ARGV[5])
local keys = call('ZRANGE', KEYS[1] .. ':i' .. ARGV[1], ARGV[2], ARGV[3], 'BYLEX', 'LIMIT', 0, limit + 1)
local page = {'last', ''}
for i = 1, #keys do
  if i > limit or room <= 0 then
    page[1] = 'more'
    break
  end
  local stored = call('GET', objects .. keys[i])
  page[2] = keys[i]
  if stored then
    page[#page + 1] = keys[i]
    page[#page + 1] = stored
    room = room - #stored
  end
end
return page
