//! Network: whom people look to, and what they hear.
//!
//! Everybody looks to eight colleagues. What is heard is a weighted mean: opinion leaders briefed by the programme
//! count more, colleagues of another profession less (less so where the programme works across professions), empty
//! posts not at all. A new holder of a post looks to new colleagues, while those who looked to the post keep looking to
//! it.
//! Source: direction from Creswick 2009 and West 1999; sizes assumed, see each parameter.

use std::ops::Range;

use wide::f32x4;

use crate::{
    math::{clip, larger},
    model::{
        Model,
        state::{Course, People, Shown, TIES, Ties, Way},
        weekly::{Context, Heard},
        who::{Layout, Level, Organisation},
    },
    programme::Levers,
    quantities,
    rng::Process,
};

quantities! {
    /// Network: whom people look to, and how much they listen.
    pub struct Network {
        /// Weight of a briefed opinion leader, against a colleague.
        opinion_weight = 8.6, "times", 2.0..15.0, Assumption, "chosen with opinion leaders +9 points (Flodgren 2011) in view";
        /// Weight of a leader for frontline staff, against a colleague.
        leader_weight = 1.5, "times", 1.0..3.0, Assumption, "judgement";
        /// How much less a colleague of another profession is listened to, in the most tribal place.
        tribal_distance = 0.43, "share", 0.1..0.8, Assumption, "chosen with pattern P34 in view";
        /// How much of that distance intermediaries between professions bridge.
        translated = 0.6, "share", 0.0..1.0, Assumption, "direction: the review, challenge 6 (intermediaries such as those who train staff); size assumed";
        /// How much of the ear that is not lent to other professions is lent to nobody; 0 (to the others) is neutral.
        unheard = 1.0, "share", 0.0..1.0, Assumption, "pattern P34: who does not listen to other professions hears less, not more of the own",
            neutral 0.0;
        /// Share of ties within one's own unit, in a unit without cohesion.
        own_unit = 0.5, "share", 0.2..0.8, Assumption, "judgement";
        /// What full cohesion adds.
        own_unit_cohesion = 0.45, "share", 0.0..0.5, Assumption, "judgement";
        /// Share of a unit leader's ties within the own unit.
        leaders_own_unit = 0.50, "share", 0.2..0.8, Assumption, "judgement";
        /// Share of a unit leader's ties to other unit leaders; the rest go to the division manager.
        leaders_peers = 0.35, "share", 0.1..0.6, Assumption, "judgement";
        /// Share of a division manager's ties to unit leaders.
        managers_leaders = 0.60, "share", 0.2..0.8, Assumption, "judgement";
        /// Share of a division manager's ties to other managers; the rest go to the sponsor.
        managers_peers = 0.25, "share", 0.1..0.6, Assumption, "judgement";
        /// Share of a sponsor's ties to division managers; the rest go to unit leaders.
        sponsors_managers = 0.70, "share", 0.2..1.0, Assumption, "judgement";
        /// How often a leader is looked to across professions.
        prominent = 0.5, "share", 0.0..1.0, Assumption, "judgement";
    }
}

/// Candidates considered for each tie before anybody nearby will do.
const CANDIDATES: u64 = 10;

