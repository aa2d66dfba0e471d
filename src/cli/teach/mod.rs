//! `teach`: the classroom page, served to this machine alone or written to a file.
//!
//! The page is one file that needs nothing else: a server is there only because some browsers give pages from disk fewer
//! rights (the clipboard, for one), and for a class with telephones (`class/`).

mod class;
mod http;

use std::{
    fs,
    io::{ErrorKind, Read, Write},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use http::{Answer, Answers, Request};

use super::{Failure, options::count};
use crate::output::disk::write_whole;

/// The page, as `web/build` made it.
pub const PAGE: &[u8] = include_bytes!("../../../web/dist/dewpoint.html");

/// How every classroom page begins that this program has written.
const SIGN: &str = "<meta name=\"sources\"";

/// In how many bytes of its beginning that stands.
const HEAD: u64 = 1024;

/// How many requests are answered at a time.
const AT_ONCE: http::AtOnce = http::AtOnce { all: 64, each: 64 };

/// Arguments of `teach`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Write the page to FILE instead, to carry it along or put it on any web server.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["port", "no_open"])]
    save: Option<PathBuf>,
    /// Port on this machine, 0 for any that is free [default: 0].
    #[arg(long, value_name = "PORT", value_parser = port, allow_negative_numbers = true)]
    port: Option<u16>,
    /// Do not open the browser; print the address only.
    #[arg(long)]
    no_open: bool,
    /// Serve a room on the local network: telephones join with a code, and you lead from the wall.
    #[arg(long, conflicts_with = "save")]
    class: bool,
    /// What keeps the room, so that it goes on where it was [default: dewpoint-class.room].
    #[arg(long, value_name = "FILE", requires = "class")]
    room: Option<PathBuf>,
    /// Address at which telephones find this machine, where the program does not find it by itself.
    #[arg(long, value_name = "IP", requires = "class")]
    address: Option<Ipv4Addr>,
    /// Another page than the one that is built in, for the page's own tests.
    #[arg(long, value_name = "FILE", hide = true, requires = "class")]
    page: Option<PathBuf>,
}

fn port(text: &str) -> Result<u16, String> {
    count(text, 0, u16::MAX.into()).map(|port| port as u16)
}

/// Serves the page until it is stopped, or writes it.
///
/// # Errors
///
/// When the file cannot be written or is something else, or the port is taken.
pub fn teach(out: &mut dyn Write, options: &Options) -> Result<(), Failure> {
    if let Some(file) = &options.save {
        return save(out, file);
    }
    if options.class {
        return class::class(out, options);
    }
    let port = options.port.unwrap_or(0);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Failure::Failed(format!("cannot listen on port {port} of this machine: {error}; choose another with --port"))
    })?;
    let address = format!("http://{}/", listener.local_addr()?);
    writeln!(out, "The classroom is at {address}\nStop it with Ctrl-C.")?;
    out.flush()?;
    if !options.no_open && open::that_detached(&address).is_err() {
        writeln!(out, "No browser could be opened: open the address yourself.")?;
    }
    Ok(http::serve(&listener, Arc::new(Alone), AT_ONCE, None)?)
}

/// Answers this machine alone, with the page.
struct Alone;

impl Answers for Alone {
    fn answer(&self, request: &Request) -> Answer<'_> {
        match (request.method.as_str(), request.path.as_str()) {
            // A page elsewhere whose name leads to this machine would come with its own name.
            _ if !request.header("host").is_some_and(|host| is_ours(host, request.at.port())) => {
                Answer::page("421 Misdirected Request", &b"Not here"[..])
            }
            ("GET" | "HEAD", "/" | "/index.html") => Answer::page("200 OK", PAGE),
            ("GET" | "HEAD", _) => Answer::page("404 Not Found", &b"The classroom is at /"[..]),
            _ => Answer::page("405 Method Not Allowed", &b"The classroom is only read"[..]),
        }
    }
}

/// Whether `host` is this server as the address printed calls it, or by the machine's own name for itself.
fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost"].iter().any(|name| names_us(host, name, port))
}

/// Whether a browser that goes to `name` at `port` would call it `host`: the usual port is left out.
fn names_us(host: &str, name: &str, port: u16) -> bool {
    host.eq_ignore_ascii_case(&format!("{name}:{port}")) || (port == 80 && host.eq_ignore_ascii_case(name))
}

fn save(out: &mut dyn Write, file: &Path) -> Result<(), Failure> {
    is_free(file)?;
    // Whole or not at all: written beside it first.
    let mut beside = file.as_os_str().to_owned();
    beside.push(".part");
    let written = write_whole(Path::new(&beside), PAGE).and_then(|()| fs::rename(&beside, file));
    // On a full disk half a page would fill the rest of it.
    let written = written.inspect_err(|_| drop(fs::remove_file(&beside)));
    written.map_err(|error| Failure::Failed(format!("cannot write {}: {error}", file.display())))?;
    Ok(writeln!(out, "{} ({} KB): open it in any browser, no network is needed.", file.display(), PAGE.len() / 1024)?)
}

