//! Due dates and the lines that explain them (domain section 5).