/// Draws whom the `holder`-th holder of `post` looks to; `opinion_leader` says who is one now.
///
/// Ties come from the setting alone, never from a programme: mostly the own unit (more so when cohesive), mostly the
/// own profession (tribalism), leaders and opinion leaders more often.
pub fn look(
    model: &Model,
    organisation: &Organisation,
    opinion_leader: &[f32],
    post: usize,
    level: Level,
    holder: u32,
    ties: &mut Ties,
) {
    let mut draws = organisation.luck.draws(Process::Ties, organisation.number, post as u32, u64::from(holder));
    let (unit, own) = (model.layout.unit(post), organisation.profession[post]);
    for tie in 0..TIES {
        let candidate = (0..CANDIDATES).find_map(|_| {
            // Two words a candidate: where to look and whether a stranger will do; whom, and whether standing out helps.
            let (place, whom) = (draws.word(), draws.word());
            let candidate = candidate(model, organisation, (level, unit), high(place), whom);
            let known = level > Level::Frontline
                || organisation.profession[candidate] == own
                || low(place) > model.setting.tribalism;
            let stands_out = opinion_leader[candidate] > 0.0 || organisation.frontline[candidate] == 0.0;
            let chosen = known || (stands_out && low(whom) < model.parameters.network.prominent);
            (candidate != post && chosen).then_some(candidate)
        });
        let to = candidate.unwrap_or_else(|| nearby(&model.layout, post, tie));
        ties.set(post, tie, to, way(organisation, post, to));
    }
}

/// The `tie`-th of those who come after a person in the list of members, never the person.
fn nearby(layout: &Layout, post: usize, tie: usize) -> usize {
    let members = layout.units * layout.staff;
    let number = layout.number(post).map_or(post + tie, |own| own + 1 + tie % (members - 1)) % members;
    layout.member(number / layout.staff, number % layout.staff)
}

/// A number in [0, 1) from the upper half of a word.
fn high(word: u32) -> f32 {
    (word >> 16) as f32 * (1.0 / 65_536.0)
}

/// A number in [0, 1) from the lower half of a word.
fn low(word: u32) -> f32 {
    (word & 0xffff) as f32 * (1.0 / 65_536.0)
}

/// A colleague to whom somebody of this rank in this unit might look, from where `r` falls; `q` picks among several.
#[inline]
fn candidate(model: &Model, organisation: &Organisation, who: (Level, Option<usize>), r: f32, q: u32) -> usize {
    let (layout, p) = (&model.layout, &model.parameters.network);
    let pick = |n: usize| ((u64::from(q) * n as u64) >> 32) as usize;
    let anybody = || {
        let index = pick(layout.units * layout.staff);
        layout.member(index / layout.staff, index % layout.staff)
    };
    match who {
        (Level::Frontline, Some(unit)) if r < p.own_unit + p.own_unit_cohesion * organisation.cohesion[unit] => {
            layout.member(unit, pick(layout.staff))
        }
        (Level::Leader, Some(unit)) => {
            if r < p.leaders_own_unit {
                layout.member(unit, pick(layout.staff))
            } else if r < p.leaders_own_unit + p.leaders_peers {
                layout.leader(pick(layout.units))
            } else {
                layout.manager(unit / layout.span)
            }
        }
        (Level::Manager, _) => {
            if r < p.managers_leaders {
                layout.leader(pick(layout.units))
            } else if r < p.managers_leaders + p.managers_peers {
                layout.manager(pick(layout.managers))
            } else {
                layout.sponsor()
            }
        }
        (Level::Sponsor, _) if r < p.sponsors_managers => layout.manager(pick(layout.managers)),
        (Level::Sponsor, _) => layout.leader(pick(layout.units)),
        _ => anybody(),
    }
}

fn way(organisation: &Organisation, looker: usize, to: usize) -> Way {
    let own_profession = organisation.profession[looker] == organisation.profession[to];
    let from_front_line = organisation.frontline[looker] > 0.0;
    let far = from_front_line && (!own_profession || organisation.frontline[to] == 0.0);
    if far { Way::Far } else { Way::Near }
}

/// Weights of colleagues where the programme is present with strength `contact`; a colleague of one's own kind has 1.
///
/// opinion leader = 1 + (opinion_weight - 1) x lever x contact; other profession x (1 - tribal_distance x tribalism x
/// (1 - joined x contact)), joined = nor(cross_professional, translated x intermediaries).
#[derive(Clone, Copy, Debug)]
struct Ears {
    /// Of an opinion leader.
    opinion: f32,
    /// Of a leader or manager, for the front line.
    leader: f32,
    /// Of a colleague of another profession, and of an opinion leader of another.
    across: [f32; 2],
    /// How much the presence of both counts: fully as far as what is not heard of strangers is not heard of anybody else
    /// instead.
    counts: [f32; 2],
}

