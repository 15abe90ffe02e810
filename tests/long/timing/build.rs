fn main() {
    println!("cargo::rerun-if-changed=src/marks.c");
    cc::Build::new().file("src/marks.c").warnings(true).compile("marks");
}
