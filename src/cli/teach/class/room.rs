//! A room: who is in it, what is shown, what was handed in, and what may be done to it.
//!
//! Everything that happens is an [`Entry`]. An entry is first allowed, then written down, then applied; a room that is opened
//! again applies what was written down, so that it is the same room.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Most people of a room.
pub const MOST_PEOPLE: usize = 200;

/// Most things that one person hands in: whoever changes their mind more often has none.
const MOST_HANDED_IN: usize = 60;

/// Most lessons of which a room keeps what was handed in.
const MOST_LESSONS: usize = 20;

/// Most letters of a lesson's name, of a table's, and of a plan's code.
const LONGEST_NAME: usize = 40;
const LONGEST_TABLE: usize = 30;
const LONGEST_PLAN: usize = 4000;

/// Most weeks of a drawn curve, as long as scenarios may be.
const MOST_WEEKS: usize = 1300;

/// Most choices of a question.
const MOST_CHOICES: u8 = 10;

/// Where a lesson is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Before it begins.
    Wait,
    /// Predictions are taken.
    Predict,
    Reveal,
    Explain,
    /// Plans are taken.
    Try,
    Rank,
    Debrief,
}

impl Step {
    /// Whether whoever sees it has seen the answer, or what leads to it.
    fn reveals(self) -> bool {
        !matches!(self, Self::Wait | Self::Predict)
    }
}

/// What everybody is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    pub lesson: String,
    pub step: Step,
    /// Seconds since 1970 at which it began.
    pub since: u64,
}

/// An answer before anybody has seen anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prediction {
    pub lesson: String,
    pub choice: u8,
    /// The curve drawn by hand: thousandths by week, nothing where nothing was drawn.
    #[serde(default)]
    pub drawn: Vec<Option<u16>>,
}

/// What a table would do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub lesson: String,
    #[serde(default)]
    pub table: String,
    /// The page's own code of a plan: it alone reads it.
    pub plan: String,
}

/// Who is where among the plans of a lesson: by number, nothing for a plan without a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    pub lesson: String,
    pub places: Vec<(u32, Option<u32>)>,
}

/// Something that happened to a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Entry {
    /// It is served at this port, so that telephones find it again.
    Served {
        port: u16,
    },
    Joined {
        number: u32,
        token: String,
    },
    Shown(Shown),
    Door {
        open: bool,
    },
    Removed {
        number: u32,
    },
    Predicted {
        number: u32,
        prediction: Prediction,
    },
    Planned {
        number: u32,
        plan: Plan,
    },
    Ranked(Ranking),
}

impl Entry {
    /// Whether whoever leads, or the program itself, makes it happen.
    pub fn leads(&self) -> bool {
        !matches!(self, Self::Joined { .. } | Self::Predicted { .. } | Self::Planned { .. })
    }
}

