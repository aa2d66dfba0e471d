//! `teach --class`: a room on the local network. Telephones open the page at this machine's address and join with a code; what
//! they hand in is kept in a file, and whoever has the key leads.

mod door;
mod invite;
mod journal;
mod limit;
mod room;

use std::{
    io::{IsTerminal, Write},
    net::{IpAddr, Ipv4Addr, TcpListener},
    path::Path,
    sync::Arc,
};

use door::Door;
use journal::{Head, Journal};
use room::Entry;

use super::{
    super::{Failure, progress::stop_request},
    Options, PAGE, http,
};

/// How many are answered at a time: a class may come from one address all together.
const AT_ONCE: http::AtOnce = http::AtOnce { all: 256, each: 128 };

/// What the page says to be a page of its own, which asks nobody for anything.
const ALONE: &str = "default-src 'none'; script-src";

/// What it says in a room: it asks the room, and nobody else.
const IN_A_ROOM: &str = "default-src 'none'; connect-src 'self'; script-src";

/// How the page knows that there is a room.
const MARK: &str = "<meta name=\"class\" content=\"here\">\n<meta name=\"sources\"";

/// A page as the room gives it.
fn marked(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    page.replacen(ALONE, IN_A_ROOM, 1).replacen(super::SIGN, MARK, 1).into_bytes()
}

/// Serves a room until it is stopped.
///
/// # Errors
/// When the file of the room or the port cannot be had.
pub fn class(out: &mut dyn Write, options: &Options) -> Result<(), Failure> {
    let path = options.room.as_deref().unwrap_or(Path::new("dewpoint-class.room"));
    let page = match &options.page {
        None => marked(PAGE),
        Some(file) => {
            marked(&std::fs::read(file).map_err(|error| Failure::Input(format!("{}: {error}", file.display())))?)
        }
    };
    let (mut journal, head, mut room) = Journal::open(path)?;
    let unwritten = |error| Failure::Failed(format!("{}: cannot be written: {error}", path.display()));
    let again = head.is_some();
    let head = match head {
        Some(head) => head,
        None => {
            let luck = |error| Failure::Failed(format!("this computer gave no random letters for a key: {error}"));
            let seed = invite::letters(4).map_err(luck)?.bytes().fold(0, |sum, letter| sum * 31 + u32::from(letter));
            let head =
                Head::new(invite::letters(5).map_err(luck)?, invite::letters(26).map_err(luck)?, seed % (1 << 20));
            journal.begin(&head).map_err(unwritten)?;
            head
        }
    };
    // Telephones look for the room where it was.
    let port = options.port.or(room.port()).unwrap_or(0);
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).map_err(|error| {
        Failure::Failed(format!(
            "cannot listen on port {port}: {error}; choose another with --port, and let all join anew"
        ))
    })?;
    let port = listener.local_addr()?.port();
    if room.port() != Some(port) {
        let entry = Entry::Served { port };
        journal.write(&entry).map_err(unwritten)?;
        room.apply(entry);
    }
    let wall = format!("http://127.0.0.1:{port}/#host={}", head.key);
    let address = options.address.map(IpAddr::from);
    invite(out, address, port, &head, path, again)?;
    if !options.no_open && open::that_detached(&wall).is_err() {
        writeln!(out, "No browser could be opened: open the address yourself.")?;
    }
    out.flush()?;
    let stop = stop_request();
    http::serve(&listener, Arc::new(Door::new(page, head, address, room, journal)), AT_ONCE, Some(&stop))?;
    writeln!(out, "\nThe room is closed. {} keeps it: the same command opens it again.", path.display())?;
    Ok(())
}

/// Says how people find the room, and how one leads.
fn invite(
    out: &mut dyn Write,
    address: Option<IpAddr>,
    port: u16,
    head: &Head,
    path: &Path,
    again: bool,
) -> Result<(), Failure> {
    let Head { code, key, .. } = head;
    let found: Vec<IpAddr> = invite::addresses_with(address);
    match found.as_slice() {
        [] => writeln!(
            out,
            "No network was found: only this machine reaches the room. With --address you say which address telephones \
             have to open; without a network the codes of the page (“Play together”) and paper do as well.\n"
        )?,
        [first, others @ ..] => {
            let telephones = format!("http://{first}:{port}/");
            writeln!(out, "Telephones on this network open  {telephones}  and join with the code  {code}\n")?;
            let square = invite::square(&format!("{telephones}#class={code}"), std::io::stdout().is_terminal());
            writeln!(out, "{square}")?;
            for other in others {
                writeln!(out, "Or, where that one does not answer:  http://{other}:{port}/")?;
            }
            writeln!(out, "Your notes, on your own telephone:   {telephones}#notes={key}")?;
        }
    }
    writeln!(out, "The wall, on this machine:           http://127.0.0.1:{port}/#host={key}")?;
    let kept = if again { "goes on from" } else { "is kept in" };
    writeln!(
        out,
        "\nThe room {kept} {}. Whoever has an address with a long key leads it: keep these to",
        path.display()
    )?;
    writeln!(out, "yourself. It is open to all on this network until you stop it with Ctrl-C.")?;
    Ok(out.flush()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_may_ask_its_room_and_nobody_else() {
        let page = String::from_utf8(marked(PAGE)).unwrap();
        assert_eq!(page.matches(IN_A_ROOM).count(), 1);
        assert_eq!(page.matches(MARK).count(), 1);
        assert!(!page.contains(ALONE));
    }
}
