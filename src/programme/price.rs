//! What a lever may take: whose hours or what things, for each what, and when.
//!
//! The rows of [`lever`](super::lever) say which lever takes which at what price; [`cost`](mod@super::cost) adds them up.

/// Currency of every price.
pub const CURRENCY: &str = "GBP";

/// Year of every price, roughly.
pub const YEAR: u32 = 2012;

/// Whose hour, or what thing, an amount is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Frontline staff of the units.
    Staff,
    /// Their leader.
    UnitLeader,
    /// A manager between them and the executives.
    Manager,
    /// An executive sponsor.
    Executive,
    /// A clinician who leads the programme.
    ClinicalLead,
    /// A data analyst.
    Analyst,
    /// An administrator or clerk.
    Administrator,
    /// A trainer.
    Trainer,
    /// A coach or expert from outside.
    Coach,
    /// A patient or carer who takes part.
    ServiceUser,
    /// Money.
    Pounds,
}

/// How many of what take the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// The whole programme.
    Programme,
    /// Organisation.
    Organisation,
    /// Unit reached.
    Unit,
    /// Frontline staff of the units reached.
    Staff,
    /// Frontline staff as far as the programme reaches them: the team, and `breadth` of the rest.
    Exposed,
    /// Newcomers to the units reached.
    Newcomer,
}

/// When the amount is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Each week of planning and support, and after as far as it continues.
    Throughout,
    /// Each week of support, and after as far as it continues.
    Support,
    /// Each week after support, whatever continues.
    After,
    /// Once, before support begins.
    OnceBefore,
    /// Once, during support.
    OnceDuring,
}

/// An amount that a lever at 1 takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Its name in `Prices`.
    pub price: &'static str,
    /// Whose hour, or what thing.
    pub of: Of,
    /// For each what.
    pub per: Per,
    /// When.
    pub when: When,
}

/// What a lever takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Takes {
    /// These amounts, given for money: less money, less of them.
    Items(&'static [Item]),
    /// These amounts, because it asks for them: they stay whatever money there is.
    Asks(&'static [Item]),
    /// Nothing of its own, and why.
    Nothing(&'static str),
    /// The replacement of the hours that everything else takes from units.
    Backfill,
}
