//! The client that the settings describe.

use super::client::{Address, Client, Credentials};
use super::error::GongError;
use crate::config::GongSettings;

impl Client {
    /// A client as the settings have it; `None` without a key.
    ///
    /// # Errors
    /// [`GongError::Incomplete`] with half a key, [`GongError::BadAddress`], or as [`Client::new`].
    pub fn of(settings: &GongSettings) -> Result<Option<Self>, GongError> {
        let credentials = match (&settings.token, &settings.key, &settings.secret) {
            (Some(token), ..) => Credentials::Token(token.clone()),
            (None, Some(key), Some(secret)) => Credentials::Key(key.clone(), secret.clone()),
            (None, None, None) => return Ok(None),
            (None, Some(_), None) => return Err(GongError::Incomplete("GONG_API_SECRET")),
            (None, None, Some(_)) => return Err(GongError::Incomplete("GONG_API_KEY")),
        };
        let address = Address::parse(settings.base_url.as_deref())?;
        Client::new(address, credentials, settings.requests_per_second).map(Some)
    }
}
