-- The library from LuaJIT 2.1 (OpenResty too), by its ffi. CALLBACK_PROFILE_LIBRARY names the library; else the loader finds
-- libcallback_profile.so.
local ffi = require 'ffi'

-- What is needed of callback_profile.h.
ffi.cdef [[
typedef int32_t cbp_status;
typedef struct { const char *data; size_t len; } cbp_str;
typedef struct cbp_error cbp_error;
typedef struct cbp_bytes cbp_bytes;
typedef struct cbp_profile cbp_profile;
typedef struct cbp_callback cbp_callback;
typedef struct cbp_diagnosis cbp_diagnosis;
typedef struct cbp_parse_options cbp_parse_options;
typedef struct cbp_call_options cbp_call_options;
const char *cbp_bytes_data(const cbp_bytes *);
size_t cbp_bytes_len(const cbp_bytes *);
void cbp_bytes_free(cbp_bytes *);
cbp_str cbp_error_name(const cbp_error *);
cbp_str cbp_error_class(const cbp_error *);
cbp_str cbp_error_message(const cbp_error *);
size_t cbp_error_parameter_count(const cbp_error *);
cbp_str cbp_error_parameter_at(const cbp_error *, size_t);
void cbp_error_free(cbp_error *);
cbp_parse_options *cbp_parse_options_new(void);
cbp_status cbp_parse_options_set_wire_format(cbp_parse_options *, uint32_t, uint32_t, uint32_t, cbp_error **);
cbp_status cbp_parse_options_set_limit(cbp_parse_options *, uint32_t, size_t, cbp_error **);
void cbp_parse_options_free(cbp_parse_options *);
cbp_call_options *cbp_call_options_new(void);
cbp_status cbp_call_options_set_missing(cbp_call_options *, uint32_t, cbp_error **);
cbp_status cbp_call_options_set_surrogates(cbp_call_options *, uint32_t, cbp_error **);
cbp_status cbp_call_options_set_boundary(cbp_call_options *, const char *, size_t, cbp_error **);
cbp_status cbp_call_options_set_content_type(cbp_call_options *, const char *, size_t, cbp_error **);
cbp_status cbp_call_options_set_structures(cbp_call_options *, const cbp_str *, size_t, cbp_error **);
cbp_status cbp_call_options_set_absent(cbp_call_options *, const cbp_str *, size_t, cbp_error **);
cbp_status cbp_call_options_allow_all_structures(cbp_call_options *, cbp_error **);
cbp_status cbp_call_options_allow_all_absent(cbp_call_options *, cbp_error **);
void cbp_call_options_free(cbp_call_options *);
cbp_status cbp_profile_parse(const char *, size_t, const cbp_parse_options *, cbp_profile **, cbp_error **);
void cbp_profile_free(cbp_profile *);
cbp_status cbp_profile_open(const cbp_profile *, const char *, size_t, const cbp_call_options *, cbp_bytes **, cbp_error **);
cbp_status cbp_profile_callback(const cbp_profile *, const char *, size_t, const cbp_call_options *, cbp_callback **, cbp_error **);
uint32_t cbp_callback_method(const cbp_callback *);
cbp_str cbp_method_name(uint32_t);
cbp_str cbp_callback_url(const cbp_callback *);
size_t cbp_callback_header_count(const cbp_callback *);
cbp_str cbp_callback_header_name(const cbp_callback *, size_t);
cbp_str cbp_callback_header_value(const cbp_callback *, size_t);
cbp_str cbp_callback_body(const cbp_callback *);
size_t cbp_callback_missing_count(const cbp_callback *);
cbp_str cbp_callback_missing(const cbp_callback *, size_t);
void cbp_callback_free(cbp_callback *);
cbp_status cbp_diagnose(const cbp_profile *, const cbp_str *, size_t, const void *, cbp_diagnosis **, cbp_error **);
cbp_status cbp_diagnosis_to_json(const cbp_diagnosis *, cbp_bytes **, cbp_error **);
void cbp_diagnosis_free(cbp_diagnosis *);
]]
local C = ffi.load(os.getenv 'CALLBACK_PROFILE_LIBRARY' or 'callback_profile')

-- The texts of a list, each as `read` gives it. An index of C begins with 0.
local function list(count, read)
  local items = {}
  for i = 1, tonumber(count) do items[i] = read(i - 1) end
  return items
end

local function text(view)
  if view.data ~= nil then return ffi.string(view.data, view.len) end
end

