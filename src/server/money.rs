//! What a server may spend: on one call, and on a day.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::analyze::budget::Budget;
use crate::store::{Store, StoreError};

/// Limits in millionths of a US dollar; `None` is no limit.
#[derive(Debug)]
pub struct Money {
    a_call: Option<u64>,
    a_day: Option<u64>,
    /// The budget of the day (UTC) on which something was last asked.
    today: Mutex<Option<(Date, Arc<Budget>)>>,
}

impl Money {
    /// Limits on one call and on a day.
    pub fn new(a_call: Option<u64>, a_day: Option<u64>) -> Self {
        Money { a_call, a_day, today: Mutex::new(None) }
    }

    /// What the next call may cost. What was spent today by earlier runs of the program is read from the store.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn for_a_call(&self, store: &Store, now: Timestamp) -> Result<Budget, StoreError> {
        if self.a_day.is_none() {
            return Ok(Budget::new(self.a_call));
        }
        let today = now.to_zoned(TimeZone::UTC).date();
        if let Some(budget) = self.of(today) {
            return Ok(Budget::within(budget, self.a_call));
        }
        let midnight = today.to_zoned(TimeZone::UTC).map_or(now, |start| start.timestamp());
        let budget = Arc::new(Budget::begun(self.a_day, store.spent_since(midnight).await?));
        let mut kept = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        // Another call may have been quicker.
        let budget = match &*kept {
            Some((day, known)) if *day == today => known.clone(),
            _ => kept.insert((today, budget)).1.clone(),
        };
        Ok(Budget::within(budget, self.a_call))
    }

    fn of(&self, today: Date) -> Option<Arc<Budget>> {
        let kept = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().filter(|(day, _)| *day == today).map(|(_, budget)| budget.clone())
    }
}
