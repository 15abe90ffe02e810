# Verifies signatures (Standard Webhooks 1.0.0) with Ruby's openssl and nothing else. Copy all above `The rest`.
#
# Ruby's base64 by itself takes secrets without a prefix, and `to_i` turns any text into a number: each line marked `trap:`
# closes something. README.md says what.
require 'openssl'

class Refused < StandardError; end # one answer for all failures

def check(holds)
  raise Refused unless holds
end

def key_of(secret)
  key = secret.delete_prefix('whsec_').unpack1('m')
  check(secret == "whsec_#{[key].pack('m0')}" && key.bytesize.between?(24, 64)) # trap: secret
  key
end

# Returns id and timestamp, for the body as it was received. Remember the id for twice the tolerance.
def verify(secrets, headers, body, now, tolerance = 300)
  wanted = %w[webhook-id webhook-timestamp webhook-signature]
  found = wanted.map { |header| headers.select { |name, _| name.downcase == header }.map(&:last) }
  check(found.all? { |values| values.length == 1 }) # trap: headers
  id, timestamp, signatures = found.map { |values| values.first.to_s }
  check(id.match?(/\A[!-\-\/-~]{1,128}\z/)) # trap: id
  check(timestamp.match?(/\A(0|[1-9][0-9]{0,17})\z/)) # trap: timestamp
  received = signatures.split(' ', -1)
  check(received.length <= 16) # trap: many
  signed = "#{id}.#{timestamp}.".b + body.b
  made = secrets.map { |secret| "v1,#{[OpenSSL::HMAC.digest('sha256', key_of(secret), signed)].pack('m0')}" }
  check(made.product(received).any? { |pair| OpenSSL.secure_compare(*pair) }) # trap: signature
  check((now - timestamp.to_i).abs <= tolerance) # trap: time
  [id, timestamp.to_i]
end

# The rest is for scripts/sealed: see scripts/sealed/signature_jobs.py for the line in; `ok ID TIMESTAMP` or `refused` out.
$stdin.each_line("\n") do |line|
  now, tolerance, body, count, *texts = line.delete_suffix("\n").split("\t", -1)
  plain = texts.map { |text| text.unpack1('m').force_encoding(Encoding::UTF_8) }
  secrets = plain.shift(count.to_i)
  puts "ok #{verify(secrets, plain.each_slice(2).to_a, body.unpack1('m'), now.to_i, tolerance.to_i).join(' ')}"
rescue Refused
  puts 'refused'
end
