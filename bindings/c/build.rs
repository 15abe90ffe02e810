//! Gives the shared library its SONAME, which cargo does not.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let variable = |name: &str| std::env::var(name).unwrap_or_default();
    // Before 1.0 a minor version may break the ABI, so it is part of the name.
    let version = match variable("CARGO_PKG_VERSION_MAJOR").as_str() {
        "0" => format!("0.{}", variable("CARGO_PKG_VERSION_MINOR")),
        major => major.to_owned(),
    };
    let is_elf = variable("CARGO_CFG_TARGET_OS") != "macos" && variable("CARGO_CFG_TARGET_FAMILY") == "unix";
    // cargo-c names the library itself.
    if is_elf && std::env::var_os("CARGO_FEATURE_CAPI").is_none() {
        println!("cargo:rustc-cdylib-link-arg=-Wl,-soname,libcallback_profile.so.{version}");
    }
}
