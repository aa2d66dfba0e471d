//! The context: what every mechanism is told of the week at hand, and may only read.

use crate::{
    model::{
        Model,
        state::{Moment, Nation, World},
        who::Organisation,
    },
    programme::{Levers, Programme},
};

/// What the week brings, the same in every world of a replicate.
#[derive(Clone, Copy, Debug)]
pub struct Week<'a> {
    /// Number of the week.
    pub number: usize,
    /// How far usual practice has risen everywhere [log odds].
    pub tide: f32,
    /// Work beyond the usual.
    pub surge: f32,
    /// Multiplies the leaving rate of frontline staff.
    pub exodus: f32,
    /// What inspections do.
    pub inspected: Inspected,
    /// Where each programme stands.
    pub moments: &'a [Moment],
    /// What happens nationally.
    pub nation: &'a Nation,
    /// What other organisations show of each programme.
    pub elsewhere: &'a [Elsewhere],
    /// Scatter of practice, standard normal, by programme and post.
    pub scatter: &'a [Vec<f32>],
    /// Scatter of reported numbers, standard normal, by programme and unit.
    pub misreport: &'a [Vec<f32>],
    /// Chance against which leaving is held, by post.
    pub chance: &'a [f32],
}

/// What a mechanism is told of one programme in one organisation this week.
///
/// A step takes it first, then what it reads of people, course and surroundings, then what it writes; it begins by taking
/// out what it needs: `let Context { model, levers, .. } = *context;`.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The model: parameters, setting, layout.
    pub model: &'a Model,
    /// The organisation.
    pub organisation: &'a Organisation,
    /// The week.
    pub week: &'a Week<'a>,
    /// Number of the programme.
    pub number: usize,
    /// The programme.
    pub programme: &'a Programme,
    /// Its levers.
    pub levers: &'a Levers,
    /// Where it stands.
    pub moment: &'a Moment,
    /// Alignment of national policy with it.
    pub alignment: f32,
    /// What other organisations show of it.
    pub elsewhere: Elsewhere,
    /// How far the sponsor backs it as the week begins; 0 while nobody holds the post.
    pub sponsor: f32,
}

impl<'a> Context<'a> {
    /// The context of programme `number` in `world`.
    #[inline(always)]
    pub fn new(
        model: &'a Model,
        organisation: &'a Organisation,
        week: &'a Week<'a>,
        world: &World,
        number: usize,
    ) -> Self {
        let (programme, sponsor) = (&model.programmes[number], model.layout.sponsor());
        Self {
            model,
            organisation,
            week,
            number,
            programme,
            levers: &programme.levers,
            moment: &week.moments[number],
            alignment: week.nation.alignment[number][week.number],
            elsewhere: week.elsewhere[number],
            sponsor: world.people.present[sponsor] * world.courses[number].practice[sponsor],
        }
    }
}

/// What the other organisations show of one programme.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Elsewhere {
    /// Mean reported lift in the units reached.
    pub lift: f32,
    /// Mean fit of the design there.
    pub fit: f32,
}

/// What inspections do this week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inspected {
    /// Pressure of being looked at.
    pub severity: f32,
    /// Share of protected time that goes into preparing.
    pub set_aside: f32,
    /// Whether there is an inspection at all, in this week or another.
    pub ever: bool,
}
