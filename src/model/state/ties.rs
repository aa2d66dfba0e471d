//! Ties: who looks to whom, drawn by [`network`](crate::model::act::network) whenever somebody takes up a post.

/// Colleagues each person looks to.
pub const TIES: usize = 8;
/// Kinds of colleagues.
pub const KINDS: usize = 5;

/// How a colleague counts for the person who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A colleague.
    Colleague,
    /// A leader or manager, looked to from the front line.
    Leader,
    /// An opinion leader.
    Opinion,
    /// A colleague of another profession.
    Stranger,
    /// An opinion leader of another profession.
    StrangerOpinion,
}

/// Who looks to whom: for each post, the posts of its colleagues and how they count.
#[derive(Clone, Debug)]
pub struct Ties {
    /// The colleagues each post looks to.
    pub to: Vec<[u16; TIES]>,
    /// The same with how they count: kind x posts + post, the place of what such a colleague says.
    pub at: Vec<[u32; TIES]>,
}

impl Ties {
    /// Nobody looks to anybody yet.
    pub fn none(posts: usize) -> Self {
        Self { to: vec![[0; TIES]; posts], at: vec![[0; TIES]; posts] }
    }

    /// Lets `post` look to a colleague of some kind.
    pub fn set(&mut self, post: usize, tie: usize, colleague: usize, kind: Kind) {
        self.to[post][tie] = colleague as u16;
        self.at[post][tie] = (kind as usize * self.to.len() + colleague) as u32;
    }
}
