//! Every export does all its work inside a call of `guard`.

use syn::{Expr, Stmt};

use crate::{exported, sources};

#[test]
fn every_export_is_guarded() {
    let mut count = 0;
    for (file, syntax) in sources() {
        for function in exported(&syntax) {
            let name = function.sig.ident.to_string();
            assert!(name.starts_with("cbp_"), "{file}: {name} lacks the prefix");
            assert_eq!(function.sig.abi.as_ref().unwrap().name.as_ref().unwrap().value(), "C", "{name}");
            assert!(function.sig.unsafety.is_some(), "{name} must be unsafe");
            assert!(is_guarded(&function.block.stmts), "{file}: {name} works outside of guard");
            count += 1;
        }
    }
    assert!(count > 120, "only {count} exports found: does the test read the right files?");
    println!("{count} exports are guarded");
}

#[test]
fn a_macro_makes_no_exports_and_one_place_catches() {
    let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut catching = Vec::new();
    for (file, syntax) in sources() {
        let macros =
            syntax.items.iter().any(|item| matches!(item, syn::Item::Macro(item) if item.ident.is_some()));
        assert!(!macros, "{file} defines a macro: neither cbindgen nor this test sees what it exports");
        let text = crate::read(&directory.join(format!("{file}.rs")));
        let no_mangle = text.lines().filter(|line| line.contains("no_mangle")).count();
        assert_eq!(no_mangle, exported(&syntax).count(), "{file}: an export that this test does not see");
        if text.contains("catch_unwind(") {
            catching.push(file);
        }
    }
    assert_eq!(catching, ["guard"]);
}

#[test]
fn the_test_notices() {
    let guarded = |body: &str| is_guarded(&syn::parse_str::<syn::Block>(body).unwrap().stmts);
    assert!(guarded("{ guard::value(0, || 1) }"));
    assert!(guarded("{ let body = || Ok(()); unsafe { guard::status(error, body) } }"));
    assert!(!guarded("{ 1 }"));
    assert!(!guarded("{ work(); guard::value(0, || 1) }"));
    assert!(!guarded("{ let body = work(); unsafe { guard::status(error, body) } }"));
    assert!(!guarded("{ guard::value(work(), || 1) }"));
    assert!(!guarded("{ unsafe { work(); guard::status(error, body) } }"));
}

/// Closures may be made first; then comes the call of guard and nothing else.
fn is_guarded(statements: &[Stmt]) -> bool {
    let Some((Stmt::Expr(last, None), before)) = statements.split_last() else { return false };
    let makes_closure = |statement: &Stmt| match statement {
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| matches!(*init.expr, Expr::Closure(_))),
        _ => false,
    };
    before.iter().all(makes_closure) && is_call_of_guard(last)
}

fn is_call_of_guard(expression: &Expr) -> bool {
    match expression {
        Expr::Unsafe(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(inner, None)] => is_call_of_guard(inner),
            _ => false,
        },
        Expr::Call(call) => {
            let is_guard = match &*call.func {
                Expr::Path(path) => path.path.segments.first().is_some_and(|first| first.ident == "guard"),
                _ => false,
            };
            is_guard && call.args.iter().all(cannot_panic)
        }
        _ => false,
    }
}

/// Arguments are evaluated outside: only what does nothing is allowed.
fn cannot_panic(argument: &Expr) -> bool {
    match argument {
        Expr::Closure(_) | Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Tuple(tuple) => tuple.elems.iter().all(cannot_panic),
        Expr::Call(call) => {
            let is_null = |path: &syn::Path| {
                path.segments.last().is_some_and(|last| last.ident.to_string().starts_with("null"))
            };
            matches!(&*call.func, Expr::Path(path) if is_null(&path.path)) && call.args.is_empty()
        }
        _ => false,
    }
}
