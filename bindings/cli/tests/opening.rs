//! What `cbp open` accepts and reports, and what it hints at; `cbp fields`; records with half an emoji.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use common::{Folder, Run, cbp};
use serde_json::json;

fn profile(folder: &Folder, enc: &str) -> String {
    let payload = json!({
        "title": "opening", "http_method": "POST", "url": "https://example.com/",
        "body": {"to": "<to>", "list": "<list>"},
        "enc": {"algo": enc, "key": "K1abcdefghijkl2P", "IV": "POabcdefghijklLY"},
    });
    folder.file("profile.json", payload.to_string())
}

/// The body of a callback without an encrypted text for a name would be of no use here.
fn sealed(profile: &str, value: &str) -> String {
    cbp(&["encrypt", profile, value], b"").text().trim_end().to_owned()
}

fn hints(run: &Run) -> Vec<&str> {
    run.stderr.lines().filter_map(|line| line.strip_prefix("  hint: ")).collect()
}

#[test]
fn structures_and_absence_are_allowed_by_name_or_all() {
    let folder = Folder::new("structures");
    let profile = profile(&folder, "AES-128-GCM");
    let (to, john) = (sealed(&profile, "me"), sealed(&profile, "John"));
    let structure = format!(r#"{{"to":"{to}","list":[{{"name":"{john}"}}]}}"#);
    let opened = "{\"to\":\"me\",\"list\":[{\"name\":\"John\"}]}\n";
    let open = |options: &[&str], body: &str| {
        let args = [&["open"], options, &[&profile, "-"]].concat();
        cbp(&args, body.as_bytes())
    };
    for (options, accepted) in [
        (&[][..], false),
        (&["--structures"], true),
        (&["--structures=list"], true),
        (&["--structures=to,list"], true),
        (&["--structures=to"], false),
        (&["--absent"], false),
    ] {
        let run = open(options, &structure);
        assert_eq!(run.code, Some(i32::from(!accepted)), "{options:?}: {}", run.stderr);
        assert_eq!(run.text(), if accepted { opened } else { "" });
        if !accepted {
            assert!(run.stderr.starts_with("DecryptionError[not_encrypted]: "), "{}", run.stderr);
            assert_eq!(
                hints(&run),
                ["an object or array of encrypted strings is there, which --structures=NAME allows"]
            );
        }
    }
    for (options, accepted) in [
        (&[][..], false),
        (&["--absent"], true),
        (&["--absent=to,list"], true),
        (&["--absent=to"], false),
        (&["--structures"], false),
    ] {
        let run = open(options, "{}");
        assert_eq!(run.text(), if accepted { "{}\n" } else { "" }, "{options:?}: {}", run.stderr);
        if !accepted {
            assert!(run.stderr.starts_with("DecryptionError[missing_parameter]: "), "{}", run.stderr);
            assert_eq!(hints(&run), ["a name is absent or null, which --absent=NAME allows"]);
        }
    }
    let run =
        open(&["--structures=list", "--details"], &structure.replacen('{', &format!(r#"{{"x":"{to}","#), 1));
    assert_eq!(
        run.text(),
        "{\"values\":{\"x\":\"me\",\"to\":\"me\",\"list\":[{\"name\":\"John\"}]},\
         \"decrypted\":[\"x\",\"to\",\"list[0].name\"],\"unknown\":[\"x\"]}\n"
    );
}

#[test]
fn one_value_is_printed_alone() {
    let (profile, body) = ("examples/profiles/encrypted-gcm.json", "examples/received/encrypted-gcm.json");
    let in_root = |path: &str| common::root().join(path).display().to_string();
    let get =
        |name: &str| cbp(&["open", "--structures", "--get", name, &in_root(profile), &in_root(body)], b"");
    for (name, value) in [
        ("status", "DELIVERED\n"),
        ("/contacts/0/blocked", "false\n"),
        ("contacts", "[{\"wa_id\":\"10000000034\",\"blocked\":\"false\"}]\n"),
    ] {
        assert_eq!((get(name).text(), get(name).code), (value, Some(0)), "{name}");
    }
    let absent = get("from\u{1b}");
    assert_eq!((absent.text(), absent.code), ("", Some(1)));
    assert_eq!(absent.stderr, "error: from\\u{1b} was not received\n");
}

#[test]
fn fields_are_listed_with_their_places() {
    let folder = Folder::new("fields");
    let payload = json!({
        "title": "fields", "http_method": "POST", "url": "https://example.com/<id>",
        "body": {"to": ["<to>", "<id>"]}, "response_message": "Hi {\"name\": \"first_name\"}",
    });
    let run = cbp(&["fields", &folder.file("profile.json", payload.to_string())], b"");
    assert_eq!(run.text(), "id\t/url\t/body/to/1\nto\t/body/to/0\nfirst_name\t/response_message\n");
    let empty = json!({"title": "none", "http_method": "GET", "url": "https://example.com/"});
    assert_eq!(cbp(&["fields", "-"], empty.to_string().as_bytes()).text(), "");
}

#[test]
fn half_an_emoji_is_refused_or_replaced_and_missing_values_may_be_null() {
    let folder = Folder::new("surrogates");
    let profile = profile(&folder, "AES-128-GCM");
    let record = br#"{"to": "Hi \ud83d", "list": "x"}"#;
    let run = cbp(&["callback", &profile, "-"], record);
    assert!(run.stderr.contains("[invalid_json]"), "{}", run.stderr);
    let run = cbp(&["callback", "--surrogates=replace", "--json", &profile, "-"], record);
    assert!(run.text().contains(&sealed(&profile, "Hi \u{fffd}")), "{}{}", run.text(), run.stderr);
    let run = cbp(&["callback", "--missing=null", "--json", &profile, "-"], b"{}");
    assert!(run.text().contains(r#"{\"list\":null,\"to\":null}"#), "{}", run.text());
}
