# frozen_string_literal: true

# The library from Ruby 3.0 or newer, by the gem `ffi` (Debian: ruby-ffi). CALLBACK_PROFILE_LIBRARY names the library; else the
# loader finds libcallback_profile.so.
require 'ffi'

# What is needed of callback_profile.h.
module CallbackProfileLibrary
  extend FFI::Library
  ffi_lib ENV.fetch('CALLBACK_PROFILE_LIBRARY', 'callback_profile')

  # A view of text: `cbp_str`.
  class Str < FFI::Struct
    layout :data, :pointer, :len, :size_t

    def text = null? ? nil : self[:data].read_bytes(self[:len]).force_encoding('UTF-8')
    def null? = self[:data].null?
  end

  str = Str.by_value
  {
    cbp_bytes_data: [[:pointer], :pointer], cbp_bytes_len: [[:pointer], :size_t], cbp_bytes_free: [[:pointer], :void],
    cbp_error_name: [[:pointer], str], cbp_error_class: [[:pointer], str], cbp_error_message: [[:pointer], str],
    cbp_error_parameter_count: [[:pointer], :size_t], cbp_error_parameter_at: [%i[pointer size_t], str],
    cbp_error_free: [[:pointer], :void],
    cbp_parse_options_new: [[], :pointer], cbp_parse_options_free: [[:pointer], :void],
    cbp_parse_options_set_wire_format: [%i[pointer uint32 uint32 uint32 pointer], :int32],
    cbp_parse_options_set_limit: [%i[pointer uint32 size_t pointer], :int32],
    cbp_call_options_new: [[], :pointer], cbp_call_options_free: [[:pointer], :void],
    cbp_call_options_set_missing: [%i[pointer uint32 pointer], :int32],
    cbp_call_options_set_surrogates: [%i[pointer uint32 pointer], :int32],
    cbp_call_options_set_boundary: [%i[pointer buffer_in size_t pointer], :int32],
    cbp_call_options_set_content_type: [%i[pointer buffer_in size_t pointer], :int32],
    cbp_call_options_set_structures: [%i[pointer pointer size_t pointer], :int32],
    cbp_call_options_set_absent: [%i[pointer pointer size_t pointer], :int32],
    cbp_call_options_allow_all_structures: [%i[pointer pointer], :int32],
    cbp_call_options_allow_all_absent: [%i[pointer pointer], :int32],
    cbp_profile_parse: [%i[buffer_in size_t pointer pointer pointer], :int32], cbp_profile_free: [[:pointer], :void],
    cbp_profile_open: [%i[pointer buffer_in size_t pointer pointer pointer], :int32],
    cbp_profile_callback: [%i[pointer buffer_in size_t pointer pointer pointer], :int32],
    cbp_callback_method: [[:pointer], :uint32], cbp_method_name: [[:uint32], str], cbp_callback_url: [[:pointer], str],
    cbp_callback_header_count: [[:pointer], :size_t], cbp_callback_header_name: [%i[pointer size_t], str],
    cbp_callback_header_value: [%i[pointer size_t], str], cbp_callback_body: [[:pointer], str],
    cbp_callback_missing_count: [[:pointer], :size_t], cbp_callback_missing: [%i[pointer size_t], str],
    cbp_callback_free: [[:pointer], :void],
    cbp_diagnose: [%i[pointer pointer size_t pointer pointer pointer], :int32],
    cbp_diagnosis_to_json: [%i[pointer pointer pointer], :int32], cbp_diagnosis_free: [[:pointer], :void]
  }.each { |name, (arguments, result)| attach_function name, arguments, result }
end

