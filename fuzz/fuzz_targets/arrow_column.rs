#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| callback_profile_fuzz_targets::arrow_column(data));
