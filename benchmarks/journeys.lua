-- Whole questionnaires for wrk: every thread is one person with one connection and a cookie.
--
-- The first argument names a file with one request a line, as benchmarks/wrk.py writes it:
--     METHOD PATH STATUS [BODY]
-- A line that starts a journey has "-" as its method, and the cookies of somebody new as its body.

local threads = {}
local steps = {}
local at = 1
local cookie = ""

journeys, wrong = 0, 0

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  for line in io.lines(args[1]) do
    local method, path, status, body = line:match("^(%S+) ?(%S*) ?([%d-]*) ?(.*)$")
    table.insert(steps, { method = method, path = path, status = tonumber(status), body = body })
  end
end

local function begin()
  while steps[at].method == "-" do
    cookie = steps[at].body
    at = at % #steps + 1
  end
end

-- wrk asks for a request more than once before it sends one: only `response` goes on.
function request()
  begin()
  local step = steps[at]
  local headers = { ["Cookie"] = cookie, ["Accept-Encoding"] = "br" }
  if step.method == "POST" then
    headers["Content-Type"] = "application/x-www-form-urlencoded"
  end
  return wrk.format(step.method, step.path, headers, step.body)
end

function response(status, headers, _body)
  if status ~= steps[at].status then
    wrong = wrong + 1
  end
  -- The header is an empty text where the cookie is deleted, and is left out where nothing changed.
  local set = headers["Set-Cookie"]
  local value = set and set:match("^answers=([^;]*)")
  if value then
    cookie = cookie:gsub("answers=[^;]*", function() return "answers=" .. value end)
  end
  at = at % #steps + 1
  if steps[at].method == "-" then
    journeys = journeys + 1
  end
end

function done(summary, latency, _requests)
  local all, bad = 0, 0
  for _, thread in ipairs(threads) do
    all = all + thread:get("journeys")
    bad = bad + thread:get("wrong")
  end
  local failed = summary.errors
  io.write(string.format(
    '{"journeys": %d, "requests": %d, "seconds": %.1f, "wrong": %d, "failed": %d, '
      .. '"p50 ms": %.1f, "p99 ms": %.1f, "longest ms": %.1f}\n',
    all, summary.requests, summary.duration / 1e6, bad,
    failed.connect + failed.read + failed.write + failed.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
