//! Ties: who looks to whom, drawn by [`network`](crate::model::act::network) whenever somebody takes up a post.

/// Colleagues each person looks to.
pub const TIES: usize = 8;

/// How a colleague counts for the person who looks, as far as that depends on who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Way {
    /// One's own kind: of the same profession, and everybody to a leader or manager.
    Near,
    /// To the front line, a leader or manager and who is of another profession.
    Far,
}

/// Ways in which a colleague may count.
pub const WAYS: usize = 2;

/// Who looks to whom.
#[derive(Clone, Debug)]
pub struct Ties {
    /// For each post its colleagues, by the place of what they show: way x posts + post.
    pub at: Vec<[u32; TIES]>,
}

impl Ties {
    /// Nobody looks to anybody yet.
    pub fn none(posts: usize) -> Self {
        Self { at: vec![[0; TIES]; posts] }
    }

    /// Lets `post` look to a colleague in some way.
    pub fn set(&mut self, post: usize, tie: usize, colleague: usize, way: Way) {
        self.at[post][tie] = (way as usize * self.at.len() + colleague) as u32;
    }

    /// The colleagues that `post` looks to.
    pub fn to(&self, post: usize) -> [usize; TIES] {
        self.at[post].map(|at| at as usize % self.at.len())
    }
}