/// Why something may not be done: what it is to a browser, and in words.
#[derive(Debug, PartialEq, Eq)]
pub enum Refusal {
    Wrong(String),
    Unknown(&'static str),
    Late(&'static str),
    Full(&'static str),
}

/// One person, whose name nobody needs.
#[derive(Default)]
struct Person {
    token: String,
    handed_in: usize,
    /// By lesson.
    predictions: BTreeMap<String, Prediction>,
    plans: BTreeMap<String, Plan>,
    /// Of the plans that were ranked; nothing for a plan without a place.
    places: BTreeMap<String, Option<u32>>,
}

/// A room as it is now.
pub struct Room {
    shown: Shown,
    /// Lessons whose answer has been shown: whoever knows it predicts nothing any more, also where the lesson goes back.
    revealed: BTreeSet<String>,
    open: bool,
    people: BTreeMap<u32, Person>,
    numbers: BTreeMap<String, u32>,
    /// How much has happened: whoever has seen as much has seen all.
    happened: u64,
    last_number: u32,
    port: Option<u16>,
}

impl Default for Room {
    fn default() -> Self {
        let shown = Shown { lesson: String::new(), step: Step::Wait, since: 0 };
        let (people, numbers, revealed) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        Self { shown, revealed, open: true, people, numbers, happened: 0, last_number: 0, port: None }
    }
}

impl Room {
    /// The person to whom a token was given.
    pub fn person(&self, token: &str) -> Result<u32, Refusal> {
        self.numbers.get(token).copied().ok_or(Refusal::Unknown("join the room first"))
    }

    /// Where it was served last.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Lets somebody in who has the room's code, under a token that nobody else has.
    pub fn join(&self, token: String) -> Result<Entry, Refusal> {
        if !self.open {
            return Err(Refusal::Full("the room is closed: ask whoever leads the class"));
        }
        if self.people.len() >= MOST_PEOPLE {
            return Err(Refusal::Full("the room is full"));
        }
        Ok(Entry::Joined { number: self.last_number + 1, token })
    }

    /// Takes a prediction while predictions are taken.
    pub fn predict(&self, number: u32, prediction: Prediction) -> Result<Entry, Refusal> {
        self.takes(number, &prediction.lesson, Step::Predict, "predictions are not taken now")?;
        if self.revealed.contains(&prediction.lesson) {
            return Err(Refusal::Late("the answer has been shown: predictions of this lesson are closed"));
        }
        if prediction.choice >= MOST_CHOICES {
            return Err(Refusal::Wrong(format!("a choice is a number from 0 to {}", MOST_CHOICES - 1)));
        }
        if prediction.drawn.len() > MOST_WEEKS || prediction.drawn.iter().flatten().any(|share| *share > 1000) {
            let what = format!("a curve has at most {MOST_WEEKS} weeks, each nothing or from 0 to 1000");
            return Err(Refusal::Wrong(what));
        }
        Ok(Entry::Predicted { number, prediction })
    }

    /// Takes a plan while plans are made.
    pub fn plan(&self, number: u32, plan: Plan) -> Result<Entry, Refusal> {
        self.takes(number, &plan.lesson, Step::Try, "plans are not taken now")?;
        if plan.table.chars().count() > LONGEST_TABLE || plan.table.chars().any(char::is_control) {
            return Err(Refusal::Wrong(format!("a table's name has at most {LONGEST_TABLE} letters in one line")));
        }
        let letters = plan.plan.strip_prefix("DP1.").unwrap_or_default();
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        if letters.is_empty() || letters.len() > LONGEST_PLAN || !letters.chars().all(plain) {
            return Err(Refusal::Wrong(format!("a plan begins with DP1. and has at most {LONGEST_PLAN} letters")));
        }
        Ok(Entry::Planned { number, plan })
    }

    fn takes(&self, number: u32, lesson: &str, step: Step, late: &'static str) -> Result<(), Refusal> {
        let person = self.people.get(&number).ok_or(Refusal::Unknown("join the room first"))?;
        if self.shown.lesson != lesson || self.shown.step != step {
            return Err(Refusal::Late(late));
        }
        if person.handed_in >= MOST_HANDED_IN {
            return Err(Refusal::Full("you have handed in as often as anybody may"));
        }
        Ok(())
    }

    /// Shows everybody a step of a lesson.
    pub fn show(&self, lesson: String, step: Step, since: u64) -> Result<Entry, Refusal> {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        if lesson.len() > LONGEST_NAME || !lesson.chars().all(plain) {
            return Err(Refusal::Wrong(format!("a lesson's name has at most {LONGEST_NAME} small letters")));
        }
        Ok(Entry::Shown(Shown { lesson, step, since }))
    }

    /// Tells everybody who is where. Whoever was taken out while plans were ranked has no place.
    pub fn rank(&self, mut ranking: Ranking) -> Result<Entry, Refusal> {
        let most = MOST_PEOPLE as u32;
        let within = |(_, place): &(u32, Option<u32>)| place.is_none_or(|place| (1..=most).contains(&place));
        if ranking.places.len() > MOST_PEOPLE || !ranking.places.iter().all(within) {
            return Err(Refusal::Wrong(format!("a ranking has at most {most} places, each from 1 to {most} or none")));
        }
        let Ranking { lesson, places } = &mut ranking;
        places.retain(|(number, _)| self.people.get(number).is_some_and(|person| person.plans.contains_key(lesson)));
        Ok(Entry::Ranked(ranking))
    }

    /// Takes somebody out, with all that was handed in.
    pub fn remove(&self, number: u32) -> Result<Entry, Refusal> {
        if !self.people.contains_key(&number) {
            return Err(Refusal::Wrong(format!("there is no number {number} in this room")));
        }
        Ok(Entry::Removed { number })
    }

    /// Makes something happen. What was not allowed by the functions above does nothing.
    pub fn apply(&mut self, entry: Entry) {
        self.happened += 1;
        match entry {
            Entry::Served { port } => self.port = Some(port),
            Entry::Joined { number, token } => {
                self.last_number = self.last_number.max(number);
                self.numbers.insert(token.clone(), number);
                self.people.insert(number, Person { token, ..Person::default() });
            }
            Entry::Shown(shown) => {
                if shown.step.reveals() && !shown.lesson.is_empty() {
                    self.revealed.insert(shown.lesson.clone());
                }
                self.shown = shown;
            }
            Entry::Door { open } => self.open = open,
            Entry::Removed { number } => {
                if let Some(person) = self.people.remove(&number) {
                    self.numbers.remove(&person.token);
                }
            }
            Entry::Predicted { number, prediction } => {
                if let Some(person) = self.people.get_mut(&number) {
                    person.handed_in += 1;
                    put(&mut person.predictions, prediction.lesson.clone(), prediction);
                }
            }
            Entry::Planned { number, plan } => {
                if let Some(person) = self.people.get_mut(&number) {
                    person.handed_in += 1;
                    // Another plan has yet to be ranked.
                    person.places.remove(&plan.lesson);
                    put(&mut person.plans, plan.lesson.clone(), plan);
                }
            }
            Entry::Ranked(Ranking { lesson, places }) => {
                for (number, place) in places {
                    if let Some(person) = self.people.get_mut(&number) {
                        put(&mut person.places, lesson.clone(), place);
                    }
                }
            }
        }
    }

    /// What one person sees: what is shown, and what they have handed in themselves.
    pub fn seen_by(&self, number: u32) -> Seen<'_> {
        let own = self.people.get(&number);
        let lesson = &self.shown.lesson;
        Seen {
            number,
            shown: &self.shown,
            people: self.people.len(),
            prediction: own.and_then(|person| person.predictions.get(lesson)),
            plan: own.and_then(|person| person.plans.get(lesson)),
            revealed: self.revealed.contains(lesson),
            ranked: own.and_then(|person| person.places.get(lesson)).map(|place| Ranked { place: *place }),
        }
    }

    /// What whoever leads sees: everything but the tokens.
    pub fn seen_by_host(&self) -> Everything<'_> {
        Everything {
            happened: self.happened,
            shown: &self.shown,
            open: self.open,
            people: self.people.keys().copied().collect(),
            predictions: each(&self.people, |person| &person.predictions),
            plans: each(&self.people, |person| &person.plans),
        }
    }

    pub fn happened(&self) -> u64 {
        self.happened
    }
}

/// Keeps what was handed in for a lesson; a room knows few lessons.
fn put<T>(kept: &mut BTreeMap<String, T>, lesson: String, what: T) {
    if kept.len() < MOST_LESSONS || kept.contains_key(&lesson) {
        kept.insert(lesson, what);
    }
}

fn each<T>(people: &BTreeMap<u32, Person>, of: impl Fn(&Person) -> &BTreeMap<String, T>) -> Vec<HandedIn<'_, T>> {
    let mut found = Vec::new();
    for (number, person) in people {
        found.extend(of(person).values().map(|what| HandedIn { number: *number, what }));
    }
    found
}

/// What one person sees.
#[derive(Serialize)]
pub struct Seen<'a> {
    number: u32,
    shown: &'a Shown,
    people: usize,
    prediction: Option<&'a Prediction>,
    plan: Option<&'a Plan>,
    /// Whether its answer has been shown.
    revealed: bool,
    /// Nothing where their plan has not been ranked.
    ranked: Option<Ranked>,
}

/// Where a plan is.
#[derive(Serialize)]
pub struct Ranked {
    place: Option<u32>,
}

/// What whoever leads sees.
#[derive(Serialize)]
pub struct Everything<'a> {
    happened: u64,
    shown: &'a Shown,
    open: bool,
    people: Vec<u32>,
    predictions: Vec<HandedIn<'a, Prediction>>,
    plans: Vec<HandedIn<'a, Plan>>,
}

/// What somebody handed in.
#[derive(Serialize)]
pub struct HandedIn<'a, T> {
    number: u32,
    #[serde(flatten)]
    what: &'a T,
}

#[cfg(test)]
mod tests;
