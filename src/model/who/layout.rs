//! Layout: where in the columns of an organisation each post stands.
//!
//! ```text
//! | unit 0, frontline | unit 1, frontline | ... | leader 0, leader 1, ... | sponsor | manager 0, ... |
//! ```
//!
//! Rows of frontline posts are rounded up to a multiple of 8, the whole to a multiple of 16, so that loops over columns
//! fill vector registers; the seats this adds are never held by anybody. Superior: frontline, unit leader, division
//! manager, sponsor.

use std::ops::Range;

use crate::world::Setting;

/// Rank of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Works with patients.
    Frontline,
    /// Leads a unit.
    Leader,
    /// Manages a division of several units.
    Manager,
    /// Executive sponsor.
    Sponsor,
}

/// Who stands where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Units in the organisation.
    pub units: usize,
    /// Posts in a unit, its leader included.
    pub staff: usize,
    /// Length of a row of frontline posts.
    pub row: usize,
    /// Units of a division.
    pub span: usize,
    /// Division managers.
    pub managers: usize,
    /// Length of every column over posts.
    pub posts: usize,
}

impl Layout {
    /// The layout of every organisation of `setting`.
    pub fn new(setting: &Setting) -> Self {
        let (units, staff, span) = (setting.units as usize, setting.staff as usize, setting.span as usize);
        let row = (staff - 1).next_multiple_of(8);
        let managers = units.div_ceil(span);
        let posts = (units * row + units + 1 + managers).next_multiple_of(16);
        Self { units, staff, row, span, managers, posts }
    }

    /// Frontline row of a unit, empty seats included.
    pub fn row(&self, unit: usize) -> Range<usize> {
        unit * self.row..(unit + 1) * self.row
    }

    /// Frontline rows of all units, empty seats included.
    pub fn rows(&self) -> Range<usize> {
        0..self.leader(0)
    }

    /// Frontline posts of a unit.
    pub fn frontline(&self, unit: usize) -> Range<usize> {
        unit * self.row..unit * self.row + self.staff - 1
    }

    /// Leader of a unit.
    pub fn leader(&self, unit: usize) -> usize {
        self.units * self.row + unit
    }

    /// All unit leaders.
    pub fn leaders(&self) -> Range<usize> {
        self.leader(0)..self.leader(self.units)
    }

    /// The executive sponsor.
    pub fn sponsor(&self) -> usize {
        self.units * (self.row + 1)
    }

    /// Manager of a division.
    pub fn manager(&self, division: usize) -> usize {
        self.sponsor() + 1 + division
    }

    /// The sponsor, the managers and the empty seats behind them.
    pub fn management(&self) -> Range<usize> {
        self.sponsor()..self.posts
    }

    /// Units of a division.
    pub fn division(&self, division: usize) -> Range<usize> {
        division * self.span..self.units.min((division + 1) * self.span)
    }

    /// Member `index` of a unit, the leader being member 0.
    pub fn member(&self, unit: usize, index: usize) -> usize {
        if index == 0 { self.leader(unit) } else { unit * self.row + index - 1 }
    }

    /// Number of a post among the members of all units, unit by unit; managers and sponsors have none.
    pub fn number(&self, post: usize) -> Option<usize> {
        let index = if post < self.leader(0) { post % self.row + 1 } else { 0 };
        self.unit(post).map(|unit| unit * self.staff + index)
    }

    /// Rank of a post, `None` for an empty seat.
    pub fn level(&self, post: usize) -> Option<Level> {
        if post < self.leader(0) {
            (post % self.row < self.staff - 1).then_some(Level::Frontline)
        } else if post < self.sponsor() {
            Some(Level::Leader)
        } else if post == self.sponsor() {
            Some(Level::Sponsor)
        } else {
            (post <= self.sponsor() + self.managers).then_some(Level::Manager)
        }
    }

    /// Unit of a post; managers, sponsors and empty seats behind them have none.
    pub fn unit(&self, post: usize) -> Option<usize> {
        if post < self.leader(0) {
            Some(post / self.row)
        } else {
            (post < self.sponsor()).then(|| post - self.leader(0))
        }
    }

    /// Everybody who holds a post, in order.
    pub fn people(&self) -> impl Iterator<Item = (usize, Level)> + '_ {
        (0..self.posts).filter_map(|post| self.level(post).map(|level| (post, level)))
    }

    /// Writes a number of each unit to all its members, and one of the management to its members.
    ///
    /// `by_unit` has one entry for each unit and a last one for the management.
    #[inline(always)]
    pub fn spread(&self, by_unit: &[f32], posts: &mut [f32]) {
        self.spread_ranks(by_unit, by_unit, posts);
    }

    /// The same with other numbers for unit leaders and managers than for the front line.
    #[inline(always)]
    pub fn spread_ranks(&self, frontline: &[f32], leaders: &[f32], posts: &mut [f32]) {
        self.spread_rows(frontline, posts);
        posts[self.leaders()].copy_from_slice(&leaders[..self.units]);
        posts[self.management()].fill(leaders[self.units]);
    }

    /// Writes a number of each unit to its frontline posts.
    ///
    /// Compiled once and not for wide vectors: it only copies, in many places, and rows of a known length are short.
    #[inline(never)]
    pub fn spread_rows(&self, frontline: &[f32], posts: &mut [f32]) {
        match self.row {
            8 => fill_rows::<8>(&frontline[..self.units], posts),
            16 => fill_rows::<16>(&frontline[..self.units], posts),
            24 => fill_rows::<24>(&frontline[..self.units], posts),
            32 => fill_rows::<32>(&frontline[..self.units], posts),
            row => {
                let rows = posts.chunks_exact_mut(row).zip(&frontline[..self.units]);
                rows.for_each(|(row, number)| row.fill(*number));
            }
        }
    }
}

fn fill_rows<const ROW: usize>(by_unit: &[f32], posts: &mut [f32]) {
    for (row, number) in posts.as_chunks_mut::<ROW>().0.iter_mut().zip(by_unit) {
        *row = [*number; ROW];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout::new(&Setting { units: 5.0, staff: 12.0, span: 2.0, ..Setting::default() })
    }

    #[test]
    fn everybody_has_one_place() {
        let layout = layout();
        let count = |level| layout.people().filter(|(_, l)| *l == level).count();
        assert_eq!(count(Level::Frontline), 5 * 11);
        assert_eq!(count(Level::Leader), 5);
        assert_eq!(count(Level::Manager), 3);
        assert_eq!(count(Level::Sponsor), 1);
        assert_eq!(layout.posts % 16, 0);
        assert_eq!(layout.row % 8, 0);
        for unit in 0..5 {
            for index in 0..12 {
                let post = layout.member(unit, index);
                assert_eq!(layout.unit(post), Some(unit));
                assert_eq!(layout.number(post), Some(unit * 12 + index));
                let expected = if index == 0 { Level::Leader } else { Level::Frontline };
                assert_eq!(layout.level(post), Some(expected));
            }
        }
        assert_eq!((layout.unit(layout.manager(0)), layout.number(layout.manager(0))), (None, None));
    }

    #[test]
    fn numbers_of_units_reach_their_members() {
        let layout = layout();
        let mut posts = vec![-1.0; layout.posts];
        layout.spread(&[0.0, 1.0, 2.0, 3.0, 4.0, 9.0], &mut posts);
        for (post, level) in layout.people() {
            let expected = layout.unit(post).map_or(9.0, |unit| unit as f32);
            assert_eq!(posts[post], expected, "{level:?}");
        }
    }
}