# A profile: parsed once, then used by any thread.
class CallbackProfile
  C = CallbackProfileLibrary
  private_constant :C

  # Why a call failed; `parameters` are those that it is about.
  class Error < StandardError
    attr_reader :name, :error_class, :parameters

    def initialize(message, name, error_class, parameters)
      super(message)
      @name, @error_class, @parameters = name, error_class, parameters
    end
  end

  Callback = Struct.new(:method, :url, :headers, :body, :missing)

  # Numbers of the header: `wire: [CBP_ENCODING_..., CBP_TAG_..., CBP_READING_...]`, `limit: { CBP_LIMIT_... => value }`.
  def self.parse(payload, wire: nil, limit: {})
    settings = FFI::AutoPointer.new(C.cbp_parse_options_new, C.method(:cbp_parse_options_free))
    call(:cbp_parse_options_set_wire_format, settings, *wire) if wire
    limit.each { |number, value| call(:cbp_parse_options_set_limit, settings, number, value) }
    new(make(:cbp_profile_parse, payload, payload.bytesize, settings))
  end

  def initialize(pointer)
    @profile = FFI::AutoPointer.new(pointer, C.method(:cbp_profile_free))
  end

  # The parameters of a received callback as a JSON object.
  def open(received, **options)
    take(CallbackProfile.make(:cbp_profile_open, @profile, received, received.bytesize, settings(options)))
  end

  def callback(record, **options)
    pointer = CallbackProfile.make(:cbp_profile_callback, @profile, record, record.bytesize, settings(options))
    headers = Array.new(C.cbp_callback_header_count(pointer)) do |i|
      [C.cbp_callback_header_name(pointer, i).text, C.cbp_callback_header_value(pointer, i).text]
    end
    missing = Array.new(C.cbp_callback_missing_count(pointer)) { |i| C.cbp_callback_missing(pointer, i).text }
    Callback.new(C.cbp_method_name(C.cbp_callback_method(pointer)).text, C.cbp_callback_url(pointer).text, headers,
                 C.cbp_callback_body(pointer).text, missing)
  ensure
    C.cbp_callback_free(pointer)
  end

  # Why these encrypted texts do not open, as JSON.
  def diagnose(*texts)
    diagnosis = CallbackProfile.strings(texts) { |views| CallbackProfile.make(:cbp_diagnose, @profile, views, texts.size, nil) }
    take(CallbackProfile.make(:cbp_diagnosis_to_json, diagnosis))
  ensure
    C.cbp_diagnosis_free(diagnosis)
  end

  # Calls a function whose last argument is the error.
  def self.call(function, *arguments)
    FFI::MemoryPointer.new(:pointer) do |error|
      return if C.public_send(function, *arguments, error).zero?

      raise failure(error.read_pointer)
    end
  end

  # Calls one that has its result before that.
  def self.make(function, *arguments)
    FFI::MemoryPointer.new(:pointer) do |result|
      call(function, *arguments, result)
      return result.read_pointer
    end
  end

  # An array of `cbp_str`, whose texts live as long as the block runs.
  def self.strings(texts)
    views = FFI::MemoryPointer.new(C::Str, [texts.size, 1].max)
    memory = texts.map { |text| FFI::MemoryPointer.new(:char, [text.bytesize, 1].max).put_bytes(0, text) }
    texts.each_with_index do |text, i|
      view = C::Str.new(views + i * C::Str.size)
      view[:data], view[:len] = memory[i], text.bytesize
    end
    yield views
  end

  def self.failure(error)
    parameters = Array.new(C.cbp_error_parameter_count(error)) { |i| C.cbp_error_parameter_at(error, i).text }
    Error.new(C.cbp_error_message(error).text, C.cbp_error_name(error).text, C.cbp_error_class(error).text, parameters)
  ensure
    C.cbp_error_free(error)
  end
  private_class_method :failure, :new

  private

  def take(bytes)
    C.cbp_bytes_data(bytes).read_bytes(C.cbp_bytes_len(bytes)).force_encoding('UTF-8')
  ensure
    C.cbp_bytes_free(bytes)
  end

  def settings(options)
    return nil if options.empty?

    settings = FFI::AutoPointer.new(C.cbp_call_options_new, C.method(:cbp_call_options_free))
    options.each do |name, value|
      case value
      when true then CallbackProfile.call(:"cbp_call_options_allow_all_#{name}", settings)
      when Integer then CallbackProfile.call(:"cbp_call_options_set_#{name}", settings, value)
      when String then CallbackProfile.call(:"cbp_call_options_set_#{name}", settings, value, value.bytesize)
      else CallbackProfile.strings(value) { |views| CallbackProfile.call(:"cbp_call_options_set_#{name}", settings, views, value.size) }
      end
    end
    settings
  end
end

# From here on: test cases from standard input; see README.md. Leave it out.
return unless $PROGRAM_NAME == __FILE__

unhex = ->(text) { [text].pack('H*') }
settings = lambda do |text|
  parse = { limit: {} }
  call = {}
  text.split(';').each do |setting|
    name, value = setting.split('=', 2)
    case name
    when 'wire' then parse[:wire] = value.split(',').map(&:to_i)
    when 'limit' then parse[:limit].store(*value.split(',').map(&:to_i))
    when 'missing', 'surrogates' then call[name.to_sym] = value.to_i
    when 'content_type', 'boundary' then call[name.to_sym] = unhex.(value)
    when 'structures', 'absent' then call[name.to_sym] = value == '*' || value.split(',').map(&unhex)
    end
  end
  [parse, call]
end
$stdin.each_line do |line|
  job, payload, input, options, times = line.chomp.split("\t", -1)
  parse, call = settings.(options)
  input = unhex.(input)
  profile = CallbackProfile.parse(unhex.(payload), **parse)
  parts =
    case job
    when 'open' then [profile.open(input, **call)]
    when 'diagnose' then [profile.diagnose(input)]
    when 'callback'
      callback = profile.callback(input, **call)
      headers = callback.headers.map { |header| header.join(': ') }.join("\n")
      [callback.method, callback.url, headers, callback.body ? "=#{callback.body}" : '', callback.missing.join("\n")]
    when 'bench'
      start = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
      times.to_i.times { profile.open(input) }
      [((Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond) - start) / times.to_i).to_s]
    end
  puts "ok #{parts.map { |part| part.unpack1('H*') }.join(' ')}"
rescue CallbackProfile::Error => e
  puts "error #{e.name} #{e.error_class} #{e.parameters.join("\n").unpack1('H*')}"
end
