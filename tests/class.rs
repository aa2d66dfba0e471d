//! A class on the local network, as thirty telephones and some who mean no good would meet it: over plain TCP, from the program
//! itself.
#![cfg(feature = "cli")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpStream},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Barrier,
    thread,
};

use serde_json::{Value, json};

/// A running program, its room's port, code and key.
struct Class {
    program: Child,
    out: BufReader<ChildStdout>,
    port: u16,
    code: String,
    key: String,
}

impl Drop for Class {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Class {
    fn open(file: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
        command.args(["teach", "--class", "--no-open", "--address", "127.0.0.1", "--room"]).arg(file);
        let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(program.stdout.take().unwrap());
        let mut class = Self { program, out, port: 0, code: String::new(), key: String::new() };
        let mut line = String::new();
        while class.key.is_empty() {
            line.clear();
            assert!(class.out.read_line(&mut line).unwrap() > 0, "it ended before it said where the wall is");
            if let Some((_, rest)) = line.split_once("join with the code") {
                rest.trim().clone_into(&mut class.code);
            }
            if let Some((_, rest)) = line.split_once("on this machine:") {
                let (port, key) = rest.trim().trim_start_matches("http://127.0.0.1:").split_once("/#host=").unwrap();
                class.port = port.parse().unwrap();
                key.clone_into(&mut class.key);
            }
        }
        class
    }

    /// Sends bytes and reads what is answered: status and body.
    fn raw(&self, bytes: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        // Who is refused may be left before all is said.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let text = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, body.to_owned())
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, Value) {
        let (port, length) = (self.port, body.len());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n{headers}\r\n{body}"
        );
        let (status, body) = self.raw(request.as_bytes());
        (status, serde_json::from_str(&body).unwrap_or(Value::Null))
    }

    fn join(&self) -> String {
        let (status, said) = self.ask("POST", "/room/join", "", &json!({ "code": self.code }).to_string());
        assert_eq!(status, 200, "{said}");
        said["token"].as_str().unwrap().to_owned()
    }

    fn hand_in(&self, token: &str, path: &str, body: &Value) -> (u16, Value) {
        self.ask("POST", path, &format!("X-Token: {token}\r\n"), &body.to_string())
    }

    fn lead(&self, path: &str, body: &Value) -> (u16, Value) {
        self.ask("POST", path, &format!("X-Key: {}\r\n", self.key), &body.to_string())
    }

    fn show(&self, step: &str) {
        let (status, said) = self.lead("/host/show", &json!({ "lesson": "who-leaves", "step": step }));
        assert_eq!(status, 200, "{said}");
    }

    fn all(&self) -> Value {
        let (status, said) = self.ask("GET", "/host", &format!("X-Key: {}\r\n", self.key), "");
        assert_eq!(status, 200, "{said}");
        said
    }
}

fn prediction(choice: usize) -> Value {
    json!({ "lesson": "who-leaves", "choice": choice, "drawn": (0..300).map(|week| (week > 20).then_some(500)).collect::<Vec<_>>() })
}

fn plan(table: &str) -> Value {
    json!({ "lesson": "who-leaves", "table": table, "plan": "DP1.zq1YKSS0uUQpKLS7JzM9TslJQSk0sKgYA" })
}

