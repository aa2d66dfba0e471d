//! What a room takes, and what it tells to whom.

use super::*;

fn shown(room: &mut Room, lesson: &str, step: Step) {
    let entry = room.show(lesson.to_owned(), step, 0).unwrap();
    room.apply(entry);
}

fn answer(lesson: &str) -> Prediction {
    Prediction { lesson: lesson.to_owned(), choice: 1, drawn: Vec::new() }
}

#[test]
fn nobody_predicts_what_has_been_shown() {
    let mut room = Room::default();
    room.apply(Entry::Joined { number: 1, token: "one".to_owned() });
    shown(&mut room, "who-leaves", Step::Predict);
    assert!(room.predict(1, answer("who-leaves")).is_ok());
    // Going on and back within what tells nothing leaves it open.
    shown(&mut room, "who-leaves", Step::Wait);
    shown(&mut room, "who-leaves", Step::Predict);
    assert!(room.predict(1, answer("who-leaves")).is_ok());

    for step in [Step::Reveal, Step::Explain, Step::Try, Step::Rank, Step::Debrief] {
        let mut room = Room::default();
        room.apply(Entry::Joined { number: 1, token: "one".to_owned() });
        shown(&mut room, "who-leaves", step);
        shown(&mut room, "who-leaves", Step::Predict);
        let late = "the answer has been shown: predictions of this lesson are closed";
        assert_eq!(room.predict(1, answer("who-leaves")), Err(Refusal::Late(late)), "after {step:?}");
        assert!(room.seen_by(1).revealed);
        // Another lesson is another question.
        shown(&mut room, "change-fatigue", Step::Predict);
        assert!(room.predict(1, answer("change-fatigue")).is_ok());
        assert!(!room.seen_by(1).revealed);
    }
}

fn planned(room: &mut Room, number: u32) {
    let plan = Plan { lesson: "who-leaves".to_owned(), table: String::new(), plan: "DP1.zabc".to_owned() };
    let entry = room.plan(number, plan).unwrap();
    room.apply(entry);
}

fn ranking(places: Vec<(u32, Option<u32>)>) -> Ranking {
    Ranking { lesson: "who-leaves".to_owned(), places }
}

#[test]
fn everybody_is_told_their_own_place() {
    let mut room = Room::default();
    for number in 1..=3 {
        room.apply(Entry::Joined { number, token: format!("token {number}") });
    }
    shown(&mut room, "who-leaves", Step::Try);
    planned(&mut room, 1);
    planned(&mut room, 2);
    let entry = room.rank(ranking(vec![(1, Some(1)), (2, None)])).unwrap();
    room.apply(entry);
    let place = |room: &Room, number| room.seen_by(number).ranked.map(|ranked| ranked.place);
    assert_eq!([place(&room, 1), place(&room, 2), place(&room, 3)], [Some(Some(1)), Some(None), None]);
    // A plan that is changed has no place until plans are ranked again; other lessons have their own.
    planned(&mut room, 1);
    assert_eq!(place(&room, 1), None);
    assert_eq!(place(&room, 2), Some(None));
    shown(&mut room, "change-fatigue", Step::Rank);
    assert_eq!(place(&room, 2), None);
}

#[test]
fn a_ranking_is_of_plans_that_are_there() {
    let mut room = Room::default();
    room.apply(Entry::Joined { number: 1, token: "one".to_owned() });
    shown(&mut room, "who-leaves", Step::Try);
    planned(&mut room, 1);
    let told = |places| room.rank(ranking(places));
    assert_eq!(told(vec![(1, Some(1)), (9, Some(2))]), Ok(Entry::Ranked(ranking(vec![(1, Some(1))]))), "nobody is 9");
    for wrong in [vec![(1, Some(0))], vec![(1, Some(201))], vec![(1, None); 201]] {
        assert!(matches!(told(wrong.clone()), Err(Refusal::Wrong(_))), "{wrong:?}");
    }
}
