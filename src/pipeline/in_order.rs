//! Many items through one function on many threads; results come out in the order of the items.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::VecDeque;

/// Items a thread has waiting at most. The first batches are smaller, so that results appear at once.
const ITEMS_A_THREAD: usize = 16;
/// Trees are walked by recursion, and some sentences are very long.
const STACK_BYTES: usize = 16 << 20;

/// Applies `work` to each item, `jobs` at a time (0: one a processor). At most a batch of items and
/// results is held.
pub fn map<T: Send, R: Send>(
    items: impl Iterator<Item = T>,
    jobs: usize,
    work: impl Fn(T) -> R + Sync,
) -> Result<impl Iterator<Item = R>, ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK_BYTES).build()?;
    Ok(Batches { items, pool, work, batch: 1, ready: VecDeque::new() })
}

struct Batches<I, F, R> {
    items: I,
    pool: ThreadPool,
    work: F,
    batch: usize,
    ready: VecDeque<R>,
}

impl<T: Send, R: Send, I: Iterator<Item = T>, F: Fn(T) -> R + Sync> Iterator for Batches<I, F, R> {
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if self.ready.is_empty() {
            let threads = self.pool.current_num_threads();
            let batch: Vec<T> = self.items.by_ref().take(self.batch * threads).collect();
            self.batch = (self.batch * 2).min(ITEMS_A_THREAD);
            let work = &self.work;
            self.ready = self
                .pool
                .install(|| batch.into_par_iter().with_max_len(1).map(work).collect::<Vec<R>>())
                .into();
        }
        self.ready.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn order_holds_and_no_more_is_read_than_needed() {
        let read = Cell::new(0);
        let items = (0..1000).inspect(|_| read.set(read.get() + 1));
        let mut squares = map(items, 3, |i: usize| i * i).expect("threads");
        assert_eq!(squares.next(), Some(0));
        assert!(read.get() <= 3);
        assert!(squares.enumerate().all(|(i, square)| square == (i + 1) * (i + 1)));
        assert_eq!(read.get(), 1000);
    }
}