#[test]
fn thirty_telephones_hand_in_and_one_that_floods_is_slowed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.room");
    let class = Class::open(&file);
    class.show("predict");
    let ready = Barrier::new(31);
    let flood = thread::scope(|scope| {
        let telephone = |number: usize| {
            let (class, ready) = (&class, &ready);
            move || {
                let (token, host) = (class.join(), format!("Host: 127.0.0.1:{}\r\n\r\n", class.port));
                let (status, page) = class.raw(format!("GET / HTTP/1.1\r\n{host}").as_bytes());
                assert!(status == 200 && page.contains("<meta name=\"class\"") && page.ends_with("</html>\n"));
                ready.wait();
                let (status, said) = class.hand_in(&token, "/room/prediction", &prediction(number % 3));
                assert_eq!(status, 200, "{said}");
                for _ in 0..5 {
                    assert_eq!(class.ask("GET", "/room", &format!("X-Token: {token}\r\n"), "").0, 200);
                }
            }
        };
        let telephones: Vec<_> = (0..30).map(|number| scope.spawn(telephone(number))).collect();
        let flood = scope.spawn(|| {
            let token = class.join();
            ready.wait();
            let asked = (0..400).map(|_| class.ask("GET", "/room", &format!("X-Token: {token}\r\n"), "").0);
            asked.filter(|status| *status == 429).count()
        });
        telephones.into_iter().for_each(|telephone| telephone.join().unwrap());
        flood.join().unwrap()
    });
    // It may ask twenty times at once and four times a second.
    assert!(flood > 20, "{flood} of 400 were refused");
    let told = class.all();
    assert_eq!(told["all"]["people"].as_array().unwrap().len(), 31);
    let predictions = told["all"]["predictions"].as_array().unwrap();
    assert_eq!(predictions.len(), 30);
    for choice in 0..3 {
        assert_eq!(predictions.iter().filter(|one| one["choice"] == choice).count(), 10);
    }
    assert!(told["slowed"].as_u64().unwrap() >= flood as u64);
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string(format!("/proc/{}/status", class.program.id())).unwrap();
        let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let most: u64 = most.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(most < 200_000, "{most} kB");
    }
}

#[test]
fn a_room_that_was_killed_is_there_again_with_all_that_was_handed_in() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("class.room");
    let mut class = Class::open(&file);
    let token = class.join();
    class.show("predict");
    assert_eq!(class.hand_in(&token, "/room/prediction", &prediction(1)).0, 200);
    class.show("try");
    assert_eq!(class.hand_in(&token, "/room/plan", &plan("The night shift")).0, 200);
    let before = class.all();
    class.program.kill().unwrap();
    class.program.wait().unwrap();
    let mut class = Class::open(&file);
    let after = class.all();
    for what in ["code", "seed", "port", "all"] {
        assert_eq!(before[what], after[what], "{what}");
    }
    let (status, said) = class.ask("GET", "/room", &format!("X-Token: {token}\r\n"), "");
    assert_eq!((status, &said["seen"]["plan"]["table"]), (200, &json!("The night shift")));
    // Whoever asks to end gets an end, and is told where the room is.
    #[cfg(unix)]
    {
        let asked = Command::new("kill").args(["-INT", &class.program.id().to_string()]).status().unwrap();
        assert!(asked.success() && class.program.wait().unwrap().success());
        let mut rest = String::new();
        class.out.read_to_string(&mut rest).unwrap();
        assert!(rest.contains("The room is closed.") && rest.contains("class.room keeps it"), "{rest}");
    }
}

#[test]
fn only_the_key_leads_and_nobody_speaks_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let class = Class::open(&folder.path().join("class.room"));
    let (one, other) = (class.join(), class.join());
    let show = json!({ "lesson": "who-leaves", "step": "predict" }).to_string();
    for headers in
        [String::new(), "X-Key: guess\r\n".into(), format!("X-Key: {one}\r\n"), format!("X-Token: {one}\r\n")]
    {
        assert_eq!(class.ask("POST", "/host/show", &headers, &show).0, 403, "{headers}");
        assert_eq!(class.ask("GET", "/host", &headers, "").0, 403, "{headers}");
    }
    assert_eq!(class.all()["all"]["shown"]["step"], "wait");
    // Before and after its time nothing is taken.
    assert_eq!(class.hand_in(&one, "/room/prediction", &prediction(0)).0, 409);
    class.show("predict");
    assert_eq!(class.hand_in(&one, "/room/prediction", &prediction(0)).0, 200);
    assert_eq!(class.hand_in(&other, "/room/prediction", &prediction(2)).0, 200);
    assert_eq!(class.hand_in("", "/room/prediction", &prediction(1)).0, 401);
    // A number in what is said is no way to be somebody else.
    let mut forged = prediction(1);
    forged["number"] = json!(1);
    assert_eq!(class.hand_in(&other, "/room/prediction", &forged).0, 422);
    class.show("reveal");
    assert_eq!(class.hand_in(&one, "/room/prediction", &prediction(1)).0, 409);
    let told = class.all();
    let choices: Vec<_> =
        told["all"]["predictions"].as_array().unwrap().iter().map(|one| one["choice"].clone()).collect();
    assert_eq!(choices, [json!(0), json!(2)]);
    // Who is taken out is out, and a closed door lets nobody in.
    assert_eq!(class.lead("/host/remove", &json!({ "number": 1 })).0, 200);
    assert_eq!(class.ask("GET", "/room", &format!("X-Token: {one}\r\n"), "").0, 401);
    assert_eq!(class.lead("/host/remove", &json!({ "number": 1 })).0, 422);
    assert_eq!(class.lead("/host/door", &json!({ "open": false })).0, 200);
    assert_eq!(class.ask("POST", "/room/join", "", &json!({ "code": class.code }).to_string()).0, 403);
}

