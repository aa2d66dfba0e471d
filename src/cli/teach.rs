//! `teach`: the classroom page, served to this machine alone or written to a file.
//!
//! The page is one file that needs nothing else: a server is there only because some browsers give pages from disk fewer
//! rights (the clipboard, for one).

use std::{
    fs,
    io::{self, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use clap::Args;

use super::{Failure, options::count};
use crate::output::disk::write_whole;

/// The page, as `web/build` made it.
pub const PAGE: &[u8] = include_bytes!("../../web/dist/dewpoint.html");

/// How every classroom page begins that this program has written.
const SIGN: &str = "<meta name=\"sources\"";

/// How long a browser may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(10);

/// Most bytes of a request that are read: browsers send far fewer.
const LONGEST: usize = 16 * 1024;

/// Requests answered at a time; whoever comes after them waits or is turned away.
const MOST_AT_ONCE: usize = 64;

/// What every answer says besides its length: nothing is kept, guessed, framed, told to others, or loaded from elsewhere.
/// The page's scripts and styles stand in it.
const HEADERS: &str = "Cache-Control: no-store\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n\
     X-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n\
     Cross-Origin-Resource-Policy: same-origin\r\nContent-Security-Policy: default-src 'self' data: blob:; \
     script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:; style-src 'unsafe-inline'; \
     connect-src 'self' data: blob:; worker-src blob: data:; img-src 'self' data: blob:; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'none'\r\n";

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
    let (port, busy) = (listener.local_addr()?.port(), Arc::new(AtomicUsize::new(0)));
    for stream in listener.incoming().flatten() {
        if busy.fetch_add(1, Ordering::SeqCst) >= MOST_AT_ONCE {
            busy.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        // A browser opens connections that it does not use: none may keep the others waiting.
        let busy = Arc::clone(&busy);
        thread::spawn(move || {
            let _ = answer(stream, port, PATIENCE);
            busy.fetch_sub(1, Ordering::SeqCst);
        });
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
    // On a full disk half a page would fill the rest of it.
    let written = written.inspect_err(|_| drop(fs::remove_file(&beside)));
    written.map_err(|error| Failure::Failed(format!("cannot write {}: {error}", file.display())))?;
    Ok(writeln!(out, "{} ({} KB): open it in any browser, no network is needed.", file.display(), PAGE.len() / 1024)?)
}

fn is_page(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).contains(SIGN)
}

/// Answers one request, within `patience` from first to last byte. A browser that goes away in the middle is nobody's fault.
fn answer(mut stream: TcpStream, port: u16, patience: Duration) -> io::Result<()> {
    let until = Instant::now() + patience;
    let left = || until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
    let (mut request, mut piece) = (Vec::new(), [0; 2048]);
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        // Each byte may not begin the waiting anew: whoever sends them one by one is left after all.
        if request.len() >= LONGEST || Instant::now() >= until {
            return Ok(());
        }
        stream.set_read_timeout(Some(left()))?;
        let count = stream.read(&mut piece)?;
        if count == 0 {
            break;
        }
        request.extend_from_slice(&piece[..count]);
    }
    let request = String::from_utf8_lossy(&request);
    let mut lines = request.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let path = path.split('?').next().unwrap_or_default();
    let header =
        |line: &str| line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    let hosts: Vec<String> =
        lines.filter_map(header).filter(|(name, _)| name == "host").map(|(_, host)| host).collect();
    let (status, body): (&str, &[u8]) = match (method, path) {
        // A page elsewhere whose name leads to this machine would come with its own name.
        _ if !matches!(hosts.as_slice(), [host] if is_ours(host, port)) => ("421 Misdirected Request", b"Not here"),
        ("GET" | "HEAD", "/" | "/index.html") => ("200 OK", PAGE),
        ("GET" | "HEAD", _) => ("404 Not Found", b"The classroom is at /"),
        _ => ("405 Method Not Allowed", b"The classroom is only read"),
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n{HEADERS}\r\n"
    );
    let body = if method == "HEAD" { &[][..] } else { body };
    for piece in [head.as_bytes(), body].into_iter().flat_map(|part| part.chunks(64 * 1024)) {
        stream.set_write_timeout(Some(left()))?;
        stream.write_all(piece)?;
    }
    stream.flush()
}

/// Whether `host` is this server as the address printed calls it, or by the machine's own name for itself.
fn is_ours(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost"].iter().any(|name| host.eq_ignore_ascii_case(&format!("{name}:{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is answered to `request`, in which PORT stands for the server's.
    fn asked(request: &str) -> String {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || answer(listener.accept().unwrap().0, address.port(), PATIENCE));
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
                let _ = answer(listener.accept().unwrap().0, address.port(), patience);
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
        // Where it cannot be put in place, nothing is left beside it.
        let taken = folder.path().join("taken");
        fs::create_dir(&taken).unwrap();
        assert!(save(&mut out, &taken).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        fs::write(&file, "my thesis").unwrap();
        assert!(matches!(save(&mut out, &file), Err(Failure::Failed(why)) if why.contains("choose another name")));
        assert_eq!(fs::read(&file).unwrap(), b"my thesis");
    }
}
