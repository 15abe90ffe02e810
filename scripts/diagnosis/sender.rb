# Mistakes that Ruby programs make. A line: algorithm, key, IV, value; an answer: number of the line, causes, what, base64 of the text.
require 'openssl'
require 'json'

# Base64.encode64 and Base64.strict_encode64, which newer versions of Ruby have in a gem.
def encode64(bytes) = [bytes].pack('m')
def strict_encode64(bytes) = [bytes].pack('m0')

def cipher(name, key, iv, iv_len: nil)
  cipher = OpenSSL::Cipher.new(name).encrypt
  cipher.key = key
  cipher.iv_len = iv_len if iv_len
  cipher.iv = iv unless name.end_with?('ecb')
  cipher
end

def sealed(cipher, value) = cipher.update(value) + cipher.final

$stdin.each_line(chomp: true).with_index do |input, line|
  algorithm, key, iv, value = input.split("\t")
  name = algorithm.downcase
  bits = name.split('-')[1]
  say = ->(causes, what, text) { puts [line, causes, what, strict_encode64(text.b)].join("\t") }
  if name.end_with?('gcm')
    gcm = cipher(name, key, iv, iv_len: 16)
    ciphertext = sealed(gcm, value)
    say.('opens', 'as it should be', strict_encode64(ciphertext + gcm.auth_tag))
    say.('opens,line_breaks', 'encode64', encode64(ciphertext + gcm.auth_tag))
    say.('tag_missing', 'auth_tag forgotten', strict_encode64(ciphertext))
    say.('tag_short', 'auth_tag(8)', strict_encode64(ciphertext + gcm.auth_tag(8)))
    say.('pieces', 'encoded one by one', strict_encode64(ciphertext) + strict_encode64(gcm.auth_tag))
    say.('double_encoding', 'encoded twice', strict_encode64(encode64(ciphertext + gcm.auth_tag)))
    say.('surrounding_characters', 'inspect', strict_encode64(ciphertext + gcm.auth_tag).inspect)
    default = cipher(name, key, iv[0, 12])
    ciphertext = sealed(default, value)
    say.('iv_cut', 'an IV of 12 bytes', strict_encode64(ciphertext + default.auth_tag))
    random = OpenSSL::Cipher.new(name).encrypt
    random.key = key
    own = random.random_iv
    ciphertext = sealed(random, value)
    say.('iv_in_text', 'random_iv in front', strict_encode64(own + ciphertext + random.auth_tag))
    say.('unknown,iv_unknown', 'random_iv not sent', strict_encode64(ciphertext + random.auth_tag))
    with_data = cipher(name, key, iv, iv_len: 16)
    with_data.auth_data = key
    ciphertext = sealed(with_data, value)
    say.('tag_wrong', 'auth_data', strict_encode64(ciphertext + with_data.auth_tag))
  else
    say.('opens,line_breaks', 'encode64', encode64(sealed(cipher(name, key, iv), value)))
    say.('hex_text', "unpack1('H*')", sealed(cipher(name, key, iv), value).unpack1('H*'))
    say.('cfb8', 'cfb8', strict_encode64(sealed(cipher("#{name}8", key, iv), value)))
    say.('cfb1', 'cfb1', strict_encode64(sealed(cipher("#{name}1", key, iv), value)))
    say.('cbc', 'cbc', strict_encode64(sealed(cipher("aes-#{bits}-cbc", key, iv), value)))
    say.('ecb', 'ecb', strict_encode64(sealed(cipher("aes-#{bits}-ecb", key, iv), value)))
    hashed = OpenSSL::Digest::SHA256.digest(key)
    say.('key_hashed', 'Digest::SHA256', strict_encode64(sealed(cipher('aes-256-cfb', hashed, iv), value)))
    say.('key_case', 'key.upcase', strict_encode64(sealed(cipher(name, key.upcase, iv), value)))
    say.('wrapped_value', 'to_json', strict_encode64(sealed(cipher(name, key, iv), value.to_json)))
    say.('wrapped_value', 'a line', strict_encode64(sealed(cipher(name, key, iv), "#{value}\n")))
    say.('encrypted_twice', 'twice', strict_encode64(sealed(cipher(name, key, iv), strict_encode64(sealed(cipher(name, key, iv), value)))))
  end
end