impl Ears {
    #[inline(always)]
    fn new(model: &Model, levers: &Levers, contact: f32) -> Self {
        let p = &model.parameters.network;
        let opinion = 1.0 + (p.opinion_weight - 1.0) * levers.persuasion.opinion_leaders * contact;
        let together = levers.engagement.cross_professional;
        let joined = together + (1.0 - together) * p.translated * levers.engagement.intermediaries;
        let across = 1.0 - p.tribal_distance * model.setting.tribalism * (1.0 - joined * contact);
        let across = [across, opinion * across];
        let counts = |across: f32, whole: f32| across + p.unheard * (whole - across);
        let counts = [counts(across[0], 1.0), counts(across[1], opinion)];
        Self { opinion, leader: p.leader_weight, across, counts }
    }
}

/// Everybody shows what they do and believe, and listens to their colleagues; `contact` is by unit, then for the management.
///
/// What is shown is weighed once for all who have the same contact, as nearly everybody has, and not once for each tie.
#[inline(always)]
pub fn listen(context: &Context, people: &People, course: &Course, heard: &mut Heard) {
    let Context { model, organisation, levers, .. } = *context;
    let (layout, contact) = (&model.layout, &course.sight.contact[..]);
    let Heard { said, total, .. } = heard;
    let mut hear = |posts: Range<usize>, said: &[Shown]| hear(&people.ties.at[posts.clone()], said, &mut total[posts]);
    for place in (0..=layout.units).filter(|place| !contact[..*place].contains(&contact[*place])) {
        let (near, far) = said.split_at_mut(layout.posts);
        show(Ears::new(model, levers, contact[place]), organisation, people, course, near, far);
        for unit in (place..layout.units).filter(|unit| contact[*unit] == contact[place]) {
            let leader = layout.leader(unit);
            hear(layout.row(unit), said);
            hear(leader..leader + 1, said);
        }
        if contact[layout.units] == contact[place] {
            hear(layout.management(), said);
        }
    }
    average(heard);
}

/// What everybody shows this week, as it counts in each [`Way`]; an empty post shows nothing.
#[inline(always)]
fn show(
    ears: Ears,
    organisation: &Organisation,
    people: &People,
    course: &Course,
    near: &mut [Shown],
    far: &mut [Shown],
) {
    let n = near.len();
    let (frontline, looked_to) = (&organisation.frontline[..n], &people.opinion_leader[..n]);
    let (present, usual, practice) = (&people.present[..n], &people.usual[..n], &course.practice[..n]);
    let (problem, solution, far) = (&course.problem[..n], &course.solution[..n], &mut far[..n]);
    for i in 0..n {
        let here = present[i];
        let (lift, problem, solution) = (here * (practice[i] - usual[i]), here * problem[i], here * solution[i]);
        let (opinion, at_front_line) = (looked_to[i] > 0.0, frontline[i] > 0.0);
        let own = if opinion { ears.opinion } else { 1.0 };
        let across = if opinion { ears.across[1] } else { ears.across[0] };
        let counts = if opinion { ears.counts[1] } else { ears.counts[0] };
        let across = if at_front_line { across } else { ears.leader };
        let counts = if at_front_line { counts } else { ears.leader };
        near[i] = [here * own, lift * own, problem * own, solution * own];
        far[i] = [here * counts, lift * across, problem * across, solution * across];
    }
}

/// Adds up what each post is told by its colleagues.
#[inline(always)]
fn hear(at: &[[u32; TIES]], said: &[Shown], total: &mut [Shown]) {
    // There are a power of two, so that the mask changes no place; it spares asking at each tie whether there is such a one.
    let last = (said.len() - 1) as u32;
    let said = &said[..=last as usize];
    for (at, total) in at.iter().zip(total) {
        let mut sum = f32x4::ZERO;
        for place in at {
            sum += f32x4::from(said[(*place & last) as usize]);
        }
        *total = sum.to_array();
    }
}