#[test]
fn what_is_wrong_is_refused_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let class = Class::open(&folder.path().join("class.room"));
    let (port, token) = (class.port, class.join());
    // Another name, no name, and a page of somebody else.
    for host in ["evil.example", "127.0.0.1", "10.1.2.3:PORT", "localhost:PORT\r\nHost: evil.example"] {
        let host = host.replace("PORT", &port.to_string());
        assert_eq!(class.raw(format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).0, 421, "{host}");
    }
    let code = json!({ "code": class.code }).to_string();
    assert_eq!(class.ask("POST", "/room/join", "Origin: http://evil.example\r\n", &code).0, 403);
    let simple =
        format!("POST /room/join HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {}\r\n\r\n{code}", code.len());
    assert_eq!(class.raw(simple.as_bytes()).0, 403);
    // What is no request, no room's matter, too long, or not what is asked.
    assert_eq!(class.raw(b"\r\n\r\n").0, 421);
    assert_eq!(class.ask("GET", "/etc/passwd", "", "").0, 404);
    assert_eq!(class.ask("PUT", "/room", "", "").0, 405);
    assert_eq!(class.ask("POST", "/room/join", "", "{\"code\":").0, 422);
    assert_eq!(class.ask("POST", "/room/join", "", "{\"code\":\"00000\"}").0, 403);
    let begun = format!("POST /room/plan HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n");
    assert_eq!(class.raw(format!("{begun}Content-Length: 999999999\r\n\r\n").as_bytes()).0, 413);
    assert_eq!(class.raw(format!("{begun}Content-Length: -1\r\n\r\n").as_bytes()).0, 400);
    assert_eq!(class.raw(format!("{begun}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).0, 411);
    class.show("predict");
    let weeks = |count: usize, share: u32| json!({ "lesson": "who-leaves", "choice": 0, "drawn": vec![share; count] });
    for wrong in [weeks(1301, 1), weeks(3, 1001), weeks(3, 70_000), prediction(10), json!([]), json!({ "lesson": "x" })]
    {
        let (status, said) = class.hand_in(&token, "/room/prediction", &wrong);
        assert!(status == 422 && !said["why"].as_str().unwrap().is_empty(), "{said}");
    }
    class.show("try");
    let mut markup = plan("ok");
    markup["plan"] = json!("DP1.<script>");
    let mut long = plan("ok");
    long["plan"] = json!(format!("DP1.{}", "z".repeat(4001)));
    for wrong in [plan(&"x".repeat(31)), plan("two\nlines"), markup, long] {
        assert_eq!(class.hand_in(&token, "/room/plan", &wrong).0, 422, "{wrong}");
    }
    assert_eq!(class.all()["all"]["plans"], json!([]));
}

#[test]
fn a_file_that_is_no_room_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thesis.txt");
    std::fs::write(&file, "my thesis").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_dewpoint"));
    let output = command.args(["teach", "--class", "--no-open", "--room"]).arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(1) && said.contains("is no classroom"), "{said}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "my thesis");
}
