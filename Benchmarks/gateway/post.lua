-- Posts one body again and again; at the end one line of JSON on standard error, in microseconds.
--   wrk … -s post.lua URL -- BODY-FILE
function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/json"
    wrk.body = file:read("*a")
    file:close()
    -- wrk's own default asks for this once and sends the same bytes from then on.
    request_bytes = wrk.format()
end

function request() return request_bytes end

function done(summary, latency, requests)
    io.stderr:write(string.format(
        '{"requests":%d,"duration":%d,"bytes":%d,"p50":%d,"p90":%d,"p99":%d,"longest":%d,'
            .. '"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d}\n',
        summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(90),
        latency:percentile(99), latency.max, summary.errors.connect, summary.errors.read, summary.errors.write,
        summary.errors.status, summary.errors.timeout))
end
