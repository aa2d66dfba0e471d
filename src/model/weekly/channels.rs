//! Channels: the handful of pushes and pulls that reach each person this week.
//!
//! Levers are turned into channels once; what follows knows no lever by name.

/// Channels of one programme, by post, each from 0 to 1.
#[derive(Clone, Debug)]
pub struct Channels {
    /// Time there really is for the programme.
    pub time: Vec<f32>,
    /// Paperwork beyond what can be absorbed.
    pub paperwork: Vec<f32>,
    /// Case for the problem.
    pub problem: Vec<f32>,
    /// Case for the solution.
    pub solution: Vec<f32>,
    /// Involvement.
    pub involvement: Vec<f32>,
    /// How far ownership is free: neither imposed on nor resented.
    pub own_freely: Vec<f32>,
    /// Teaching.
    pub teaching: Vec<f32>,
    /// Pressure from incentives.
    pub pressure: Vec<f32>,
    /// Will to do it.
    pub will: Vec<f32>,
    /// Effort that goes into the number.
    pub ritual: Vec<f32>,
}

impl Channels {
    /// Nothing reaches anybody.
    pub fn none(posts: usize) -> Self {
        let none = || vec![0.0; posts];
        Self {
            time: none(),
            paperwork: none(),
            problem: none(),
            solution: none(),
            involvement: none(),
            own_freely: none(),
            teaching: none(),
            pressure: none(),
            will: none(),
            ritual: none(),
        }
    }

    /// Back to nothing, as far as anybody looks without a programme: what people own, they own freely.
    pub fn clear(&mut self) {
        for channel in [&mut self.involvement, &mut self.teaching, &mut self.pressure, &mut self.will, &mut self.ritual]
        {
            channel.fill(0.0);
        }
        self.own_freely.fill(1.0);
    }
}