/// Refuses every name under which something stands that is no classroom page.
fn is_free(file: &Path) -> Result<(), Failure> {
    let refused = |why: &str| Err(Failure::Failed(format!("{} {why}; choose another name", file.display())));
    let failed = |error: std::io::Error| Failure::Failed(format!("cannot read {}: {error}", file.display()));
    // Asked before it is opened: a pipe would be waited for, and a device put out of place.
    match fs::metadata(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
        Ok(there) if there.is_dir() => return refused("is a folder"),
        Ok(there) if !there.is_file() => return refused("is there already and is no ordinary file"),
        Ok(_) => {}
    }
    let mut head = Vec::new();
    fs::File::open(file).and_then(|there| there.take(HEAD).read_to_end(&mut head)).map_err(failed)?;
    if is_page(&head) { Ok(()) } else { refused("is there already and is no classroom page") }
}

fn is_page(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD as usize)]).contains(SIGN)
}

#[cfg(test)]
mod tests {
    use std::{
        net::TcpStream,
        thread,
        time::{Duration, Instant},
    };

    use super::*;
    use http::{PATIENCE, answer};

    /// What is answered to `request`, in which PORT stands for the server's.
    fn asked(request: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || answer(listener.accept().unwrap().0, &Alone, PATIENCE));
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.replace("PORT", &address.port().to_string()).as_bytes()).unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        server.join().unwrap().unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    const HOST: &str = "Host: 127.0.0.1:PORT\r\n\r\n";

    #[test]
    fn the_page_is_served_and_nothing_else() {
        let page = asked(&format!("GET /?x HTTP/1.1\r\n{HOST}"));
        let (head, body) = page.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK") && head.contains("charset=utf-8"), "{head}");
        for header in
            ["X-Content-Type-Options: nosniff", "X-Frame-Options: DENY", "Content-Security-Policy: default-src"]
        {
            assert!(head.contains(header), "{head}");
        }
        assert!(body.as_bytes() == PAGE);
        assert!(asked("GET / HTTP/1.1\r\nhost: LOCALHOST:PORT\r\n\r\n").starts_with("HTTP/1.1 200"));
        assert!(asked(&format!("GET /etc/passwd HTTP/1.1\r\n{HOST}")).starts_with("HTTP/1.1 404"));
        assert!(asked(&format!("POST / HTTP/1.1\r\n{HOST}")).starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn only_its_own_name_is_answered() {
        for host in ["Host: evil.example:PORT", "Host: 127.0.0.1", "Host: 127.0.0.1:PORT\r\nHost: evil.example", "X: y"]
        {
            let answer = asked(&format!("GET / HTTP/1.1\r\n{host}\r\n\r\n"));
            assert!(answer.starts_with("HTTP/1.1 421") && answer.ends_with("Not here"), "{host}: {answer}");
        }
        assert!(asked("\r\n\r\n").starts_with("HTTP/1.1 421"));
    }

    #[test]
    fn a_client_that_trickles_or_never_ends_is_left() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let patience = Duration::from_millis(300);
        let server = thread::spawn(move || {
            for _ in 0..2 {
                let _ = answer(listener.accept().unwrap().0, &Alone, patience);
            }
        });
        let begun = Instant::now();
        let mut stream = TcpStream::connect(address).unwrap();
        while stream.write_all(b"x").is_ok() && begun.elapsed() < Duration::from_secs(20) {
            thread::sleep(Duration::from_millis(20));
        }
        let mut stream = TcpStream::connect(address).unwrap();
        while stream.write_all(&[b'x'; 4096]).is_ok() && begun.elapsed() < Duration::from_secs(20) {}
        server.join().unwrap();
        assert!(begun.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn the_page_is_one_file_below_two_megabytes_and_asks_for_nothing() {
        let page = String::from_utf8_lossy(PAGE);
        assert!(PAGE.len() < 2_000_000 && is_page(PAGE));
        for outside in ["src=\"http", "href=\"http", "<link rel=\"stylesheet", "@import"] {
            assert!(!page.contains(outside), "{outside}");
        }
        // It can ask a room, but only a room lets it: by itself it may connect to nobody.
        let (_, policy) = page.split_once("http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        let policy = policy.split('"').next().unwrap();
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("connect-src"), "{policy}");
    }

    #[test]
    fn a_saved_page_is_the_page_and_no_other_file_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("class.html");
        let mut out = Vec::new();
        for _ in 0..2 {
            save(&mut out, &file).unwrap();
            assert!(fs::read(&file).unwrap() == PAGE);
        }
        let refused = |file: &Path| match save(&mut Vec::new(), file) {
            Err(Failure::Failed(why)) => why,
            other => panic!("{other:?}"),
        };
        // Where it cannot be put in place, nothing is left beside it.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(refused(&taken).contains("is a folder; choose another name"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        fs::write(&file, "my thesis").unwrap();
        assert!(refused(&file).contains("is no classroom page; choose another name"));
        assert_eq!(fs::read(&file).unwrap(), b"my thesis");
        // What cannot be looked at is not taken for free.
        assert!(refused(&file.join("below")).contains("cannot read"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_neither_read_nor_put_out_of_place() {
        use std::os::unix::fs::FileTypeExt;
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let refused = save(&mut Vec::new(), &pipe);
        assert!(matches!(refused, Err(Failure::Failed(why)) if why.contains("no ordinary file")));
        assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
