# frozen_string_literal: true

# Ruby's receiver in a loop. It answers its case from standard input when it is loaded; then the nanoseconds of one body.
require 'stringio'
CASE = $stdin.read
$stdin = StringIO.new(CASE)
require_relative '../../../examples/receivers/receiver'
_, algo, key, iv, names, body = CASE.chomp.split("\t", 6)
names = names.split(',')
times = 50_000
start = Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond)
times.times { open_body(algo, key, iv, body, names) }
puts (Process.clock_gettime(Process::CLOCK_MONOTONIC, :nanosecond) - start) / times
