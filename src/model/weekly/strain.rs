//! Strain: what all programmes together do to each person this week.

/// What all programmes together do to each person this week.
#[derive(Clone, Debug)]
pub struct Strain {
    /// Load of programmes.
    pub load: Vec<f32>,
    /// What lets people down.
    pub letdown: Vec<f32>,
    /// Vitality from results and encouragement.
    pub vitality: Vec<f32>,
    /// Motivation crowded out.
    pub crowding: Vec<f32>,
}

impl Strain {
    /// No strain on anybody.
    pub fn none(posts: usize) -> Self {
        let none = || vec![0.0; posts];
        Self { load: none(), letdown: none(), vitality: none(), crowding: none() }
    }

    /// Back to none.
    pub fn clear(&mut self) {
        for column in [&mut self.load, &mut self.letdown, &mut self.vitality, &mut self.crowding] {
            column.fill(0.0);
        }
    }
}
