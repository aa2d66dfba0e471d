//! Channels: the handful of pushes and pulls that reach each person this week.
//!
//! Levers are turned into channels once; what follows knows no lever by name.

use crate::model::state::columns;

columns! {
    /// Channels of one programme, by post, each from 0 to 1.
    Channels
    /// Time there really is for the programme.
    time,
    /// Paperwork beyond what can be absorbed.
    paperwork,
    /// Case for the problem.
    problem,
    /// Case for the solution.
    solution,
    /// Involvement.
    involvement,
    /// How far ownership is free: neither imposed on nor resented.
    own_freely,
    /// Teaching.
    teaching,
    /// Pressure from incentives.
    pressure,
    /// Will to do it.
    will,
    /// Effort that goes into the number.
    ritual,
}

impl Channels {
    /// Back to nothing, as far as anybody looks without a programme: what people own, they own freely.
    pub fn clear(&mut self) {
        for channel in [&mut self.involvement, &mut self.teaching, &mut self.pressure, &mut self.will, &mut self.ritual]
        {
            channel.fill(0.0);
        }
        self.own_freely.fill(1.0);
    }
}
