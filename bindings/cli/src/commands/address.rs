//! `cbp address`: whether callbacks may be sent to a host or an address.

use std::net::ToSocketAddrs;

use callback_profile::json::{ArrayWriter, ObjectWriter, push_string};
use callback_profile::{AddressVerdict, HostVerdict};

use crate::failure::Failure;
use crate::output::{self, BAD, CARE, End, GOOD, printable};

/// Says whether callbacks may be sent to a host or an IP address
///
/// Prints a line each: what was given and the verdict, after a tab. An address may be in any spelling that a URL allows. A
/// name that is not known to be internal is a public_name, whatever it resolves to; --resolve asks this system's resolver
/// and adds a line for each address. The exit code is 1 if any verdict is neither public nor public_name.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  cbp address 93.184.215.14 example.com
  cbp address --json 2001:4860:4860::8888")]
pub(crate) struct Args {
    /// Resolve names, and give a verdict on each address
    #[arg(long)]
    resolve: bool,
    /// Print [{"host","address","verdict"}] instead; a failure as one JSON object on standard error
    #[arg(long)]
    pub(crate) json: bool,
    /// Hosts and IP addresses
    #[arg(value_name = "HOST", required = true)]
    hosts: Vec<String>,
}

struct Row<'h> {
    host: &'h str,
    address: Option<String>,
    verdict: HostVerdict,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let mut rows = Vec::new();
    for host in &args.hosts {
        let verdict = HostVerdict::of(host);
        rows.push(Row { host, address: None, verdict });
        if args.resolve && matches!(verdict, HostVerdict::PublicName | HostVerdict::InternalName) {
            rows.extend(resolved(host)?);
        }
    }
    if args.json {
        output::result(as_json(&rows), End::LineBreak)?;
    } else {
        output::text(&as_text(&rows))?;
    }
    if rows.iter().all(|row| is_acceptable(row.verdict)) { Ok(()) } else { Err(Failure::Printed) }
}

fn is_acceptable(verdict: HostVerdict) -> bool {
    matches!(verdict, HostVerdict::PublicName | HostVerdict::Address(AddressVerdict::Public))
}

/// The addresses that this system knows for a name.
fn resolved(host: &str) -> Result<Vec<Row<'_>>, Failure> {
    let unknown = |error| Failure::Usage(format!("cannot resolve {}: {error}", printable(host)));
    let addresses = (host, 443).to_socket_addrs().map_err(unknown)?;
    let row = |address: std::net::SocketAddr| Row {
        host,
        address: Some(address.ip().to_string()),
        verdict: HostVerdict::Address(AddressVerdict::of(address.ip())),
    };
    Ok(addresses.map(row).collect())
}

fn as_text(rows: &[Row<'_>]) -> String {
    let mut text = String::new();
    for row in rows {
        let style = match row.verdict {
            HostVerdict::Address(AddressVerdict::Public) => GOOD,
            HostVerdict::PublicName => CARE,
            _ => BAD,
        };
        let address = row.address.as_ref().map(|address| format!(" {address}")).unwrap_or_default();
        text.push_str(&format!("{}{address}\t{style}{}{style:#}\n", printable(row.host), row.verdict.name()));
    }
    text
}

fn as_json(rows: &[Row<'_>]) -> String {
    let mut out = String::new();
    let mut array = ArrayWriter::new(&mut out);
    for row in rows {
        let mut object = ObjectWriter::new(array.element());
        push_string(object.member("host"), row.host);
        match &row.address {
            Some(address) => push_string(object.member("address"), address),
            None => object.member("address").push_str("null"),
        }
        push_string(object.member("verdict"), row.verdict.name());
        object.finish();
    }
    array.finish();
    out
}
