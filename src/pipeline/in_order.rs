//! Many items through one function on many threads; results come out in the order of the items.

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::VecDeque;

/// Items a thread has waiting at most. The first batches are smaller, so that results appear at once.
const ITEMS_A_THREAD: usize = 16;
/// Trees are walked by recursion, and some sentences are very long.
const STACK_BYTES: usize = 16 << 20;

/// Applies `work` to each item, `jobs` at a time (0: one a processor); `memory` makes the working memory that
/// one thread uses for many items. At most a batch of items and results is held.
pub fn map<T: Send, R: Send, W>(
    items: impl Iterator<Item = T>,
    jobs: usize,
    memory: impl Fn() -> W + Sync + Send,
    work: impl Fn(&mut W, T) -> R + Sync + Send,
) -> Result<impl Iterator<Item = R>, ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK_BYTES).build()?;
    Ok(Batches { items, pool, memory, work, batch: 1, ready: VecDeque::new() })
}

struct Batches<I, M, F, R> {
    items: I,
    pool: ThreadPool,
    memory: M,
    work: F,
    batch: usize,
    ready: VecDeque<R>,
}

impl<T, R, W, I, M, F> Iterator for Batches<I, M, F, R>
where
    T: Send,
    R: Send,
    I: Iterator<Item = T>,
    M: Fn() -> W + Sync + Send,
    F: Fn(&mut W, T) -> R + Sync + Send,
{
    type Item = R;

    fn next(&mut self) -> Option<R> {
        if self.ready.is_empty() {
            let threads = self.pool.current_num_threads();
            let batch: Vec<T> = self.items.by_ref().take(self.batch * threads).collect();
            self.batch = (self.batch * 2).min(ITEMS_A_THREAD);
            let (memory, work) = (&self.memory, &self.work);
            let done = self.pool.install(|| batch.into_par_iter().map_init(memory, work).collect::<Vec<R>>());
            self.ready = done.into();
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
        let mut squares = map(items, 3, || (), |(), i: usize| i * i).expect("threads");
        assert_eq!(squares.next(), Some(0));
        assert!(read.get() <= 3);
        assert!(squares.enumerate().all(|(i, square)| square == (i + 1) * (i + 1)));
        assert_eq!(read.get(), 1000);
    }
}
