//! Requests read and answers written: as much of HTTP as a browser needs, with a limit on everything.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io::{self, Read, Write},
    net::{IpAddr, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How long a browser may take to say what it wants.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Most bytes of a request before its body that are read: browsers send far fewer.
const LONGEST_HEAD: usize = 16 * 1024;

/// Most bytes of a body.
pub const LONGEST_BODY: usize = 16 * 1024;

/// How often it is looked whether to stop.
const GLANCE: Duration = Duration::from_millis(10);

/// What every answer says besides its length: nothing is kept, guessed, framed, told to others, or loaded from elsewhere.
/// The page's scripts and styles stand in it.
const HEADERS: &str = "Cache-Control: no-store\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n\
     X-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n\
     Cross-Origin-Resource-Policy: same-origin\r\nContent-Security-Policy: default-src 'self' data: blob:; \
     script-src 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob: data:; style-src 'unsafe-inline'; \
     connect-src 'self' data: blob:; worker-src blob: data:; img-src 'self' data: blob:; frame-ancestors 'none'; \
     base-uri 'none'; form-action 'none'\r\n";

/// What somebody asks.
pub struct Request {
    pub method: String,
    /// Without what follows a question mark.
    pub path: String,
    headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Who asks.
    pub from: IpAddr,
    /// Under which of this machine's addresses.
    pub at: SocketAddr,
}

impl Request {
    /// What a header says, where it is there exactly once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(key, _)| key == name);
        found.next().filter(|_| found.next().is_none()).map(|(_, value)| value.as_str())
    }
}

/// What is answered.
pub struct Answer<'a> {
    pub status: &'static str,
    pub kind: &'static str,
    pub body: Cow<'a, [u8]>,
}

impl<'a> Answer<'a> {
    pub fn page(status: &'static str, body: impl Into<Cow<'a, [u8]>>) -> Self {
        Self { status, kind: "text/html; charset=utf-8", body: body.into() }
    }

    pub fn json(status: &'static str, body: String) -> Self {
        Self { status, kind: "application/json", body: Cow::Owned(body.into_bytes()) }
    }
}

/// Who answers.
pub trait Answers: Send + Sync {
    fn answer(&self, request: &Request) -> Answer<'_>;
}

/// How many are answered at a time, in all and from one address; whoever comes after them is turned away.
#[derive(Clone, Copy)]
pub struct AtOnce {
    pub all: usize,
    pub each: usize,
}

/// Answers until `stop` is raised.
///
/// # Errors
/// When the system will not say who comes.
pub fn serve(
    listener: &TcpListener,
    answers: Arc<dyn Answers>,
    at_once: AtOnce,
    stop: Option<&AtomicBool>,
) -> io::Result<()> {
    listener.set_nonblocking(stop.is_some())?;
    let busy: Arc<Mutex<BTreeMap<IpAddr, usize>>> = Arc::default();
    while !stop.is_some_and(|stop| stop.load(Ordering::SeqCst)) {
        let Ok((stream, from)) = listener.accept() else {
            // Nobody, or somebody who is gone again, or a moment without room for one more.
            thread::sleep(GLANCE);
            continue;
        };
        let Some(place) = Place::take(&busy, from.ip(), at_once) else { continue };
        let answers = Arc::clone(&answers);
        // A browser opens connections that it does not use: none may keep the others waiting.
        let work = move || {
            let _place = place;
            let _ = stream.set_nonblocking(false).and_then(|()| answer(stream, &*answers, PATIENCE));
        };
        // Where the system gives no more, this one is turned away.
        drop(thread::Builder::new().stack_size(256 * 1024).spawn(work));
    }
    Ok(())
}

/// One who is being answered.
struct Place(Arc<Mutex<BTreeMap<IpAddr, usize>>>, IpAddr);

impl Place {
    fn take(busy: &Arc<Mutex<BTreeMap<IpAddr, usize>>>, from: IpAddr, at_once: AtOnce) -> Option<Self> {
        let mut counts = busy.lock().unwrap_or_else(PoisonError::into_inner);
        let full = counts.values().sum::<usize>() >= at_once.all;
        if full || counts.get(&from).is_some_and(|count| *count >= at_once.each) {
            return None;
        }
        *counts.entry(from).or_default() += 1;
        Some(Self(Arc::clone(busy), from))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.1) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.1);
            }
        }
    }
}

