# Opens a callback, with Ruby's openssl and json and nothing else. Copy decrypt_value, open_body, Once and Refused.
#
# OpenSSL under Ruby by itself takes a tag of one byte, gives plaintext away before the tag is checked, refuses empty
# values, and does not ask for UTF-8: each line marked `trap:` closes one of these. README.md says which is which.
require 'json'
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

# An object of JSON, in which no name may come twice.
class Once < Hash
  def []=(name, value)
    raise Refused if key?(name) # trap: twice
    super
  end
end

# Returns the members of a JSON body, those of these names decrypted; raises Refused unless each is there as one text.
def open_body(algo, key, iv, text, names)
  body = JSON.parse(text, object_class: Once)
  raise Refused unless body.is_a?(Hash) # trap: object
  raise Refused unless (names - body.keys).empty? # trap: absent
  raise Refused unless body.slice(*names).values.all?(String) # trap: text
  body.to_h do |name, value|
    [name, names.include?(name) && value.is_a?(String) ? decrypt_value(algo, key, iv, value) : value]
  end
rescue JSON::ParserError
  raise Refused
end

# The rest is for scripts/receivers: `algo TAB key TAB iv TAB base64`, or `body TAB algo TAB key TAB iv TAB names TAB JSON`,
# per line in; `ok BASE64`, of a body one for each name, or `refused` out.
$stdin.binmode.each_line("\n") do |line|
  if line.start_with?("body\t")
    _, algo, key, iv, names, text = line.delete_suffix("\n").split("\t", 6)
    body = open_body(algo, key, iv, text.force_encoding(Encoding::UTF_8), names.split(','))
    values = body.values_at(*names.split(',')).map(&:to_s)
  else
    values = [decrypt_value(*line.delete_suffix("\n").split("\t", 4))]
  end
  puts "ok #{values.map { |value| [value].pack('m0') }.join(' ')}"
rescue Refused
  puts 'refused'
end
