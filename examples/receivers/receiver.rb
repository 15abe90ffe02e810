# Decrypts one value of a callback, with Ruby's openssl and nothing else. Copy decrypt_value and Refused.
#
# OpenSSL under Ruby by itself takes a tag of one byte, gives plaintext away before the tag is checked, refuses empty
# values, and does not ask for UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
require 'openssl'

class Refused < StandardError; end # one answer for all failures

# Returns the value only if every check has passed; raises Refused otherwise.
def decrypt_value(algo, key, iv, text)
  raise Refused unless algo.match?(/\AAES-(128|192|256)-(GCM|CFB)\z/) # trap: algorithm
  bytes = text.unpack1('m0') # strict; raises ArgumentError
  gcm = algo.end_with?('GCM')
  cipher = OpenSSL::Cipher.new(algo.downcase).decrypt # "cfb" is CFB128 # trap: cfb128
  cipher.key = key.b # raises ArgumentError unless the length is the algorithm's
  if gcm
    cipher.iv_len = 16 # trap: iv16
    raise Refused if bytes.bytesize < 16 # trap: tag
    bytes, tag = bytes[0...-16], bytes[-16..]
  end
  cipher.iv = iv.b # raises ArgumentError unless there are 16
  cipher.auth_tag = tag if gcm
  value = bytes.empty? ? '' : cipher.update(bytes) # trap: empty
  value += cipher.final # trap: verified
  raise Refused unless value.force_encoding(Encoding::UTF_8).valid_encoding? # trap: utf8
  value
rescue ArgumentError, OpenSSL::Cipher::CipherError
  raise Refused
end

# The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64` per line in, `ok BASE64` or `refused` out.
$stdin.binmode.each_line("\n") do |line|
  value = decrypt_value(*line.delete_suffix("\n").split("\t", 4))
  puts "ok #{[value].pack('m0')}"
rescue Refused
  puts 'refused'
end