-- An array of cbp_str. The texts are the caller's, which keeps them alive.
local function strings(texts)
  local views = ffi.new('cbp_str[?]', math.max(#texts, 1))
  for i, each in ipairs(texts) do views[i - 1].data, views[i - 1].len = each, #each end
  return views
end

local errors = ffi.typeof 'cbp_error *[1]'

-- Raises the error, a table {message, name, class, parameters}, unless the status is CBP_OK.
local function check(status, out)
  if status == 0 then return end
  local problem = ffi.gc(out[0], C.cbp_error_free)
  error({
    message = text(C.cbp_error_message(problem)), name = text(C.cbp_error_name(problem)), class = text(C.cbp_error_class(problem)),
    parameters = list(C.cbp_error_parameter_count(problem), function(i) return text(C.cbp_error_parameter_at(problem, i)) end),
  }, 0)
end

local function take(bytes)
  local result = ffi.string(C.cbp_bytes_data(bytes), C.cbp_bytes_len(bytes))
  C.cbp_bytes_free(bytes)
  return result
end

-- The settings of a call: numbers of the header, texts, lists of names, or true for all names.
local function settings(options)
  if not options then return nil end
  local made = ffi.gc(C.cbp_call_options_new(), C.cbp_call_options_free)
  local problem = errors()
  for name, value in pairs(options) do
    local kind = type(value)
    if kind == 'boolean' then
      check(C['cbp_call_options_allow_all_' .. name](made, problem), problem)
    elseif kind == 'number' then
      check(C['cbp_call_options_set_' .. name](made, value, problem), problem)
    elseif kind == 'string' then
      check(C['cbp_call_options_set_' .. name](made, value, #value, problem), problem)
    else
      check(C['cbp_call_options_set_' .. name](made, strings(value), #value, problem), problem)
    end
  end
  return made
end

local Profile = {}
Profile.__index = Profile

-- A profile of a payload; `wire` has three numbers, `limit` is a table from number to value.
function Profile.parse(payload, wire, limit)
  local made = ffi.gc(C.cbp_parse_options_new(), C.cbp_parse_options_free)
  local out, problem = ffi.new 'cbp_profile *[1]', errors()
  if wire then check(C.cbp_parse_options_set_wire_format(made, wire[1], wire[2], wire[3], problem), problem) end
  for number, value in pairs(limit or {}) do check(C.cbp_parse_options_set_limit(made, number, value, problem), problem) end
  check(C.cbp_profile_parse(payload, #payload, made, out, problem), problem)
  return setmetatable({ profile = ffi.gc(out[0], C.cbp_profile_free) }, Profile)
end

-- The parameters of a received callback as a JSON object.
function Profile:open(received, options)
  local out, problem = ffi.new 'cbp_bytes *[1]', errors()
  check(C.cbp_profile_open(self.profile, received, #received, settings(options), out, problem), problem)
  return take(out[0])
end

function Profile:callback(record, options)
  local out, problem = ffi.new 'cbp_callback *[1]', errors()
  check(C.cbp_profile_callback(self.profile, record, #record, settings(options), out, problem), problem)
  local made = ffi.gc(out[0], C.cbp_callback_free)
  return {
    method = text(C.cbp_method_name(C.cbp_callback_method(made))), url = text(C.cbp_callback_url(made)), body = text(C.cbp_callback_body(made)),
    headers = list(C.cbp_callback_header_count(made), function(i)
      return { text(C.cbp_callback_header_name(made, i)), text(C.cbp_callback_header_value(made, i)) }
    end),
    missing = list(C.cbp_callback_missing_count(made), function(i) return text(C.cbp_callback_missing(made, i)) end),
  }
end

-- Why these encrypted texts do not open, as JSON.
function Profile:diagnose(texts)
  local out, json, problem = ffi.new 'cbp_diagnosis *[1]', ffi.new 'cbp_bytes *[1]', errors()
  check(C.cbp_diagnose(self.profile, strings(texts), #texts, nil, out, problem), problem)
  local made = ffi.gc(out[0], C.cbp_diagnosis_free)
  check(C.cbp_diagnosis_to_json(made, json, problem), problem)
  return take(json[0])
end

-- `require 'callback_profile'` ends here. As a program it reads test cases from standard input; see README.md. Leave that out.
if ... == 'callback_profile' then return Profile end

local function unhex(hex) return (hex:gsub('%x%x', function(pair) return string.char(tonumber(pair, 16)) end)) end
local function hex(bytes) return (bytes:gsub('.', function(byte) return ('%02x'):format(byte:byte()) end)) end
local function split(line, separator, read)
  local parts = {}
  for part in (line .. separator):gmatch('(.-)' .. separator) do parts[#parts + 1] = read and read(part) or part end
  return parts
end
local function read_settings(line)
  local wire, limit, call
  for name, value in line:gmatch '([%a_]+)=([^;]*)' do
    if name == 'wire' then
      wire = split(value, ',', tonumber)
    elseif name == 'limit' then
      local number, most = value:match '(%d+),(%d+)'
      limit = limit or {}
      limit[tonumber(number)] = tonumber(most)
    else
      call = call or {}
      if name == 'missing' or name == 'surrogates' then call[name] = tonumber(value)
      elseif name == 'content_type' or name == 'boundary' then call[name] = unhex(value)
      else call[name] = value == '*' or split(value, ',', unhex) end
    end
  end
  return wire, limit, call
end
local jobs = {
  open = function(profile, input, call) return { profile:open(input, call) } end,
  diagnose = function(profile, input) return { profile:diagnose { input } } end,
  callback = function(profile, input, call)
    local made = profile:callback(input, call)
    local headers = {}
    for i, header in ipairs(made.headers) do headers[i] = table.concat(header, ': ') end
    return { made.method, made.url, table.concat(headers, '\n'), made.body and '=' .. made.body or '', table.concat(made.missing, '\n') }
  end,
  bench = function(profile, input, _, times)
    local start = os.clock() -- processor time, which is the time of one thread
    for _ = 1, times do profile:open(input) end
    return { ('%d'):format((os.clock() - start) / times * 1e9) }
  end,
}
for line in io.lines() do
  local job, payload, input, options, times = unpack(split(line, '\t'))
  local is_done, result = pcall(function()
    local wire, limit, call = read_settings(options)
    return jobs[job](Profile.parse(unhex(payload), wire, limit), unhex(input), call, tonumber(times))
  end)
  if is_done then
    for i, part in ipairs(result) do result[i] = hex(part) end
    print('ok ' .. table.concat(result, ' '))
  elseif type(result) == 'table' then
    print(('error %s %s %s'):format(result.name, result.class, hex(table.concat(result.parameters, '\n'))))
  else
    error(result, 0)
  end
end
