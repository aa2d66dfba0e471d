//! Who may ask the room what: the page for all, a place for who has the code, one's own things for who is in, everything for
//! the one with the key.

use std::{
    net::{IpAddr, SocketAddr},
    sync::{Mutex, PoisonError},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{
    super::{
        http::{Answer, Answers, Request},
        names_us,
    },
    invite,
    journal::{Head, Journal},
    limit::{Limits, Who},
    room::{Entry, Plan, Prediction, Ranking, Refusal, Room, Step},
};

const OK: &str = "200 OK";

/// A room behind its door.
pub struct Door {
    page: Vec<u8>,
    head: Head,
    /// An address that this machine does not know to be its own.
    also: Option<IpAddr>,
    inside: Mutex<Inside>,
}

struct Inside {
    room: Room,
    journal: Journal,
    limits: Limits,
    /// How often somebody was told to wait, since the program began.
    slowed: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joining {
    code: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Showing {
    lesson: String,
    step: Step,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    open: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Removing {
    number: u32,
}

impl From<Refusal> for Answer<'_> {
    fn from(refusal: Refusal) -> Self {
        let (status, why) = match refusal {
            Refusal::Wrong(why) => ("422 Unprocessable Content", why),
            Refusal::Unknown(why) => ("401 Unauthorized", why.into()),
            Refusal::Late(why) => ("409 Conflict", why.into()),
            Refusal::Full(why) => ("403 Forbidden", why.into()),
        };
        no(status, &why)
    }
}

fn no(status: &'static str, why: &str) -> Answer<'static> {
    Answer::json(status, json!({ "why": why }).to_string())
}

fn yes(what: impl serde::Serialize) -> Answer<'static> {
    match serde_json::to_string(&what) {
        Ok(text) => Answer::json(OK, text),
        Err(error) => no("500 Internal Server Error", &error.to_string()),
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one.bytes().zip(other.bytes()).fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

impl Answers for Door {
    fn answer(&self, request: &Request) -> Answer<'_> {
        // A page elsewhere whose name leads to this machine would come with its own name.
        let Some(host) = request.header("host").filter(|host| self.is_ours(host, request.at)) else {
            return Answer::page("421 Misdirected Request", &b"Not here"[..]);
        };
        let reads = matches!(request.method.as_str(), "GET" | "HEAD");
        match (reads, request.method.as_str(), request.path.as_str()) {
            (true, _, "/" | "/index.html") => match self.counted(Who::Address(request.from)) {
                Ok(()) => Answer::page(OK, &self.page[..]),
                Err(slow) => slow,
            },
            (true, _, "/room") => self.read(request),
            (true, _, "/host") => self.read_all(request),
            (_, "POST", path) if foreign(request, host) => {
                no("403 Forbidden", &format!("{path} is for this page alone"))
            }
            (_, "POST", "/room/join") => self.join(request),
            (_, "POST", "/room/prediction") => self.hand_in::<Prediction>(request, Room::predict),
            (_, "POST", "/room/plan") => self.hand_in::<Plan>(request, Room::plan),
            (_, "POST", "/host/show") => {
                self.lead::<Showing>(request, |room, showing| room.show(showing.lesson, showing.step, seconds()))
            }
            (_, "POST", "/host/ranked") => self.lead::<Ranking>(request, Room::rank),
            (_, "POST", "/host/door") => {
                self.lead::<Opening>(request, |_, opening| Ok(Entry::Door { open: opening.open }))
            }
            (_, "POST", "/host/remove") => {
                self.lead::<Removing>(request, |room, removing| room.remove(removing.number))
            }
            (true, ..) => Answer::page("404 Not Found", &b"The classroom is at /"[..]),
            _ => no("405 Method Not Allowed", "this room knows no such thing"),
        }
    }
}

/// Whether something is said from a page of somebody else, or not as this page says it.
fn foreign(request: &Request, host: &str) -> bool {
    let said = request.header("content-type").is_some_and(|kind| kind == "application/json");
    let elsewhere = |origin: &str| !origin.eq_ignore_ascii_case(&format!("http://{host}"));
    !said || request.header("origin").is_some_and(elsewhere)
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn understood<T: DeserializeOwned>(request: &Request) -> Result<T, Answer<'static>> {
    let wrong =
        |error: serde_json::Error| no("422 Unprocessable Content", &format!("this is not what is asked: {error}"));
    serde_json::from_slice(&request.body).map_err(wrong)
}

impl Door {
    pub fn new(page: Vec<u8>, head: Head, also: Option<IpAddr>, room: Room, journal: Journal) -> Self {
        let inside = Inside { room, journal, limits: Limits::default(), slowed: 0 };
        Self { page, head, also, inside: Mutex::new(inside) }
    }

    /// Whether `host` is this machine, by the address at which it was reached or by its own name for itself.
    fn is_ours(&self, host: &str, at: SocketAddr) -> bool {
        let (own, port) = (at.ip().to_string(), at.port());
        let also = self.also.map(|address| address.to_string());
        let names = ["127.0.0.1", "localhost", &own].into_iter().chain(also.as_deref());
        names.into_iter().any(|name| names_us(host, name, port))
    }

    fn inside(&self) -> std::sync::MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn counted(&self, who: Who) -> Result<(), Answer<'static>> {
        let mut inside = self.inside();
        if inside.limits.allow(who, Instant::now()) {
            return Ok(());
        }
        inside.slowed += 1;
        Err(no("429 Too Many Requests", "not so fast: once more in a few seconds"))
    }

    /// Who asks, if they are in the room.
    fn person(&self, request: &Request) -> Result<u32, Answer<'static>> {
        let found = self.inside().room.person(request.header("x-token").unwrap_or_default());
        // Whoever is not in the room is counted by address, so that tokens cannot be guessed.
        self.counted(found.as_ref().map_or(Who::Guess(request.from), |number| Who::Person(*number)))?;
        Ok(found?)
    }

    fn host(&self, request: &Request) -> Result<(), Answer<'static>> {
        if same(request.header("x-key").unwrap_or_default(), &self.head.key) {
            return Ok(());
        }
        self.counted(Who::Guess(request.from))?;
        Err(no("403 Forbidden", "this is for who leads the class: open the address that the program printed"))
    }

    fn read(&self, request: &Request) -> Answer<'static> {
        match self.person(request) {
            Err(answer) => answer,
            Ok(number) => {
                let inside = self.inside();
                yes(json!({ "seed": self.head.seed, "now": seconds(), "seen": inside.room.seen_by(number) }))
            }
        }
    }

    fn read_all(&self, request: &Request) -> Answer<'static> {
        if let Err(answer) = self.host(request) {
            return answer;
        }
        let inside = self.inside();
        let Head { code, seed, .. } = &self.head;
        let happened = inside.room.happened();
        // Whoever has seen all is told only that.
        let all = (request.header("x-happened") != Some(&happened.to_string())).then(|| inside.room.seen_by_host());
        let addresses: Vec<String> = invite::addresses_with(self.also).into_iter().map(|one| one.to_string()).collect();
        yes(json!({ "code": code, "seed": seed, "now": seconds(), "slowed": inside.slowed, "port": request.at.port(),
            "addresses": addresses, "happened": happened, "all": all }))
    }

    fn join(&self, request: &Request) -> Answer<'static> {
        let work = || -> Result<Answer<'static>, Answer<'static>> {
            self.counted(Who::Address(request.from))?;
            let Joining { code } = understood(request)?;
            if !same(&code, &self.head.code) {
                self.counted(Who::Guess(request.from))?;
                return Err(no("403 Forbidden", "this is not the code of the room: compare it letter by letter"));
            }
            self.counted(Who::Coming(request.from))?;
            let luck =
                |error| no("500 Internal Server Error", &format!("this computer gave no random letters: {error}"));
            let token = invite::letters(26).map_err(luck)?;
            let mut inside = self.inside();
            let entry = inside.room.join(token.clone())?;
            let number = if let Entry::Joined { number, .. } = &entry { *number } else { 0 };
            inside.happen(entry)?;
            Ok(yes(json!({ "token": token, "number": number })))
        };
        work().unwrap_or_else(|refused| refused)
    }

    fn hand_in<T: DeserializeOwned>(
        &self,
        request: &Request,
        take: impl FnOnce(&Room, u32, T) -> Result<Entry, Refusal>,
    ) -> Answer<'static> {
        let work = || -> Result<Answer<'static>, Answer<'static>> {
            let number = self.person(request)?;
            let what = understood(request)?;
            let mut inside = self.inside();
            let entry = take(&inside.room, number, what)?;
            inside.happen(entry)?;
            Ok(yes(json!({ "seed": self.head.seed, "now": seconds(), "seen": inside.room.seen_by(number) })))
        };
        work().unwrap_or_else(|refused| refused)
    }

    fn lead<T: DeserializeOwned>(
        &self,
        request: &Request,
        does: impl FnOnce(&Room, T) -> Result<Entry, Refusal>,
    ) -> Answer<'static> {
        let work = || -> Result<Answer<'static>, Answer<'static>> {
            self.host(request)?;
            let what = understood(request)?;
            let mut inside = self.inside();
            let entry = does(&inside.room, what)?;
            inside.happen(entry)?;
            Ok(yes(json!({ "happened": inside.room.happened() })))
        };
        work().unwrap_or_else(|refused| refused)
    }
}

impl Inside {
    /// Writes something down, and only then lets it happen.
    fn happen(&mut self, entry: Entry) -> Result<(), Answer<'static>> {
        let full = |error| no("507 Insufficient Storage", &format!("this cannot be written down: {error}"));
        self.journal.write(&entry).map_err(full)?;
        self.room.apply(entry);
        Ok(())
    }
}