/// Means of what was heard. With no colleague left all parts are 0, and so is what is heard.
#[inline(always)]
fn average(heard: &mut Heard) {
    let Heard { total, peers, problem, solution, .. } = heard;
    let n = total.len();
    let (peers, problem, solution) = (&mut peers[..n], &mut problem[..n], &mut solution[..n]);
    for i in 0..n {
        let [present, lift, problems, solutions] = total[i];
        let scale = 1.0 / larger(present, 1e-6);
        peers[i] = lift * scale;
        problem[i] = problems * scale;
        solution[i] = solutions * scale;
    }
}

/// How far colleagues' lift is an example to follow, from 0 to 1.
#[inline(always)]
pub fn example(result_scale: f32, peers: &[f32], example: &mut [f32]) {
    for (example, peers) in example.iter_mut().zip(peers) {
        *example = clip(peers / result_scale, 0.0, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::stage::{Place, Stage, close};

    fn stage(tribalism: f32, cohesion: f32) -> Stage {
        Stage::with(|scenario| {
            (scenario.setting.tribalism, scenario.setting.cohesion) = (tribalism, cohesion);
            (scenario.setting.cohesion_spread, scenario.setting.units) = (0.0, 30.0);
        })
    }

    fn ties_of_frontline(Stage { place, people, .. }: &Stage) -> Vec<(usize, usize)> {
        let frontline = place.model.layout.people().filter(|(_, level)| *level == Level::Frontline);
        frontline.flat_map(|(post, _)| people.ties.to(post).map(|to| (post, to))).collect()
    }

    #[test]
    fn nobody_looks_to_themselves_or_to_an_empty_seat() {
        // In the most tribal place hardly any candidate will do, and the small professions fall back on who is nearby.
        for tribalism in [0.7, 1.0] {
            let Stage { place: Place { model, .. }, people, .. } = stage(tribalism, 0.5);
            for (post, _) in model.layout.people() {
                for to in people.ties.to(post) {
                    assert!(to != post && model.layout.level(to).is_some());
                }
            }
        }
    }

    #[test]
    fn intermediaries_bridge_their_part_of_the_distance_beside_work_across_professions() {
        let model = stage(1.0, 0.5).place.model;
        let p = &model.parameters.network;
        let across = |together: f32, intermediaries: f32, contact: f32| {
            let mut levers = Levers::default();
            (levers.engagement.cross_professional, levers.engagement.intermediaries) = (together, intermediaries);
            Ears::new(&model, &levers, contact).across[0]
        };
        assert_eq!(across(0.0, 0.0, 1.0), 1.0 - p.tribal_distance);
        close([across(0.0, 1.0, 1.0)], [1.0 - p.tribal_distance * (1.0 - p.translated)]);
        assert_eq!((across(1.0, 1.0, 1.0), across(0.5, 1.0, 0.0)), (1.0, 1.0 - p.tribal_distance));
    }

    #[test]
    fn who_is_nearby_is_the_next_in_the_list_even_in_the_smallest_place() {
        let layout = Layout::new(&crate::world::Setting { units: 1.0, staff: 3.0, ..Default::default() });
        let number = |tie| layout.number(nearby(&layout, layout.member(0, 1), tie));
        assert_eq!([0, 1, 2, 3].map(number), [Some(2), Some(0), Some(2), Some(0)]);
    }

    #[test]
    fn cohesion_sets_the_share_of_ties_within_the_unit() {
        for cohesion in [0.1, 0.5, 0.9] {
            let stage = stage(0.0, cohesion);
            let (ties, layout) = (ties_of_frontline(&stage), &stage.place.model.layout);
            let own = ties.iter().filter(|(post, to)| layout.unit(*post) == layout.unit(*to)).count();
            let n = ties.len() as f32;
            // Somebody of the organisation at random is of the own unit once in 30; nobody picks themselves.
            let inside = 0.5 + 0.45 * cohesion;
            let (inside, outside) = (inside * 21.0 / 22.0, (1.0 - inside) * (659.0 / 660.0));
            let expected = (inside + outside * 21.0 / 659.0) / (inside + outside);
            let error = (expected * (1.0 - expected) / n).sqrt();
            assert!((own as f32 / n - expected).abs() < 5.0 * error, "{cohesion}");
        }
    }

    /// Creswick 2009: staff tie mostly to their own profession, so that external minus internal ties is negative.
    #[test]
    fn tribal_staff_look_to_their_own_profession() {
        let share = |tribalism| {
            let stage = stage(tribalism, 0.5);
            let (ties, profession) = (ties_of_frontline(&stage), &stage.place.organisation.profession);
            let own = ties.iter().filter(|(a, b)| profession[*a] == profession[*b]).count();
            own as f32 / ties.len() as f32
        };
        assert!(share(0.9) > 0.6);
        assert!(share(0.0) < 0.4);
    }

    #[test]
    fn what_is_not_heard_of_strangers_is_made_up_by_others_or_by_nobody() {
        let mut model = stage(0.5, 0.5).place.model;
        let levers = Levers::default();
        model.parameters.network.unheard = 0.0;
        let ears = Ears::new(&model, &levers, 0.0);
        assert_eq!(ears.counts, ears.across);
        model.parameters.network.unheard = 1.0;
        let ears = Ears::new(&model, &levers, 0.0);
        assert_eq!(ears.counts, [1.0, ears.opinion]);
        assert!(ears.across[0] < 1.0);
    }

    #[test]
    fn strangers_count_less_and_briefed_opinion_leaders_more() {
        let model = stage(0.5, 0.5).place.model;
        let mut levers = Levers::default();
        levers.persuasion.opinion_leaders = 1.0;
        levers.engagement.cross_professional = 1.0;
        let p = &model.parameters.network;
        let (far, opinion) = (1.0 - 0.5 * p.tribal_distance, p.opinion_weight);
        let weights = |contact: f32| {
            let Ears { opinion, leader, across: [stranger, both], .. } = Ears::new(&model, &levers, contact);
            [leader, opinion, stranger, both]
        };
        close(weights(0.0), [p.leader_weight, 1.0, far, far]);
        close(weights(1.0), [p.leader_weight, opinion, 1.0, opinion]);
    }

    /// Each way of counting, held against the words of the card, one post at a time.
    #[test]
    fn what_is_shown_counts_by_who_shows_it_and_how_they_are_looked_to() {
        let Stage { place, mut people, mut course, .. } = stage(0.5, 0.5);
        let n = people.present.len();
        let (clinician, leader) = (place.model.layout.member(0, 1), place.model.layout.leader(0));
        people.opinion_leader.fill(0.0);
        people.opinion_leader[place.model.layout.member(0, 2)] = 1.0;
        course.problem.fill(0.5);
        let ears = Ears { opinion: 3.0, leader: 2.0, across: [0.25, 0.75], counts: [0.5, 1.5] };
        let (mut near, mut far) = (vec![Shown::default(); n], vec![Shown::default(); n]);
        show(ears, &place.organisation, &people, &course, &mut near, &mut far);
        let both = |post: usize| [near[post][0], near[post][2], far[post][0], far[post][2]];
        close(both(clinician), [1.0, 0.5, 0.5, 0.125]);
        close(both(clinician + 1), [3.0, 1.5, 1.5, 0.375]);
        close(both(leader), [1.0, 0.5, 2.0, 1.0]);
        assert_eq!(both(n - 1), [0.0; 4], "nobody is there");
    }
}
