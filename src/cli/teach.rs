//! `teach`: the classroom page, served to this machine alone or written to a file.
//!
//! The page is one file that needs nothing else: a server is there only because some browsers give pages from disk fewer
//! rights (the clipboard, for one).

use std::{
    fs,
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use clap::Args;

use super::Failure;
use crate::output::folder::write_whole;

/// The page, as `web/build` made it.
pub const PAGE: &[u8] = include_bytes!("../../web/dist/dewpoint.html");

/// How every classroom page begins that this program has written.
const SIGN: &str = "<meta name=\"sources\"";

/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// Longest line of a request that is read.
const LONGEST: u64 = 8192;

/// Arguments of `teach`.
#[derive(Clone, Debug, Args)]
pub struct Options {
    /// Write the page to FILE instead, to carry it along or put it on any web server.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["port", "no_open"])]
    save: Option<PathBuf>,
    /// Port on this machine [default: any that is free].
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Do not open the browser; print the address only.
    #[arg(long)]
    no_open: bool,
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
    for stream in listener.incoming().flatten() {
        // A browser opens connections that it does not use: none may keep the others waiting.
        thread::spawn(move || answer(stream));
    }
    Ok(())
}

fn save(out: &mut dyn Write, file: &Path) -> Result<(), Failure> {
    if let Ok(there) = fs::read(file)
        && !is_page(&there)
    {
        let what = format!("{} is there already and is no classroom page; choose another name", file.display());
        return Err(Failure::Failed(what));
    }
    // Whole or not at all: written beside it first.
    let mut beside = file.as_os_str().to_owned();
    beside.push(".part");
    let written = write_whole(Path::new(&beside), PAGE).and_then(|()| fs::rename(&beside, file));
    written.map_err(|error| Failure::Failed(format!("cannot write {}: {error}", file.display())))?;
    Ok(writeln!(out, "{} ({} KB): open it in any browser, no network is needed.", file.display(), PAGE.len() / 1024)?)
}

fn is_page(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).contains(SIGN)
}

/// Answers one request. A browser that goes away in the middle is nobody's fault.
fn answer(mut stream: TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?).take(8 * LONGEST);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap_or_default();
    let (status, body): (&str, &[u8]) = match (method, path) {
        ("GET" | "HEAD", "/" | "/index.html") => ("200 OK", PAGE),
        ("GET" | "HEAD", _) => ("404 Not Found", b"The classroom is at /"),
        _ => ("405 Method Not Allowed", b"The classroom is only read"),
    };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        stream.write_all(body)?;
    }
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(request: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || answer(listener.accept().unwrap().0));
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut text = Vec::new();
        stream.read_to_end(&mut text).unwrap();
        server.join().unwrap().unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    #[test]
    fn the_page_is_served_and_nothing_else() {
        let page = asked("GET /?x HTTP/1.1\r\nHost: a\r\n\r\n");
        let (head, body) = page.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK") && head.contains("charset=utf-8"), "{head}");
        assert!(body.as_bytes() == PAGE);
        assert!(asked("GET /etc/passwd HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
        assert!(asked("POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405"));
        assert!(asked("\r\n\r\n").starts_with("HTTP/1.1 405"));
    }

    #[test]
    fn the_page_is_one_file_below_two_megabytes_and_asks_for_nothing() {
        let page = String::from_utf8_lossy(PAGE);
        assert!(PAGE.len() < 2_000_000 && is_page(PAGE));
        for outside in ["src=\"http", "href=\"http", "<link rel=\"stylesheet", "@import", "fetch("] {
            assert!(!page.contains(outside), "{outside}");
        }
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
        fs::write(&file, "my thesis").unwrap();
        assert!(matches!(save(&mut out, &file), Err(Failure::Failed(why)) if why.contains("choose another name")));
        assert_eq!(fs::read(&file).unwrap(), b"my thesis");
    }
}
