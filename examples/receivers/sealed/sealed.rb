# Opens and makes sealed callbacks, with Ruby's openssl and json and nothing else. Copy all above `The rest`.
#
# OpenSSL under Ruby by itself takes a tag of four bytes and gives plaintext away before the tag is checked, and Ruby's
# base64url skips what it does not know: each line marked `trap:` closes one of these. README.md says which is which.
require 'json'
require 'openssl'
require 'uri'

class Refused < StandardError; end # one answer for all failures

def check(holds)
  raise Refused unless holds
end

def encode(bytes)
  [bytes].pack('m0').tr('+/', '-_').delete('=')
end

def decode(text)
  bytes = text.tr('-_', '+/').unpack1('m')
  check(encode(bytes) == text) # trap: base64
  bytes
end

def header_of(kid)
  encode(%({"alg":"dir","enc":"A256GCM","typ":"callback+jwt","kid":"#{kid}"}))
end

# Returns the claims, `jti` and `params` among them, only if every check has passed; raises Refused otherwise.
def open_sealed(token, kid, key, now, method, url)
  parts = token.split('.', -1)
  check(parts.length == 5 && parts[1].empty?) # trap: parts
  header = parts[0]
  check(header == header_of(kid)) # trap: header
  nonce, data, tag = parts[2, 3].map { |part| decode(part) }
  check(tag.bytesize == 16) # trap: tag
  cipher = OpenSSL::Cipher.new('aes-256-gcm').decrypt
  cipher.key = decode(key.delete_prefix('cbk2_')) # raises ArgumentError unless there are 32 bytes
  cipher.iv = nonce # raises ArgumentError unless there are 12
  cipher.auth_tag = tag
  cipher.auth_data = header
  plain = cipher.update(data)
  plain += cipher.final # trap: verified
  check(plain.force_encoding(Encoding::UTF_8).valid_encoding?) # trap: utf8
  claims = JSON.parse(plain)
  check(claims.is_a?(Hash) && claims['params'].is_a?(Hash)) # trap: claims
  check(claims['iat'].is_a?(Integer) && (now - claims['iat']).abs <= 300) # trap: iat
  check(claims['jti'].is_a?(String) && claims['jti'].match?(/\A[!-\-\/-~]{1,128}\z/)) # trap: jti
  check(claims['htm'] == method) # trap: htm
  check(claims['htu'] == url) # trap: htu
  claims
rescue ArgumentError, NoMethodError, JSON::ParserError, OpenSSL::Cipher::CipherError
  raise Refused
end

# The token of a JSON body; what is beside it is for others. JSON.parse by itself takes the last of two.
def token_in_json(body)
  check(body.scan(/"(?:j|\\u006[aA])(?:w|\\u0077)(?:e|\\u0065)"\s*:/).length == 1) # trap: once
  object = JSON.parse(body)
  check(object.is_a?(Hash) && object['jwe'].is_a?(String))
  object['jwe']
rescue JSON::ParserError
  raise Refused
end

# The token of a form or of a query.
def token_in_form(body)
  tokens = URI.decode_www_form(body).select { |name, _| name == 'jwe' }
  check(tokens.length == 1) # trap: once
  tokens.dig(0, 1) || ''
rescue ArgumentError
  raise Refused
end

# The token over a claims set in JSON.
def seal(kid, key, claims)
  cipher = OpenSSL::Cipher.new('aes-256-gcm').encrypt
  cipher.key = decode(key.delete_prefix('cbk2_'))
  header, nonce = header_of(kid), cipher.random_iv
  cipher.auth_data = header
  data = cipher.update(claims) + cipher.final
  [header, '', encode(nonce), encode(data), encode(cipher.auth_tag)].join('.')
end

# The rest is for scripts/sealed: a JSON object per line in, `ok RESULT` or `refused` out.
$stdin.set_encoding(Encoding::UTF_8).each_line("\n") do |line|
  job = JSON.parse(line)
  if job['do'] == 'seal'
    puts "ok #{seal(job['kid'], job['key'], job['claims'])}"
  else
    finders = { 'json' => method(:token_in_json), 'form' => method(:token_in_form), 'token' => :itself.to_proc }
    token = finders[job['kind']].call(job['text'])
    claims = open_sealed(token, *job.values_at('kid', 'key', 'now', 'method', 'url'))
    puts "ok #{JSON.generate([claims['jti'], claims['params']])}"
  end
rescue Refused
  puts 'refused'
end
