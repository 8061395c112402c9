//! Settings: flags over environment over file, all mistakes named at once.
