//! Names of hosts that are not on the public internet.

/// Last labels that no public name has: special-use names (RFC 6761, RFC 6762, RFC 9476, ICANN's `internal`), and what
/// routers, companies and clusters call their own networks.
const LAST_LABELS: [&str; 16] = [
    "localhost",
    "localdomain",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "intranet",
    "private",
    "test",
    "invalid",
    "example",
    "onion",
    "alt",
    "svc",
    "consul",
];

/// Ends of names in the public tree that lead nowhere public: RFC 8375 and the reverse trees.
const LAST_TWO_LABELS: [&str; 3] = ["home.arpa", "in-addr.arpa", "ip6.arpa"];

/// Public names under which clouds hand out credentials to whoever asks from inside; others end in `internal`.
const METADATA_NAMES: [&str; 5] = [
    "metadata.goog",
    "metadata.tencentyun.com",
    "metadata.platformequinix.com",
    "metadata.packet.net",
    "api.metadata.cloud.ibm.com",
];

/// Whether a name is not public: one of these, a name below one, or a single label, which search domains complete.
///
/// Case does not matter and one trailing dot is ignored.
pub(super) fn is_internal_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let Some((_, last)) = host.rsplit_once('.') else { return true };
    LAST_LABELS.iter().any(|label| last.eq_ignore_ascii_case(label))
        || LAST_TWO_LABELS.iter().any(|name| is_within(host, name))
        || METADATA_NAMES.iter().any(|name| is_within(host, name))
}

/// Whether a name is another one or below it.
fn is_within(host: &str, name: &str) -> bool {
    let start = host.len().checked_sub(name.len());
    let ends_alike =
        start.and_then(|start| host.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(name));
    ends_alike
        && (host.len() == name.len()
            || start.is_some_and(|start| host.get(..start).is_some_and(|rest| rest.ends_with('.'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_not_public() {
        for host in [
            "localhost",
            "LOCALHOST.",
            "redis",
            "localhost.localdomain",
            "x.localhost.localdomain",
            "nas.lan",
            "nas.home.arpa",
            "home.arpa",
            "redis.prod.svc",
            "vault.service.consul",
            "metadata.goog",
            "a.metadata.goog.",
            "1.0.0.127.in-addr.arpa",
            "Printer.CORP",
            "a.home",
            "a.intranet",
            "a.private",
            "a.test",
            "a.invalid",
            "www.example",
            "abc.onion",
            "a.alt",
            "x.ip6.arpa",
        ] {
            assert!(is_internal_name(host), "{host}");
        }
        for host in [
            "example.com",
            "www.example.com",
            "lan.example.org",
            "notmetadata.goog",
            "myhome.arpa",
            "arpa.net",
        ] {
            assert!(!is_internal_name(host), "{host}");
        }
    }

    #[test]
    fn every_listed_name_is_internal_or_not() {
        let vectors = crate::url::address_cases();
        let cases = vectors["names"].as_array().unwrap();
        for case in cases {
            assert_eq!(is_internal_name(case["host"].as_str().unwrap()), case["internal"], "{case}");
        }
        assert!(cases.len() >= 20, "only {} cases", cases.len());
    }
}
