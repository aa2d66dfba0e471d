use super::*;
use crate::{
    experiment::{Study, fake::fake},
    metrics::person::Column,
    table::Cell,
};

fn scenario() -> Scenario {
    let mut scenario = Scenario::ordinary();
    (scenario.setting.organisations, scenario.setting.units) = (1.0, 2.0);
    scenario.programmes[0].clock.active = 60.0;
    scenario.run.follow_up = 120;
    scenario
}

fn asked(who: Who) -> Asked {
    Asked { who, programme: 0, replicate: Some(0), runs: 9, worlds: ["with".into(), "without".into()] }
}

fn told(scenario: &Scenario, against: Option<&Scenario>, asked: Asked) -> Result<Story, Stopped> {
    // Nine runs of which the middle one by gain is run 4.
    let mut simulator = fake(|_: &Scenario, replicate, _, _: &str| 0.1 + 0.01 * replicate as f64);
    story(&mut simulator, scenario, against, asked)
}

#[test]
fn until_the_programme_begins_the_two_worlds_are_one() {
    let story = told(&scenario(), None, asked(Who::usual(&scenario()))).unwrap();
    let (week, _) = story.parting.week.unwrap();
    assert!(week >= story.clock.start as usize && week <= story.clock.live(), "{week}");
    let [with, without] = &story.lives;
    for column in Column::ALL {
        assert_eq!(with.of(*column)[..week], without.of(*column)[..week], "{}", column.name());
    }
    assert_eq!(story.who, "nurse");
}

/// The number that lets a colleague leave in one world only lies between the two hazards: the colleague would have left
/// in both for a smaller one. With leaving rates times four hazards are far below a half, so it is itself below that.
#[test]
fn the_draw_that_parts_is_the_one_that_was_drawn() {
    let mut scenario = scenario();
    scenario.setting.turnover = 4.0;
    let story = told(&scenario, None, asked(Who::usual(&scenario))).unwrap();
    let draw = story.parting.draw.unwrap();
    let place = story.lives[0].unit.iter().position(|post| *post == draw.post).unwrap();
    let left = [0, 1].map(|world| story.lives[world].left[draw.week][place]);
    assert_eq!(left, [draw.left_in == 0, draw.left_in == 1]);
    assert!(draw.chance < 0.5, "{draw:?}");
    assert!(draw.week >= story.clock.start as usize, "{draw:?}, begun in week {}", story.clock.start);
    assert!(story.lives[0].left[..draw.week] == story.lives[1].left[..draw.week]);
}

#[test]
fn a_design_against_itself_never_parts_and_another_does() {
    let scenario = scenario();
    let mut other = scenario.clone();
    let worlds = ["plain".to_string(), "other".to_string()];
    let same = told(&scenario, Some(&other), Asked { worlds: worlds.clone(), ..asked(Who::Leader) }).unwrap();
    assert_eq!((same.parting.week, same.parting.draw), (None, None));
    assert_eq!(same.events[0], same.events[1]);
    other.programmes[0].levers.engagement.middle_managers = 1.0;
    let story = told(&scenario, Some(&other), Asked { worlds, ..asked(Who::Leader) }).unwrap();
    assert!(story.parting.week.is_some() && story.leads);
    assert!(story.answer().title.contains("under plain"));
    other.setting.units = 3.0;
    assert!(matches!(told(&scenario, Some(&other), asked(Who::Leader)), Err(Stopped::Question(_))));
}

#[test]
fn the_median_run_is_told_when_none_is_named() {
    let story = told(&scenario(), None, Asked { replicate: None, ..asked(Who::Champion) }).unwrap();
    assert_eq!(story.replicate, 4);
    assert!(story.answer().sentences[0].contains("run 4, whose net gain is nearest to the median of 9 runs"));
}

#[test]
fn events_are_told_once_in_order_and_fit_a_line() {
    let mut scenario = scenario();
    (scenario.setting.turnover, scenario.setting.leader_turnover) = (3.0, 2.0);
    let story = told(&scenario, None, asked(Who::usual(&scenario))).unwrap();
    let answer = story.answer();
    let events = &answer.tables[0];
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Count(count) => count.to_string(),
        Cell::Number(number) => number.to_string(),
    };
    let rows: Vec<Vec<String>> = events.rows.iter().map(|row| row.iter().map(text).collect()).collect();
    let weeks: Vec<usize> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
    assert!(weeks.is_sorted() && rows.iter().all(|row| row[3].chars().count() <= 90));
    let says = |part: &str| rows.iter().any(|row| row[3].contains(part));
    assert!(
        says("support by programme ends") && says("the unit leader leaves") && says("the nurse leaves"),
        "{rows:?}"
    );
    // Each leaving is told, and no other.
    let left = story.lives[0].of(Column::Left).iter().filter(|left| **left > 0.0).count();
    let told = story.events[0].iter().filter(|event| event.what.starts_with("the nurse leaves")).count();
    assert_eq!(left, told);
    assert_eq!(answer.tables[1].rows.len(), 2 * story.lives[0].weeks());
    assert_eq!(story.pictures().len(), 2);
}
