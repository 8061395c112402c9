//! `GET|HEAD /m/{token}`: files for platforms that pull them.
