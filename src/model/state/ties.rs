//! Ties: who looks to whom, drawn by [`network`](crate::model::act::network) whenever somebody takes up a post.

/// Colleagues each person looks to.
pub const TIES: usize = 8;
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
    /// How they count.
    pub kind: Vec<[Kind; TIES]>,
}

impl Ties {
    /// Nobody looks to anybody yet.
    pub fn none(posts: usize) -> Self {
        Self { to: vec![[0; TIES]; posts], kind: vec![[Kind::Colleague; TIES]; posts] }
    }
}
