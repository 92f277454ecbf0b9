-- Which request comes next? Lines of tab-separated words (method, path, headers as name=value joined by |, body), dealt
-- out over the threads so that no two send the same one before all were sent.
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init(args)
  lines, at, step = {}, 0, tonumber(args[2])
  for line in io.lines(args[1]) do lines[#lines + 1] = line end
  offset = tonumber(args[3])
end
function request()
  local line = lines[(offset + id + at * step) % #lines + 1]
  at = at + 1
  local method, path, headers, body = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t(.*)$")
  local h = {}
  for name, value in headers:gmatch("([^=|]+)=([^|]*)") do h[name] = value end
  return wrk.format(method, path, h, body)
end