/// Answers one request, which may take `patience` to be said, and the answer six times as long to be taken. A browser that goes away in the middle is nobody's fault.
pub fn answer(mut stream: TcpStream, answers: &dyn Answers, patience: Duration) -> io::Result<()> {
    let until = Instant::now() + patience;
    let read = read(&mut stream, until)?;
    let said = match &read {
        Came::Request(request) => answers.answer(request),
        Came::Fault(status, why) => Answer::page(status, why.as_bytes()),
        Came::Gone => return Ok(()),
    };
    // Thirty telephones take the page at once, and the air between is slow.
    let until = Instant::now() + patience * 6;
    let head_only = matches!(&read, Came::Request(request) if request.method == "HEAD");
    write(&mut stream, &said, head_only, until)
}

fn left(until: Instant) -> Duration {
    until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))
}

/// What came of reading.
enum Came {
    Request(Request),
    /// It is no request that anybody could answer: status and why.
    Fault(&'static str, &'static str),
    /// Nobody is there any more, or nobody who comes to the point.
    Gone,
}

fn read(stream: &mut TcpStream, until: Instant) -> io::Result<Came> {
    let (from, at) = (plain(stream.peer_addr()?).ip(), plain(stream.local_addr()?));
    let (mut bytes, mut piece) = (Vec::new(), [0; 2048]);
    let mut more = |bytes: &mut Vec<u8>| -> io::Result<bool> {
        // Each byte may not begin the waiting anew: whoever sends them one by one is left after all.
        if Instant::now() >= until {
            return Ok(false);
        }
        stream.set_read_timeout(Some(left(until)))?;
        let count = stream.read(&mut piece)?;
        bytes.extend_from_slice(&piece[..count]);
        Ok(count > 0)
    };
    let end_of_head = |bytes: &[u8]| bytes.windows(4).position(|end| end == b"\r\n\r\n");
    while end_of_head(&bytes).is_none() {
        if bytes.len() >= LONGEST_HEAD || !more(&mut bytes)? {
            return Ok(Came::Gone);
        }
    }
    let mut body = bytes.split_off(end_of_head(&bytes).map_or(0, |place| place + 4));
    let head = String::from_utf8_lossy(&bytes);
    let mut lines = head.lines();
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let header =
        |line: &str| line.split_once(':').map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    let mut request = Request {
        method: method.into(),
        path: path.split('?').next().unwrap_or_default().into(),
        headers: lines.filter_map(header).collect(),
        body: Vec::new(),
        from,
        at,
    };
    let lengths: Vec<&String> =
        request.headers.iter().filter(|(name, _)| name == "content-length").map(|(_, value)| value).collect();
    let length = match lengths.as_slice() {
        [] => 0,
        [length] => match length.parse::<usize>() {
            Ok(length) => length,
            Err(_) => return Ok(Came::Fault("400 Bad Request", "Content-Length is no number")),
        },
        _ => return Ok(Came::Fault("400 Bad Request", "Content-Length is there twice")),
    };
    if request.headers.iter().any(|(name, _)| name == "transfer-encoding") {
        return Ok(Came::Fault("411 Length Required", "A body needs its Content-Length"));
    }
    if length > LONGEST_BODY {
        return Ok(Came::Fault("413 Content Too Large", "That is too much at once"));
    }
    while body.len() < length {
        if !more(&mut body)? {
            return Ok(Came::Gone);
        }
    }
    body.truncate(length);
    request.body = body;
    Ok(Came::Request(request))
}

/// An address of the old kind may come dressed as one of the new.
fn plain(address: SocketAddr) -> SocketAddr {
    SocketAddr::new(address.ip().to_canonical(), address.port())
}

fn write(stream: &mut TcpStream, answer: &Answer<'_>, head_only: bool, until: Instant) -> io::Result<()> {
    let Answer { status, kind, body } = answer;
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n{HEADERS}\r\n");
    let body = if head_only { &[][..] } else { body };
    for piece in [head.as_bytes(), body].into_iter().flat_map(|part| part.chunks(64 * 1024)) {
        let mut rest = piece;
        while !rest.is_empty() {
            // For each part of it: who takes little at a time keeps no place longer than who takes nothing.
            stream.set_write_timeout(Some(left(until)))?;
            match stream.write(rest)? {
                0 => return Err(io::ErrorKind::WriteZero.into()),
                count => rest = &rest[count..],
            }
            if Instant::now() >= until {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
    }
    stream.flush()?;
    // What was sent and not read would make the system cut the answer off.
    stream.shutdown(std::net::Shutdown::Write)?;
    stream.set_read_timeout(Some(left(until).min(Duration::from_millis(200))))?;
    let mut rest = [0; 2048];
    for _ in 0..64 {
        if !matches!(stream.read(&mut rest), Ok(count) if count > 0) {
            break;
        }
    }
    Ok(())
}
