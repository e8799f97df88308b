//! A hash table from the hash of a name to its bearers, in the order in which they were added.

use super::form;
use super::gazetteer::{Hit, NameRole};

/// Open addressing, bearers of one name one after the other.
#[derive(Debug)]
pub(super) struct Forms {
    slots: Vec<Slot>,
    prefixes: Prefixes,
    filled: usize,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    row: u32,
    role: Option<NameRole>,
    lower: bool,
}

const FREE: Slot = Slot { hash: 0, row: 0, role: None, lower: false };

impl Forms {
    /// Whether some longer name begins with the form.
    pub(super) fn goes_on(&self, form: u64) -> bool {
        self.prefixes.holds(form)
    }

    pub(super) fn with_room_for(names: usize) -> Self {
        Self { slots: vec![FREE; (names * 2).next_power_of_two()], prefixes: Prefixes::new(), filled: 0 }
    }

    pub(super) fn insert(&mut self, name: &str, row: u32, role: NameRole) {
        let (mut form, mut before, mut words) = (form::EMPTY, form::EMPTY, 0);
        let prefixes = &mut self.prefixes;
        form::each_word(name, false, |word| {
            if words > 0 {
                prefixes.add(form);
            }
            before = form;
            form = form::push(form, word);
            words += 1;
        });
        if words > 0 {
            self.insert_hash(form, row, role, name.chars().next().is_some_and(char::is_lowercase));
        }
    }

    pub(super) fn insert_hash(&mut self, hash: u64, row: u32, role: NameRole, lower: bool) {
        if self.filled * 3 > self.slots.len() * 2 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(held) = self.slots[at].role {
            if self.slots[at].hash == hash && self.slots[at].row == row && held == role {
                return;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = Slot { hash, row, role: Some(role), lower };
        self.filled += 1;
    }

    fn grow(&mut self) {
        let larger = vec![FREE; self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, larger);
        self.filled = 0;
        // From a free slot on, so that bearers of one name stay in their order.
        let first_free = old.iter().position(|slot| slot.role.is_none()).unwrap_or_default();
        for slot in old[first_free..].iter().chain(&old[..first_free]) {
            if let Some(role) = slot.role {
                self.insert_hash(slot.hash, slot.row, role, slot.lower);
            }
        }
    }

    pub(super) fn get(&self, hash: u64) -> impl Iterator<Item = Hit> + '_ {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        std::iter::from_fn(move || {
            loop {
                let slot = self.slots[at];
                let role = slot.role?;
                at = (at + 1) & mask;
                if slot.hash == hash {
                    return Some(Hit { row: slot.row, role, lower: slot.lower });
                }
            }
        })
    }
}

/// Which forms begin a longer name; now and then says yes wrongly, which costs one probe.
#[derive(Debug)]
struct Prefixes(Vec<u64>);

impl Prefixes {
    const BITS: usize = 1 << 20;

    fn new() -> Self {
        Self(vec![0; Self::BITS / 64])
    }

    fn add(&mut self, form: u64) {
        let bit = form as usize % Self::BITS;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn holds(&self, form: u64) -> bool {
        let bit = form as usize % Self::BITS;
        self.0[bit / 64] >> (bit % 64) & 1 == 1
    }
}
